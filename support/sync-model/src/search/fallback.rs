//! What is left when the time for a search is over: random schedules, for a while longer.
//!
//! A search goes from one schedule to the next that is much like it. If it cannot come to its end, those
//! that it has tried are all of one corner. Random ones come from everywhere.

use evidence::Sampled;

use super::Search;
use crate::engine::Path;

impl Search<'_> {
    /// Tries random schedules of a program of which that much is known, until one fails or the time for
    /// it is over.
    pub(super) fn fall_back(&mut self, known: &Path) {
        let (time, seed) = (self.plan.fallback(), self.plan.seed);
        if time.is_zero() {
            return;
        }
        // By the clock on the wall: whoever waits for the verdict has his own, and a machine that is
        // slow has let the search before take longer already.
        let end = self.plan.budget + time;
        let steps = self.spent.steps.checked_div(self.spent.executions).unwrap_or(0) as usize;
        let mut path = known.random(seed, steps);
        let mut count = 0;
        loop {
            count += u64::from(self.draw(&mut path));
            path.advance();
            if self.found.stopped.is_some() || self.start.elapsed() >= end {
                break;
            }
        }
        self.found.sampled = Some(Sampled { count, seed });
    }

    /// Runs one random schedule; false: it came to a limit of the checker, which says nothing.
    fn draw(&mut self, path: &mut Path) -> bool {
        self.run(path, self.settings);
        if self.found.is_limit() {
            self.forget_stop();
            return false;
        }
        if self.found.stopped.is_some() {
            self.shorten(path);
        }
        true
    }
}
