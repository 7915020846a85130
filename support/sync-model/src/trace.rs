//! What happened in one execution, event by event.

use std::collections::HashSet;
use std::panic::Location;

use evidence::Broken;

use crate::engine::ObjectId;

pub(crate) use steps::{Made, Pending, Printed};
pub(crate) use value::Value;

mod steps;
mod value;

/// A place in the source of the exercise or of its check.
pub(crate) type Source = &'static Location<'static>;

/// What a thread does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Load,
    Store,
    Update,
    CompareExchange,
    Fence,
    CellRead,
    CellWrite,
    Lock,
    ReadLock,
    WriteLock,
    TryLock,
    IsPoisoned,
    ClearPoison,
    Unlock,
    Wait,
    Wake,
    NotifyOne,
    NotifyAll,
    BarrierArrive,
    BarrierLeave,
    Once,
    OnceDone,
    Send,
    HandOver,
    ReceiverComes,
    Receive,
    Close,
    ArcClone,
    ArcDrop,
    WeakDrop,
    ArcCount,
    ArcGetMut,
    ArcMakeMut,
    ArcTake,
    ArcUnwrap,
    ArcUpgrade,
    Park,
    Unpark,
    Yield,
    Sleep,
    Now,
    Spawn,
    Start,
    Exit,
    Join,
    IsFinished,
    Note,
    /// A call of a generated scenario begins.
    Call,
    /// It returns: its text is followed by what it returns.
    Return,
    Panic,
}

impl Kind {
    /// Whether it is an access of an atomic.
    pub(crate) fn is_of_an_atomic(self) -> bool {
        matches!(self, Kind::Load | Kind::Store | Kind::Update | Kind::CompareExchange)
    }

    /// Whether the thread may have to wait for others there.
    pub(crate) fn may_wait(self) -> bool {
        use Kind::{BarrierLeave, HandOver, Join, Lock, Once, Park, ReadLock, Receive, Send};
        use Kind::{Sleep, Wait, Wake, WriteLock, Yield};
        let locks = matches!(self, Lock | ReadLock | WriteLock | Once);
        let sleeps = matches!(self, Wait | Wake | Park | Sleep | Yield | Join);
        locks || sleeps || matches!(self, BarrierLeave | HandOver | Receive | Send)
    }

    /// Whether it is what threads meet at: not the life of a thread, not the cells of a check,
    /// and not that the same value is shared.
    fn is_meeting(self) -> bool {
        use Kind::{ArcClone, ArcDrop, WeakDrop};
        use Kind::{
            Call, CellRead, CellWrite, Exit, IsFinished, Join, Note, Panic, Return, Spawn, Start,
        };
        !matches!(
            self,
            CellRead
                | CellWrite
                | Spawn
                | Start
                | Exit
                | Join
                | IsFinished
                | Note
                | Call
                | Return
                | Panic
                | ArcClone
                | ArcDrop
                | WeakDrop
        )
    }
}

/// Why a thread that waited goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    Notified,
    /// Notified, but it runs again only when its time is over.
    NotifiedLate,
    TimedOut,
    Spurious,
}

/// How it went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Detail {
    None,
    /// It read this. `newest`: what it would have read without weak memory, if that differs.
    Read {
        value: Value,
        newest: Option<Value>,
    },
    /// It wrote this.
    Wrote(Value),
    /// It read the first and wrote the second.
    Replaced {
        old: Value,
        new: Value,
    },
    /// It read this, which was not what it expected, and wrote nothing.
    Refused(Value),
    /// It succeeded or not.
    Success(bool),
    /// It gave the lock back; whether it may have changed what the lock protects.
    GaveBack {
        touched: bool,
    },
    /// The lock is shared already, and a writer that waits for it goes first.
    KeptOut,
    /// It holds the lock; a thread had panicked while holding it.
    Poisoned,
    /// It went on for this reason.
    Woke(Reason),
    /// It woke this many threads; the first of them.
    Woken {
        count: usize,
        first: Option<usize>,
    },
    /// It has to do with this thread.
    Thread(usize),
    /// It is explained by this text of the trace, or by this panic.
    Text(usize),
}

/// The last events of an execution, which are looked at to see whether it goes round.
const ROUND_EVENTS: usize = 5_000;

/// Events of one round, at most.
const MAX_PERIOD: usize = 250;

/// One thing that happened.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Event {
    pub thread: usize,
    pub kind: Kind,
    pub object: Option<ObjectId>,
    /// The mutex of a condition variable's step.
    pub also: Option<ObjectId>,
    pub source: Source,
    /// The line where a guard was dropped, if known: `Drop` does not know its caller.
    pub dropped_at: Option<u32>,
    /// What the object holds after it, if known: an index into [`Trace::values`].
    pub inside: Option<usize>,
    pub detail: Detail,
}

