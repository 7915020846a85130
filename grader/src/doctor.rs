//! What this machine can do, and what that means for grading.

use std::fs;
use std::io::IsTerminal as _;
use std::path::Path;
use std::process::{Command, Stdio};

use nix::sys::statvfs::statvfs;

use crate::course::Course;
use crate::toolchain;
use crate::wording::doctor as says;

/// Room that a full build of a large course takes, in bytes.
const ROOM: u64 = 2 << 30;

/// Something about this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// It is as it should be.
    Good(String),
    /// Grading works, with less.
    Limited(String),
    /// Grading does not work.
    Broken(String),
}

/// Looks at all that grading rests on.
pub fn examine(course: &Course, home: &Path) -> Vec<Finding> {
    vec![
        compiler(course, home),
        linker(),
        processors(),
        room(home),
        memory(course),
        supervision(),
        isolation(),
        git(course),
        terminal(),
    ]
}

fn compiler(course: &Course, home: &Path) -> Finding {
    let found = toolchain::version(home);
    let manifest = fs::read_to_string(course.root.join("Cargo.toml")).unwrap_or_default();
    let table = manifest.parse::<toml::Table>().unwrap_or_default();
    let needed = table
        .get("workspace")
        .and_then(|workspace| workspace.get("package")?.get("rust-version")?.as_str())
        .unwrap_or_default();
    match release(&found) {
        None => Finding::Broken(says::no_compiler(needed)),
        Some(release) if Some(release) < parse(needed) => {
            Finding::Broken(says::old_compiler(&found, needed))
        }
        Some(_) => Finding::Good(found),
    }
}

/// Rust has no linker of its own: it calls the C compiler.
fn linker() -> Finding {
    let works = quietly(Command::new("cc").arg("--version"));
    if works { Finding::Good(says::links()) } else { Finding::Broken(says::no_linker()) }
}

/// The number in `rustc 1.95.0 (59807616e 2026-04-14)`.
fn release(version: &str) -> Option<(u32, u32)> {
    parse(version.strip_prefix("rustc ")?.split([' ', '-']).next()?)
}

fn parse(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next().unwrap_or(Ok(0)).ok()?))
}

/// CPUs that may be used: the standard library looks at affinity and at the cgroup's quota.
fn processors() -> Finding {
    match std::thread::available_parallelism().map_or(1, usize::from) {
        1 => Finding::Limited(says::one_cpu()),
        cpus => Finding::Good(says::cpus(cpus)),
    }
}

fn room(home: &Path) -> Finding {
    let existing = home.ancestors().find(|folder| folder.is_dir()).unwrap_or(home);
    match statvfs(existing) {
        Err(error) => Finding::Limited(says::unknown_room(existing, error.desc())),
        Ok(disk) => {
            let free = disk.blocks_available() * disk.fragment_size();
            let text = says::room(existing, free);
            if free < ROOM { Finding::Limited(text) } else { Finding::Good(text) }
        }
    }
}

/// Whether what a learner did can be remembered.
fn memory(course: &Course) -> Finding {
    let folder = course.root.join(crate::progress::store::FOLDER);
    let probe = folder.join("doctor");
    let written = fs::create_dir_all(&folder).and_then(|()| fs::write(&probe, ""));
    let removed = written.and_then(|()| fs::remove_file(&probe));
    match removed {
        Ok(()) => Finding::Good(says::remembers()),
        Err(error) => Finding::Limited(says::forgets(&error)),
    }
}

/// Whether processes can be found: everything that a check leaves behind is looked for there.
fn supervision() -> Finding {
    match fs::read_to_string("/proc/self/stat") {
        Ok(_) => Finding::Good(says::supervises()),
        Err(error) => Finding::Broken(says::no_proc(&error)),
    }
}

/// Whether bubblewrap may make namespaces, as strict grading has it do.
fn isolation() -> Finding {
    let made =
        quietly(Command::new("bwrap").args(["--unshare-all", "--ro-bind", "/", "/", "true"]));
    if made { Finding::Good(says::isolates()) } else { Finding::Limited(says::no_isolation()) }
}

fn git(course: &Course) -> Finding {
    let inside = ["rev-parse", "--is-inside-work-tree"];
    let known = quietly(Command::new("git").arg("-C").arg(&course.root).args(inside));
    if known { Finding::Good(says::git()) } else { Finding::Limited(says::no_git()) }
}

fn terminal() -> Finding {
    if std::io::stdin().is_terminal() && std::io::stdout().is_terminal() {
        Finding::Good(says::terminal())
    } else {
        Finding::Limited(says::no_terminal())
    }
}

fn quietly(command: &mut Command) -> bool {
    let silent = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    silent.status().is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_as_numbers() {
        assert_eq!(release("rustc 1.95.0 (59807616e 2026-04-14)"), Some((1, 95)));
        assert_eq!(release("rustc 1.100.0-nightly (x)"), Some((1, 100)));
        assert!(release("rustc 1.100.0") > parse("1.95"));
        assert_eq!(release("unknown"), None);
    }
}
