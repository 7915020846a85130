//! Statements, heads, lists: the token trees of a source, taken apart.

use proc_macro2::{Delimiter, Spacing, TokenTree};

use crate::contract::print::without_attributes;

/// One item: what stands before its body.
#[derive(Debug, Clone, Default)]
pub(in crate::contract) struct Statement {
    /// What stands between `#[` and `]`.
    pub attributes: Vec<Vec<TokenTree>>,
    /// From its visibility to its body.
    pub head: Vec<TokenTree>,
    /// Between its braces.
    pub body: Option<Vec<TokenTree>>,
}

/// `pub fn NAME<GENERICS> REST where BOUNDS`; of an `impl` block, the type's name and all of the type.
#[derive(Debug, Clone, Default)]
pub(in crate::contract) struct Head {
    pub public: bool,
    /// `fn`, `struct`, `enum`, `const`, `impl`, …
    pub kind: String,
    pub name: String,
    pub generics: Vec<TokenTree>,
    /// What stands between generics and bounds.
    pub rest: Vec<TokenTree>,
    pub bounds: Vec<TokenTree>,
}

/// Splits the tokens into items: each ends with a `;` or a `{ body }`.
pub(in crate::contract) fn statements(tokens: Vec<TokenTree>) -> Vec<Statement> {
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
                    now.attributes.push(group.stream().into_iter().collect());
                }
            }
            TokenTree::Punct(punct) if punct.as_char() == ';' => {
                all.push(std::mem::take(&mut now));
                value = false;
            }
            // The value of a constant is no part of its signature.
            TokenTree::Punct(punct)
                if punct.as_char() == '='
                    && ["const", "static"].contains(&&*head(&now.head).kind) =>
            {
                value = true;
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace && !value => {
                now.body = Some(group.stream().into_iter().collect());
                all.push(std::mem::take(&mut now));
            }
            _ if value => {}
            token => now.head.push(token),
        }
    }
    all.push(now);
    all.retain(|statement| !statement.head.is_empty());
    all
}

/// Takes a head apart.
pub(in crate::contract) fn head(tokens: &[TokenTree]) -> Head {
    let mut head = Head { public: is_word(tokens.first(), "pub"), ..Head::default() };
    let mut rest = &tokens[usize::from(head.public)..];
    if head.public
        && let Some(TokenTree::Group(group)) = rest.first()
        && group.delimiter() == Delimiter::Parenthesis
    {
        head.public = false;
        rest = &rest[1..];
    }
    // `const fn`, `unsafe impl`, `extern "C" fn`: the word that says what it is comes last.
    let qualifies = |token: &TokenTree| {
        ["const", "async", "unsafe", "extern", "default"].iter().any(|q| is_word(Some(token), q))
            || matches!(token, TokenTree::Literal(_))
    };
    let before = rest.iter().take_while(|token| qualifies(token)).count();
    let is_fn = ["fn", "impl", "trait"].iter().any(|word| is_word(rest.get(before), word));
    rest = &rest[if is_fn { before } else { 0 }..];
    let Some((TokenTree::Ident(kind), mut rest)) = rest.split_first() else { return head };
    head.kind = kind.to_string();
    if head.kind == "impl" {
        (head.generics, rest) = angles(rest);
        rest = split_for(rest).map_or(rest, |at| &rest[at + 1..]);
        let end = rest.iter().position(|token| is_word(Some(token), "where"));
        head.rest = rest[..end.unwrap_or(rest.len())].to_vec();
        head.bounds = end.map_or(Vec::new(), |end| rest[end + 1..].to_vec());
        let path = head.rest.iter().take_while(|token| !is_sign(Some(token), '<'));
        head.name = path
            .filter(|t| matches!(t, TokenTree::Ident(_)))
            .last()
            .map_or(String::new(), ToString::to_string);
        return head;
    }
    if let Some((TokenTree::Ident(name), after)) = rest.split_first() {
        head.name = name.to_string();
        rest = after;
    }
    (head.generics, rest) = angles(rest);
    let end = rest.iter().position(|token| is_word(Some(token), "where"));
    head.rest = rest[..end.unwrap_or(rest.len())].to_vec();
    head.bounds = end.map_or(Vec::new(), |end| rest[end + 1..].to_vec());
    head
}

/// What stands between the `<` here and its `>`, and what follows.
fn angles(tokens: &[TokenTree]) -> (Vec<TokenTree>, &[TokenTree]) {
    if !is_sign(tokens.first(), '<') {
        return (Vec::new(), tokens);
    }
    let mut depth = 0;
    for (index, token) in tokens.iter().enumerate() {
        depth = nesting(depth, index.checked_sub(1).map(|before| &tokens[before]), token);
        if depth == 0 {
            return (tokens[1..index].to_vec(), &tokens[index + 1..]);
        }
    }
    (Vec::new(), tokens)
}

/// How many `<` are open after this token.
fn nesting(depth: usize, before: Option<&TokenTree>, token: &TokenTree) -> usize {
    let is_arrow = matches!(before, Some(TokenTree::Punct(p)) if "-=".contains(p.as_char()) && p.spacing() == Spacing::Joint);
    match token {
        TokenTree::Punct(punct) if punct.as_char() == '<' => depth + 1,
        TokenTree::Punct(punct) if punct.as_char() == '>' && !is_arrow => depth.saturating_sub(1),
        _ => depth,
    }
}

/// What stands between commas, attributes left out.
pub(in crate::contract) fn fields(tokens: &[TokenTree]) -> Vec<Vec<TokenTree>> {
    let tokens = without_attributes(tokens.to_vec());
    let mut all = vec![Vec::new()];
    let mut depth = 0;
    for (index, token) in tokens.iter().enumerate() {
        depth = nesting(depth, index.checked_sub(1).map(|before| &tokens[before]), token);
        match token {
            TokenTree::Punct(punct) if punct.as_char() == ',' && depth == 0 => all.push(Vec::new()),
            token => all.last_mut().expect("there is always one").push(token.clone()),
        }
    }
    all.retain(|field| !field.is_empty());
    all
}

/// The trait of `impl<…> TRAIT for TYPE`.
pub(in crate::contract) fn split_at_for(head: &[TokenTree]) -> Option<Vec<TokenTree>> {
    let at = head.iter().position(|token| is_word(Some(token), "impl"))?;
    let (_, rest) = angles(&head[at + 1..]);
    split_for(rest).map(|at| rest[..at].to_vec())
}

/// Where the `for` between a trait and a type stands.
fn split_for(tokens: &[TokenTree]) -> Option<usize> {
    let is_for = |at: &usize| is_word(tokens.get(*at), "for") && !is_sign(tokens.get(at + 1), '<');
    (0..tokens.len()).find(is_for)
}

pub(in crate::contract) fn is_word(token: Option<&TokenTree>, word: &str) -> bool {
    matches!(token, Some(TokenTree::Ident(ident)) if ident == word)
}

pub(in crate::contract) fn is_sign(token: Option<&TokenTree>, sign: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == sign)
}

pub(in crate::contract) fn line(tokens: &[TokenTree]) -> u32 {
    let first = tokens.first().map_or(1, |token| token.span().start().line);
    first.try_into().unwrap_or(u32::MAX)
}
