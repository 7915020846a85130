//! Every sentence that the grader itself says to learners, apart from the logic that chooses it.
//! The sentences about a kind of mistake are [`evidence::fault`]'s.

use std::io::ErrorKind;
use std::path::Path;
use std::time::Duration;

use evidence::Fault;
use evidence::bounds::grouped;
use nix::sys::signal::Signal;

use crate::answer::Unreadable;
use crate::build::BuildError;
use crate::course::{Check, CourseError, Visibility};
use crate::grade::GradeError;
use crate::intake::IntakeError;
use crate::report::Help;
use crate::sandbox::SandboxError;
use crate::stage::StageError;

pub(crate) mod author;
pub(crate) mod contract;
pub(crate) mod doctor;
pub(crate) mod facade;
pub(crate) mod html;
pub mod learner;
pub(crate) mod machine;
pub(crate) mod plain;
pub(crate) mod replay;
pub(crate) mod seen;
pub(crate) mod steps;
pub mod watch;

pub(crate) const WAITING: &str = "another grader is at work in this folder; waiting for it";

/// What a kind of mistake means.
pub fn help(fault: Fault) -> Help {
    let wording = fault.wording();
    Help { title: wording.title.into(), meaning: wording.meaning.into(), page: fault.page() }
}

pub(crate) fn hang(deadline: Duration) -> String {
    format!("nothing came within {} seconds, so the check was stopped", deadline.as_secs())
}

pub(crate) fn hang_after_pass() -> String {
    "the check was done, and then its process did not end: something still runs or waits".into()
}

pub(crate) fn left_behind(names: &[String]) -> String {
    let (processes, them) =
        if names.len() == 1 { ("process was", "it") } else { ("processes were", "them") };
    format!(
        "{} {processes} still running after the check ({}); the grader ended {them}",
        names.len(),
        names.join(", ")
    )
}

pub(crate) fn exit_code_after_pass(code: i32) -> String {
    format!("the check was done, and then its process ended with exit code {code} instead of 0")
}

pub(crate) fn signal_after_pass(signal: i32) -> String {
    format!("the check was done, and then its process was ended by {}", signal_name(signal))
}

pub(crate) fn out_of_memory() -> String {
    "your code asked for more memory than a check may use, so it was stopped".into()
}

pub(crate) fn too_much_output() -> String {
    "your code printed more than a check may print, so it was stopped".into()
}

pub(crate) fn too_many_tasks() -> String {
    "your code started more processes or threads than a check may have, so it was stopped".into()
}

pub(crate) fn no_sandbox(said: &str) -> String {
    format!(
        "the sandbox could not be set up, and no answer is at fault; `cargo grade doctor` looks at \
         this machine. It said: {}",
        said.trim()
    )
}

pub(crate) fn forbidden(refusals: usize) -> String {
    match refusals {
        1 => "the answer holds something that is not allowed".into(),
        n => format!("the answer holds {n} things that are not allowed"),
    }
}

pub(crate) fn stack_overflow() -> String {
    "a thread ran out of stack".into()
}

pub(crate) fn crashed(signal: i32) -> String {
    format!("the process was ended by {} before the check was done", signal_name(signal))
}

pub(crate) fn ended_early(code: i32) -> String {
    format!("the process ended (exit code {code}) before the check was done")
}

pub(crate) fn no_such_test(check: &Check) -> String {
    format!(
        "exercise.toml lists the {} check `{}`, and {}.rs has no test of that name",
        check.kind,
        check.name,
        check.target()
    )
}

pub(crate) fn missing_source(folder: &str) -> String {
    format!(
        "{folder}/src/lib.rs is not there. `cargo grade reset` brings the original back; in a \
         submission it has to be handed in"
    )
}

/// `why`: which limit it met, if somebody counted.
pub(crate) fn compiler_gave_up(why: Option<&str>) -> String {
    let why = why.unwrap_or("took too much time or memory");
    format!("the compiler was stopped before it was done: over this answer it {why}")
}

pub(crate) fn too_many_errors(unread: usize) -> String {
    format!("it has so many errors that {} were not read", grouped(unread))
}

pub(crate) fn cargo_refuses() -> String {
    "cargo does not take the files of this answer".into()
}

pub(crate) fn does_not_compile(errors: usize) -> String {
    match errors {
        1 => "the compiler found an error".into(),
        n => format!("the compiler found {} errors; begin with the first", grouped(n)),
    }
}

pub(crate) fn does_not_compile_in_the_model(errors: usize) -> String {
    format!(
        "{}. Your code compiles with the standard library's threads and locks, but not with the model checker's: take them from `sync`, and only what it has",
        does_not_compile(errors)
    )
}

pub(crate) fn takes_the_arc_of_std() -> &'static str {
    "in the model build `sync::Arc` is the model checker's, which cannot become an `Arc` of a trait or a slice and cannot stand before `self`: take `Arc` from `std::sync` there"
}

/// What learners may not see is not named to them.
pub(crate) fn needs(check: &Check) -> String {
    match check.visibility {
        Visibility::Visible => format!("needs `{}` to pass first", check.name),
        _ => "needs another check to pass first".into(),
    }
}

pub(crate) fn not_built(check: &Check) -> String {
    format!(
        "the {} checks were built, and no program came of it. Your answer is not at fault: run it again",
        check.kind
    )
}

pub(crate) fn supervisor_failed(error: &std::io::Error) -> String {
    format!(
        "the check could not be run: {error}. Your answer is not at fault: run it again; `cargo grade \
         doctor` looks at this machine"
    )
}

