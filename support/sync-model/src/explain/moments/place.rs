//! Where each thread is.

use evidence::interleaving::Spot;

use super::super::diagnosis::is_scenario;
use super::super::{normalised, rows};
use super::Moments;
use crate::engine::ThreadId;
use crate::trace::Kind;

impl Moments<'_> {
    /// Where the thread is.
    pub(super) fn spot(&self, thread: ThreadId, home: &str) -> Option<Spot> {
        let (events, seen) = &self.lanes[thread];
        let last = seen.checked_sub(1).map(|last| events[last]);
        let event = events.get(*seen).copied();
        let pending = self.case.trace.pending.iter().find(|pending| pending.thread == thread);
        let exits = |index: &usize| self.case.trace.events[*index].kind == Kind::Exit;
        let (file, line) = match (event.filter(|index| !exits(index)), pending, last) {
            (Some(event), ..) => self.place(event),
            (None, Some(pending), _) if event.is_none() => {
                (pending.source.file(), pending.source.line())
            }
            // Where it ends is where it was started: what it did last tells more.
            _ => {
                let last = events[..*seen].iter().rev().find(|index| !exits(index));
                self.place(*last?)
            }
        };
        let scenario = is_scenario(self.case, file);
        let path = normalised(file);
        let name = path.rsplit('/').next().unwrap_or_default();
        let file = if scenario || path == home { String::new() } else { name.to_owned() };
        Some(Spot { line, file, scenario })
    }

    fn place(&self, index: usize) -> (&str, u32) {
        rows::place(self.case, &self.case.trace.events[index])
    }
}
