//! Which choices are worth trying: those that no interleaving has.
//!
//! A load that reads an old write could often have run before the newer one was made. The search runs
//! it there, too, so the choice would only repeat that execution. It is left out as long as program
//! order, reads-from, modification order and from-read (rf⁻¹;mo) have no cycle: then the whole execution
//! is an interleaving in which every load reads the newest write, and every store becomes it (Shasha
//! and Snir, TOPLAS 1988). Once a cycle is closed, everything is tried. So what is `SeqCst` throughout
//! takes no more executions than without weak memory.
//!
//! This saves executions only; what is possible is decided elsewhere.

use super::super::ThreadId;
use super::super::clock::Clock;
use super::location::Location;
use super::sequential::Step;

/// What had to come before, in an interleaving.
#[derive(Debug, Default)]
pub(super) struct Interleaving {
    threads: Vec<Clock>,
    /// Up to the last step that touched an object other than an atomic.
    objects: Vec<Clock>,
    /// This execution is none.
    is_left: bool,
}

impl Interleaving {
    /// `thread` makes a step that touches an object, not an atomic: steps on one object keep the
    /// order in which they were run.
    pub(super) fn touch(&mut self, thread: ThreadId, object: usize) {
        let mine = at(&mut self.threads, thread);
        let theirs = at(&mut self.objects, object);
        mine.join(theirs);
        *theirs = *mine;
    }

    /// Whether another execution will do for this step.
    pub(super) fn has(&self, location: &Location, step: &Step) -> bool {
        if self.is_left {
            return false;
        }
        let newer = location.newer(step.choice);
        let before = self.before(location, step);
        let later = location.threads().filter_map(|(thread, events)| {
            let first = events.partition_point(|event| location.is_before(event, newer));
            let mut rest = events[first..].iter();
            rest.find(|event| event.writes.is_some()).map(|event| (thread, event.epoch))
        });
        !later.into_iter().any(|(thread, epoch)| before.knows(thread, epoch))
    }

    /// Makes a step; returns what came before it, itself included.
    pub(super) fn access(&mut self, location: &Location, step: &Step) -> Clock {
        if self.is_left || location.newer(step.choice) < location.end() {
            self.is_left = true;
            return Clock::default();
        }
        let mut order = self.before(location, step);
        order.raise(step.thread, step.after.count(step.thread));
        *at(&mut self.threads, step.thread) = order;
        order
    }

    fn before(&self, location: &Location, step: &Step) -> Clock {
        let mut before = self.threads.get(step.thread).copied().unwrap_or_default();
        if let Some(read) = step.choice.reads {
            before.join(&location.write(read).order);
        }
        if let Some(place) = step.choice.place {
            for (_, events) in location.threads() {
                let older = events.partition_point(|event| location.is_before(event, place));
                if let Some(last) = older.checked_sub(1) {
                    before.join(&events[last].order);
                }
            }
        }
        before
    }
}

fn at(clocks: &mut Vec<Clock>, index: usize) -> &mut Clock {
    if clocks.len() <= index {
        clocks.resize(index + 1, Clock::default());
    }
    &mut clocks[index]
}
