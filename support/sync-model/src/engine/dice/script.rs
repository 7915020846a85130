//! A schedule that is written down, and one that is read and followed.
//!
//! Nothing in it names a line of the source: whoever adds a `println!` replays the same execution. The
//! price is that code that was changed must be noticed by what it does. Where it takes other steps that
//! is remembered, and the script is followed as far as it fits: a mistake that was only moved is then
//! likely to be met again.

use evidence::schedule::{FINGERPRINTS, Schedule, Turns};

use crate::engine::ThreadId;
use crate::engine::turn::{Point, only};
use crate::trace::{Made, Trace};

/// What was done so far, in a number that tells most of it apart.
#[derive(Debug, Clone, Copy, Default)]
struct Fingerprint(u32);

impl Fingerprint {
    fn add(&mut self, thread: usize, kind: u8) {
        // FNV-1a.
        for byte in [thread as u8, kind] {
            self.0 = (self.0 ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
    }

    fn letter(self) -> u8 {
        ((self.0 ^ self.0 >> 16) % u32::from(FINGERPRINTS)) as u8
    }
}

/// The schedule of an execution that had these outcomes, in order. The check has no name yet.
pub(crate) fn recorded(trace: &Trace, outcomes: &[usize], lag: Option<i64>) -> Schedule {
    let mut turns = Vec::new();
    let mut rest = &trace.steps[..];
    let mut print = Fingerprint::default();
    while let Some(first) = rest.first() {
        let usual = rest.iter().take_while(|made| made.usual).count();
        let alone = rest.iter().take_while(|made| made.thread == first.thread).count();
        let count = usual.max(alone);
        let (now, later) = rest.split_at(count);
        let thread = (usual < alone).then_some(first.thread);
        let stride = Turns::stride(count as u32) as usize;
        let letter = |some: &[Made]| {
            some.iter().for_each(|made| print.add(made.thread.into(), made.kind));
            print.letter()
        };
        let prints = now.chunks(stride).map(letter).collect();
        turns.push(Turns { thread, steps: count as u32, prints });
        rest = later;
    }
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for &outcome in outcomes {
        match runs.last_mut() {
            Some((last, count)) if *last as usize == outcome => *count += 1,
            _ => runs.push((outcome as u32, 1)),
        }
    }
    // What is not written down is the first outcome.
    runs.pop_if(|(outcome, _)| *outcome == 0);
    let lag = lag.map(|lag| lag as i32);
    let (polls, readers_queue) = (trace.polls.clone(), trace.readers_queue);
    Schedule { check: String::new(), turns, outcomes: runs, polls, readers_queue, lag }
}

/// Follows a schedule.
#[derive(Debug, Clone)]
pub(crate) struct Script {
    schedule: Schedule,
    at: Position,
}

/// How far it is.
#[derive(Debug, Clone, Default)]
struct Position {
    /// The entry of the turns, and the steps made of it.
    entry: usize,
    made: u32,
    /// All steps.
    steps: usize,
    print: Fingerprint,
    /// The entry of the outcomes, and how many of it were had.
    outcome: usize,
    had: u32,
    /// From this step on, from 0, the code has taken others.
    departed: Option<usize>,
}

impl Script {
    pub(crate) fn new(schedule: Schedule) -> Self {
        Self { schedule, at: Position::default() }
    }

    pub(super) fn begin(&mut self) {
        self.at = Position::default();
    }

    /// The first step, from 0, in which the code does something else than it did when the schedule was
    /// written down; for an execution that is over and `went_well` also the end, if it came too early.
    pub(crate) fn departed(&self, went_well: bool) -> Option<usize> {
        let early = went_well && (self.at.steps as u64) < self.schedule.steps();
        self.at.departed.or(early.then_some(self.at.steps))
    }

    /// Whether this thread polls at this one of the places that it has come to.
    pub(crate) fn polls(&self, lane: usize, place: usize) -> bool {
        self.schedule.polls.contains(&(lane as u32, place as u32))
    }

    /// Whether it is asked if readers queue behind a writer that waits.
    pub(crate) fn readers_queue(&self) -> bool {
        self.schedule.readers_queue
    }

    pub(super) fn outcome(&mut self, count: usize) -> usize {
        let at = &mut self.at;
        let Some(&(outcome, times)) = self.schedule.outcomes.get(at.outcome) else { return 0 };
        at.had += 1;
        if at.had >= times {
            (at.outcome, at.had) = (at.outcome + 1, 0);
        }
        if outcome as usize >= count {
            at.depart(at.steps.saturating_sub(1));
            return 0;
        }
        outcome as usize
    }

    pub(super) fn thread(
        &mut self,
        point: &Point,
        favourite: ThreadId,
        kind: impl Fn(ThreadId) -> u8,
    ) -> ThreadId {
        let at = &mut self.at;
        let step = at.steps;
        at.steps += 1;
        let Some(turns) = self.schedule.turns.get(at.entry) else { return favourite };
        let wanted = turns.thread.map_or(favourite, usize::from);
        if wanted >= super::super::MAX_THREADS || point.enabled() & only(wanted) == 0 {
            at.depart(step);
            at.next_entry();
            return favourite;
        }
        at.print.add(wanted, kind(wanted));
        at.made += 1;
        let stride = Turns::stride(turns.steps);
        let is_last = at.made == turns.steps;
        if is_last || at.made.is_multiple_of(stride) {
            let chunk = (at.made - 1) / stride;
            if turns.prints.get(chunk as usize) != Some(&at.print.letter()) {
                // Somewhere in this chunk: what was done before it is known to be the same.
                at.depart(step - (at.made - 1 - chunk * stride) as usize);
            }
        }
        if is_last {
            at.next_entry();
        }
        wanted
    }
}

impl Position {
    /// The first time counts.
    fn depart(&mut self, step: usize) {
        self.departed.get_or_insert(step);
    }

    fn next_entry(&mut self) {
        self.entry += 1;
        self.made = 0;
    }
}

impl Made {
    /// A step of a thread; `usual`: it was its turn.
    pub(in crate::engine) fn new(thread: ThreadId, usual: bool, kind: u8, event: usize) -> Self {
        Self { thread: thread as u8, usual, kind, event: event as u32 }
    }
}
