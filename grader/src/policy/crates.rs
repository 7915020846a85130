//! What an answer may use of `nix`: what the exercise lists, and nothing else. Pure.
//!
//! `nix` is nearly all of the system: with its safe functions a process reads its own memory, takes
//! other processes' descriptors apart and traces them. So no list of what is forbidden would do, and
//! clippy, which knows the names of a list, cannot help. The words can: a crate that an answer depends
//! on is reached by its own name alone, at the beginning of a path. So each `nix` must begin a path that
//! the exercise lists, and none may be where its meaning is open: under another name, in front of `*`,
//! or in reach of a macro of the answer's own, which could take the path apart. `serde` reads paths in
//! the texts of its attributes, so those are read here as well.

use proc_macro2::{Delimiter, Literal, TokenStream, TokenTree};

use super::tokens::{is_for_a_macro, is_punct, is_word, line, plain};
use crate::answer::{Answer, Refusal};

mod text;

/// The crate that is looked after.
const NAME: &str = "nix";

/// How deeply brackets are followed. What is deeper is refused for that.
const DEPTH: usize = 100;

/// Every use of `nix` that is not one of `allowed`: paths without `nix::` in front, and all below
/// each. An exercise that lists none does not depend on the crate.
pub fn refusals(answer: &Answer, allowed: &[String]) -> Vec<Refusal> {
    if allowed.is_empty() {
        return Vec::new();
    }
    let files: Vec<_> =
        answer.files.iter().filter_map(|file| Some((file, read(&file.bytes)?))).collect();
    let has_macros = files.iter().any(|(_, tokens)| makes_macros(tokens.clone(), DEPTH));
    let mut refused = Vec::new();
    for (file, tokens) in files {
        let mut search = Search { allowed, has_macros, found: Vec::new() };
        search.walk(tokens, Around::default(), DEPTH);
        search.found.dedup();
        refused.extend(search.found.into_iter().map(|(line, path)| Refusal {
            file: file.shown.clone(),
            line: Some(line),
            because: because(&path),
        }));
    }
    refused
}

fn because(path: &str) -> String {
    format!(
        "`{path}` is not allowed: of `{NAME}` use what the exercise's README.md lists, and import it item \
         by item"
    )
}

/// The tokens of a file. What is not even tokens is an error that the compiler tells better.
fn read(bytes: &[u8]) -> Option<TokenStream> {
    String::from_utf8_lossy(bytes).parse().ok()
}

fn makes_macros(tokens: TokenStream, depth: usize) -> bool {
    tokens.into_iter().any(|tree| match &tree {
        TokenTree::Group(group) => depth > 0 && makes_macros(group.stream(), depth - 1),
        _ => is_word(Some(&tree), "macro_rules") || is_word(Some(&tree), "macro"),
    })
}

/// What is around a word.
#[derive(Clone, Copy, Default)]
struct Around {
    /// It is in an attribute that may hold more than a comment.
    attribute: bool,
    /// It is in what a macro is given or made of.
    in_macro: bool,
}

struct Search<'a> {
    allowed: &'a [String],
    /// Whether the answer has macros of its own.
    has_macros: bool,
    /// Lines and paths.
    found: Vec<(u32, String)>,
}

