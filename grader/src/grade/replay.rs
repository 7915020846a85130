//! One schedule of one check, instead of all that there is to grade.

use evidence::Schedule;

use super::Grader;
use crate::cache::Cache;

impl<'a> Grader<'a> {
    /// Runs one schedule of one check, and nothing else; neither takes verdicts from the cache nor keeps
    /// any.
    pub fn replaying(mut self, schedule: &'a Schedule) -> Self {
        self.cache = Cache::new(None);
        self.replay = Some(schedule);
        self
    }
}
