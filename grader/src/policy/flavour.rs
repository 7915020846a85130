//! What would tell an answer whether it runs in the model checker: there it could do right, and race
//! everywhere else. It matters where an exercise has model checks, and nowhere else.
//!
//! No list is complete: a type may have a trait in one flavour alone, and time passes in one alone. So
//! answers also run on real threads that are stopped at random moments (`checks::interrupted`). Pure.

use std::fmt::Write;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::tokens::{is_for_a_macro, is_punct, is_test_only, is_word, line, plain};
use crate::answer::{Answer, Refusal};

/// Why the names below are refused.
pub(super) const BECAUSE: &str =
    "it can tell the model checker's types from the standard library's";

pub(super) const TYPES: &[&str] = &[
    "std::alloc::Layout",
    "std::any::Any",
    "std::any::TypeId",
    "std::ptr::NonNull",
    "std::fmt::Pointer",
];

pub(super) const FUNCTIONS: &[&str] = &[
    "std::mem::size_of",
    "std::mem::size_of_val",
    "std::mem::align_of",
    "std::mem::align_of_val",
    "std::any::Any::type_id",
    "std::boxed::Box::downcast",
    "std::fmt::Pointer::fmt",
    // Addresses: a raw pointer must come from somewhere.
    "std::ptr::from_ref",
    "std::ptr::from_mut",
    "std::ptr::hash",
    "std::boxed::Box::as_ptr",
    "std::boxed::Box::into_raw",
    "std::sync::Arc::as_ptr",
    "std::sync::Arc::into_raw",
    "std::sync::Weak::as_ptr",
    "std::rc::Rc::as_ptr",
    "std::rc::Rc::into_raw",
    "std::cell::Cell::as_ptr",
    "std::cell::RefCell::as_ptr",
    "std::cell::UnsafeCell::get",
    "std::vec::Vec::as_ptr",
    "std::vec::Vec::as_mut_ptr",
    "std::sync::atomic::AtomicBool::as_ptr",
    "std::sync::atomic::AtomicU8::as_ptr",
    "std::sync::atomic::AtomicI32::as_ptr",
    "std::sync::atomic::AtomicU32::as_ptr",
    "std::sync::atomic::AtomicI64::as_ptr",
    "std::sync::atomic::AtomicU64::as_ptr",
    "std::sync::atomic::AtomicUsize::as_ptr",
    "std::sync::atomic::AtomicIsize::as_ptr",
    "slice::as_ptr",
    "slice::as_mut_ptr",
    "slice::as_ptr_range",
    "str::as_ptr",
];

pub(super) const MACROS: &[&str] =
    &["std::mem::offset_of", "std::ptr::addr_of", "std::ptr::addr_of_mut"];

/// Why the names below are refused.
pub(super) const UNSEEN: &str = "the model checker does not see it; take it from sync";

/// Types of which `sync` has its own: looked for where `sync` is the model checker's.
pub(super) const OWN_TYPES: &[&str] = &[
    "std::sync::Mutex",
    "std::sync::RwLock",
    "std::sync::Condvar",
    "std::sync::Barrier",
    "std::sync::Once",
    "std::sync::OnceLock",
    "std::sync::LazyLock",
    "std::sync::mpsc::Sender",
    "std::sync::mpsc::SyncSender",
    "std::sync::mpsc::Receiver",
    "std::sync::atomic::AtomicBool",
    "std::sync::atomic::AtomicI8",
    "std::sync::atomic::AtomicU8",
    "std::sync::atomic::AtomicI16",
    "std::sync::atomic::AtomicU16",
    "std::sync::atomic::AtomicI32",
    "std::sync::atomic::AtomicU32",
    "std::sync::atomic::AtomicI64",
    "std::sync::atomic::AtomicU64",
    "std::sync::atomic::AtomicIsize",
    "std::sync::atomic::AtomicUsize",
    "std::sync::atomic::AtomicPtr",
    "std::thread::Thread",
    "std::thread::ThreadId",
    "std::thread::Builder",
    "std::time::Instant",
    "std::time::SystemTime",
];

/// Functions of which `sync` has its own, and those by which threads share what it does not see.
pub(super) const OWN_FUNCTIONS: &[&str] = &[
    // The standard library's `thread_local!` asks for it.
    "std::mem::needs_drop",
    "std::sync::mpsc::channel",
    "std::sync::mpsc::sync_channel",
    "std::sync::atomic::fence",
    "std::thread::spawn",
    "std::thread::scope",
    "std::thread::current",
    "std::thread::sleep",
    "std::thread::yield_now",
    "std::thread::park",
    "std::thread::park_timeout",
    "std::thread::panicking",
    "std::hint::spin_loop",
    "std::sync::Arc::strong_count",
    "std::sync::Arc::weak_count",
    "std::sync::Weak::strong_count",
];

