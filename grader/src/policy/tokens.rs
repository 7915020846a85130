//! Words that an answer may not hold, whatever they would mean. Pure.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use crate::answer::{Answer, Refusal};

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
    /// Before `!`.
    Macro,
    /// First in `#[…]`, or first in `unsafe(…)` in it.
    Attribute,
}

const RULES: &[Rule] = &[
    Rule {
        words: &["cfg", "cfg_attr", "cfg_select"],
        place: Where::Anywhere,
        because: "code must not depend on how it is compiled",
    },
    Rule {
        words: &["include", "include_str", "include_bytes"],
        place: Where::Macro,
        because: "an answer is made of its own source files alone",
    },
    Rule {
        words: &["env", "option_env", "module_path", "file"],
        place: Where::Macro,
        because: "code must not depend on where it is compiled",
    },
    Rule {
        words: &["asm", "global_asm", "naked_asm"],
        place: Where::Macro,
        because: "assembly is not allowed",
    },
    Rule {
        words: &[
            "no_mangle",
            "export_name",
            "link_section",
            "link_name",
            "link",
            "used",
            "global_allocator",
            "panic_handler",
            "proc_macro",
            "proc_macro_derive",
            "proc_macro_attribute",
            "no_std",
            "no_main",
            "no_core",
            "feature",
            "crate_type",
            "recursion_limit",
            "type_length_limit",
            "start",
        ],
        place: Where::Attribute,
        because: "this attribute changes the program around the answer",
    },
    Rule {
        words: &["extern"],
        place: Where::Anywhere,
        because: "an answer links to nothing but Rust",
    },
    Rule {
        words: &["stop_exploring", "skip_branch"],
        place: Where::Anywhere,
        because: "the model checker is not to be steered",
    },
];

/// How deeply brackets may be nested: far deeper than people write, and not so deep that a stack,
/// ours or the compiler's, runs out.
const DEPTH: usize = 100;

/// Attributes that may relax lints, but not those of the policy.
const LINTS: [&str; 5] = ["allow", "warn", "expect", "deny", "forbid"];

/// Everything in the answer that is refused. `unsafe` is refused unless the exercise allows it.
pub fn refusals(answer: &Answer, allows_unsafe: bool) -> Vec<Refusal> {
    let mut refused = Vec::new();
    for file in &answer.files {
        let text = String::from_utf8_lossy(&file.bytes);
        // What is not even tokens is an error that the compiler tells better.
        let Ok(tokens) = text.parse::<TokenStream>() else { continue };
        let mut found = Vec::new();
        walk(tokens, false, DEPTH, &mut |line, word, because| {
            found.push((line, word.to_owned(), because));
        });
        for (line, word, because) in found {
            let because = match because {
                Some(because) => format!("`{word}` is not allowed: {because}"),
                None if allows_unsafe => continue,
                None => "`unsafe` is not allowed in this exercise".to_owned(),
            };
            refused.push(Refusal { file: file.shown.clone(), line: Some(line), because });
        }
    }
    refused
}

