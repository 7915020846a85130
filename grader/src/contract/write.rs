//! From a stub to its contract.

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use super::print::text;
use super::read::{self, Head, Item, Source, fields, is_sign, is_word};

#[cfg(test)]
mod tests;
mod types;

const TOP: &str = "\
//! What every answer to this exercise offers, item by item, with its exact type. Each test program
//! includes this file, so the compiler compares: whatever a type is called in an answer, it must be
//! the one that stands here.
//!
//! Made from the stub. After a change there, `UPDATE_CONTRACTS=1 cargo test -p course-tests --test
//! rules` makes it anew.
#![allow(dead_code, deprecated, irrefutable_let_patterns, clippy::all, clippy::pedantic)]
";

/// The contract of a stub.
///
/// # Errors
/// Each item for which there are no words yet.
pub fn write(stub: &str) -> Result<String, Vec<String>> {
    let source = read::source(stub);
    let writer = Writer::new(&source);
    let (mut pins, mut wordless) = (Vec::new(), Vec::new());
    for item in source.items.iter().filter(|item| item.head.public) {
        match writer.pins(item) {
            Some(of_item) => pins.extend(of_item),
            None => wordless.push(item.signature()),
        }
    }
    if !wordless.is_empty() {
        return Err(wordless);
    }
    let mut contract = TOP.to_owned();
    for Pin { of, promise, import, code } in pins {
        contract += &format!("\n// {of}\n//     {promise}\n");
        if let Some(name) = import {
            contract += &format!("use super::answer::{name};\n");
        }
        contract += &format!("{code}\n");
    }
    Ok(contract)
}

/// One thing that the compiler compares.
struct Pin {
    /// `Queue::get`.
    of: String,
    /// The item as the stub writes it.
    promise: String,
    /// The name that this brings into scope.
    import: Option<String>,
    code: String,
}

struct Writer<'a> {
    source: &'a Source,
    /// What names of other crates stand for.
    names: BTreeMap<&'a str, Vec<TokenTree>>,
    /// What the stub asks of a type's parameter, in whichever of its blocks: it is no other signature
    /// if an answer asks for it in all of them.
    bounds: BTreeMap<(String, String), Vec<String>>,
}

impl<'a> Writer<'a> {
    fn new(source: &'a Source) -> Self {
        let tokens = |path: &str| path.parse::<TokenStream>().into_iter().flatten().collect();
        let imports = source.imports.iter().filter(|(_, path)| path.contains("::"));
        let names = imports.map(|(name, path)| (&**name, tokens(path))).collect();
        let mut writer = Writer { source, names, bounds: BTreeMap::new() };
        let types =
            source.items.iter().filter(|item| item.owner.is_none() && item.head.kind != "fn");
        for head in source.blocks.iter().chain(types.map(|item| &item.head)) {
            for bound in fields(&head.generics).into_iter().chain(fields(&head.bounds)) {
                writer.ask(&head.name, &bound);
            }
        }
        writer
    }

    /// Takes note of `T: One + Other`.
    fn ask(&mut self, of: &str, bound: &[TokenTree]) {
        let [TokenTree::Ident(name), colon, asked @ ..] = bound else { return };
        if !is_sign(Some(colon), ':') || name == "const" {
            return;
        }
        let asked = asked.split(|token| is_sign(Some(token), '+'));
        let asked: Vec<String> = asked.map(|one| text(&self.named(one, None))).collect();
        let known = self.bounds.entry((of.to_owned(), name.to_string())).or_default();
        for one in asked {
            if !known.contains(&one) {
                known.push(one);
            }
        }
    }

    /// Everything that there is to compare of an item; `None`: there are no words for it.
    fn pins(&self, item: &Item) -> Option<Vec<Pin>> {
        match (&*item.head.kind, &item.owner) {
            ("fn", _) => Some(vec![self.function(item)?]),
            ("const", None) => Some(vec![self.constant(item)]),
            ("struct" | "enum", None) => self.data(item),
            _ => None,
        }
    }

    fn pin(&self, item: &Item, code: String) -> Pin {
        let import = item.owner.is_none().then(|| item.head.name.clone());
        Pin { of: item.path(), promise: item.signature(), import, code }
    }

    fn constant(&self, item: &Item) -> Pin {
        // `: TYPE`
        let of = text(&self.named(&item.head.rest[1..], None));
        self.pin(item, format!("const _: {of} = {};", item.head.name))
    }

    fn function(&self, item: &Item) -> Option<Pin> {
        let [TokenTree::Group(list), output @ ..] = &item.head.rest[..] else { return None };
        let owner = item.owner.as_ref();
        let mut generics = owner.map_or(Vec::new(), |owner| self.generics(owner));
        let own = fields(&item.head.generics);
        generics.extend(own.iter().map(|one| text(&self.named(one, owner))));
        let mut types = Vec::new();
        for argument in fields(&list.stream().into_iter().collect::<Vec<_>>()) {
            let of = self.named(&argument_type(&argument, owner)?, owner);
            types.push(text(&self.without_impl(of, &mut generics)));
        }
        let output = text(&self.named(output, owner));
        let bounds = text(&self.named(&item.head.bounds, owner));
        let bounds = if bounds.is_empty() { bounds } else { format!(" where {bounds}") };
        let path = match owner {
            Some(owner) if is_sign(owner.rest.last(), '>') => {
                format!("<{}>::{}", text(&owner.rest), item.head.name)
            }
            _ => item.path(),
        };
        let name = fn_name(&item.path());
        let is =
            format!("fn({}){}{output}", types.join(", "), if output.is_empty() { "" } else { " " });
        let code =
            format!("fn {name}{}(){bounds} {{\n    let _: {is} = {path};\n}}", angled(&generics));
        Some(self.pin(item, code))
    }

