//! A state of a program, and what its next step may do to it.

use super::super::program::{ChannelOp, LOCKS, Op, Program, VARIABLES};
use super::Semantics;

/// A state of a program.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct State {
    pub threads: Vec<Place>,
    pub variables: [u8; VARIABLES],
    pub mutexes: [Option<usize>; LOCKS],
    pub rwlocks: [Shared; LOCKS],
    pub onces: [Progress; LOCKS],
    pub cells: [Progress; LOCKS],
    /// What is in the channel, and who sent it.
    pub items: Vec<(u8, usize)>,
}

/// A lock for readers and writers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) struct Shared {
    pub writer: Option<usize>,
    pub readers: u8,
}

/// Of what is done once. A cell holds a value when it is made, which others see when it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) enum Progress {
    #[default]
    New,
    Running,
    Made(u8),
    Done(u8),
}

/// Where a thread is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Place {
    pub life: Life,
    /// Its next operation.
    pub counter: usize,
    /// How far it is in that operation, if it takes several steps.
    pub stage: u8,
    pub registers: Vec<u8>,
    /// What `unpark` leaves and `park` takes.
    pub token: bool,
    /// It has an end of the channel.
    pub has_end: bool,
    /// It was woken without reason.
    pub surprised: bool,
    /// An exchange of its failed without reason.
    pub failed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Life {
    Unborn,
    /// It has not come to its first operation. The first thread is busy starting the others.
    Starting,
    Running,
    Done,
}

impl State {
    /// The first state.
    pub(super) fn new(program: &Program) -> Self {
        let place = |thread| Place {
            life: if program.starts_late(thread) { Life::Unborn } else { Life::Starting },
            counter: 0,
            stage: 0,
            registers: Vec::new(),
            token: false,
            has_end: program.receiver.is_some(),
            surprised: false,
            failed: false,
        };
        Self {
            threads: (0..program.threads.len()).map(place).collect(),
            variables: [0; VARIABLES],
            mutexes: [None; LOCKS],
            rwlocks: [Shared::default(); LOCKS],
            onces: [Progress::New; LOCKS],
            cells: [Progress::New; LOCKS],
            items: Vec::new(),
        }
    }
}

/// A thread that is about to make a step.
pub(super) struct At<'a> {
    pub program: &'a Program,
    pub semantics: Semantics,
    pub state: &'a State,
    pub thread: usize,
}

impl At<'_> {
    pub(super) fn place(&self) -> &Place {
        &self.state.threads[self.thread]
    }

    /// What a thread does next. At its end it drops its end of the channel.
    pub(super) fn op(&self, thread: usize) -> Option<Op> {
        let place = &self.state.threads[thread];
        let op = self.program.threads[thread].get(place.counter).copied();
        op.or(place.has_end.then_some(Op::Channel(ChannelOp::Drop)))
    }

    /// The threads whose next operation is this one, and who are this far in it.
    pub(super) fn threads_at(&self, op: Op, stage: u8) -> Vec<usize> {
        let is_there = |&thread: &usize| {
            let place = &self.state.threads[thread];
            place.life == Life::Running && place.stage == stage && self.op(thread) == Some(op)
        };
        (0..self.state.threads.len()).filter(is_there).collect()
    }

    /// The operation goes on.
    pub(super) fn stage(&self, stage: u8) -> State {
        let mut next = self.state.clone();
        next.threads[self.thread].stage = stage;
        next
    }

    /// The operation is over.
    pub(super) fn pass(&self) -> State {
        let mut next = self.stage(0);
        next.threads[self.thread].counter += 1;
        next
    }

    /// The operation is over, with this value in the next register.
    pub(super) fn note(&self, value: u8) -> State {
        let mut next = self.pass();
        next.threads[self.thread].registers.push(value);
        next
    }

    pub(super) fn live(&self, life: Life) -> State {
        let mut next = self.state.clone();
        next.threads[self.thread].life = life;
        next
    }
}

/// The state, changed so.
pub(super) fn with(mut state: State, change: impl FnOnce(&mut State)) -> Vec<State> {
    change(&mut state);
    vec![state]
}