fn signal_name(signal: i32) -> String {
    let meaning = match Signal::try_from(signal) {
        Ok(Signal::SIGABRT) => " (abort)",
        Ok(Signal::SIGSEGV) => " (segmentation fault)",
        Ok(Signal::SIGKILL) => " (killed)",
        Ok(Signal::SIGPIPE) => " (it wrote to a pipe that nobody reads)",
        _ => "",
    };
    Signal::try_from(signal)
        .map_or_else(|_| format!("signal {signal}"), |name| format!("{name}{meaning}"))
}

/// What is wrong with the course or with what was asked of it, and what to do.
pub fn course_error(error: &CourseError) -> String {
    match error {
        CourseError::NoCourse(from) => format!(
            "there is no course in {} or above it: run `cargo grade` inside the course's folder",
            from.display()
        ),
        CourseError::Unreadable(path, why) => format!("{} cannot be read: {why}", path.display()),
        CourseError::Malformed(path, why) => format!("{}: {}", path.display(), why.trim_end()),
        CourseError::Unknown(name, known) => format!(
            "there is no exercise `{name}`. An exercise goes by its folder, package or number:\n  {}",
            known.join("\n  ")
        ),
    }
}

/// Why the stage cannot be used, and what to do.
pub fn stage_error(error: &StageError) -> String {
    let path = error.path.display();
    match error.error.kind() {
        ErrorKind::StorageFull => format!(
            "the disk is full: {path} could not be written. Nothing of yours was changed; free some space and run again"
        ),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => format!(
            "{path} cannot be used ({}). Set CARGO_TARGET_DIR to a folder that can be written",
            error.error
        ),
        _ => format!("{path}: {}", error.error),
    }
}

/// Why something that was asked for is not there, and what to do.
pub fn not_written(what: impl std::fmt::Display, error: &std::io::Error) -> String {
    let next = match error.kind() {
        ErrorKind::StorageFull => "free some space and run again",
        ErrorKind::NotFound => "make its folder first, or name another one",
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            "name a place that you may write to"
        }
        _ => "try again, or name another place",
    };
    format!("{what} could not be written ({error}): {next}")
}

/// Why a source is not graded.
pub fn unreadable(error: &Unreadable) -> String {
    format!("{} cannot be read: {}", error.path.display(), error.error)
}

/// Why there is no verdict at all.
pub fn grade_error(error: &GradeError) -> String {
    match error {
        GradeError::Stage(error) => stage_error(error),
        GradeError::Build(error) => build_error(error),
        GradeError::Sandbox(error) => sandbox_error(error),
        GradeError::Reader(how) => machine::no_reader(how),
        GradeError::Cancelled => "the run was ended before its verdict".into(),
    }
}

/// Why a submission cannot be taken, and what to do.
pub fn intake_error(error: &IntakeError) -> String {
    // Its name is the learner's to choose, and each line of what a build server prints may be a command.
    let shown = |path: &Path| path.display().to_string().replace('\n', "\u{fffd}");
    match error {
        IntakeError::Unreadable(path, error) => {
            format!("{} cannot be read: {error}", shown(path))
        }
        IntakeError::Unknown(path) => format!(
            "{} is neither a folder, nor a zip or tar archive, nor a Git repository",
            shown(path)
        ),
        IntakeError::Git(path, said) => {
            format!("{} cannot be read as a Git repository: {said}", shown(path))
        }
        IntakeError::Empty(path) => format!(
            "{} holds no answer: a submission has its sources in exercises/NN-name/src \
             (a Git repository is named DIR.git, DIR/.git or DIR#revision)",
            shown(path)
        ),
        IntakeError::NoReader(path, how) => format!(
            "{} was not read: the program that reads submissions could not be started: {how}. \
             `cargo grade doctor` looks for what this machine lacks",
            shown(path)
        ),
    }
}

/// Why there is no sandbox, and what to do.
pub fn sandbox_error(error: &SandboxError) -> String {
    match error {
        SandboxError::Guard(error) => format!("the sandbox: {}", build_error(error)),
        SandboxError::Scratch(error) => {
            format!("the sandbox: there is no folder for temporary files: {error}")
        }
        SandboxError::Missing(said) => format!(
            "this machine does not allow the whole sandbox, which `--sandbox require` asks for. \
             Install bubblewrap and allow unprivileged user namespaces (Ubuntu: `sudo sysctl \
             kernel.apparmor_restrict_unprivileged_userns=0`; Docker: `--security-opt \
             seccomp=unconfined --security-opt systempaths=unconfined`), or take what there is with \
             `--sandbox auto`. It said:\n{}",
            said.trim()
        ),
    }
}

/// Why nothing could be built, and what to do.
pub fn build_error(error: &BuildError) -> String {
    match error {
        BuildError::NoCargo(path, error) => format!(
            "cargo could not be started (`{}`: {error}). Install Rust from https://rustup.rs, or put cargo in your PATH",
            path.display()
        ),
        BuildError::Cargo(said) | BuildError::Machine(said) => {
            format!("cargo could not build the checks. No answer is at fault. It said:\n{said}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_submission_begins_no_line() {
        let path = || "x\n::error::y.zip".into();
        let errors = [
            IntakeError::Unreadable(path(), ErrorKind::NotFound.into()),
            IntakeError::Unknown(path()),
            IntakeError::Git(path(), String::new()),
            IntakeError::Empty(path()),
            IntakeError::NoReader(path(), String::new()),
        ];
        for error in errors {
            assert!(!intake_error(&error).contains('\n'), "{error:?}");
        }
    }
}
