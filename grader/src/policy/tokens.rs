//! Words that an answer may not hold, whatever they would mean. Pure.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use serde::{Deserialize, Serialize};

use super::{crates, flavour, holes};
use crate::answer::{Answer, Refusal};
use crate::course::Exercise;

/// A word that is refused, where it is refused, and why.
struct Rule {
    words: &'static [&'static str],
    place: Where,
    because: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Where {
    /// Anywhere.
    Anywhere,
    /// Before `!`. What else calls such a macro, [`paths`](super::paths) sees.
    Call,
    /// Before `!` or `as`, and anywhere in a macro: where it calls a macro, or gives it to another
    /// name, or to a macro that calls it.
    Name,
    /// Anywhere in what a macro is given or made of.
    InMacro,
    /// First in `#[…]`, or first in `unsafe(…)` in it.
    Attribute,
}

/// What is around a word.
#[derive(Clone, Copy, Default)]
struct Around {
    /// It is in `#[…]`, outermost.
    attribute: bool,
    /// It is in `macro_rules!` or in what a macro is given, however deep: from there a macro can put
    /// it anywhere, so what stands beside it says nothing.
    in_macro: bool,
}

const RULES: &[Rule] = &[
    Rule {
        words: &["cfg", "cfg_attr", "cfg_select", "cfg_match", "cfg_eval", "cfg_accessible"],
        place: Where::Anywhere,
        because: "code must not depend on how it is compiled. (If it is a name of yours, take another.)",
    },
    Rule {
        words: &["include", "include_str", "include_bytes"],
        place: Where::Name,
        because: "an answer is made of its own source files alone",
    },
    Rule {
        words: &["option_env", "module_path"],
        place: Where::Name,
        because: "code must not depend on where it is compiled",
    },
    Rule {
        words: &["env", "file"],
        place: Where::Call,
        because: "code must not depend on where it is compiled",
    },
    // It brings in a file, for debuggers, whatever file that is: a pipe, the compiler waits for.
    Rule {
        words: &["debugger_visualizer"],
        place: Where::Anywhere,
        because: "an answer is made of its own source files alone",
    },
    Rule {
        words: &["asm", "global_asm", "naked_asm"],
        place: Where::Name,
        because: "assembly is not allowed",
    },
    Rule {
        words: &["path"],
        place: Where::Attribute,
        because: "a module lies where its name says",
    },
    // A macro can put `#[path]` together from pieces that look like nothing. Without a module
    // beside it, it does nothing.
    Rule {
        words: &["mod"],
        place: Where::InMacro,
        because: "a module is declared where everybody sees it, not by a macro",
    },
    Rule {
        words: &[
            "no_mangle",
            "export_name",
            "link_section",
            "link_name",
            "global_allocator",
            "panic_handler",
            "proc_macro_derive",
            "proc_macro_attribute",
            "no_std",
            "no_main",
            "no_core",
            "crate_type",
            "recursion_limit",
            "type_length_limit",
        ],
        place: Where::Anywhere,
        because: CHANGES,
    },
    // These have plain meanings too. Of one that a macro makes an attribute, nothing comes without a
    // word from above, or `extern`.
    Rule {
        words: &["link", "used", "proc_macro", "feature", "start"],
        place: Where::Attribute,
        because: CHANGES,
    },
    Rule {
        words: &["extern"],
        place: Where::Anywhere,
        because: "an answer links to nothing but Rust. (`use` does without `extern crate`.)",
    },
];

const CHANGES: &str = "this attribute changes the program around the answer";

/// How deeply brackets may be nested: far deeper than people write, and not so deep that a stack,
/// ours or the compiler's, runs out.
const DEPTH: usize = 100;

/// What comes of looking for words.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Words {
    /// What is refused, as far as anybody reads it.
    pub refused: Vec<Refusal>,
    /// Where nobody could look. The compiler says better what is wrong there; if it finds nothing
    /// wrong, this is.
    pub unread: Vec<Refusal>,
}

/// How many words are told: nobody reads more.
const REASONS: usize = 100;

/// What an exercise allows, and what it is checked by.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Terms {
    /// Whether `unsafe` is allowed.
    pub allows_unsafe: bool,
    /// What may be used of `nix`.
    pub nix: Vec<String>,
    /// Whether it has model checks, and so two flavours.
    pub has_model: bool,
}

impl Terms {
    /// Those of an exercise.
    pub fn of(exercise: &Exercise) -> Self {
        let manifest = &exercise.manifest;
        let (allows_unsafe, nix) = (manifest.allows_unsafe, manifest.nix.clone());
        Self { allows_unsafe, nix, has_model: exercise.has_model }
    }
}

/// What is refused in the answer on these terms, from top to bottom, and each once.
pub fn refusals(answer: &Answer, terms: &Terms) -> Words {
    let mut words = unsorted(answer, terms);
    words.refused.sort_by(|one, other| (&one.file, one.line).cmp(&(&other.file, other.line)));
    words.refused.dedup();
    words
}

