//! What of the standard library hides from the model checker, and what to write instead.

/// What a name means to the model checker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// It hides no step: `std::sync::Arc`, `std::fmt`.
    Harmless,
    /// The standard library's root: what is taken from it decides.
    Root,
    /// A module with something that hides: what is taken from it decides. This stands in for it.
    Module(String),
    /// Its steps are hidden.
    Hidden {
        /// The name without what follows it: `std::sync::Mutex` of `std::sync::Mutex::new`.
        name: String,
        /// What to write instead.
        instead: String,
    },
}

/// Crates that the compiler brings along.
const ROOTS: [&str; 3] = ["std", "core", "alloc"];

/// Modules of which `sync` has its own, by their path below the root.
const MODULES: [&[&str]; 6] =
    [&["sync", "atomic"], &["sync", "mpsc"], &["sync"], &["thread"], &["time"], &["hint"]];

/// What waits for nobody and is the same in both flavours of `sync`.
const SHARED: [&str; 6] =
    ["Arc", "Weak", "LockResult", "PoisonError", "TryLockError", "TryLockResult"];
const MESSAGES: [&str; 5] =
    ["SendError", "TrySendError", "RecvError", "TryRecvError", "RecvTimeoutError"];

/// Names that `sync` has under another name, or has something better for.
const OTHERWISE: [(&str, &str); 8] = [
    ("std::sync::LazyLock", "sync::OnceLock"),
    ("std::sync::atomic::compiler_fence", "sync::atomic::fence"),
    ("std::sync::atomic::spin_loop_hint", "sync::hint::spin_loop"),
    ("std::thread::sleep_ms", "sync::thread::sleep"),
    ("std::thread::park_timeout_ms", "sync::thread::park_timeout"),
    ("std::time::SystemTime", "sync::time::Instant"),
    ("std::time::SystemTimeError", "sync::time::Instant"),
    ("std::time::UNIX_EPOCH", "sync::time::Instant"),
];

/// The macro that is there without an import.
pub(super) const THREAD_LOCAL: &str = "thread_local";

/// What this path means; its first word is a crate's. A star stands for all that a module has.
pub(super) fn meaning(path: &[String]) -> Meaning {
    let words: Vec<&str> = path.iter().map(String::as_str).collect();
    let Some((root, below)) = words.split_first().filter(|(root, _)| ROOTS.contains(*root)) else {
        return Meaning::Harmless;
    };
    match below {
        [] => return Meaning::Root,
        ["*", ..] => {
            return Meaning::Hidden { name: format!("{root}::*"), instead: "sync::*".into() };
        }
        [first, ..] if *first == THREAD_LOCAL => {
            return Meaning::Hidden {
                name: format!("{root}::{THREAD_LOCAL}!"),
                instead: format!("sync::{THREAD_LOCAL}!"),
            };
        }
        _ => {}
    }
    let Some(module) = MODULES.into_iter().find(|module| below.starts_with(module)) else {
        return Meaning::Harmless;
    };
    match below.get(module.len()) {
        None => Meaning::Module(ours(module)),
        Some(item) if hides(module, item) => {
            let name = [&[*root], module, &[*item]].concat().join("::");
            let known = ["std::", &module.join("::"), "::", item].concat();
            let otherwise = OTHERWISE.iter().find(|(theirs, _)| *theirs == known);
            let instead = otherwise
                .map_or_else(|| format!("{}::{item}", ours(module)), |(_, ours)| (*ours).into());
            Meaning::Hidden { name, instead }
        }
        Some(_) => Meaning::Harmless,
    }
}

/// The path in `sync` that stands in for this module.
fn ours(module: &[&str]) -> String {
    match module {
        ["sync", ..] => module.join("::"),
        _ => format!("sync::{}", module.join("::")),
    }
}

fn hides(module: &[&str], item: &str) -> bool {
    match module {
        ["sync"] => !SHARED.contains(&item),
        ["sync", "atomic"] => item != "Ordering",
        ["sync", "mpsc"] => !MESSAGES.contains(&item),
        ["thread"] => !["Result", "available_parallelism"].contains(&item),
        ["time"] => ["*", "Instant", "SystemTime", "SystemTimeError", "UNIX_EPOCH"].contains(&item),
        ["hint"] => ["*", "spin_loop"].contains(&item),
        _ => false,
    }
}
