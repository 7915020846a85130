//! Names that an answer may not use, wherever they come from: clippy resolves them, so that no
//! alias, re-export, function pointer or macro hides one. Both flavours are read: a name may mean one
//! thing where `sync` is the standard library's and another where it is the model checker's.

use std::collections::BTreeMap;
use std::fs;

use super::flavour;
use crate::answer::{Answer, Refusal};
use crate::build::{self, BuildError, Crates, Diagnostic, Site};
use crate::course::{Exercise, Permission};
use crate::stage::Stage;
use crate::wording;

/// A part of the standard library.
struct Part {
    /// What allows it; `None`: nothing does.
    permission: Option<Permission>,
    because: &'static str,
    types: &'static [&'static str],
    functions: &'static [&'static str],
}

const PARTS: &[Part] = &[
    Part {
        permission: Some(Permission::Processes),
        because: "this exercise has no processes to end",
        types: &[],
        functions: &[
            "std::process::exit",
            "std::process::abort",
            "std::process::id",
            "std::os::unix::process::parent_id",
        ],
    },
    Part {
        permission: Some(Permission::Programs),
        because: "this exercise starts no other program",
        types: &["std::process::Command", "std::process::Child"],
        functions: &[],
    },
    Part {
        permission: Some(Permission::Files),
        because: "this exercise needs no files",
        // A `File` may be a pipe as well: what opens one is listed.
        types: &["std::fs::OpenOptions", "std::fs::DirBuilder"],
        functions: &[
            "std::fs::File::open",
            "std::fs::File::open_buffered",
            "std::fs::File::create",
            "std::fs::File::create_buffered",
            "std::fs::File::create_new",
            "std::fs::File::options",
            "std::fs::set_times",
            "std::fs::set_times_nofollow",
            "std::fs::set_permissions_nofollow",
            "std::os::unix::fs::mkfifo",
            "std::fs::read",
            "std::fs::read_to_string",
            "std::fs::write",
            "std::fs::copy",
            "std::fs::rename",
            "std::fs::remove_file",
            "std::fs::remove_dir",
            "std::fs::remove_dir_all",
            "std::fs::create_dir",
            "std::fs::create_dir_all",
            "std::fs::read_dir",
            "std::fs::read_link",
            "std::fs::hard_link",
            "std::fs::soft_link",
            "std::fs::metadata",
            "std::fs::symlink_metadata",
            "std::fs::set_permissions",
            "std::fs::canonicalize",
            "std::fs::exists",
            "std::os::unix::fs::symlink",
            "std::os::unix::fs::chown",
            "std::os::unix::fs::lchown",
            "std::os::unix::fs::fchown",
            "std::os::unix::fs::chroot",
            "std::path::Path::exists",
            "std::path::Path::try_exists",
            "std::path::Path::metadata",
            "std::path::Path::symlink_metadata",
            "std::path::Path::read_dir",
            "std::path::Path::read_link",
            "std::path::Path::canonicalize",
            "std::path::Path::is_file",
            "std::path::Path::is_dir",
            "std::path::Path::is_symlink",
        ],
    },
    Part {
        permission: Some(Permission::Pipes),
        because: "this exercise needs no sockets and no pipes",
        types: &["std::os::unix::net::UnixStream", "std::os::unix::net::UnixDatagram"],
        functions: &["std::io::pipe"],
    },
    Part {
        permission: Some(Permission::Network),
        because: "this exercise needs no socket that others can find",
        types: &[
            "std::net::TcpStream",
            "std::net::TcpListener",
            "std::net::UdpSocket",
            "std::os::unix::net::UnixListener",
        ],
        functions: &[
            "std::net::ToSocketAddrs::to_socket_addrs",
            "std::os::unix::net::UnixStream::connect",
            "std::os::unix::net::UnixStream::connect_addr",
            "std::os::unix::net::UnixDatagram::bind",
            "std::os::unix::net::UnixDatagram::bind_addr",
            "std::os::unix::net::UnixDatagram::connect",
            "std::os::unix::net::UnixDatagram::connect_addr",
            "std::os::unix::net::UnixDatagram::send_to",
            "std::os::unix::net::UnixDatagram::send_to_addr",
        ],
    },
    Part {
        permission: Some(Permission::Environment),
        because: "an answer must not depend on where it runs",
        types: &["std::env::Args", "std::env::Vars"],
        functions: &[
            "std::env::args",
            "std::env::args_os",
            "std::env::var",
            "std::env::var_os",
            "std::env::vars",
            "std::env::vars_os",
            "std::env::set_var",
            "std::env::remove_var",
            "std::env::current_exe",
            "std::env::current_dir",
            "std::path::absolute",
            "std::env::set_current_dir",
            "std::env::temp_dir",
            "std::env::home_dir",
        ],
    },
    Part {
        permission: None,
        because: "it tells who calls, and an answer must not depend on that",
        types: &["std::backtrace::Backtrace"],
        functions: &[
            "std::panic::Location::caller",
            "std::thread::Thread::name",
            "std::any::type_name",
            "std::any::type_name_of_val",
            "std::any::TypeId::of",
        ],
    },
    Part {
        permission: None,
        because: "standard input is the grader's, and there is nothing to read",
        types: &["std::io::Stdin", "std::io::StdinLock"],
        functions: &["std::io::stdin"],
    },
    Part {
        permission: None,
        because: "panics of the whole process are not the answer's to handle",
        types: &[],
        functions: &["std::panic::set_hook", "std::panic::take_hook"],
    },
    Part {
        permission: None,
        because: "the model checker is not to be steered",
        types: &["sync_model::model::Model"],
        functions: &[
            "sync_model::model::check",
            "sync_model::model::spawn",
            "sync_model::model::note",
            "sync_model::model::step",
        ],
    },
];