/// What shows in the words of the answer: raw pointers, and texts made of what differs.
pub fn refusals(answer: &Answer) -> Vec<Refusal> {
    let mut refused = Vec::new();
    for file in &answer.files {
        let text = String::from_utf8_lossy(&file.bytes);
        // What is not even tokens is an error that the compiler tells better.
        let Ok(tokens) = text.parse::<TokenStream>() else { continue };
        walk(tokens, DEPTH, Around::Code, &mut |line, what, because| {
            let because = format!("{what} is not allowed: {because}");
            refused.push(Refusal { file: file.shown.clone(), line: Some(line), because });
        });
    }
    refused
}

/// What is nested deeper, [`tokens`](super::tokens) refuses.
const DEPTH: usize = 100;

/// Macros that make a text which the answer can read.
const TEXTS: [&str; 4] = ["format", "format_args", "write", "writeln"];

/// Why a raw pointer is refused, and what to write.
const ADDRESS: &str = "an address tells where code runs. Whether two are the same, `Arc::ptr_eq` and \
    `std::ptr::eq` say; a type that is not `Send` may hold a `PhantomData<*const ()>`";

/// Why such a text is refused, and what to write.
const LOOKS: &str = "threads, locks and guards look different in the model checker. Make it with \
    `{}`, or print it: `println!`, `eprintln!` and `panic!` may have `{:?}`";

/// Whether these, up to a `*`, are `PhantomData<*`, `PhantomData::<*` or `PhantomData<&'a *`.
fn is_marker(before: &[TokenTree]) -> bool {
    let Some(name) = before.iter().rposition(|tree| is_word(Some(tree), "PhantomData")) else {
        return false;
    };
    let between = &before[name + 1..before.len() - 1];
    let in_type = |(index, tree): (usize, &TokenTree)| match tree {
        TokenTree::Punct(punct) => "<:&'".contains(punct.as_char()),
        TokenTree::Ident(_) => index > 0 && is_punct(between.get(index - 1), '\''),
        _ => false,
    };
    between.iter().any(|tree| is_punct(Some(tree), '<')) && between.iter().enumerate().all(in_type)
}

/// What is around a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    Code,
    /// An `impl … Debug for …`.
    Debug,
    /// What a macro is given or made of: it may put it anywhere.
    Macro,
}

/// Whether the group behind these is the body of an `impl … Debug for …`. What is written there is
/// read by way of `{:?}` alone, as with a derived one.
fn is_debug(before: &[TokenTree]) -> bool {
    let ends = |tree: &TokenTree| match tree {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        tree => is_punct(Some(tree), ';'),
    };
    let head = before.rsplit(ends).next().unwrap_or_default();
    head.iter().any(|tree| is_word(Some(tree), "impl"))
        && head.windows(2).any(|pair| is_word(pair.first(), "Debug") && is_word(pair.get(1), "for"))
}

