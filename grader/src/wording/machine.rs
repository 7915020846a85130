//! What is said when the machine is at fault and no answer is.

use std::io;
use std::path::Path;

pub(crate) fn unending(names: &[String]) -> String {
    format!(
        "The grader could not end all of it: this still runs on the machine: {}",
        names.join(", ")
    )
}

pub(crate) fn could_not_build(said: &[String]) -> String {
    format!(
        "the checks could not be built, and your answer is not at fault: the compiler or the linker \
         met a full disk, too little memory or a tool that is missing. Mend that and run again. It \
         said:\n{}",
        said.join("\n").trim()
    )
}

pub(crate) fn took_too_long() -> String {
    "cargo was stopped: it took more than half an hour by the clock, although no answer used more CPU \
     time than it may. This machine is too busy or too slow; run again when it has less to do"
        .into()
}

pub(crate) fn compiler_killed(signal: i32) -> String {
    format!("the compiler was ended by {}", super::signal_name(signal))
}

pub(crate) fn no_reader(how: &str) -> String {
    format!(
        "the program that reads sources could not be started, and no answer is at fault: {how}. Are \
         there too many processes, or is memory short? Mend that and run again"
    )
}
pub(crate) fn left_over(folder: &str) -> String {
    format!(
        "cargo took something for built that was to be built anew for exercises/{folder}. Delete the \
         grader's folder (target/grade) and run again"
    )
}

pub(crate) fn not_copied(path: &Path, error: &io::Error) -> String {
    format!("{} cannot be read or written: {error}", path.display())
}