/// Tells `found` of every word that is refused; without a reason where it is `unsafe`.
fn walk(
    tokens: TokenStream,
    in_attribute: bool,
    depth: usize,
    found: &mut impl FnMut(u32, &str, Option<&'static str>),
) {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    for (index, tree) in trees.iter().enumerate() {
        match tree {
            TokenTree::Ident(ident) => {
                let word = ident.to_string();
                let word = word.trim_start_matches("r#");
                let line = line(ident.span());
                let is_macro = is_punct(trees.get(index + 1), '!');
                let is_attribute =
                    in_attribute && (index == 0 || is_punct(trees.get(index - 1), ','));
                if word == "unsafe" {
                    found(line, word, None);
                } else if let Some(because) = reason(word, is_macro, is_attribute) {
                    found(line, word, Some(because));
                }
            }
            TokenTree::Group(group) => {
                let before = index.checked_sub(1).and_then(|at| trees.get(at));
                if is_test_only(group) {
                    continue;
                }
                if let Some(because) = places_a_module(group, before) {
                    found(line(group.span_open()), "#[path]", Some(because));
                }
                let is_attribute = group.delimiter() == Delimiter::Bracket
                    && (is_punct(before, '#') || is_inner(&trees, index));
                // `#[unsafe(no_mangle)]` names its attribute one level deeper.
                let wraps = in_attribute && is_word(before, "unsafe");
                let harmless_list = in_attribute && LINTS.iter().any(|lint| is_word(before, lint));
                if !harmless_list {
                    match depth.checked_sub(1) {
                        Some(depth) => walk(group.stream(), is_attribute || wraps, depth, found),
                        None => {
                            let because = Some("it is nested too deeply");
                            found(line(group.span_open()), "((((…", because);
                        }
                    }
                }
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

fn line(span: proc_macro2::Span) -> u32 {
    u32::try_from(span.start().line).unwrap_or(u32::MAX)
}

/// `[cfg(test)]`, the one condition that is allowed: the grader never compiles an answer as a test,
/// so what is behind it is not there for anybody, and learners' own tests are welcome.
fn is_test_only(group: &Group) -> bool {
    group.delimiter() == Delimiter::Bracket && group.stream().to_string() == "cfg (test)"
}

/// `#[path = "…"]` takes a module from elsewhere. Macros can put an attribute together from pieces,
/// so the brackets alone are refused, and so is an attribute that a macro fills in.
fn places_a_module(group: &Group, before: Option<&TokenTree>) -> Option<&'static str> {
    if group.delimiter() != Delimiter::Bracket {
        return None;
    }
    let inside: Vec<TokenTree> = group.stream().into_iter().collect();
    let is_path = is_word(inside.first(), "path") && is_punct(inside.get(1), '=');
    let is_filled_in = is_punct(inside.first(), '$')
        && (is_punct(before, '#') || inside.iter().any(|tree| is_punct(Some(tree), '=')));
    (is_path || is_filled_in).then_some("a module lies where its name says")
}

fn reason(word: &str, is_macro: bool, is_attribute: bool) -> Option<&'static str> {
    let applies = |place| match place {
        Where::Anywhere => true,
        Where::Macro => is_macro,
        Where::Attribute => is_attribute,
    };
    let rule = RULES.iter().find(|rule| rule.words.contains(&word) && applies(rule.place));
    rule.map(|rule| rule.because)
}

fn is_punct(tree: Option<&TokenTree>, character: char) -> bool {
    matches!(tree, Some(TokenTree::Punct(punct)) if punct.as_char() == character)
}

fn is_word(tree: Option<&TokenTree>, word: &str) -> bool {
    matches!(tree, Some(TokenTree::Ident(ident)) if ident == word)
}

/// Whether the group at `index` follows `#!`.
fn is_inner(trees: &[TokenTree], index: usize) -> bool {
    index >= 2 && is_punct(trees.get(index - 1), '!') && is_punct(trees.get(index - 2), '#')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::SourceFile;

    fn refused(source: &str, allows_unsafe: bool) -> Vec<String> {
        let file =
            SourceFile { path: "src/lib.rs".into(), shown: "lib.rs".into(), bytes: source.into() };
        let answer = Answer {
            exercise: String::new(),
            label: String::new(),
            files: vec![file],
            refused: vec![],
        };
        let refusals = refusals(&answer, allows_unsafe);
        refusals.iter().map(|r| format!("{}: {}", r.line.unwrap(), r.because)).collect()
    }

    #[test]
    fn tricks_are_refused_with_their_line() {
        for source in [
            "#[cfg(not(test))] mod x {}",
            "macro_rules! m { ($m:meta) => { #[$m] mod x; } } m!(a);",
            "macro_rules! m { ($h:tt $a:tt) => { $h $a mod x; } } m!([path = \"/x\"] y);",
            "macro_rules! m { ($h:tt $p:ident) => { $h [$p = \"/x\"] mod y; } }",
            "#![cfg_attr(all(), path = \"/x\")]",
            "fn f() { if cfg!(debug_assertions) {} }",
            "const X: &str = include_str!(\"../tests/examples.rs\");",
            "const X: &[u8] = core :: include_bytes ! (\"/etc/passwd\");",
            "#[path = \"/etc/x.rs\"] mod x;",
            "const X: Option<&str> = option_env!(\"HOME\");",
            "extern \"C\" { fn exit(code: i32) -> !; }",
            "#[unsafe(no_mangle)] pub fn memcmp() {}",
            "#[no_mangle] pub fn memcmp() {}",
            "#[unsafe(link_section = \".init_array\")] static X: u8 = 0;",
            "#[global_allocator] static A: A = A;",
            "macro_rules! m { () => { #[cfg(x)] mod y {} } }",
            "macro_rules! m { ($x:ident) => { include_str!($x) } }",
            "fn f() { std::arch::asm!(\"nop\") }",
            "fn f() { r#unsafe {} }",
            "const MODEL: bool = module_path!().len() > 9;",
            "#![feature(rustc_private)]",
        ] {
            let found = refused(source, false);
            assert!(!found.is_empty() && found[0].starts_with("1: "), "{source}: {found:?}");
        }
        let deep = format!("const X: u8 = {}1{};", "(".repeat(60_000), ")".repeat(60_000));
        assert_eq!(refused(&deep, false), ["1: `((((…` is not allowed: it is nested too deeply"]);
        assert_eq!(refused("\n\nfn f() { unsafe {} }", false).len(), 1);
        assert_eq!(refused("\n\nfn f() { unsafe {} }", true), Vec::<String>::new());
    }

    #[test]
    fn ordinary_code_is_not_refused() {
        let source = "#![allow(dead_code, unsafe_code)]
            #[derive(Debug)] #[must_use] struct Path { path: u32, test: u32 }
            #[expect(clippy::all)] fn link(env: &str, path: Path) -> String { format!(\"cfg {env}\") }
            macro_rules! twice { ($e:expr) => { $e + $e } }
            mod inner; // #[cfg(x)] in a comment, \"include!\" in a string
            #[cfg(test)] mod tests { use super::*; #[test] fn counts() {} }
            fn start() { let used = twice!(1); assert!(used == 2, \"unsafe\") }";
        assert_eq!(refused(source, false), Vec::<String>::new());
    }
}