/// Why the macros below are refused.
const OWN_FILES: &str = "an answer is made of its own source files alone";

const MACROS: &[&str] = &[
    "std::module_path",
    "std::file",
    "std::include",
    "std::include_str",
    "std::include_bytes",
    "std::env",
    "std::option_env",
    "std::arch::asm",
    "std::arch::global_asm",
    "std::arch::naked_asm",
    // What it is made of, clippy does not see: `concat!(other!())`.
    "std::concat",
];

/// Lints that carry the policy.
const LINTS: [&str; 3] =
    ["clippy::disallowed_methods", "clippy::disallowed_types", "clippy::disallowed_macros"];

/// What rustc calls the attempt to allow what is forbidden.
const RELAXED: &str = "E0453";

/// What is refused in these answers, by exercise folder. They have been laid on the stage.
///
/// # Errors
/// When clippy is not there or fails.
pub fn refusals(
    site: Site<'_>,
    work: &[(&Exercise, &Answer)],
) -> Result<BTreeMap<String, Vec<Refusal>>, BuildError> {
    for (exercise, _) in work {
        configure(site.stage, exercise)?;
    }
    let mut refused = BTreeMap::new();
    // Exercises that differ in the one lint that is no matter of configuration are read apart.
    for allows_unsafe in [false, true] {
        let alike = |(exercise, _): &&(&Exercise, &Answer)| {
            exercise.manifest.allows_unsafe == allows_unsafe
        };
        let now: Vec<_> = work.iter().filter(alike).copied().collect();
        if now.is_empty() {
            continue;
        }
        let mut forbidden = LINTS.to_vec();
        forbidden.extend((!allows_unsafe).then_some("unsafe_code"));
        for (folder, crates) in build::lint(site, &now, &forbidden)? {
            let found = refusals_of(&folder, crates, &forbidden);
            refused.insert(folder, found);
        }
    }
    Ok(refused)
}

fn refusals_of(folder: &str, crates: Crates, forbidden: &[&str]) -> Vec<Refusal> {
    let unread = crates.more[0] + crates.more[1];
    let errors = crates.errors.into_iter().chain(crates.model_errors);
    let mut found: Vec<Refusal> = Vec::new();
    for error in errors.filter(|error| is_refusal(error, forbidden)) {
        let refusal = refusal(folder, error);
        // What both flavours have is said once.
        if !found.contains(&refusal) {
            found.push(refusal);
        }
    }
    if found.is_empty() && unread > 0 {
        found.push(unreadable(folder, unread));
    }
    found
}

/// Whether it is refused because the model checker does not see it.
pub fn is_unseen(refusal: &Refusal) -> bool {
    refusal.because.ends_with(flavour::UNSEEN)
}

/// Writes clippy's configuration beside the manifest of each flavour: clippy looks for it there.
fn configure(stage: &Stage, exercise: &Exercise) -> Result<(), BuildError> {
    let allows = &exercise.manifest.allows;
    let folder = stage.root.join("exercises").join(&exercise.folder);
    let mut files = vec![(folder.clone(), configuration(allows, exercise.has_model, false))];
    if exercise.has_model {
        files.push((folder.join("model"), configuration(allows, true, true)));
    }
    for (folder, text) in files {
        let path = folder.join("clippy.toml");
        fs::write(&path, text).map_err(|error| {
            BuildError::Machine(format!("{} cannot be written: {error}", path.display()))
        })?;
    }
    Ok(())
}

fn is_refusal(error: &Diagnostic, forbidden: &[&str]) -> bool {
    match &error.code {
        Some(code) => code == RELAXED || forbidden.contains(&&**code),
        // Neither code nor place: the compiler had to be stopped. Building the answer would take as
        // long once more.
        None => error.at.is_none(),
    }
}