fn unsorted(answer: &Answer, terms: &Terms) -> Words {
    let (mut refused, mut unread) = (crates::refusals(answer, &terms.nix), Vec::new());
    refused.extend(holes::refusals(answer));
    if terms.has_model {
        refused.extend(flavour::refusals(answer));
    }
    refused.truncate(REASONS);
    for file in &answer.files {
        let text = String::from_utf8_lossy(&file.bytes);
        let refusal = |line: u32, because: &str| Refusal {
            file: file.shown.clone(),
            line: Some(line),
            because: because.into(),
        };
        if has_line_for_a_shell(&text) {
            refused.push(refusal(1, "a first line `#!…` is not allowed: the compiler skips it"));
            continue;
        }
        let tokens = match text.parse::<TokenStream>() {
            Ok(tokens) => tokens,
            Err(error) => {
                unread.push(refusal(line(error.span()), "this cannot be taken apart into words"));
                continue;
            }
        };
        let mut found = Vec::new();
        walk(tokens, Around::default(), DEPTH, &mut |line, word, because| {
            found.push((line, word.to_owned(), because));
        });
        for (line, word, because) in found {
            if refused.len() >= REASONS {
                return Words { refused, unread };
            }
            let because = match because {
                Some(because) => format!("`{word}` is not allowed: {because}"),
                None if terms.allows_unsafe => continue,
                None => "`unsafe` is not allowed in this exercise".to_owned(),
            };
            refused.push(refusal(line, &because));
        }
    }
    Words { refused, unread }
}

/// Whether the compiler skips the first line. We do not, so that `#!/*` would hide all that follows
/// from us alone.
pub(super) fn has_line_for_a_shell(text: &str) -> bool {
    text.starts_with("#!") && !text.starts_with("#![")
}

/// Tells `found` of every word that is refused; without a reason where it is `unsafe`.
fn walk(
    tokens: TokenStream,
    around: Around,
    depth: usize,
    found: &mut impl FnMut(u32, &str, Option<&'static str>),
) {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    for (index, tree) in trees.iter().enumerate() {
        match tree {
            TokenTree::Ident(ident) => {
                let word = &*plain(ident);
                let rule = RULES.iter().find(|rule| {
                    rule.words.contains(&word) && applies(rule.place, around, &trees, index)
                });
                if word == "unsafe" {
                    found(line(ident.span()), word, None);
                } else if let Some(rule) = rule {
                    found(line(ident.span()), word, Some(rule.because));
                }
            }
            TokenTree::Group(group) => {
                let is_attribute = is_attribute(group, &trees[..index]);
                if is_attribute && !around.in_macro && is_test_only(group) {
                    continue;
                }
                // `#[unsafe(no_mangle)]` names its attribute one level deeper.
                let wraps = around.attribute && is_word(trees[..index].last(), "unsafe");
                let inside = Around {
                    attribute: is_attribute || wraps,
                    in_macro: around.in_macro || is_for_a_macro(&trees[..index]),
                };
                match depth.checked_sub(1) {
                    Some(depth) => walk(group.stream(), inside, depth, found),
                    None => {
                        let because = Some("it is nested too deeply");
                        found(line(group.span_open()), "((((…", because);
                    }
                }
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// Whether the word at `index` stands where the rule is meant for.
fn applies(place: Where, around: Around, trees: &[TokenTree], index: usize) -> bool {
    let next = trees.get(index + 1);
    let is_called = is_punct(next, '!');
    match place {
        Where::Anywhere => true,
        Where::Call => is_called,
        Where::Name => is_called || is_word(next, "as") || around.in_macro,
        Where::InMacro => around.in_macro,
        Where::Attribute => around.attribute && (index == 0 || is_punct(trees.get(index - 1), ',')),
    }
}

pub(super) fn line(span: proc_macro2::Span) -> u32 {
    u32::try_from(span.start().line).unwrap_or(u32::MAX)
}

/// `[cfg(test)]`, the one condition that is allowed: the grader never compiles an answer as a test,
/// so what is behind it is not there for anybody, and learners' own tests are welcome. (A macro can
/// take it apart and put another condition in its place, so there it is refused.)
pub(super) fn is_test_only(group: &Group) -> bool {
    let trees: Vec<TokenTree> = group.stream().into_iter().take(3).collect();
    match &trees[..] {
        [TokenTree::Ident(word), TokenTree::Group(inside)] => {
            *word == "cfg"
                && inside.delimiter() == Delimiter::Parenthesis
                && is_only(inside, "test")
        }
        _ => false,
    }
}

/// Whether there is nothing but this word between the brackets. (Text of a group would be easier to
/// compare, and takes as much stack as the group is deep.)
pub(super) fn is_only(group: &Group, word: &str) -> bool {
    let mut trees = group.stream().into_iter();
    matches!(trees.next(), Some(TokenTree::Ident(only)) if only == word) && trees.next().is_none()
}

/// Whether the group behind these is the `[…]` of `#[…]` or `#![…]`.
fn is_attribute(group: &Group, before: &[TokenTree]) -> bool {
    let before = match before {
        [before @ .., last] if is_punct(Some(last), '!') => before,
        before => before,
    };
    group.delimiter() == Delimiter::Bracket && is_punct(before.last(), '#')
}

/// Whether the group behind these is what a macro is given, or what it is made of: `name! {…}` or
/// `macro_rules! name {…}`.
pub(super) fn is_for_a_macro(before: &[TokenTree]) -> bool {
    match before {
        [.., TokenTree::Ident(_), bang] if is_punct(Some(bang), '!') => true,
        [.., name, bang, TokenTree::Ident(_)] => {
            is_word(Some(name), "macro_rules") && is_punct(Some(bang), '!')
        }
        _ => false,
    }
}

pub(super) fn is_punct(tree: Option<&TokenTree>, character: char) -> bool {
    matches!(tree, Some(TokenTree::Punct(punct)) if punct.as_char() == character)
}

/// The word without `r#`, which changes what few words mean.
pub(super) fn plain(ident: &Ident) -> String {
    ident.to_string().trim_start_matches("r#").to_owned()
}

pub(super) fn is_word(tree: Option<&TokenTree>, word: &str) -> bool {
    matches!(tree, Some(TokenTree::Ident(ident)) if plain(ident) == word)
}

#[cfg(test)]
mod tests;
