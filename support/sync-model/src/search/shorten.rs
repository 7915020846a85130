//! A random schedule that fails interrupts threads more often than it has to. The fewer interruptions,
//! the easier it is to see which of them matter.
//!
//! After Zeller and Hildebrandt, "Simplifying and isolating failure-inducing input" (2002): parts of the
//! schedule are left out, large ones first, as long as the same failure comes of it.

use std::rc::Rc;
use std::time::{Duration, Instant};

use evidence::Schedule;

use super::Search;
use crate::engine::{self, Path, Script, Settings, Stop};
use crate::trace::Trace;

/// Schedules that are tried, at most.
const TRIES: usize = 400;

/// For how long.
const TIME: Duration = Duration::from_secs(2);

impl Search<'_> {
    /// Puts a shorter failure of the same kind in place of the one that was found, if there is one.
    pub(super) fn shorten(&mut self, known: &Path) {
        let (Some((ending, trace)), Some(schedule)) =
            (&self.found.stopped, self.found.schedule.clone())
        else {
            return;
        };
        // A thread that was cut off while it panicked leaves the real thread panicking.
        if std::thread::panicking() {
            return;
        }
        let said = ending.stop.as_ref().map(|stop| said(stop, trace));
        let mut shorter = Shorter { tries: 0, begin: Instant::now(), best: schedule };
        let before = shorter.best.clone();
        shorter.find(|schedule| {
            let mut path = known.scripted(Script::new(schedule.clone()));
            let mut trace = Trace::default();
            let scenario = Rc::clone(&self.scenario);
            let ending = engine::run(self.session, scenario, &mut path, &mut trace, self.settings);
            let same = ending.stop.as_ref().map(|stop| self::said(stop, &trace)) == said;
            same.then(|| engine::recorded(&trace, &path.outcomes(), None))
        });
        let best = shorter.best;
        self.is_stale = true;
        if best != before {
            let mut path = known.scripted(Script::new(best));
            self.run(&mut path, Settings { march: None, ..self.settings });
        }
    }
}

/// What tells one failure from another.
fn said(stop: &Stop, trace: &Trace) -> (std::mem::Discriminant<Stop>, Option<String>) {
    let message = match stop {
        Stop::Panic(index) => trace.panics.get(*index).map(|panic| panic.message.clone()),
        _ => None,
    };
    (std::mem::discriminant(stop), message)
}

/// A search for a schedule with fewer interruptions.
struct Shorter {
    tries: usize,
    begin: Instant,
    best: Schedule,
}

impl Shorter {
    /// `run` follows a schedule as far as it fits, and tells what it was if the same failure came of it.
    fn find(&mut self, mut run: impl FnMut(&Schedule) -> Option<Schedule>) {
        let plain = Schedule { outcomes: Vec::new(), ..self.best.clone() };
        self.attempt(plain, &mut run);
        let mut size = interruptions(&self.best).len();
        while size > 0 {
            let mut from = 0;
            while let Some(part) = interruptions(&self.best).get(from..).filter(|it| !it.is_empty())
            {
                let mut without = self.best.clone();
                for &entry in part.iter().take(size) {
                    without.turns[entry].thread = None;
                }
                if !self.attempt(without, &mut run) {
                    from += size;
                }
                if self.tries > TRIES || self.begin.elapsed() > TIME {
                    return;
                }
            }
            size /= 2;
        }
    }

    /// Tries this one; true: it is the best one now.
    fn attempt(
        &mut self,
        schedule: Schedule,
        run: &mut impl FnMut(&Schedule) -> Option<Schedule>,
    ) -> bool {
        self.tries += 1;
        let better = run(&schedule).filter(|new| length(new) < length(&self.best));
        better.map(|new| self.best = new).is_some()
    }
}

/// The entries in which it is not simply somebody's turn.
fn interruptions(schedule: &Schedule) -> Vec<usize> {
    let turns = schedule.turns.iter().enumerate();
    turns.filter(|(_, turns)| turns.thread.is_some()).map(|(entry, _)| entry).collect()
}

/// Fewer interruptions come first, then fewer outcomes that are not the first, then fewer steps.
fn length(schedule: &Schedule) -> (usize, u64, u64) {
    let others = schedule.outcomes.iter().filter(|(outcome, _)| *outcome > 0);
    let others = others.map(|(_, times)| u64::from(*times)).sum();
    (interruptions(schedule).len(), others, schedule.steps())
}

#[cfg(test)]
mod tests {
    use evidence::schedule::Turns;

    use super::*;

    /// Interruptions that a failure needs, out of so many.
    fn shortest(needed: &[u8], of: u8) -> Vec<usize> {
        let turn = |thread| Turns { thread, steps: 1, prints: vec![0] };
        let turns = (0..of).map(|number| turn(Some(number))).collect();
        let outcomes = vec![(1, 3)];
        let best = Schedule { turns, outcomes, ..Schedule::default() };
        let mut shorter = Shorter { tries: 0, begin: Instant::now(), best };
        shorter.find(|schedule| {
            let has = |number: &u8| schedule.turns.contains(&turn(Some(*number)));
            needed.iter().all(has).then(|| schedule.clone())
        });
        assert!(shorter.best.outcomes.is_empty(), "no outcome matters");
        assert!(shorter.tries <= TRIES + 1);
        interruptions(&shorter.best)
    }

    #[test]
    fn what_a_failure_needs_is_left() {
        assert_eq!(shortest(&[], 20), [0_usize; 0]);
        assert_eq!(shortest(&[3], 20), [3]);
        assert_eq!(shortest(&[0, 7, 8, 19], 20), [0, 7, 8, 19]);
        assert_eq!(shortest(&[0, 1, 2], 3), [0, 1, 2]);
    }
}
