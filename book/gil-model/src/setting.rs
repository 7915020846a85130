//! What is simulated.

/// Which lock, if any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Runtime {
    /// CPython 3.2 and later.
    New,
    /// CPython before 3.2.
    Old,
    /// The free-threaded build.
    Free,
    /// A process each.
    Processes,
}

impl Runtime {
    /// Every runtime, in the order in which pictures compare them.
    pub const ALL: [Runtime; 4] = [Runtime::New, Runtime::Old, Runtime::Free, Runtime::Processes];

    /// As pages and the page's own model write it.
    pub fn id(self) -> &'static str {
        match self {
            Runtime::New => "new",
            Runtime::Old => "old",
            Runtime::Free => "free",
            Runtime::Processes => "processes",
        }
    }
}

/// A number of threads with the same work, and what they run on.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// Threads (or processes).
    pub threads: usize,
    /// Cores that they may use.
    pub cores: usize,
    /// The switch interval, in milliseconds.
    pub interval: f64,
    /// The share of each thread's time that is waiting for I/O, from 0 to 0.95.
    pub io_share: f64,
    /// Whether thread 1 never waits.
    pub hog: bool,
    /// Forced switching: who was asked to let go waits until another thread has the lock.
    pub force: bool,
    /// Milliseconds of each C call that keeps the GIL; 0: the code can switch at any time.
    pub call: f64,
    /// Which lock, if any.
    pub runtime: Runtime,
}

impl Default for Setting {
    fn default() -> Self {
        Setting {
            threads: 2,
            cores: 4,
            interval: 5.0,
            io_share: 0.0,
            hog: false,
            force: true,
            call: 0.0,
            runtime: Runtime::New,
        }
    }
}

/// CPU time that each thread needs.
pub const WORK: f64 = 60.0;
/// CPU time between two waits for I/O.
const BURST: f64 = 2.0;
/// What is shorter than this is rounding.
pub(crate) const NOTHING: f64 = 1e-9;

/// A part of what a thread does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Part {
    /// It computes for so many milliseconds.
    Cpu(f64),
    /// It waits for so many milliseconds, without the GIL.
    Io(f64),
}

impl Part {
    /// How long it takes alone.
    pub fn millis(self) -> f64 {
        match self {
            Part::Cpu(millis) | Part::Io(millis) => millis,
        }
    }
}

impl Setting {
    /// What `thread` does: computing and waiting in turns, computing first and last.
    pub fn program(&self, thread: usize) -> Vec<Part> {
        if self.io_share <= 0.0 || (self.hog && thread == 0) {
            return vec![Part::Cpu(WORK)];
        }
        let io = BURST * self.io_share / (1.0 - self.io_share);
        let mut parts = Vec::new();
        let mut left = WORK;
        while left > NOTHING {
            if !parts.is_empty() {
                parts.push(Part::Io(io));
            }
            parts.push(Part::Cpu(left.min(BURST)));
            left -= BURST;
        }
        parts
    }
}

/// A thread on its way through its program.
#[derive(Debug)]
pub(crate) struct Work {
    program: Vec<Part>,
    at: usize,
    /// CPU time left of the current part.
    pub left: f64,
}

impl Work {
    pub fn new(program: Vec<Part>) -> Work {
        let left = program[0].millis();
        Work { program, at: 0, left }
    }

    /// The current computing is over: the I/O that follows, or `None` at the end.
    pub fn io(&mut self) -> Option<f64> {
        self.at += 1;
        self.program.get(self.at).map(|part| part.millis())
    }

    /// The I/O is over: the next computing begins.
    pub fn compute(&mut self) {
        self.at += 1;
        self.left = self.program[self.at].millis();
    }
}
