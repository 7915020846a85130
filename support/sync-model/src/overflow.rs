//! A stack that is used up: noticed at a step, where the engine looks, and between two steps, where a
//! thread runs into the page below its stack that nobody may touch.

use std::cell::RefCell;
use std::ffi::{c_int, c_void};
use std::mem::MaybeUninit;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::{engine, watchdog};

use culprit::Culprit;

mod culprit;

/// The stack of the signal handler: its own, because the thread's is used up. Looking up names takes
/// some of it. What is not touched costs nothing.
const HANDLER_BYTES: usize = 4 << 20;

/// Seconds after which the process ends, should the handler and the watchdog both hang.
const LAST_RESORT: u32 = 30;

/// What a touched page below a stack looks like to the process: one or the other.
const SIGNALS: [c_int; 2] = [libc::SIGSEGV, libc::SIGBUS];

/// What happened on these signals before.
static BEFORE: [OnceLock<libc::sigaction>; 2] = [OnceLock::new(), OnceLock::new()];

/// Says what happened and returns the exit code.
static REPORT: OnceLock<fn(String) -> i32> = OnceLock::new();

/// A stack is used up, and the handler is looking for the function.
static HANDLING: AtomicBool = AtomicBool::new(false);

std::thread_local! {
    /// What was found at the step that found too little stack left.
    static NOTED: RefCell<String> = const { RefCell::new(String::new()) };
}

/// The calling thread finds too little left of its stack, at a step.
///
/// # Safety
/// It must never run again.
pub(crate) unsafe fn note() {
    // SAFETY: as this function demands.
    let culprit = unsafe { Culprit::find() };
    NOTED.set(sentence(engine::running_stack().map(|room| room.bytes), &culprit));
}

/// What was noted last, to go behind the thread's name.
pub(crate) fn noted() -> String {
    NOTED.with_borrow(Clone::clone)
}

/// That the handler has not come to an end, if it has begun.
pub(crate) fn unfinished() -> Option<String> {
    let handling = HANDLING.load(Ordering::Relaxed);
    handling.then(|| format!("A thread {}", sentence(None, &Culprit::Unknown)))
}

fn sentence(bytes: Option<usize>, culprit: &Culprit) -> String {
    let size = bytes.map_or(String::new(), |bytes| format!(" of {} MiB", bytes >> 20));
    format!("has used up its stack{size}{culprit}")
}

/// As long as this lives, the thread that made it notices when it comes to the end of a stack.
pub(crate) struct Watch {
    before: libc::stack_t,
    /// In use by the system until this is dropped.
    _stack: Box<[MaybeUninit<u8>]>,
}

impl Watch {
    /// `report` is called when a stack is used up, and says with which code the process ends.
    pub(crate) fn start(report: fn(String) -> i32) -> Self {
        REPORT.get_or_init(|| report);
        for (signal, before) in SIGNALS.iter().zip(&BEFORE) {
            before.get_or_init(|| handle(*signal));
        }
        let mut stack = Box::new_uninit_slice(HANDLER_BYTES);
        let ours =
            libc::stack_t { ss_sp: stack.as_mut_ptr().cast(), ss_flags: 0, ss_size: HANDLER_BYTES };
        Self { before: change_stack(&ours), _stack: stack }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        change_stack(&self.before);
    }
}

/// Sets the stack of this thread's signal handlers, and returns the one before.
fn change_stack(to: &libc::stack_t) -> libc::stack_t {
    let mut before = libc::stack_t { ss_sp: std::ptr::null_mut(), ss_flags: 0, ss_size: 0 };
    // SAFETY: both are there. What `to` describes is either the one that was set before, or the
    // memory of a `Watch`, which takes it back before it frees it.
    let result = unsafe { libc::sigaltstack(to, &raw mut before) };
    assert_eq!(result, 0, "a thread can have a stack for its signal handlers");
    before
}

/// Handles this signal from now on, and returns what was done before.
fn handle(signal: c_int) -> libc::sigaction {
    let handler: extern "C" fn(c_int, *mut libc::siginfo_t, *mut c_void) = on_fault;
    // SAFETY: a `sigaction` is plain numbers, and the handler has the signature that its flags say.
    unsafe {
        let mut before: libc::sigaction = std::mem::zeroed();
        let mut ours: libc::sigaction = std::mem::zeroed();
        ours.sa_sigaction = handler as usize;
        ours.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK;
        let result = libc::sigaction(signal, &raw const ours, &raw mut before);
        assert_eq!(result, 0, "a process can handle this signal");
        before
    }
}

extern "C" fn on_fault(signal: c_int, info: *mut libc::siginfo_t, _context: *mut c_void) {
    // SAFETY: the system gives it, and it has an address for these signals.
    let address = unsafe { (*info).si_addr() }.addr();
    match engine::running_stack().filter(|room| room.ends_at(address)) {
        Some(room) => end(room.bytes),
        None => give_back(signal),
    }
}

/// It is no stack of the model: it happens again, and whoever was asked before decides.
fn give_back(signal: c_int) {
    let index = SIGNALS.iter().position(|known| *known == signal);
    if let Some(before) = index.and_then(|index| BEFORE[index].get()) {
        // SAFETY: it is what this call has returned.
        unsafe { libc::sigaction(signal, before, std::ptr::null_mut()) };
    }
}

/// Says which function has used up the stack, and ends the process.
///
/// The thread may have been stopped while it held the allocator's lock. Then this hangs, and the
/// watchdog says all the same that a stack is used up.
fn end(bytes: usize) -> ! {
    // SAFETY: a number is all that it takes.
    unsafe { libc::alarm(LAST_RESORT) };
    HANDLING.store(true, Ordering::Relaxed);
    watchdog::pulse();
    // SAFETY: this never returns.
    let culprit = unsafe { Culprit::find() };
    let thread = engine::running_name().map_or("A thread".to_owned(), |name| format!("`{name}`"));
    let message = format!("{thread} {}", sentence(Some(bytes), &culprit));
    let code = REPORT.get().map_or(101, |report| report(message));
    // SAFETY: a number is all that it takes. Nothing else is run: other threads may be anywhere.
    unsafe { libc::_exit(code) }
}