impl Search<'_> {
    fn walk(&mut self, tokens: TokenStream, around: Around, depth: usize) {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        for (index, tree) in trees.iter().enumerate() {
            match tree {
                TokenTree::Ident(ident) if plain(ident) == NAME => {
                    let at = line(ident.span());
                    if around.in_macro && self.has_macros {
                        self.refuse(at, "nix, in reach of a macro of your own");
                    } else {
                        self.follow(at, &mut Vec::new(), &trees[index + 1..], depth);
                    }
                }
                TokenTree::Literal(literal) => self.read_text(literal, around),
                TokenTree::Group(group) => {
                    let attribute = group.delimiter() == Delimiter::Bracket
                        && (is_punct(index.checked_sub(1).map(|i| &trees[i]), '#')
                            || is_inner(&trees[..index]));
                    let comment = is_word(group.stream().into_iter().next().as_ref(), "doc");
                    let inside = Around {
                        attribute: (around.attribute || attribute) && !(attribute && comment),
                        in_macro: around.in_macro || is_for_a_macro(&trees[..index]),
                    };
                    if let Some(depth) = depth.checked_sub(1) {
                        self.walk(group.stream(), inside, depth);
                    }
                }
                _ => {}
            }
        }
    }

    /// Follows a path whose beginning has been read, to where it ends or branches.
    fn follow(&mut self, at: u32, path: &mut Vec<String>, rest: &[TokenTree], depth: usize) {
        match rest {
            [colon, other, TokenTree::Ident(word), rest @ ..] if is_colons(colon, other) => {
                path.push(plain(word));
                self.follow(at, path, rest, depth);
            }
            [colon, other, TokenTree::Group(group), ..]
                if is_colons(colon, other) && group.delimiter() == Delimiter::Brace =>
            {
                match depth.checked_sub(1) {
                    Some(depth) => self.branch(at, path, group.stream(), depth),
                    None => self.refuse(at, &shown(path, "{…}")),
                }
            }
            [colon, other, star, ..] if is_colons(colon, other) && is_punct(Some(star), '*') => {
                self.check(at, path, "*");
            }
            // `nix::$name` of a macro, or something else that may be anything.
            [colon, other, TokenTree::Punct(punct), ..]
                if is_colons(colon, other) && punct.as_char() != '<' =>
            {
                self.refuse(at, &shown(path, &punct.as_char().to_string()));
            }
            _ => self.check(at, path, ""),
        }
    }

    /// `{…}` in an import: each part goes on from the same path.
    fn branch(&mut self, at: u32, path: &[String], inside: TokenStream, depth: usize) {
        let trees: Vec<TokenTree> = inside.into_iter().collect();
        for part in trees.split(|tree| is_punct(Some(tree), ',')) {
            let at = part.first().map_or(at, |tree| line(tree.span()));
            let mut path = path.to_vec();
            match part {
                [] => {}
                [first, ..] if is_word(Some(first), "self") => self.check(at, &path, "self"),
                [first, ..] if is_punct(Some(first), '*') => self.check(at, &path, "*"),
                [TokenTree::Ident(word), rest @ ..] => {
                    path.push(plain(word));
                    self.follow(at, &mut path, rest, depth);
                }
                [TokenTree::Group(group), ..] => match depth.checked_sub(1) {
                    Some(depth) => self.branch(at, &path, group.stream(), depth),
                    None => self.refuse(at, &shown(&path, "{…}")),
                },
                _ => self.refuse(at, &shown(&path, "…")),
            }
        }
    }

    /// Refuses the path unless it lies in one that is allowed.
    fn check(&mut self, at: u32, path: &[String], end: &str) {
        let lies_in = |allowed: &String| {
            let mut words = path.iter();
            allowed.split("::").all(|word| words.next().is_some_and(|own| own == word))
        };
        let goes_back = path.iter().any(|word| word == "super" || word == "crate");
        if goes_back || !self.allowed.iter().any(lies_in) {
            self.refuse(at, &shown(path, end));
        }
    }

    /// A text that a derive macro may read as a path.
    fn read_text(&mut self, literal: &Literal, around: Around) {
        let is_read = around.attribute || (around.in_macro && self.has_macros);
        if !is_read {
            return;
        }
        let at = line(literal.span());
        let text = text::of(&literal.to_string());
        let Ok(tokens) = text.parse::<TokenStream>() else { return };
        if mentions(tokens, DEPTH) {
            self.refuse(at, &format!("\"{text}\""));
        }
    }

    fn refuse(&mut self, at: u32, path: &str) {
        self.found.push((at, path.to_owned()));
    }
}

/// Whether these tokens, of a text, hold the beginning of a path.
fn mentions(tokens: TokenStream, depth: usize) -> bool {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    trees.iter().enumerate().any(|(index, tree)| match tree {
        TokenTree::Group(group) => depth == 0 || mentions(group.stream(), depth - 1),
        _ => {
            let next = trees.get(index + 1).zip(trees.get(index + 2));
            is_word(Some(tree), NAME) && next.is_some_and(|(one, other)| is_colons(one, other))
        }
    })
}

fn shown(path: &[String], end: &str) -> String {
    let mut words = vec![NAME];
    words.extend(path.iter().map(String::as_str));
    words.extend((!end.is_empty()).then_some(end));
    words.join("::")
}

fn is_colons(one: &TokenTree, other: &TokenTree) -> bool {
    is_punct(Some(one), ':') && is_punct(Some(other), ':')
}

/// Whether these end with `#!`.
fn is_inner(before: &[TokenTree]) -> bool {
    matches!(before, [.., hash, bang] if is_punct(Some(hash), '#') && is_punct(Some(bang), '!'))
}

#[cfg(test)]
mod tests;