fn walk(
    tokens: TokenStream,
    depth: usize,
    around: Around,
    found: &mut impl FnMut(u32, &str, &str),
) {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let mut is_test = false;
    for (index, tree) in trees.iter().enumerate() {
        let before = &trees[..index];
        // Learners' own tests may do as they like: nobody compiles them.
        if is_test {
            let is_body =
                matches!(tree, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
            is_test = !is_body && !is_punct(Some(tree), ';');
            continue;
        }
        match tree {
            TokenTree::Group(group) if is_punct(before.last(), '#') && is_test_only(group) => {
                is_test = true;
            }
            TokenTree::Ident(ident) => {
                let word = plain(ident);
                // `PhantomData<*const ()>` is how a type says that it is not `Send`.
                let is_marker = is_marker(before);
                let points = is_punct(before.last(), '*') && (word == "const" || word == "mut");
                let is_raw = word == "raw"
                    && is_punct(before.last(), '&')
                    && matches!(trees.get(index + 1), Some(TokenTree::Ident(next)) if plain(next) == "const" || plain(next) == "mut");
                if (points && !is_marker) || is_raw {
                    found(line(ident.span()), "a raw pointer", ADDRESS);
                }
            }
            TokenTree::Literal(literal) => {
                if has_format(&unescaped(&literal.to_string()), |kind| kind.ends_with('p')) {
                    found(line(literal.span()), "`{:p}`", "an address tells where code runs");
                }
            }
            TokenTree::Group(group) if depth > 0 => {
                let is_text = matches!(before, [.., TokenTree::Ident(name), bang]
                    if is_punct(Some(bang), '!') && TEXTS.contains(&&*plain(name))
                        && !(around == Around::Debug && plain(name).starts_with("write")));
                let debugs = |tree: TokenTree| match tree {
                    TokenTree::Literal(literal) => {
                        has_format(&unescaped(&literal.to_string()), |kind| kind.ends_with('?'))
                    }
                    _ => false,
                };
                if is_text
                    && group.delimiter() != Delimiter::None
                    && group.stream().into_iter().any(debugs)
                {
                    found(line(group.span_open()), "a text made with `{:?}`", LOOKS);
                }
                let around = match around {
                    Around::Code | Around::Debug if is_for_a_macro(before) => Around::Macro,
                    Around::Code if is_debug(before) => Around::Debug,
                    around => around,
                };
                walk(group.stream(), depth - 1, around, found);
            }
            TokenTree::Group(_) | TokenTree::Punct(_) => {}
        }
    }
}

/// Whether the text has a `{…:KIND}` of this kind.
fn has_format(text: &str, kind: impl Fn(&str) -> bool) -> bool {
    let holes = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    holes.filter_map(|(hole, _)| hole.split_once(':')).any(|(_, format)| kind(format.trim_end()))
}

/// A literal with its `\x70` and `\u{70}` as the compiler reads them.
fn unescaped(literal: &str) -> String {
    let mut text = String::new();
    let mut rest = literal;
    while let Some((before, escape)) = rest.split_once('\\') {
        text.push_str(before);
        let (code, after) = match escape.as_bytes().first() {
            Some(b'x') => (escape.get(1..3), escape.get(3..)),
            Some(b'u') => match escape.split_once('}') {
                Some((code, after)) => (code.strip_prefix("u{"), Some(after)),
                None => (None, None),
            },
            _ => (None, None),
        };
        let number = code.and_then(|code| u32::from_str_radix(&code.replace('_', ""), 16).ok());
        match (number.and_then(char::from_u32), after) {
            (Some(character), Some(after)) => {
                let _ = write!(text, "{character}");
                rest = after;
            }
            _ => {
                text.push('\\');
                rest = escape;
            }
        }
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::SourceFile;

    fn refused(source: &str) -> Vec<String> {
        let file =
            SourceFile { path: "src/lib.rs".into(), shown: "lib.rs".into(), bytes: source.into() };
        let answer = Answer {
            exercise: String::new(),
            label: String::new(),
            files: vec![file],
            refused: vec![],
        };
        refusals(&answer).into_iter().map(|refusal| refusal.because).collect()
    }

    #[test]
    fn what_tells_the_flavours_apart_is_refused() {
        for source in [
            "fn f(x: &u8) -> usize { let p: *const u8 = x; p as usize }",
            "fn f(x: &mut u8) { g(x as *mut u8) }",
            "fn f(x: PhantomData<u8>, y: *mut u8) {}",
            "fn f(x: PhantomData, y: &mut *mut u8) {}",
            "fn f(x: u8) { g(&raw const x) }",
            "fn f() -> String { format!(\"{:p}\", &0) }",
            "fn f() { println!(\"{x:#018p}\") }",
            "fn f() { println!(\"{:\\x70}\", &0) }",
            "fn f() { println!(\"{:\\u{7_0}}\", &0) }",
            "fn f() -> String { format!(\"{:?}\", sync::thread::current()) }",
            "fn f(s: &mut String) { write!(s, \"{lock:#?}\") }",
            "impl fmt::Debug for A { fn fmt() {} } fn f() { write!(s, \"{lock:?}\") }",
            "impl fmt::Debug for A { fn fmt() { format!(\"{lock:?}\"); } }",
            "m!(impl Debug for { write!(s, \"{lock:?}\") });",
            "impl fmt::Display for A { fn fmt() { write!(f, \"{lock:?}\"); } }",
        ] {
            assert_eq!(refused(source).len(), 1, "{source}: {:?}", refused(source));
        }
    }

    #[test]
    fn ordinary_code_is_not_refused() {
        for source in [
            "struct G { stays_here: PhantomData<*const ()> }",
            "struct G<'a> { stays_here: PhantomData<&'a *mut ()> }",
            "fn g() -> G { G { stays_here: PhantomData::<*const ()> } }",
            "fn f(x: &u8, y: u8) -> u8 { *x * y }",
            "fn f(raw: u8) -> u8 { let x = &raw; *x }",
            "fn f() { println!(\"{:?} {:>8} {x:?}\", 1, 2) }",
            "fn f() -> String { format!(\"{} {:.2}: a?\", 1, 2.0) }",
            "fn f() { panic!(\"{error:?}\") }",
            "impl<T: Debug> fmt::Debug for A<T> { fn fmt() { write!(f, \"A({:?})\", self.0) } }",
            "#[cfg(test)] mod tests { fn f() { format!(\"{:p}\", &0); } }",
            "const X: &str = \"\\n \\\\ \\\" \\u{1F600}\";",
        ] {
            assert_eq!(refused(source), Vec::<String>::new(), "{source}");
        }
    }
}
