//! Which fault it is, and what happened, in a sentence or two.

use std::collections::BTreeSet;

use evidence::Fault;

use super::ownership::{self, Hold, Obstacle};
use super::sleepers;
use super::{Case, normalised, source};
use crate::engine::{MAX_THREADS, Stop};
use crate::overflow;
use crate::trace::{Kind, Panicked, Pending, Trace};

/// Events of which some belong to each thread that goes round for ever.
const LAST_EVENTS: usize = 500;

/// The fault, and what happened.
pub(super) fn diagnose(case: &Case<'_>, stop: &Stop) -> (Fault, String) {
    let name = case.trace.name(case.thread);
    match stop {
        Stop::Deadlock => stuck(case),
        Stop::Livelock => livelock(case),
        Stop::Endless => endless(case),
        Stop::Panic(index) => panic(case, cause(case, &case.trace.panics[*index])),
        Stop::DataRace { earlier } => data_race(case, *earlier),
        Stop::TooManyThreads | Stop::Steps { .. } => {
            unreachable!("a limit of the checker is no fault: see `limit`")
        }
        Stop::Leak { made } => (
            Fault::Leak,
            format!(
                "All threads are done, and the value that line {} of {} has put into an `Arc` is still \
                 there: it will never be dropped. Values that own each other in a circle do that, and \
                 `mem::forget`.",
                made.line(),
                normalised(made.file())
            ),
        ),
        Stop::Nondeterminism => (
            Fault::Nondeterminism,
            "The same schedule gave two different runs, so the code depends on something besides \
             its threads: the real clock, random numbers, the order of a `HashMap`, an address, or \
             a `static` that keeps its value from one run to the next."
                .to_owned(),
        ),
        Stop::Outlived { at } => (
            Fault::Nondeterminism,
            format!(
                "At line {}, `{name}` uses a lock or the like that an earlier run of the code has made. \
                 The model checker runs it thousands of times, and what is made at run time and kept for \
                 longer (in a `LazyLock` of `std`, say) keeps its value from one run to the next: keep it \
                 in a struct.",
                at.line()
            ),
        ),
        Stop::StackOverflow => (Fault::StackOverflow, format!("`{name}` {}", overflow::noted())),
    }
}

/// Which limit of the checker an execution has come to, and what can be done about it; `None`: none, it
/// has failed.
pub(crate) fn limit(stop: &Stop, trace: &Trace, thread: usize) -> Option<String> {
    let name = trace.name(thread);
    match stop {
        Stop::TooManyThreads => Some(format!(
            "`{name}` starts one thread too many: the model checker follows {MAX_THREADS} at once, the \
             check's own included. It says nothing about this code. Let the scenario start fewer threads, \
             or join some before it starts others."
        )),
        Stop::Steps { limit } => Some(format!(
            "One run of the scenario took more than {limit} steps, and the model checker gave up: it may \
             go on for ever, or only be long. Let the scenario do less, or raise the limit with \
             `Model::steps`."
        )),
        _ => None,
    }
}

/// The panic that started it: when a thread only passes on that another one panicked, that one's.
fn cause<'a>(case: &'a Case<'_>, last: &'a Panicked) -> &'a Panicked {
    let joined = |panic: &Panicked| {
        panic.message.ends_with("value: Any { .. }") || panic.message == "a scoped thread panicked"
    };
    let poisoned = |panic: &Panicked| panic.message.contains("PoisonError");
    let mut before = case.trace.panics.iter().rev();
    let start = before.find(|panic| !joined(panic) && !poisoned(panic));
    match start {
        Some(start) if joined(last) => start,
        // A check may panic on purpose; that the lock is unusable afterwards is then the mistake.
        Some(start) if poisoned(last) && !is_scenario(case, &start.file) => start,
        _ => last,
    }
}

