//! What a source says of names, block by block, before anybody knows what they mean.

use std::collections::BTreeMap;

use proc_macro2::Spacing::Joint;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use super::scope::is_own;
use crate::policy::tokens::{
    is_for_a_macro, is_only, is_punct, is_test_only, is_word, line, plain,
};

/// How deeply brackets are followed: far deeper than people write.
const DEPTH: usize = 100;

/// A file, the body of a module, or what stands between any other brackets.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// What is brought in here, wherever in the block that stands.
    pub imports: Vec<Import>,
    /// The first import of each name, by its place among them.
    names: BTreeMap<String, usize>,
    /// It brings in all of another module of the answer.
    pub has_own_stars: bool,
    /// Paths that are used here.
    pub paths: Vec<Path>,
    /// Macros of its own.
    pub macros: Vec<String>,
    /// Modules in files of their own.
    pub files: Vec<String>,
    /// Modules with their bodies.
    pub modules: Vec<(String, Block)>,
    /// What stands between other brackets.
    pub inner: Vec<Block>,
}

/// A path as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Path {
    /// Its words, without `r#`. A star at the end brings in all that is there.
    pub words: Vec<String>,
    /// It begins with `::`, so its first word is a crate's.
    pub global: bool,
    /// The line of its last word in an import, of its first elsewhere.
    pub line: u32,
}

/// One name that `use` or `extern crate` brings in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Import {
    pub path: Path,
    /// The name that it gets here; `None`: a star, or `_`.
    pub name: Option<String>,
    /// Others can take it from here.
    pub public: bool,
}

/// Words that are no part of a path.
const KEYWORDS: [&str; 30] = [
    "as", "async", "await", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "for", "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub", "ref",
    "return", "static", "struct", "unsafe", "where", "while", "yield",
];

/// Reads a whole file.
pub(super) fn file(tokens: TokenStream) -> Block {
    block(tokens, DEPTH)
}

fn block(tokens: TokenStream, depth: usize) -> Block {
    let trees = without_tests(tokens.into_iter().collect());
    let mut found = Block::default();
    let mut at = 0;
    while at < trees.len() {
        at += found.statement(&trees, at, depth).max(1);
    }
    for (at, import) in found.imports.iter().enumerate() {
        found.has_own_stars |= import.is_star() && is_own(&import.path.words[0]);
        if let Some(name) = &import.name {
            found.names.entry(name.clone()).or_insert(at);
        }
    }
    found
}

fn inside(group: &Group, depth: usize) -> Option<Block> {
    depth.checked_sub(1).map(|depth| block(group.stream(), depth))
}

impl Block {
    /// The import that brings in this name here.
    pub fn named(&self, name: &str) -> Option<&Import> {
        self.names.get(name).map(|&at| &self.imports[at])
    }

    /// Takes note of what begins at `at`, and says how many trees that is.
    fn statement(&mut self, trees: &[TokenTree], at: usize, depth: usize) -> usize {
        let rest = &trees[at..];
        match &rest[0] {
            TokenTree::Ident(word) if *word == "use" && !is_punct(rest.get(1), '<') => {
                let public = is_public(&trees[..at]);
                let mut tree = UseTree { imports: &mut self.imports, public };
                1 + tree.read(&rest[1..], &[], false)
            }
            TokenTree::Ident(word) if *word == "extern" && is_word(rest.get(1), "crate") => {
                let mut tree = UseTree { imports: &mut self.imports, public: false };
                2 + tree.read(&rest[2..], &[], true)
            }
            TokenTree::Ident(word) if *word == "mod" => self.module(rest, depth),
            TokenTree::Group(group) => {
                if let [.., TokenTree::Ident(name)] = &trees[..at]
                    && is_for_a_macro(&trees[..at])
                {
                    self.macros.push(plain(name));
                }
                self.inner.extend(inside(group, depth));
                1
            }
            _ => self.path(trees, at),
        }
    }

    fn module(&mut self, trees: &[TokenTree], depth: usize) -> usize {
        match trees {
            [_, TokenTree::Ident(name), TokenTree::Group(body), ..] => {
                let body = inside(body, depth).unwrap_or_default();
                self.modules.push((plain(name), body));
                3
            }
            [_, TokenTree::Ident(name), ..] => {
                self.files.push(plain(name));
                2
            }
            _ => 1,
        }
    }

