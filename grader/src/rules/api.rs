//! The public items of a source file, read from its tokens.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The signature of every public item, and of every method of a public trait or trait
/// implementation, sorted; bodies, attributes and documentation left out. Empty if the text is not
/// Rust.
pub fn public_api(source: &str) -> Vec<String> {
    let mut items = Vec::new();
    if let Ok(tokens) = source.parse() {
        walk(tokens, "", &mut items);
    }
    items.sort();
    items.dedup();
    items
}

/// The names of all `#[test]` functions at the top level.
pub fn tests(source: &str) -> Vec<String> {
    let Ok(tokens) = source.parse::<TokenStream>() else { return Vec::new() };
    let mut names = Vec::new();
    for statement in statements(tokens) {
        let text = statement.head.join(" ");
        if statement.attributes.iter().any(|attribute| attribute == "test")
            && let Some(rest) = text.strip_prefix("fn ")
        {
            names.push(rest.split(' ').next().unwrap_or_default().to_owned());
        }
    }
    names
}

/// One item: what stands before its body.
#[derive(Default)]
struct Statement {
    attributes: Vec<String>,
    head: Vec<String>,
    body: Option<TokenStream>,
}

fn walk(tokens: TokenStream, owner: &str, items: &mut Vec<String>) {
    for statement in statements(tokens) {
        if statement.attributes.iter().any(|attribute| attribute.starts_with("cfg")) {
            continue;
        }
        let head = statement.head.join(" ");
        let word = |word: &str| statement.head.first().is_some_and(|first| first == word);
        if word("impl") {
            // What a trait implementation offers follows from the trait; inherent ones list `pub`.
            if head.contains(" for ") {
                items.push(head.clone());
            } else if let Some(body) = statement.body {
                walk(body, &format!("{head} :: "), items);
            }
        } else if word("pub") && !head.starts_with("pub (") {
            items.push(format!("{owner}{head}"));
            if head.starts_with("pub mod ")
                || head.starts_with("pub trait ")
                || head.starts_with("pub enum ")
            {
                let inside = statement.body.map(|body| body.to_string()).unwrap_or_default();
                items.extend(
                    (!inside.is_empty()).then(|| format!("{head} {{ {} }}", plain(&inside))),
                );
            }
        }
    }
}

/// The tokens without attributes, as text.
fn plain(text: &str) -> String {
    let Ok(tokens) = text.parse::<TokenStream>() else { return String::new() };
    statements(tokens).into_iter().map(|s| s.head.join(" ")).collect::<Vec<_>>().join(" ")
}

/// Splits the tokens into items: each ends with a `;` or a `{ body }`.
fn statements(tokens: TokenStream) -> Vec<Statement> {
    let mut all = Vec::new();
    let mut now = Statement::default();
    let mut tokens = tokens.into_iter().peekable();
    let mut value = false;
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '#' => {
                while let Some(TokenTree::Punct(_)) = tokens.peek() {
                    tokens.next();
                }
                if let Some(TokenTree::Group(group)) = tokens.next() {
                    now.attributes.push(group.stream().to_string());
                }
            }
            TokenTree::Punct(punct) if punct.as_char() == ';' => {
                all.push(std::mem::take(&mut now));
                value = false;
            }
            // The value of a constant is no part of its signature.
            TokenTree::Punct(punct)
                if punct.as_char() == '='
                    && now.head.iter().any(|w| w == "const" || w == "static") =>
            {
                value = true;
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace && !value => {
                now.body = Some(group.stream());
                all.push(std::mem::take(&mut now));
            }
            _ if value => {}
            token => now.head.push(token.to_string()),
        }
    }
    if !now.head.is_empty() {
        all.push(now);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_docs_and_private_items_do_not_count() {
        let stub = "/// Doc.\npub struct A { x: u8 }\nimpl A { /// New.\n pub fn new(n: u64) -> Self { todo!() } }\npub const MAX: usize = 3;";
        let other = "#[derive(Debug)]\npub struct A(i32);\nimpl A { pub fn new(n: u64) -> Self { Self(1) } fn help() {} }\npub const MAX: usize = { 1 + 2 };\nfn more() {}";
        let without = |items: Vec<String>| -> Vec<String> {
            items.into_iter().filter(|item| !item.starts_with("pub struct")).collect()
        };
        assert_eq!(without(public_api(stub)), without(public_api(other)));
        assert_eq!(public_api(stub).len(), 3);
        assert_ne!(public_api(stub), public_api(&stub.replace("u64", "u32")));
    }

    #[test]
    fn a_test_is_known_by_its_attribute() {
        let source = "#[test]\nfn a() {}\nfn b() {}\n/// Doc.\n#[test]\nfn c() { fn d() {} }";
        assert_eq!(tests(source), ["a", "c"]);
    }
}
