//! The public items of a source file, read from its tokens.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The signature of every public item and the traits of every public type, sorted; bodies,
/// attributes and documentation left out. Empty if the text is not Rust.
pub fn public_api(source: &str) -> Vec<String> {
    let mut api = Api::default();
    if let Ok(tokens) = source.parse() {
        api.walk(tokens, "");
    }
    let Api { mut items, traits, types } = api;
    // Whether a trait is derived or implemented by hand is no matter; nor is that of a private type.
    // What `Drop` does is behaviour, which the checks see.
    let offered = traits.into_iter().filter(|(name, of)| name != "Drop" && types.contains(of));
    items.extend(offered.map(|(name, of)| format!("{name} for {of}")));
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

#[derive(Default)]
struct Api {
    items: Vec<String>,
    /// Trait and type, by their names alone.
    traits: Vec<(String, String)>,
    /// Public types.
    types: Vec<String>,
}

impl Api {
    fn walk(&mut self, tokens: TokenStream, owner: &str) {
        for statement in statements(tokens) {
            if statement.attributes.iter().any(|attribute| attribute.starts_with("cfg")) {
                continue;
            }
            let head = statement.head.join(" ");
            match statement.head.first().map(String::as_str) {
                Some("impl") => self.implementation(&statement, &head),
                Some("pub") if !head.starts_with("pub (") => self.item(&statement, owner, &head),
                _ => {}
            }
        }
    }

    fn implementation(&mut self, statement: &Statement, head: &str) {
        match head.split_once(" for ") {
            Some((name, of)) => self.traits.push((trait_name(name), first_word(of))),
            // What a trait implementation offers follows from the trait; inherent ones list `pub`.
            None => {
                if let Some(body) = statement.body.clone() {
                    self.walk(body, &format!("{head} :: "));
                }
            }
        }
    }

    fn item(&mut self, statement: &Statement, owner: &str, head: &str) {
        self.items.push(format!("{owner}{head}"));
        if let ["pub", "struct" | "enum", name, ..] = *words(&statement.head) {
            self.types.push(name.to_owned());
            let derives = statement.attributes.iter().filter_map(|a| a.strip_prefix("derive"));
            for name in derives.flat_map(|list| list.split([',', '(', ')', ' '])) {
                if !name.is_empty() {
                    self.traits.push((name.to_owned(), self.types[self.types.len() - 1].clone()));
                }
            }
        }
        let lists_its_inside = ["pub mod ", "pub trait ", "pub enum "];
        if lists_its_inside.iter().any(|start| head.starts_with(start)) {
            let inside = statement.body.as_ref().map(ToString::to_string).unwrap_or_default();
            self.items
                .extend((!inside.is_empty()).then(|| format!("{head} {{ {} }}", plain(&inside))));
        }
    }
}

fn words(head: &[String]) -> Box<[&str]> {
    head.iter().map(String::as_str).collect()
}

/// `Display` of `impl < T > fmt :: Display`, and `From` of `impl From < A >`.
fn trait_name(head: &str) -> String {
    let mut depth = 0;
    let mut name = String::new();
    let mut has_path = false;
    for word in head.split_whitespace().skip(1) {
        match word {
            // Generic parameters of the `impl` come before the path, arguments of the trait after.
            "<" if has_path => break,
            "<" => depth += 1,
            ">" => depth -= 1,
            _ if depth > 0 || word == ":" => {}
            word => {
                word.clone_into(&mut name);
                has_path = true;
            }
        }
    }
    name
}

/// `Queue` of `Queue < T >`.
fn first_word(path: &str) -> String {
    path.split_whitespace().next().unwrap_or_default().to_owned()
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
        let stub = "/// Doc.\n#[derive(Debug)]\npub struct A { x: u8 }\nimpl A { /// New.\n pub fn new(n: u64) -> Self { todo!() } }\npub const MAX: usize = 3;";
        let other = "#[derive(Debug)]\npub struct A(i32);\nimpl A { pub fn new(n: u64) -> Self { Self(1) } fn help() {} }\npub const MAX: usize = { 1 + 2 };\nfn more() {}";
        let without = |items: Vec<String>| -> Vec<String> {
            items.into_iter().filter(|item| !item.starts_with("pub struct")).collect()
        };
        assert_eq!(without(public_api(stub)), without(public_api(other)));
        assert_eq!(public_api(stub).len(), 4);
        assert_ne!(public_api(stub), public_api(&stub.replace("u64", "u32")));
    }

    #[test]
    fn a_derived_trait_is_as_good_as_one_by_hand() {
        let derived = "#[derive(Debug, Default)] pub struct A; struct B; impl Clone for B {}";
        let by_hand =
            "pub struct A; impl std::fmt::Debug for A {} impl Default for A {} impl Drop for A {}";
        assert_eq!(public_api(derived), public_api(by_hand));
        assert_eq!(public_api("pub enum A {} impl<T> From<Vec<T>> for A {}")[0], "From for A");
    }

    #[test]
    fn a_test_is_known_by_its_attribute() {
        let source = "#[test]\nfn a() {}\nfn b() {}\n/// Doc.\n#[test]\nfn c() { fn d() {} }";
        assert_eq!(tests(source), ["a", "c"]);
    }
}
