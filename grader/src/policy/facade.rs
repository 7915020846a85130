//! Names of the standard library where `sync`'s belong. In the model checker's build they are the
//! standard library's all the same, and it sees no step of theirs. Pure.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::tokens;
use crate::answer::{Answer, SourceFile};

mod names;
mod read;
mod scope;

use names::Meaning;
use read::{Block, Import};
use scope::{Known, Resolved, Scope};

/// A name that hides from the model checker.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Bypass {
    /// The file, relative to the exercise's folder: `src/lib.rs`.
    pub file: PathBuf,
    /// The path that the learner knows it by.
    pub shown: String,
    /// The line that must change, from 1.
    pub line: u32,
    /// The name in full, whatever it is called there: `std::sync::Mutex`.
    pub name: String,
    /// What to write instead: `sync::Mutex`.
    pub instead: String,
    /// The line as it is written; the beginning of a line that is longer than anybody's.
    pub text: String,
}

/// Characters that are shown of a line.
const LINE: usize = 400;

/// Every name in the answer that hides, by file and line.
pub fn bypasses(answer: &Answer) -> Vec<Bypass> {
    let files = compiled(&answer.files);
    let blocks: Vec<&Block> = files.iter().map(|(_, block)| block).collect();
    let everywhere = scope::everywhere(&blocks);
    let mut macros = Vec::new();
    blocks.iter().for_each(|block| own_macros(block, &mut macros));
    let mut found = BTreeSet::new();
    for (file, block) in blocks.iter().enumerate() {
        let scope = Scope { file, block, around: None, everywhere: &everywhere, macros: &macros };
        look(scope, &mut found);
    }
    let bypass = |Found { file, line, name, instead }| {
        let source = files[file].0;
        let text = String::from_utf8_lossy(&source.bytes);
        let text = text.lines().nth(line.saturating_sub(1) as usize).unwrap_or_default();
        Bypass {
            file: source.path.clone(),
            shown: source.shown.clone(),
            line,
            name,
            instead,
            text: text.trim().chars().take(LINE).collect(),
        }
    };
    found.into_iter().map(bypass).collect()
}

/// A name that hides, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    file: usize,
    line: u32,
    name: String,
    instead: String,
}

/// The files that the compiler reads: `src/lib.rs` and its modules.
fn compiled(files: &[SourceFile]) -> Vec<(&SourceFile, Block)> {
    let by_path: BTreeMap<&Path, &SourceFile> =
        files.iter().map(|file| (&*file.path, file)).collect();
    let mut waiting = vec![(PathBuf::from("src/lib.rs"), PathBuf::from("src"))];
    let mut read: Vec<(&SourceFile, Block)> = Vec::new();
    while let Some((path, folder)) = waiting.pop() {
        let known = read.iter().any(|(file, _)| file.path == path);
        let Some(file) = by_path.get(&*path).filter(|_| !known) else { continue };
        // What is not even tokens is an error that the compiler tells better.
        let mut text = String::from_utf8_lossy(&file.bytes);
        if tokens::has_line_for_a_shell(&text) {
            // To the compiler that line is a comment.
            text.to_mut().replace_range(..2, "//");
        }
        let block = text.parse().map(read::file).unwrap_or_default();
        modules(&block, &folder, &mut waiting);
        read.push((file, block));
    }
    read.sort_by(|(one, _), (other, _)| one.path.cmp(&other.path));
    read
}

/// Where the modules of this block would lie, each with the folder of its own modules.
fn modules(block: &Block, folder: &Path, found: &mut Vec<(PathBuf, PathBuf)>) {
    for name in &block.files {
        let own = folder.join(name);
        found.push((folder.join(format!("{name}.rs")), own.clone()));
        found.push((own.join("mod.rs"), own));
    }
    for (name, body) in &block.modules {
        modules(body, &folder.join(name), found);
    }
    for inner in &block.inner {
        modules(inner, folder, found);
    }
}

fn own_macros<'a>(block: &'a Block, found: &mut Vec<&'a str>) {
    found.extend(block.macros.iter().map(String::as_str));
    let inner = block.modules.iter().map(|(_, module)| module).chain(&block.inner);
    inner.for_each(|block| own_macros(block, found));
}

/// Takes note of all that hides in this block and in those inside.
fn look(scope: Scope<'_>, found: &mut BTreeSet<Found>) {
    for import in &scope.block.imports {
        found.extend(imported(&scope, import));
    }
    let thread_local = LazyCell::new(|| real_thread_local(&scope));
    for path in &scope.block.paths {
        if path.words == [names::THREAD_LOCAL] {
            let Some((name, instead)) = thread_local.clone() else { continue };
            found.insert(Found { file: scope.file, line: path.line, name, instead });
            continue;
        }
        let resolved = scope.resolve(path);
        let Meaning::Hidden { name, instead } = resolved.meaning() else { continue };
        let here = Found { file: scope.file, line: path.line, name, instead };
        found.extend(blamed(&scope, &resolved, here));
    }
    for (_, module) in &scope.block.modules {
        look(Scope { block: module, around: None, ..scope }, found);
    }
    for inner in &scope.block.inner {
        look(Scope { block: inner, around: Some(&scope), ..scope }, found);
    }
}

fn real_thread_local(scope: &Scope<'_>) -> Option<(String, String)> {
    let words = ["std", names::THREAD_LOCAL].map(str::to_owned);
    match names::meaning(&words) {
        Meaning::Hidden { name, instead } if scope.has_real_thread_local() => Some((name, instead)),
        _ => None,
    }
}

/// What an import brings in that hides. A module alone hides nothing: it is named when something
/// that hides is taken from it, or when others may take it from here.
fn imported(scope: &Scope<'_>, import: &Import) -> Option<Found> {
    let resolved = scope.resolve(&import.path);
    let (file, line) = (scope.file, import.path.line);
    match resolved.meaning() {
        Meaning::Hidden { name, instead } => {
            blamed(scope, &resolved, Found { file, line, name, instead })
        }
        Meaning::Module(instead) if import.public => {
            blamed(scope, &resolved, Found { file, line, name: resolved.words.join("::"), instead })
        }
        _ => None,
    }
}

/// The line to change: `here`, or that of an import on the way, which puts right all that goes
/// through it. `None` if that import has been named for itself.
fn blamed(scope: &Scope<'_>, resolved: &Resolved<'_>, here: Found) -> Option<Found> {
    // The last one is next to the standard library: what comes before takes from it.
    for Known { file, import } in resolved.through.iter().rev() {
        let all = scope.resolve(&import.path);
        match all.meaning() {
            Meaning::Hidden { .. } => return None,
            Meaning::Module(instead) if is_alike(&here, &instead) => {
                let name = all.words.join("::");
                return Some(Found { file: *file, line: import.path.line, name, instead });
            }
            _ => {}
        }
    }
    Some(here)
}

/// Whether the module in `sync` has it by the same name.
fn is_alike(hidden: &Found, module: &str) -> bool {
    hidden.instead.strip_prefix(module).is_some_and(|rest| hidden.name.ends_with(rest))
}

#[cfg(test)]
mod tests;
