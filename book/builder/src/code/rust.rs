//! `rust` blocks: doctests, page by page, with the crates that the book speaks of at hand.
//!
//! `rustdoc --test` takes Markdown, but cannot find crates by itself. So Cargo builds the package
//! `listings`, which depends on them, and says where each lies.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::{Deserialize, Serialize};

use crate::page::{self, Kind};
use crate::paths::Workspace;
use crate::problem::{Complaint, Problem};

/// The crates that a block may use.
const CRATES: [&str; 3] = ["crossbeam", "rayon", "sync"];

/// Checks all blocks of all pages; says what it did. A page that passed is not compiled again until
/// it, the compiler or one of the crates changes.
///
/// # Errors
/// If Cargo or rustdoc cannot be run, or if the crates do not compile.
pub fn check(
    workspace: &Workspace,
    sources: &BTreeMap<PathBuf, String>,
) -> io::Result<(Vec<Problem>, String)> {
    let rustdoc = Rustdoc::new(workspace)?;
    let folder = workspace.checks().join("rust");
    fs::create_dir_all(&folder)?;
    let mut cache = Cache::load(&folder, rustdoc.fingerprint()?);
    let (mut problems, mut blocks, mut pages) = (Vec::new(), 0, 0);
    for (page, text) in sources {
        let (doctests, count) = doctests(text);
        if count == 0 {
            continue;
        }
        blocks += count;
        if cache.has_passed(page, &doctests) {
            continue;
        }
        pages += 1;
        let file = folder.join(page);
        fs::create_dir_all(file.parent().unwrap_or(&folder))?;
        fs::write(&file, &doctests)?;
        match rustdoc.test(&file)? {
            Ok(()) => cache.passed.push((page.clone(), doctests)),
            Err(output) => problems.push(problem(page, &output)),
        }
    }
    cache.save(&folder)?;
    Ok((problems, format!("Rust: {blocks} blocks checked, on {pages} pages anew")))
}

/// The page with everything blanked but its doctests, so that lines keep their numbers; and how many
/// blocks are left.
fn doctests(text: &str) -> (String, usize) {
    let mut out = String::new();
    let mut count = 0;
    for piece in page::pieces(text) {
        match piece.kind {
            Kind::Text(_) | Kind::Directive(_) => out.push('\n'),
            Kind::Fence(fence) if fence.language == "rust" && !fence.includes() => {
                count += 1;
                fence.lines.iter().for_each(|line| out += &format!("{}\n", line.trim_end()));
            }
            Kind::Fence(fence) => out.extend(fence.lines.iter().map(|_| '\n')),
        }
    }
    (out, count)
}

/// How to run rustdoc so that it finds the crates.
struct Rustdoc {
    externs: Vec<(String, PathBuf)>,
}

/// A line of `cargo build --message-format=json`.
#[derive(Deserialize)]
struct Message {
    reason: String,
    #[serde(default)]
    target: Option<Target>,
    #[serde(default)]
    filenames: Vec<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

impl Rustdoc {
    fn new(workspace: &Workspace) -> io::Result<Self> {
        let output = Command::new("cargo")
            .args(["build", "--quiet", "--package", "listings", "--message-format=json"])
            .current_dir(workspace.root())
            .stderr(Stdio::inherit())
            .output()?;
        if !output.status.success() {
            return Err(io::Error::other("the package `listings` does not compile"));
        }
        let mut externs = Vec::new();
        for line in output.stdout.split(|&byte| byte == b'\n').filter(|line| !line.is_empty()) {
            let message: Message = serde_json::from_slice(line)?;
            let Some(target) = message.target.filter(|_| message.reason == "compiler-artifact")
            else {
                continue;
            };
            let rlib =
                message.filenames.into_iter().find(|f| f.extension().is_some_and(|e| e == "rlib"));
            if let Some(rlib) = rlib.filter(|_| CRATES.contains(&target.name.as_str())) {
                externs.push((target.name, rlib));
            }
        }
        externs.sort();
        Ok(Rustdoc { externs })
    }