    /// The parameters of a type or block, with all that the stub asks of them anywhere. Whoever shares
    /// something between threads may ask for what can be sent.
    fn generics(&self, head: &Head) -> Vec<String> {
        let of = |one: &Vec<TokenTree>| match one.first() {
            Some(TokenTree::Ident(name)) if name != "const" => {
                let name = name.to_string();
                let mut asked = self
                    .bounds
                    .get(&(head.name.clone(), name.clone()))
                    .cloned()
                    .unwrap_or_default();
                for more in ["Send", "'static"] {
                    if !asked.iter().any(|one| one == more) {
                        asked.push(more.to_owned());
                    }
                }
                format!("{name}: {}", asked.join(" + "))
            }
            _ => text(&self.named(one, None)),
        };
        fields(&head.generics).iter().map(of).collect()
    }

    /// The tokens, with names of other crates in full and `Self` by its name: nothing that an answer
    /// calls the same can take their place.
    fn named(&self, tokens: &[TokenTree], owner: Option<&Head>) -> Vec<TokenTree> {
        let mut named: Vec<TokenTree> = Vec::new();
        for token in tokens {
            match token {
                TokenTree::Group(group) => {
                    let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                    let inside = self.named(&inside, owner).into_iter().collect();
                    named.push(Group::new(group.delimiter(), inside).into());
                }
                TokenTree::Ident(word) if !is_path(&named) => {
                    let word = word.to_string();
                    match (owner.filter(|_| word == "Self"), self.names.get(&*word)) {
                        (Some(owner), _) => named.extend(owner.rest.iter().cloned()),
                        (None, Some(path)) => named.extend(path.iter().cloned()),
                        (None, None) => named.push(token.clone()),
                    }
                }
                token => named.push(token.clone()),
            }
        }
        named
    }

    /// `&mut impl Write` as `&mut P1`, with one parameter more.
    fn without_impl(&self, tokens: Vec<TokenTree>, generics: &mut Vec<String>) -> Vec<TokenTree> {
        let Some(at) = tokens.iter().position(|token| is_word(Some(token), "impl")) else {
            return tokens;
        };
        let name = format!("P{}", generics.len() + 1);
        generics.push(format!("{name}: {}", text(&tokens[at + 1..])));
        let mut named = tokens[..at].to_vec();
        named.extend(name.parse::<TokenStream>().into_iter().flatten());
        named
    }
}

/// Whether these tokens end in `::`.
fn is_path(tokens: &[TokenTree]) -> bool {
    let [.., one, other] = tokens else { return false };
    is_sign(Some(one), ':') && is_sign(Some(other), ':')
}

/// The type of an argument; of `self`, with the type that it stands for.
fn argument_type(argument: &[TokenTree], owner: Option<&Head>) -> Option<Vec<TokenTree>> {
    let colon = argument.iter().position(|token| is_sign(Some(token), ':'));
    if let Some(colon) = colon {
        return Some(argument[colon + 1..].to_vec());
    }
    // `&'a mut self`, `self`, `mut self`.
    let (last, before) = argument.split_last()?;
    let owner = owner.filter(|_| is_word(Some(last), "self"))?;
    let by_value = !is_sign(before.first(), '&');
    let mut of = if by_value { Vec::new() } else { before.to_vec() };
    of.extend(owner.rest.iter().cloned());
    Some(of)
}

fn angled(generics: &[String]) -> String {
    // Lifetimes come first.
    let (mut first, rest): (Vec<&String>, Vec<&String>) =
        generics.iter().partition(|one| one.starts_with('\''));
    first.extend(rest);
    match first.len() {
        0 => String::new(),
        _ => format!("<{}>", first.into_iter().cloned().collect::<Vec<_>>().join(", ")),
    }
}

/// `has_rlock_try_acquire` of `RLock::try_acquire`.
fn fn_name(path: &str) -> String {
    let mut name = String::from("has");
    for part in path.split("::") {
        let mut before = '_';
        name.push('_');
        for c in part.chars() {
            if c.is_uppercase() && before.is_lowercase() {
                name.push('_');
            }
            name.extend(c.to_lowercase());
            before = c;
        }
    }
    name
}

fn is_group(token: &TokenTree, delimiter: Delimiter) -> Option<Vec<TokenTree>> {
    match token {
        TokenTree::Group(group) if group.delimiter() == delimiter => {
            Some(group.stream().into_iter().collect())
        }
        _ => None,
    }
}
