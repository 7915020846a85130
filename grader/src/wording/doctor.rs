//! What the doctor says.

use std::io;
use std::path::Path;

pub(crate) const READY: &str = "Grading works here.";
pub(crate) const BROKEN: &str = "Grading does not work here yet: see above.";

pub(crate) fn no_compiler(needed: &str) -> String {
    format!("No Rust compiler was found. Install Rust {needed} or newer from https://rustup.rs.")
}

pub(crate) fn old_compiler(found: &str, needed: &str) -> String {
    format!("{found} is too old: the course needs {needed}. Run `rustup update`.")
}

pub(crate) fn links() -> String {
    "A linker is there (`cc`).".into()
}

pub(crate) fn no_linker() -> String {
    "There is no linker: `cc` was not found. Install a C compiler (`apt install gcc`).".into()
}

pub(crate) fn cpus(count: usize) -> String {
    format!("{count} CPUs may be used: enough for the speed-up checks.")
}

pub(crate) fn one_cpu() -> String {
    "Only 1 CPU may be used (affinity or quota): speed-up checks will be inconclusive. Give the container or machine a second one.".into()
}

pub(crate) fn room(folder: &Path, free: u64) -> String {
    let gigabytes = free as f64 / 1e9;
    format!("{gigabytes:.1} GB are free in {}; a full build takes up to 2 GB.", folder.display())
}

pub(crate) fn unknown_room(folder: &Path, why: &str) -> String {
    format!("How much is free in {} is not known ({why}).", folder.display())
}

pub(crate) fn remembers() -> String {
    "Your progress can be remembered in .lockstep/.".into()
}

pub(crate) fn forgets(error: &io::Error) -> String {
    format!("Your progress cannot be remembered: .lockstep/ cannot be written ({error}).")
}

pub(crate) fn supervises() -> String {
    "Processes can be watched: whatever a check leaves behind is found.".into()
}

pub(crate) fn no_proc(error: &io::Error) -> String {
    format!(
        "/proc cannot be read ({error}), so checks cannot be watched. Grade on Linux, with /proc mounted."
    )
}

pub(crate) fn isolates() -> String {
    "bubblewrap makes namespaces: strict grading cuts answers off from files and network.".into()
}

pub(crate) fn no_isolation() -> String {
    "bubblewrap makes no namespaces: strict grading isolates less here and says so. (For learning it makes no difference.) Install bubblewrap, and allow unprivileged user namespaces.".into()
}

pub(crate) fn git() -> String {
    "Git knows the course: `cargo grade reset` can bring originals back.".into()
}

pub(crate) fn no_git() -> String {
    "This is no Git checkout, or git is not installed: `cargo grade reset` has no originals. Clone the course with git.".into()
}

pub(crate) fn terminal() -> String {
    "This is a terminal: `cargo grade watch` works.".into()
}

pub(crate) fn no_terminal() -> String {
    "This is no terminal: `cargo grade watch` needs one, everything else works.".into()
}
