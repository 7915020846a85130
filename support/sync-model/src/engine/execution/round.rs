//! Who can go on, and whether the execution is over.

use std::time::Duration;

use super::super::ThreadId;
use super::super::intent::Readiness;
use super::super::outcome::Stop;
use super::super::turn::{Point, ThreadSet, only, set_of, threads};
use super::Execution;
use crate::arc;

/// How often threads that poll may go round when nobody else can move, before they are taken to
/// poll for ever. Time passes meanwhile, twice as much each round. Odd, so that a loop that looks and
/// pauses is shown where it pauses.
const MAX_IDLE_ROUNDS: u32 = 10_001;

/// Steps that threads may still make when the scenario's own thread is done: a process ends with its main
/// thread.
const MAX_STEPS_AFTER_MAIN: usize = 1_000;

/// Who can go on, before it is asked whose turn it is.
#[derive(Default)]
struct Seen {
    ready: ThreadSet,
    /// When their time comes, or when nobody is ready.
    late: ThreadSet,
    /// They poll in vain.
    asleep: ThreadSet,
    spurious: ThreadSet,
    /// They are where threads are known to poll.
    polling: ThreadSet,
}

impl Execution {
    /// Who can go on now; `None`: all are done.
    pub(super) fn look_round(&mut self) -> Result<Option<Point>, Stop> {
        if self.threads.iter().all(|thread| thread.done) {
            return self.all_done();
        }
        let mut seen = self.readiness();
        if self.ends_with_main(&seen) {
            return self.all_done();
        }
        let polls =
            self.threads[self.current].waiting.as_ref().is_some_and(|waiting| waiting.gives_way);
        self.fairness.step(self.current, seen.ready | seen.late | seen.asleep, polls);
        let behind = self.fairness.behind(seen.ready | seen.late);
        let mut earliest = self.earliest(seen.late & !behind);
        if seen.ready | seen.late == 0 {
            self.pass_idle_round(seen.asleep)?;
            earliest = seen.asleep & !self.fairness.behind(seen.asleep);
        }
        seen.late |= seen.asleep | (seen.ready & behind);
        seen.ready &= !behind;
        let Seen { ready, late, spurious, polling, .. } = seen;
        Ok(Some(Point { previous: self.current, ready, late, earliest, spurious, polling }))
    }

    /// The scenario is over; a panic that nobody waited for is a failure: the standard library prints it.
    fn all_done(&self) -> Result<Option<Point>, Stop> {
        let unheard = self.threads.iter().filter(|thread| !thread.joined);
        match unheard.filter_map(|thread| thread.panicked).min() {
            Some(panic) => Err(Stop::Panic(panic)),
            None => self.nothing_leaks(),
        }
    }

    /// Threads that are cut off with the main one still have what they own.
    fn nothing_leaks(&self) -> Result<Option<Point>, Stop> {
        let asked = self.settings.leaks && self.threads.iter().all(|thread| thread.done);
        let leaked = if asked { arc::leaked() } else { Vec::new() };
        match leaked.first() {
            Some(&made) => Err(Stop::Leak { made }),
            None => Ok(None),
        }
    }

    /// A process ends with its main thread, whatever the others wait for. It may live long enough for all
    /// that they do, though: when the scenario's own thread is done, they go on until they wait or poll.
    fn ends_with_main(&mut self, seen: &Seen) -> bool {
        let Some(steps) = self.steps_of_main.filter(|_| !self.settings.all_must_end) else {
            return false;
        };
        let go_on = seen.ready | seen.late;
        let ends = go_on & !seen.polling == 0 || self.steps - steps > MAX_STEPS_AFTER_MAIN;
        self.is_cut = ends && go_on != 0;
        ends
    }

    /// Nobody can move but those who poll in vain: time passes.
    fn pass_idle_round(&mut self, asleep: ThreadSet) -> Result<(), Stop> {
        self.idle_rounds += 1;
        if asleep == 0 {
            return Err(Stop::Deadlock);
        }
        if self.idle_rounds > MAX_IDLE_ROUNDS {
            return Err(Stop::Livelock);
        }
        self.time += Duration::from_millis(1 << self.idle_rounds.min(40));
        Ok(())
    }

    /// Of these, whose time comes, the first.
    fn earliest(&self, late: ThreadSet) -> ThreadSet {
        let time = |thread: ThreadId| self.threads[thread].waiting.as_ref().map(|it| it.time);
        let first = threads(late).map(time).min();
        set_of(threads(late).filter(|&id| Some(time(id)) == first))
    }

    fn readiness(&mut self) -> Seen {
        let mut seen = Seen::default();
        for (id, thread) in self.threads.iter_mut().enumerate() {
            let Some(waiting) = &mut thread.waiting else { continue };
            // SAFETY: see `announce`: the thread waits, so the frame of `perform` is there.
            let readiness = unsafe { (*waiting.ready)() };
            waiting.idle = readiness == Readiness::Idle;
            let patient =
                waiting.goes_round || waiting.others_changes == self.changes - thread.changes;
            let set = match readiness {
                Readiness::Blocked => continue,
                Readiness::Spurious => {
                    seen.spurious |= only(id);
                    continue;
                }
                _ if waiting.asleep_since == Some(self.changes) => &mut seen.asleep,
                Readiness::Late(time) if patient && (self.march.is_none() || time > self.time) => {
                    waiting.time = time;
                    &mut seen.late
                }
                _ => &mut seen.ready,
            };
            *set |= only(id);
            if waiting.polls {
                seen.polling |= only(id);
            }
        }
        seen
    }
}