    /// A path of two words or more, or the macro that is there without an import.
    fn path(&mut self, trees: &[TokenTree], at: usize) -> usize {
        let rest = &trees[at..];
        let global = usize::from(is_colons(rest)) * 2;
        // What follows a type in angle brackets is no path of its own: `<T as Trait>::name`.
        if global > 0 && is_punct(at.checked_sub(1).and_then(|before| trees.get(before)), '>') {
            return global;
        }
        let mut words = Vec::new();
        let mut end = global;
        while let Some(TokenTree::Ident(word)) = rest.get(end)
            && !KEYWORDS.contains(&&*word.to_string())
        {
            words.push(plain(word));
            end += 1;
            if !is_colons(&rest[end..]) {
                break;
            }
            end += 2;
        }
        let Some(TokenTree::Ident(first)) = rest.get(global).filter(|_| !words.is_empty()) else {
            return global.max(1);
        };
        let is_call = is_punct(rest.get(end), '!') && words[0] == super::names::THREAD_LOCAL;
        if words.len() > 1 || is_call {
            let line = line(first.span());
            self.paths.push(Path { words, global: global > 0, line });
        }
        end
    }
}

/// Reads what stands behind `use`.
struct UseTree<'a> {
    imports: &'a mut Vec<Import>,
    public: bool,
}

impl UseTree<'_> {
    /// Reads one tree up to the comma, the semicolon or the end, and says how long it is.
    fn read(&mut self, trees: &[TokenTree], before: &[String], global: bool) -> usize {
        let global = global || (before.is_empty() && is_colons(trees));
        let mut words = before.to_vec();
        let mut here = 0;
        let mut name = None;
        let mut at = 0;
        while let Some(tree) = trees.get(at) {
            at += 1;
            match tree {
                TokenTree::Ident(word) if *word == "as" => {
                    if let Some(TokenTree::Ident(new)) = trees.get(at) {
                        name = Some(plain(new));
                        at += 1;
                    }
                }
                TokenTree::Ident(word) => {
                    here = line(word.span());
                    // `a::{self}` is `a`.
                    if *word == "self" && !before.is_empty() {
                        name = words.last().cloned();
                    } else {
                        words.push(plain(word));
                        name = words.last().cloned();
                    }
                }
                TokenTree::Punct(punct) if punct.as_char() == '*' => {
                    here = line(punct.span());
                    words.push("*".into());
                    name = None;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => {}
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                    let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                    let mut rest = &inside[..];
                    while !rest.is_empty() {
                        let length = self.read(rest, &words, global);
                        rest = &rest[length..];
                    }
                    here = 0;
                }
                _ => break,
            }
        }
        if here > 0 {
            let name = name.filter(|name| name != "_");
            let path = Path { words, global, line: here };
            self.imports.push(Import { path, name, public: self.public });
        }
        at
    }
}

/// Whether what stands before makes an import public: `pub`, `pub(crate)`.
fn is_public(before: &[TokenTree]) -> bool {
    match before {
        [.., TokenTree::Ident(word), TokenTree::Group(_)] => *word == "pub",
        [.., TokenTree::Ident(word)] => *word == "pub",
        _ => false,
    }
}

/// `::`, and not the `: :` of `name: ::std::fmt::Error`.
fn is_colons(trees: &[TokenTree]) -> bool {
    let joint = |tree: &TokenTree| matches!(tree, TokenTree::Punct(p) if p.spacing() == Joint);
    trees.first().is_some_and(joint) && is_punct(trees.first(), ':') && is_punct(trees.get(1), ':')
}

/// The trees without what only tests have: the grader never compiles an answer as a test.
fn without_tests(trees: Vec<TokenTree>) -> Vec<TokenTree> {
    let mut left = Vec::new();
    let mut rest = &trees[..];
    while let Some(tree) = rest.first() {
        match rest {
            [hash, TokenTree::Group(group), ..]
                if is_punct(Some(hash), '#') && is_of_a_test(group) =>
            {
                rest = &rest[2 + item(&rest[2..])..];
            }
            [hash, bang, TokenTree::Group(group), ..]
                if is_punct(Some(hash), '#')
                    && is_punct(Some(bang), '!')
                    && is_of_a_test(group) =>
            {
                return Vec::new();
            }
            _ => {
                left.push(tree.clone());
                rest = &rest[1..];
            }
        }
    }
    left
}

/// `[cfg(test)]`, `[test]`.
fn is_of_a_test(attribute: &Group) -> bool {
    is_test_only(attribute) || is_only(attribute, "test")
}

/// How long the item at the beginning is: up to its semicolon or its body.
fn item(trees: &[TokenTree]) -> usize {
    let mut head = trees;
    while let [first, second, ..] = head {
        let group = usize::from(matches!(second, TokenTree::Group(_)));
        if !is_punct(Some(first), '#') && !is_word(Some(first), "pub") {
            break;
        }
        head = &head[1 + group..];
    }
    let is_use = is_word(head.first(), "use");
    let ends = |tree: &TokenTree| match tree {
        TokenTree::Group(group) => !is_use && group.delimiter() == Delimiter::Brace,
        tree => is_punct(Some(tree), ';'),
    };
    trees.iter().position(ends).map_or(trees.len(), |end| end + 1)
}