    /// Changes whenever a page that passed might not pass any more.
    fn fingerprint(&self) -> io::Result<String> {
        let version = Command::new("rustdoc").arg("--version").output()?.stdout;
        let mut fingerprint = String::from_utf8_lossy(&version).into_owned();
        for (name, rlib) in &self.externs {
            let built = rlib.metadata()?.modified()?;
            fingerprint += &format!("{name} {} {built:?}\n", rlib.display());
        }
        Ok(fingerprint)
    }

    /// Runs the doctests of `file`; the output if one fails.
    fn test(&self, file: &Path) -> io::Result<Result<(), String>> {
        let mut command = Command::new("rustdoc");
        command.args(["--test", "--edition", "2024"]).arg(file);
        for (name, rlib) in &self.externs {
            command.arg("--extern").arg(format!("{name}={}", rlib.display()));
            if let Some(folder) = rlib.parent() {
                // Cargo names the finished library, or the one beside the crate's dependencies.
                for folder in [folder.to_owned(), folder.join("deps")] {
                    command.arg("-L").arg(format!("dependency={}", folder.display()));
                }
            }
        }
        let output = command.output()?;
        Ok(if output.status.success() {
            Ok(())
        } else {
            let both = [output.stdout, output.stderr].concat();
            Err(String::from_utf8_lossy(&both).into_owned())
        })
    }
}

/// The problem that rustdoc's output tells of; the first failing line is its place.
fn problem(page: &Path, output: &str) -> Problem {
    let line = output.lines().find_map(|line| {
        let (_, rest) = line.split_once("(line ")?;
        let failed = line.starts_with("---- ") || line.contains("FAILED");
        rest.split_once(')')?.0.parse().ok().filter(|_| failed)
    });
    let details = output.lines().map(|line| format!("    | {line}\n")).collect::<String>();
    let complaint = Complaint::new(
        format!("a Rust block does not pass as a doctest:\n{}", details.trim_end()),
        "Mend it, or mark it as rustdoc does: no_run, should_panic, compile_fail, ignore.",
    );
    Problem { line, ..Problem::of(Path::new("book/src").join(page), complaint) }
}

/// The pages that passed, as they were then.
#[derive(Serialize, Deserialize)]
struct Cache {
    fingerprint: String,
    passed: Vec<(PathBuf, String)>,
}

impl Cache {
    fn load(folder: &Path, fingerprint: String) -> Self {
        let old = fs::read(folder.join("passed.json")).ok();
        let old = old.and_then(|json| serde_json::from_slice::<Cache>(&json).ok());
        old.filter(|cache| cache.fingerprint == fingerprint)
            .unwrap_or(Cache { fingerprint, passed: Vec::new() })
    }

    /// Whether `page` passed with these very doctests; what it had before is forgotten otherwise.
    fn has_passed(&mut self, page: &Path, doctests: &str) -> bool {
        self.passed.retain(|(path, text)| path != page || text == doctests);
        self.passed.iter().any(|(path, _)| path == page)
    }

    fn save(&self, folder: &Path) -> io::Result<()> {
        fs::write(folder.join("passed.json"), serde_json::to_vec(self)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doctests_keep_their_lines() {
        let text =
            "# T\n```rust\nlet x = 1;\n```\n```text\nno\n```\n```rust\n{{#include x.rs:a}}\n```\n";
        let (doctests, count) = doctests(text);
        assert_eq!((doctests.as_str(), count), ("\n```rust\nlet x = 1;\n```\n\n\n\n\n\n\n", 1));
    }

    #[test]
    fn a_failure_has_its_line() {
        let output = "test x.md - (line 3) ... ok\n---- x.md - T (line 12) stdout ----\nerror: …";
        assert_eq!(problem(Path::new("x.md"), output).line, Some(12));
    }
}
