//! What the names in a block stand for.

use std::collections::BTreeMap;

use super::names::{Meaning, THREAD_LOCAL, meaning};
use super::read::{Block, Import, Path};

/// An import, and the file that it stands in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known<'a> {
    pub file: usize,
    pub import: &'a Import,
}

/// What modules of the answer bring in by this name, wherever they stand: for paths that begin with
/// `crate` or `super`. `None`: not the same thing everywhere, so that nothing can be said.
pub(super) type Everywhere<'a> = BTreeMap<&'a str, Option<Known<'a>>>;

/// The names of a block and of those around it.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub file: usize,
    pub block: &'a Block,
    /// What is around it. The body of a module sees nothing of what is around it.
    pub around: Option<&'a Scope<'a>>,
    pub everywhere: &'a Everywhere<'a>,
    /// Macros that the answer has itself.
    pub macros: &'a [&'a str],
}

/// What a path stands for.
pub(super) struct Resolved<'a> {
    /// It begins with a crate, or with what the answer has itself.
    pub words: Vec<String>,
    /// The imports that it goes through.
    pub through: Vec<Known<'a>>,
}

/// Imports that a path may go through: more are a circle.
const LONGEST: usize = 8;

/// Words that a path may have: a longer one is none of the standard library's.
const WORDS: usize = 64;

impl<'a> Scope<'a> {
    pub(super) fn resolve(&self, path: &Path) -> Resolved<'a> {
        let mut words: Vec<String> = path.words.iter().take(WORDS).cloned().collect();
        let mut through = Vec::new();
        if path.global {
            return Resolved { words, through };
        }
        for _ in 0..LONGEST {
            let own = words.iter().take_while(|word| is_own(word)).count();
            let Some(first) = words.get(own) else { break };
            let known = if own > 0 { self.elsewhere(first) } else { self.find(first) };
            let Some(known) = known else { break };
            let before = &known.import.path.words;
            let longer = [&before[..before.len().min(WORDS)], &words[own + 1..]].concat();
            // `use sync;` stands for itself.
            if longer == words {
                break;
            }
            words = longer;
            through.push(known);
        }
        Resolved { words, through }
    }

    /// Whether `thread_local!` without a path is the standard library's here.
    pub(super) fn has_real_thread_local(&self) -> bool {
        let own = self.macros.contains(&THREAD_LOCAL) || self.find(THREAD_LOCAL).is_some();
        !own && !self.stars().any(|path| path[0] == "sync" || is_own(&path[0]))
    }

    /// What brings in this name: in the nearest block, by name before a star.
    fn find(&self, name: &str) -> Option<Known<'a>> {
        if let Some(import) = self.block.named(name) {
            return Some(Known { file: self.file, import });
        }
        if self.block.has_own_stars
            && let Some(known) = self.elsewhere(name)
        {
            return Some(known);
        }
        self.around.and_then(|around| around.find(name))
    }

    fn elsewhere(&self, name: &str) -> Option<Known<'a>> {
        self.everywhere.get(name).copied().flatten()
    }

    /// The modules all of whose names are brought in.
    fn stars(&self) -> impl Iterator<Item = &'a [String]> {
        let mut all: Vec<&'a [String]> = Vec::new();
        let mut scope = Some(self);
        while let Some(here) = scope {
            let stars = here.block.imports.iter().filter(|import| import.is_star());
            all.extend(stars.map(|import| &import.path.words[..]));
            scope = here.around;
        }
        all.into_iter()
    }
}

impl Import {
    pub(super) fn is_star(&self) -> bool {
        self.path.words.last().is_some_and(|word| word == "*")
    }
}

impl Resolved<'_> {
    pub(super) fn meaning(&self) -> Meaning {
        meaning(&self.words)
    }
}

/// Words that lead to another module of the answer.
pub(super) fn is_own(word: &str) -> bool {
    matches!(word, "crate" | "super" | "self")
}

/// The imports of all modules: of each file, and of each module in it.
pub(super) fn everywhere<'a>(files: &[&'a Block]) -> Everywhere<'a> {
    let mut all = Everywhere::new();
    for (file, block) in files.iter().enumerate() {
        add(&mut all, file, block);
    }
    files.iter().for_each(|block| remove_own_modules(&mut all, block));
    all
}

fn add<'a>(all: &mut Everywhere<'a>, file: usize, block: &'a Block) {
    for import in &block.imports {
        let Some(name) = import.name.as_deref() else { continue };
        // An import from another module of the answer says nothing new.
        if is_own(&import.path.words[0]) {
            continue;
        }
        let same = |known: &Known<'_>| known.import.path.words == import.path.words;
        let known = all.entry(name).or_insert(Some(Known { file, import }));
        if !known.as_ref().is_some_and(same) {
            *known = None;
        }
    }
    for (_, module) in &block.modules {
        add(all, file, module);
    }
}

/// A module of the answer is nobody's import, whatever else has its name.
fn remove_own_modules<'a>(all: &mut Everywhere<'a>, block: &'a Block) {
    for name in block.files.iter().chain(block.modules.iter().map(|(name, _)| name)) {
        all.insert(name, None);
    }
    block.modules.iter().for_each(|(_, module)| remove_own_modules(all, module));
}