/// Behind so many other errors a refusal could hide.
fn unreadable(folder: &str, unread: usize) -> Refusal {
    let because = wording::too_many_errors(unread);
    Refusal { file: format!("exercises/{folder}"), line: None, because }
}

fn refusal(folder: &str, error: Diagnostic) -> Refusal {
    let (file, line) = match error.at {
        Some(at) => (at.file, Some(at.line)),
        None => (format!("exercises/{folder}"), None),
    };
    let because = match reason(&error.message) {
        Some((path, because)) => format!("`{path}` is not allowed: {because}"),
        None => error.message,
    };
    Refusal { file, line, because }
}

/// The path that clippy's message names, and why it is on a list: the message itself does not say.
fn reason(message: &str) -> Option<(&str, &'static str)> {
    let path = message.strip_prefix("use of a disallowed ")?.split('`').nth(1)?;
    let parts =
        PARTS.iter().flat_map(|part| [(part.types, part.because), (part.functions, part.because)]);
    let more = [
        (MACROS, OWN_FILES),
        (flavour::TYPES, flavour::BECAUSE),
        (flavour::FUNCTIONS, flavour::BECAUSE),
        (flavour::MACROS, flavour::BECAUSE),
        (flavour::OWN_TYPES, flavour::UNSEEN),
        (flavour::OWN_FUNCTIONS, flavour::UNSEEN),
    ];
    let (_, because) = parts.chain(more).find(|(paths, _)| paths.contains(&path))?;
    Some((path, because))
}

/// `clippy.toml` for an exercise that allows this and may have model checks. Only in the model
/// checker's flavour what the standard library has is not what `sync` has: `is_model`.
fn configuration(allows: &[Permission], has_model: bool, is_model: bool) -> String {
    let barred =
        |part: &&Part| part.permission.is_none_or(|permission| !allows.contains(&permission));
    let parts = || PARTS.iter().filter(barred);
    let entries = |paths: &[&str], because: &str| -> String {
        // Each flavour knows only one of the two `sync`: `allow-invalid` keeps clippy from minding.
        let entry = |path: &&str| {
            format!("    {{ path = \"{path}\", reason = \"{because}\", allow-invalid = true }},\n")
        };
        paths.iter().map(entry).collect()
    };
    let mut types: String = parts().map(|part| entries(part.types, part.because)).collect();
    let mut functions: String = parts().map(|part| entries(part.functions, part.because)).collect();
    let mut macros = entries(MACROS, OWN_FILES);
    if has_model {
        types += &entries(flavour::TYPES, flavour::BECAUSE);
        functions += &entries(flavour::FUNCTIONS, flavour::BECAUSE);
        macros += &entries(flavour::MACROS, flavour::BECAUSE);
    }
    if is_model {
        types += &entries(flavour::OWN_TYPES, flavour::UNSEEN);
        functions += &entries(flavour::OWN_FUNCTIONS, flavour::UNSEEN);
    }
    format!(
        "disallowed-types = [\n{types}]\ndisallowed-methods = [\n{functions}]\ndisallowed-macros = [\n{macros}]\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_says_why() {
        let said =
            |message: &str| reason(message).map(|(path, because)| format!("{path}: {because}"));
        let message = "use of a disallowed method `std::env::var`";
        let because = "std::env::var: an answer must not depend on where it runs";
        assert_eq!(said(message).as_deref(), Some(because));
        let message = "use of a disallowed type `std::sync::Mutex`";
        let because = "std::sync::Mutex: the model checker does not see it; take it from sync";
        assert_eq!(said(message).as_deref(), Some(because));
        assert_eq!(said("usage of an `unsafe` block"), None);
    }

    #[test]
    fn a_permission_takes_its_part_off_the_list() {
        let strict = configuration(&[], false, false);
        assert!(strict.parse::<toml::Table>().is_ok(), "{strict}");
        assert!(strict.contains("std::process::exit") && strict.contains("std::fs::File::open"));
        assert!(strict.contains("std::path::absolute"), "it begins with the current folder");
        let relaxed = configuration(&[Permission::Processes], false, false);
        assert!(!relaxed.contains("std::process::exit") && relaxed.contains("std::fs::File::open"));
        assert!(relaxed.contains("std::panic::set_hook"));
        assert!(!strict.contains("std::mem::size_of"), "without a model, there is one flavour");
        let plain = configuration(&[], true, false);
        assert!(plain.contains("std::mem::size_of") && !plain.contains("std::sync::Mutex"));
        let model = configuration(&[], true, true);
        assert!(model.parse::<toml::Table>().is_ok(), "{model}");
        assert!(model.contains("std::mem::size_of") && model.contains("std::sync::Mutex"));
    }
}
