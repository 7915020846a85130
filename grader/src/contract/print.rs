//! Tokens as people write them.

use proc_macro2::{Delimiter, Group, Spacing, TokenTree};

/// How deeply brackets are followed: far deeper than a signature needs.
const DEPTH: usize = 16;

/// A token, or some that belong together.
enum Word {
    /// A name, a literal, a lifetime.
    Name(String),
    Sign(String),
    Group(Delimiter, String),
}

/// The tokens in one line, spaced as rustfmt would.
pub(super) fn text(tokens: &[TokenTree]) -> String {
    line(tokens, DEPTH)
}

fn line(tokens: &[TokenTree], depth: usize) -> String {
    let words = words(tokens, depth);
    let mut line = String::new();
    for (index, word) in words.iter().enumerate() {
        if index > 0 && is_apart(&words[index - 1], word) {
            line.push(' ');
        }
        match word {
            Word::Name(word) | Word::Sign(word) => line += word,
            Word::Group(Delimiter::Parenthesis, inside) => line += &format!("({inside})"),
            Word::Group(Delimiter::Bracket, inside) => line += &format!("[{inside}]"),
            Word::Group(Delimiter::Brace, inside) if inside.is_empty() => line += "{}",
            Word::Group(Delimiter::Brace, inside) => line += &format!("{{ {inside} }}"),
            Word::Group(Delimiter::None, inside) => line += inside,
        }
    }
    line
}

fn words(tokens: &[TokenTree], depth: usize) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    // What the token before was, if this one is to join it.
    let mut joined = None;
    for token in tokens {
        let sign = match token {
            TokenTree::Punct(punct) => Some(punct.as_char()),
            _ => None,
        };
        match (joined.take(), sign, words.last_mut()) {
            (Some('-' | '=' | ':'), Some(c @ ('>' | ':')), Some(Word::Sign(word))) => word.push(c),
            (Some('\''), None, Some(Word::Sign(_))) => {
                words.pop();
                words.push(Word::Name(format!("'{token}")));
            }
            _ => words.push(word(token, depth)),
        }
        if let TokenTree::Punct(punct) = token
            && punct.spacing() == Spacing::Joint
        {
            joined = sign;
        }
    }
    words
}

fn word(token: &TokenTree, depth: usize) -> Word {
    match token {
        TokenTree::Punct(punct) => Word::Sign(punct.as_char().to_string()),
        TokenTree::Group(group) => Word::Group(group.delimiter(), inside(group, depth)),
        token => Word::Name(token.to_string()),
    }
}

fn inside(group: &Group, depth: usize) -> String {
    let Some(depth) = depth.checked_sub(1) else { return "…".into() };
    let tokens: Vec<TokenTree> = without_attributes(group.stream().into_iter().collect());
    let text = line(&tokens, depth);
    text.strip_suffix(',').unwrap_or(&text).to_owned()
}

/// The tokens without attributes and documentation.
pub(super) fn without_attributes(tokens: Vec<TokenTree>) -> Vec<TokenTree> {
    let mut kept = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let bracket =
            |t: &TokenTree| matches!(t, TokenTree::Group(g) if g.delimiter() == Delimiter::Bracket);
        let begins = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '#');
        if begins && tokens.peek().is_some_and(bracket) {
            tokens.next();
        } else {
            kept.push(token);
        }
    }
    kept
}

fn is_apart(before: &Word, word: &Word) -> bool {
    let sign = |word: &Word| match word {
        Word::Sign(sign) => sign.clone(),
        _ => String::new(),
    };
    let (left, right) = (sign(before), sign(word));
    if [",", ":", "+", "=", "->", "=>", ";"].contains(&&*left) {
        return right != ">";
    }
    match word {
        Word::Sign(_) => match &*right {
            "+" | "=" | "->" | "=>" => true,
            "&" | "*" => !matches!(before, Word::Sign(_)),
            _ => false,
        },
        Word::Name(_) => left.is_empty() || left == ">",
        Word::Group(Delimiter::Brace, _) => true,
        Word::Group(..) => match before {
            Word::Name(name) => {
                ["mut", "dyn", "const"].contains(&&**name) || name.starts_with('\'')
            }
            _ => false,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_reads_as_it_was_written() {
        for line in [
            "pub fn incr(&self, delta: i64)",
            "pub fn try_put(&self, item: T) -> Result<(), TryPutError<T>>",
            "pub fn lock(&self) -> RLockGuard<'_>",
            "pub fn get<'a>(&'a mut self, of: &'a [u8]) -> Option<&'a mut [u8]>",
            "pub fn send<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), io::Error>",
            "pub fn parallel_map<T, R, F>(f: F) -> Vec<R> where T: Sync, F: Fn(&T) -> R + Sync",
            "pub fn write_frame(to: &mut impl Write, payload: &[u8]) -> Result<(), PipeError>",
            "pub fn new(task: fn(A) -> R, dynamic: &dyn Fn(), pair: (u8, u8)) -> !",
            "pub enum PipeError { Closed, TooLarge { len: usize }, Decode(String) }",
            "pub struct Closed<T>(pub T)",
            "impl<A, R> Pool<A, R>",
            "pub(crate) fn poll(&self, timeout: std::time::Duration) -> bool",
        ] {
            let tokens: proc_macro2::TokenStream = line.parse().unwrap();
            assert_eq!(text(&tokens.into_iter().collect::<Vec<_>>()), line);
        }
    }

    #[test]
    fn documentation_and_depth_are_left_out() {
        let text = |source: &str| {
            let tokens: proc_macro2::TokenStream = source.parse().unwrap();
            text(&tokens.into_iter().collect::<Vec<_>>())
        };
        assert_eq!(text("enum E { /// Doc.\n A, #[allow(x)] B, }"), "enum E { A, B }");
        assert!(text(&format!("{}{}", "(".repeat(5_000), ")".repeat(5_000))).contains('…'));
    }
}
