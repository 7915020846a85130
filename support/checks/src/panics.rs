//! Who panicked, where, and which panic came first.
//!
//! A panic hook notes every panic, because the payload that a check catches in the end does not
//! say where it was raised, and is often not the cause: a thread that panics is joined by another
//! one whose `unwrap` then panics in turn.

use std::any::Any;
use std::cell::Cell;
use std::collections::VecDeque;
use std::mem;
use std::panic::{self, Location, PanicHookInfo};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, Once, PoisonError};
use std::thread::{self, ThreadId};

use evidence::{Broken, Evidence, Failure, Fault, Place, bounds};

/// Only the newest panics are kept: a check may raise and catch any number of them.
const KEPT: usize = 64;

static NOTED: Mutex<VecDeque<Panicked>> = Mutex::new(VecDeque::new());

/// Set while panics are expected by the thousand, as when a counterexample is shrunk.
static SILENT: AtomicBool = AtomicBool::new(false);

thread_local! {
    /// The panics of this thread are told by the check's conclusion, so the hook prints nothing.
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// A panic as the hook saw it.
#[derive(Debug, Clone, PartialEq)]
struct Panicked {
    thread: ThreadId,
    message: String,
    broken: Option<Broken>,
    at: Option<Place>,
}

/// Starts to note panics and forgets those of earlier checks; this thread's are no longer printed.
pub(crate) fn watch() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            note(info);
            if !SILENT.load(Ordering::Relaxed) && !QUIET.get() {
                match told_in_short(info) {
                    Some(text) => eprintln!("{text}"),
                    None => previous(info),
                }
            }
        }));
    });
    if let Ok(mut noted) = NOTED.try_lock() {
        noted.clear();
    }
    hush_this_thread();
}

/// Leaves the telling of this thread's panics to the check's conclusion.
pub(crate) fn hush_this_thread() {
    QUIET.set(true);
}

/// Runs `work` while no thread's panics are printed.
pub(crate) fn silently<T>(work: impl FnOnce() -> T) -> T {
    SILENT.store(true, Ordering::Relaxed);
    let result = work();
    SILENT.store(false, Ordering::Relaxed);
    result
}

/// The panic of a thread in words, if its message is so long that a few threads with the same one would
/// print more than a check may.
fn told_in_short(info: &PanicHookInfo<'_>) -> Option<String> {
    let long = info.payload_as_str().filter(|message| message.len() > bounds::TEXT)?;
    let thread = thread::current();
    let (name, short) =
        (thread.name().unwrap_or("<unnamed>"), bounds::shortened(long, bounds::TEXT));
    let at = info.location().map(ToString::to_string).unwrap_or_default();
    Some(format!("\nthread '{name}' panicked at {at}:\n{short}"))
}

fn note(info: &PanicHookInfo<'_>) {
    let panicked = Panicked {
        thread: thread::current().id(),
        message: message(info.payload()),
        broken: info.payload().downcast_ref().cloned(),
        at: info.location().map(place),
    };
    // A forked child may find the lock taken for ever: its panic then goes without a note.
    if let Ok(mut noted) = NOTED.try_lock() {
        noted.push_back(panicked);
        if noted.len() > KEPT {
            noted.pop_front();
        }
    }
}

fn place(location: &Location<'_>) -> Place {
    Place { file: location.file().to_owned(), line: location.line() }
}

fn message(payload: &dyn Any) -> String {
    let broken = payload.downcast_ref::<Broken>().map(|broken| &*broken.message);
    let text = broken
        .or_else(|| payload.downcast_ref::<&str>().copied())
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("a panic whose payload is not a text");
    // Many are kept, and some are megabytes.
    bounds::shortened(text, bounds::TEXT)
}

/// What the caught `payload` says of the answer; `check` is where the check is written.
///
/// The payload is forgotten, not dropped: it may be the answer's, and have a word to say in its `Drop`.
pub(crate) fn failure(payload: Box<dyn Any + Send>, check: &Location<'_>) -> Failure {
    let Panicked { message, broken, at, .. } = cause(&*payload);
    mem::forget(payload);
    let fault = match &broken {
        Some(broken) => broken.fault,
        None if is_unwritten(&message) => Fault::NotYetWritten,
        None if at.as_ref().is_some_and(|at| is_beside(&at.file, check.file())) => {
            Fault::WrongAnswer
        }
        None => Fault::Panic,
    };
    let evidence = vec![Evidence::Panic { message: message.clone(), at }];
    Failure { fault, message, evidence }
}

/// The panic behind the caught `payload`.
fn cause(payload: &(dyn Any + Send)) -> Panicked {
    let noted = NOTED.lock().unwrap_or_else(PoisonError::into_inner);
    let message = message(payload);
    let here = thread::current().id();
    let root = is_echo(&message)
        .then(|| noted.iter().rev().find(|p| p.thread != here && !is_echo(&p.message)))
        .flatten();
    // A payload that was carried over from another thread is found by its message.
    root.or_else(|| noted.iter().rev().find(|p| p.message == message)).cloned().unwrap_or_else(
        || Panicked { thread: here, message, broken: payload.downcast_ref().cloned(), at: None },
    )
}

/// Whether the panic only passes on that another thread panicked: `join().unwrap()`, the end of a
/// scope, or a poisoned lock.
fn is_echo(message: &str) -> bool {
    message.ends_with("Any { .. }")
        || message.contains("PoisonError { .. }")
        || message == "a scoped thread panicked"
}

/// The message of `todo!()` or `unimplemented!()`.
fn is_unwritten(message: &str) -> bool {
    message.starts_with("not yet implemented") || message.starts_with("not implemented")
}

/// Whether `file` is in the folder of `check` or below.
fn is_beside(file: &str, check: &str) -> bool {
    let folder = check.rfind('/').map_or("", |end| &check[..=end]);
    file.starts_with(folder)
}
