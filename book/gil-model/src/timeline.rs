//! What comes out: what each thread did when.

use crate::setting::NOTHING;

/// The outcome of a simulation.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    /// What each thread did when, by time.
    pub spans: Vec<Span>,
    /// What happened at a moment, by time.
    pub marks: Vec<Mark>,
    /// When the last thread was done.
    pub end: f64,
    /// Counts.
    pub totals: Totals,
}

/// A thread in one state for some time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    /// The thread, from 0.
    pub thread: usize,
    /// What it did.
    pub state: State,
    /// From when.
    pub from: f64,
    /// Until when.
    pub to: f64,
}

/// What a thread does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Runs Python code.
    Run,
    /// Waits for the GIL.
    Wait,
    /// Waits for I/O, without the GIL.
    Io,
    /// Waits for a core.
    Ready,
    /// Its process starts.
    Start,
}

impl State {
    /// Every state, in the order in which legends show them.
    pub const ALL: [State; 5] = [State::Run, State::Wait, State::Io, State::Ready, State::Start];

    /// As classes and the page's own model write it.
    pub fn id(self) -> &'static str {
        match self {
            State::Run => "run",
            State::Wait => "wait",
            State::Io => "io",
            State::Ready => "ready",
            State::Start => "start",
        }
    }
}

/// Something that happened to a thread at a moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mark {
    /// The thread, from 0.
    pub thread: usize,
    /// What happened.
    pub kind: MarkKind,
    /// When.
    pub at: f64,
}

/// What can happen at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkKind {
    /// It waited a whole interval, and asks for the GIL.
    Request,
    /// It was woken, and another thread had the GIL already.
    ForNothing,
}

impl MarkKind {
    /// As classes and the page's own model write it.
    pub fn id(self) -> &'static str {
        match self {
            MarkKind::Request => "request",
            MarkKind::ForNothing => "for-nothing",
        }
    }
}

/// Counts of a simulation.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Totals {
    /// How often the GIL went to another thread.
    pub switches: u32,
    /// How often a waiter asked for it.
    pub requests: u32,
    /// How often a thread was woken for nothing.
    pub for_nothing: u32,
    /// How often a thread came back from I/O.
    pub io_waits: u32,
    /// How long those threads waited for the GIL, together.
    pub io_wait_sum: f64,
    /// How long one of them waited at most.
    pub io_wait_max: f64,
}

/// Notes spans and marks while a simulation runs.
#[derive(Debug)]
pub(crate) struct Recorder {
    spans: Vec<Span>,
    marks: Vec<Mark>,
    open: Vec<Option<(State, f64)>>,
    pub totals: Totals,
}

impl Recorder {
    pub fn new(threads: usize) -> Recorder {
        Recorder {
            spans: Vec::new(),
            marks: Vec::new(),
            open: vec![None; threads],
            totals: Totals::default(),
        }
    }

    /// `thread` is in `state` from now on; `None`: it is done.
    pub fn turn(&mut self, thread: usize, state: Option<State>, now: f64) {
        if let Some((before, from)) = self.open[thread] {
            if Some(before) == state {
                return;
            }
            if now - from > NOTHING {
                self.spans.push(Span { thread, state: before, from, to: now });
            }
        }
        self.open[thread] = state.map(|state| (state, now));
    }

    pub fn mark(&mut self, thread: usize, kind: MarkKind, now: f64) {
        match kind {
            MarkKind::Request => self.totals.requests += 1,
            MarkKind::ForNothing => self.totals.for_nothing += 1,
        }
        self.marks.push(Mark { thread, kind, at: now });
    }

    /// A thread got the GIL `waited` milliseconds after it came back from I/O.
    pub fn back_from_io(&mut self, waited: f64) {
        self.totals.io_waits += 1;
        self.totals.io_wait_sum += waited;
        self.totals.io_wait_max = self.totals.io_wait_max.max(waited);
    }

    pub fn finish(mut self) -> Timeline {
        self.spans.sort_by(|a, b| a.from.total_cmp(&b.from).then(a.thread.cmp(&b.thread)));
        let end = self.spans.iter().map(|span| span.to).fold(0.0, f64::max);
        Timeline { spans: self.spans, marks: self.marks, end, totals: self.totals }
    }
}
