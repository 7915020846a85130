//! A hole in the compiler, by which safe code reads and writes where it likes. Pure.
//!
//! A function whose argument is a reference to a reference may take for granted that the inner one
//! lives longer; as a function pointer it forgets so (<https://github.com/rust-lang/rust/issues/25860>).
//! This finds the forms that go round, by their words: nested references with two lifetimes of their
//! own, and the pointer types that they are given. It is no proof: there are other forms, and other
//! holes.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::tokens::{is_punct, is_word, line};
use crate::answer::{Answer, Refusal};

const BECAUSE: &str =
    "here the compiler has a hole (rust-lang/rust#25860), and no exercise needs such a type";

/// How deeply brackets are followed. What is deeper is refused for that.
const DEPTH: usize = 100;

/// Every type of such a form.
pub fn refusals(answer: &Answer) -> Vec<Refusal> {
    let mut refused = Vec::new();
    for file in &answer.files {
        // What is not even tokens is an error that the compiler tells better.
        let Ok(tokens) = String::from_utf8_lossy(&file.bytes).parse() else { continue };
        walk(tokens, DEPTH, &mut |line, form| {
            let because = format!("`{form}` is not allowed: {BECAUSE}");
            refused.push(Refusal { file: file.shown.clone(), line: Some(line), because });
        });
    }
    refused
}

fn walk(tokens: TokenStream, depth: usize, found: &mut impl FnMut(u32, &'static str)) {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    for (index, tree) in trees.iter().enumerate() {
        if is_nested_reference(&trees[index..]) {
            found(line(tree.span()), "&'a &'b");
        }
        let TokenTree::Group(group) = tree else { continue };
        let is_pointer = group.delimiter() == Delimiter::Parenthesis
            && index.checked_sub(1).is_some_and(|before| is_word(trees.get(before), "fn"));
        if is_pointer && is_open(group.stream(), &trees[index + 1..]) {
            found(line(group.span_open()), "fn(_)");
        }
        if let Some(depth) = depth.checked_sub(1) {
            walk(group.stream(), depth, found);
        }
    }
}

/// `&'a &'b`, perhaps with a `mut` in between.
fn is_nested_reference(trees: &[TokenTree]) -> bool {
    let reference =
        |trees: &[TokenTree]| is_punct(trees.first(), '&') && is_punct(trees.get(1), '\'');
    let inner = 3 + usize::from(is_word(trees.get(3), "mut"));
    reference(trees) && trees.get(inner..).is_some_and(reference)
}

/// Whether the arguments of a pointer type leave one open, have more than one lifetime, or have a
/// reference where the result has a lifetime of its own.
fn is_open(arguments: TokenStream, behind: &[TokenTree]) -> bool {
    let trees: Vec<TokenTree> = arguments.into_iter().collect();
    let count = |what| trees.iter().filter(|tree| is_punct(Some(tree), what)).count();
    let is_over = |tree: &TokenTree| [',', ';', '='].iter().any(|&end| is_punct(Some(tree), end));
    let mut result = behind.iter().take_while(|tree| !is_over(tree));
    let has_lifetime =
        is_punct(behind.first(), '-') && result.any(|tree| is_punct(Some(tree), '\''));
    trees.iter().any(|tree| is_word(Some(tree), "_"))
        || count('\'') > 1
        || (has_lifetime && count('\'') + count('&') > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(source: &str) -> Vec<(u32, &'static str)> {
        let mut forms = Vec::new();
        walk(source.parse().unwrap(), DEPTH, &mut |line, form| forms.push((line, form)));
        forms
    }

    #[test]
    fn the_forms_that_go_round_are_found() {
        let source = "static UNIT: &'static &'static () = &&();
            fn translate<'a, 'b, T>(_: &'a &'b (), x: &'b T) -> &'a T { x }
            fn mutable<'a, 'b, T>(_: &'a mut &'b (), x: &'b T) -> &'a T { x }
            fn expand<'a, 'b, T>(x: &'a T) -> &'b T {
                let f: fn(_, &'a T) -> &'b T = translate;
                let g: for<'x> fn(Pair<'x, 'a>, &'a T) -> &'b T = translate;
                let h: fn(Pair, &T) -> &'b T = translate;
                f(UNIT, x)
            }";
        let [nested, pointer] = ["&'a &'b", "fn(_)"];
        let expected =
            [(1, nested), (2, nested), (3, nested), (5, pointer), (6, pointer), (7, pointer)];
        assert_eq!(forms(source), expected);
    }

    #[test]
    fn ordinary_references_and_pointers_are_not() {
        let source = "struct Words<'a> { words: &'a [&'a str], task: fn(A) -> R, log: fn(&'static str), name: fn(u8) -> &'static str, first: fn(&str) -> &str }
            impl<'a, 'b> Both<'a, 'b> { fn first<'c>(&'c self, _: &'c mut Guard<'a, u8>) -> &'a str { _ = || (); x } }
            fn f(it: impl Iterator<Item = u8>) { 'outer: for &&x in [&&1] { it.map(|_| &&x); break 'outer } }";
        assert_eq!(forms(source), []);
    }
}
