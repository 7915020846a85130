//! Who is to blame when nothing comes of a build: the answer, or the machine. Pure.
//!
//! What the compiler says about an answer has a place in it or a code. What has neither is about the
//! compiler's own work: a file that cannot be written, a linker that failed or is not there.

use nix::sys::signal::Signal;

use crate::process::warden;

/// How a compiler ended that said nothing about the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// It took more than the sandbox lets it take, or broke down over the source.
    GaveUp,
    /// Somebody else ended it: the kernel, when memory ran out, or a person.
    Killed(i32),
    /// It could not read or write.
    Blocked,
}

/// Signs in a linker's words that the program itself cannot be linked.
const UNLINKABLE: [&str; 10] = [
    "undefined symbol",
    "undefined reference",
    "duplicate symbol",
    "multiple definition",
    "unable to find library",
    "cannot find -l",
    "relocation",
    // What it met is a limit: the program is too large.
    "File too large",
    "[File size limit exceeded]",
    "[CPU time limit exceeded]",
];

/// Whether an error that points nowhere and has no code is the answer's doing all the same.
pub(super) fn is_of_answer(message: &str, rendered: &str) -> bool {
    // Two answers to the question which allocator there is.
    message.contains("#[global_allocator]")
        || message.starts_with("linking with") && UNLINKABLE.iter().any(|s| rendered.contains(s))
}

/// What went wrong, without the linker's long command line: the message and its last note.
pub(super) fn in_short(message: &str, rendered: &str) -> String {
    match rendered.rsplit_once("= note: ") {
        Some((_, note)) if !note.trim().is_empty() => format!("{message}: {}", note.trim()),
        _ => message.to_owned(),
    }
}

/// What the compilers of this exercise were ended for, by the warden's words.
pub(super) fn stopped_for<'a>(said: &'a str, folder: &str) -> Option<&'a str> {
    said.lines()
        .filter_map(|line| line.strip_prefix(warden::SAYS)?.split_once(": "))
        .find_map(|(of, why)| (of == folder).then_some(why))
}

/// How the compiler of this package ended, by cargo's own words; `None` if they are not about it.
pub(super) fn ending(said: &str, package: &str) -> Option<Ending> {
    let mut endings = said
        .split("could not compile `")
        .skip(1)
        .filter_map(|block| block.strip_prefix(package)?.strip_prefix('`'))
        .map(|block| match signal(block) {
            Some(signal) if is_from_outside(signal) => Ending::Killed(signal),
            None if said.contains("(os error ") => Ending::Blocked,
            _ => Ending::GaveUp,
        })
        .peekable();
    let first = endings.peek().copied();
    endings.find(|ending| *ending != Ending::GaveUp).or(first)
}

fn signal(block: &str) -> Option<i32> {
    let (_, after) = block.split_once("(signal: ")?;
    after.split([',', ')']).next()?.parse().ok()
}

/// A compiler that is too greedy gets SIGXCPU, or aborts without memory, or runs out of stack. No
/// source makes it send itself one of these; SIGBUS comes of a mapped file on a full disk.
fn is_from_outside(signal: i32) -> bool {
    use Signal::{SIGBUS, SIGHUP, SIGINT, SIGKILL, SIGQUIT, SIGTERM};
    [SIGBUS, SIGHUP, SIGINT, SIGKILL, SIGQUIT, SIGTERM].iter().any(|&s| s as i32 == signal)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(how: &str) -> String {
        format!(
            "error: could not compile `sync` (lib) due to 1 previous error\n\
             error: could not compile `race-fix` (lib)\n\nCaused by:\n  \
             process didn't exit successfully: `rustc --crate-name race_fix` ({how})\n\
             error: could not compile `rlock` (lib)\n\nCaused by:\n  \
             process didn't exit successfully: `rustc` (signal: 15, SIGTERM: termination signal)"
        )
    }

    #[test]
    fn a_compiler_that_somebody_killed_is_not_the_answers_doing() {
        for (how, expected) in [
            ("signal: 9, SIGKILL: kill", Ending::Killed(9)),
            ("signal: 7, SIGBUS: access to undefined memory", Ending::Killed(7)),
            ("signal: 24, SIGXCPU: CPU time limit exceeded", Ending::GaveUp),
            ("signal: 6, SIGABRT: process abort signal", Ending::GaveUp),
            ("signal: 11, SIGSEGV: invalid memory reference", Ending::GaveUp),
            ("exit status: 101", Ending::GaveUp),
        ] {
            assert_eq!(ending(&said(how), "race-fix"), Some(expected), "{how}");
        }
        assert_eq!(ending(&said("exit status: 101"), "race"), None);
        let full = format!("No space left on device (os error 28)\n{}", said("exit status: 101"));
        assert_eq!(ending(&full, "race-fix"), Some(Ending::Blocked));
    }

    #[test]
    fn a_linker_fails_over_the_answer_or_over_the_machine() {
        let failed = "linking with `cc` failed: exit status: 1";
        let note = |note: &str| format!("error: {failed}\n  = note: \"cc\" …\n  = note: {note}\n");
        let symbol = note("rust-lld: error: undefined symbol: nope");
        let full = note("ld: final link failed: No space left on device");
        assert!(is_of_answer(failed, &symbol));
        assert!(!is_of_answer(failed, &full));
        assert!(!is_of_answer("linker `cc` not found", ""));
        assert!(
            in_short(failed, &full)
                .ends_with("status: 1: ld: final link failed: No space left on device")
        );
    }
}