impl Event {
    fn is_repeated_by(&self, next: &Event) -> bool {
        (self.thread, self.kind, self.object, self.detail)
            == (next.thread, next.kind, next.object, next.detail)
            && std::ptr::eq(self.source, next.source)
    }
}

/// How an object was when an execution first came to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Began {
    /// With this value.
    With(Value),
    /// For so many: items in a channel, threads at a barrier.
    For(usize),
}

/// A panic, as the panic hook saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Panicked {
    pub thread: usize,
    pub message: String,
    pub file: String,
    pub line: u32,
    pub column: u32,
    /// The promise that was broken, if the panic says so.
    pub broken: Option<Broken>,
}

impl Panicked {
    /// Of a panic that the hook has not seen.
    pub(crate) fn unseen(thread: usize) -> Self {
        let message = "a panic that was passed on".to_owned();
        Self { thread, message, file: String::new(), line: 1, column: 1, broken: None }
    }
}

/// One execution.
#[derive(Debug, Clone, Default)]
pub(crate) struct Trace {
    pub events: Vec<Event>,
    pub texts: Vec<String>,
    pub panics: Vec<Panicked>,
    /// The objects that end with a thread, and the thread.
    pub lives: Vec<(ObjectId, usize)>,
    /// The threads' names, where they have one.
    pub names: Vec<Option<String>>,
    /// What the threads that are not done were about to do, when the execution ended.
    pub pending: Vec<Pending>,
    /// What the threads printed, if that was asked for.
    pub printed: Vec<Printed>,
    /// The steps, in order.
    pub steps: Vec<Made>,
    /// Where threads were known to poll: a thread's number, and which of the places that it came to.
    pub polls: Vec<(u32, u32)>,
    /// It was asked whether readers queue behind a writer that waits.
    pub readers_queue: bool,
    /// Of the one execution that is shown: what objects held, see [`Event::inside`].
    pub values: Vec<Value>,
    /// Of the one execution that is shown: how objects began.
    pub began: Vec<(ObjectId, Began)>,
}

impl Trace {
    /// Forgets everything, keeps the memory.
    pub(crate) fn clear(&mut self) {
        self.events.clear();
        self.texts.clear();
        self.panics.clear();
        self.lives.clear();
        self.names.clear();
        self.pending.clear();
        self.printed.clear();
        self.steps.clear();
        self.polls.clear();
        self.readers_queue = false;
        self.values.clear();
        self.began.clear();
    }

    /// Whether the last steps are the same few again and again, with the same values: each of the
    /// threads that make them does so because of what it sees of the others.
    pub(crate) fn goes_round(&self) -> bool {
        let last = &self.events[self.events.len().saturating_sub(ROUND_EVENTS)..];
        last.len() == ROUND_EVENTS
            && (1..=MAX_PERIOD).any(|period| {
                last.iter().zip(&last[period..]).all(|(one, next)| one.is_repeated_by(next))
            })
    }

    /// Whether each thread that was started came to a lock, an atomic or the like, if only to wait there.
    pub(crate) fn has_seen_all(&self) -> bool {
        let events = self.events.iter().map(|event| (event.thread, event.kind, event.object));
        let pending = self.pending.iter().map(|next| (next.thread, next.kind, next.object));
        let seen: HashSet<usize> = events
            .chain(pending)
            .filter(|(_, kind, object)| object.is_some() && kind.is_meeting())
            .map(|(thread, ..)| thread)
            .collect();
        (1..self.names.len()).all(|thread| seen.contains(&thread))
    }

    /// How many threads were started, besides the first.
    pub(crate) fn started(&self) -> usize {
        self.names.len().saturating_sub(1)
    }

    /// Keeps a text, for [`Detail::Text`].
    pub(crate) fn text(&mut self, text: String) -> Detail {
        self.texts.push(text);
        Detail::Text(self.texts.len() - 1)
    }

    /// The thread's role: its name, with a number if an earlier one has the same, else `main`, `T1`,
    /// `T2`, ….
    pub(crate) fn name(&self, thread: usize) -> String {
        match self.names.get(thread) {
            Some(Some(name)) => {
                let earlier = self.names[..thread].iter().flatten();
                match earlier.filter(|other| *other == name).count() {
                    0 => name.clone(),
                    others => format!("{name} #{}", others + 1),
                }
            }
            _ if thread == 0 => "main".to_owned(),
            _ => format!("T{thread}"),
        }
    }
}