fn panic(case: &Case<'_>, panicked: &Panicked) -> (Fault, String) {
    let message = panicked.message.clone();
    if let Some(broken) = &panicked.broken {
        return (broken.fault, message);
    }
    if message.starts_with("not yet implemented") {
        return (Fault::NotYetWritten, message);
    }
    let fault = if panicked.file == case.check_file { Fault::WrongAnswer } else { Fault::Panic };
    (fault, message.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn data_race(case: &Case<'_>, earlier: usize) -> (Fault, String) {
    let events = &case.trace.events;
    let (first, second) = (&events[earlier], &events[events.len() - 1]);
    let does = |kind| if kind == Kind::CellWrite { "writes" } else { "reads" };
    let message = format!(
        "`{}` {} a value that `{}` {}, and nothing makes one wait for the other.",
        case.trace.name(second.thread),
        does(second.kind),
        case.trace.name(first.thread),
        does(first.kind),
    );
    (Fault::DataRace, message)
}

fn livelock(case: &Case<'_>) -> (Fault, String) {
    let polls = case.trace.pending.iter().filter(|pending| {
        let holds = ownership::holds(case.trace);
        matches!(ownership::obstacle(pending, &holds, case.trace), Obstacle::Poll)
    });
    let names: Vec<String> =
        polls.map(|pending| format!("`{}`", case.trace.name(pending.thread))).collect();
    let message = match names.as_slice() {
        [] => "The threads go on for ever and get nowhere.".to_owned(),
        [one] => format!("{one} looks again and again, and nobody is left to change what it sees."),
        many => format!(
            "{} look again and again, and nobody is left to change what they see.",
            many.join(" and ")
        ),
    };
    (Fault::Livelock, message)
}

/// Threads go on for ever: who took part in the last steps?
fn endless(case: &Case<'_>) -> (Fault, String) {
    let last = case.trace.events.iter().rev().take(LAST_EVENTS);
    let threads: BTreeSet<_> = last.map(|event| event.thread).collect();
    let names: Vec<String> =
        threads.into_iter().map(|thread| format!("`{}`", case.trace.name(thread))).collect();
    let message = match names.as_slice() {
        [one] => format!("{one} goes round for ever, and nothing that it does lets it out."),
        many => format!(
            "{} go round for ever: each reacts to what it sees of the others, and none gets on.",
            many.join(" and ")
        ),
    };
    (Fault::Livelock, message)
}

/// Nobody can go on: on what does it end?
fn stuck(case: &Case<'_>) -> (Fault, String) {
    let holds = ownership::holds(case.trace);
    let obstacle = |pending: &Pending| ownership::obstacle(pending, &holds, case.trace);
    let stuck: Vec<_> = case.trace.pending.iter().map(|p| (p, obstacle(p))).collect();
    let mine = stuck.iter().find_map(|(pending, obstacle)| match obstacle {
        Obstacle::Lock(hold) if hold.thread == pending.thread => Some((*pending, hold)),
        _ => None,
    });
    if let Some((pending, hold)) = mine {
        return (Fault::SelfDeadlock, waits_for_itself(case, pending, hold));
    }
    let waits: Vec<String> = stuck
        .iter()
        .filter_map(|(pending, obstacle)| match obstacle {
            Obstacle::Lock(hold) => Some(format!(
                "`{}` waits for {}, which `{}` holds since line {}",
                case.trace.name(pending.thread),
                lock_name(pending),
                case.trace.name(hold.thread),
                hold.since.line()
            )),
            _ => None,
        })
        .collect();
    if !waits.is_empty() {
        return (Fault::Deadlock, format!("{}.", waits.join("; ")));
    }
    let sleepers = stuck.iter().filter(|(_, obstacle)| matches!(obstacle, Obstacle::Sleep));
    sleepers::asleep(case, &sleepers.map(|(pending, _)| *pending).collect::<Vec<_>>())
}

fn waits_for_itself(case: &Case<'_>, pending: &Pending, hold: &Hold) -> String {
    let (lock, name) = (lock_name(pending), case.trace.name(pending.thread));
    let line = hold.since.line();
    let writer = case.trace.pending.iter().find(|other| {
        other.kind == Kind::WriteLock
            && other.object == pending.object
            && pending.kind == Kind::ReadLock
    });
    match writer {
        Some(writer) => format!(
            "`{name}` wants to read {lock} once more, which it reads already since line {line}. Meanwhile \
             `{}` waits to write, and a reader that comes later may have to wait until it has: here each \
             waits for the other.",
            case.trace.name(writer.thread)
        ),
        None => format!("`{name}` waits for {lock}, which it holds itself since line {line}."),
    }
}

fn lock_name(pending: &Pending) -> String {
    let name = match pending.kind {
        // The receiver of `wait` is the condition variable: its mutex has no name here.
        Kind::Wake => None,
        _ => source::receiver(pending.source),
    };
    name.map_or_else(|| "a lock".to_owned(), |name| format!("`{name}`"))
}

/// Whether a step stands in the check's own file.
pub(super) fn is_scenario(case: &Case<'_>, file: &str) -> bool {
    file == case.check_file || normalised(file) == normalised(case.check_file)
}
