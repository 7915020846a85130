//! The items of a source file, read from its tokens.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

use super::print::{text, without_attributes};

/// How deeply modules may be nested: deeper than people do.
const DEPTH: usize = 16;

/// One item: what stands before its body.
#[derive(Debug, Clone, Default)]
pub(super) struct Statement {
    /// What stands between `#[` and `]`.
    pub attributes: Vec<Vec<TokenTree>>,
    /// From its visibility to its body.
    pub head: Vec<TokenTree>,
    /// Between its braces.
    pub body: Option<Vec<TokenTree>>,
}

/// An item, by the type that it belongs to.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// The head of the `impl` block that it stands in.
    pub owner: Option<Head>,
    pub head: Head,
    pub statement: Statement,
}

/// `impl<…> TRAIT for TYPE`.
#[derive(Debug, Clone)]
pub(super) struct Trait {
    /// The trait, as it is written.
    pub path: Vec<TokenTree>,
    /// The name of the type.
    pub of: String,
    pub line: u32,
    pub derived: bool,
}

/// All that is at the top of a file and in the modules that stand in it.
#[derive(Debug, Default)]
pub(super) struct Source {
    pub items: Vec<Item>,
    pub traits: Vec<Trait>,
    /// The heads of all `impl` blocks, of types and traits.
    pub blocks: Vec<Head>,
    /// What `use` brings in: a name and its path.
    pub imports: Vec<(String, String)>,
}

/// `pub fn NAME<GENERICS> REST where BOUNDS`; of an `impl` block, the type's name and all of the type.
#[derive(Debug, Clone, Default)]
pub(super) struct Head {
    pub public: bool,
    /// `fn`, `struct`, `enum`, `const`, `impl`, …
    pub kind: String,
    pub name: String,
    pub generics: Vec<TokenTree>,
    /// What stands between generics and bounds.
    pub rest: Vec<TokenTree>,
    pub bounds: Vec<TokenTree>,
}

impl Item {
    /// `Queue::get`, or `Queue`.
    pub(super) fn path(&self) -> String {
        match &self.owner {
            Some(owner) => format!("{}::{}", owner.name, self.head.name),
            None => self.head.name.clone(),
        }
    }

    pub(super) fn line(&self) -> u32 {
        line(&self.statement.head)
    }

    /// The item without its documentation, attributes and what others need not know.
    pub(super) fn signature(&self) -> String {
        let mut tokens = without_attributes(self.statement.head.clone());
        let fields = |group: &TokenTree| matches!(group, TokenTree::Group(g) if !all_public(g));
        // Fields that are nobody's business.
        if self.head.kind == "struct" {
            tokens.retain(|token| !fields(token));
        }
        let mut signature = text(&tokens);
        if let (true, Some(body)) = (self.shows_body(), &self.statement.body) {
            let body = text(&without_attributes(body.clone()));
            signature += &format!(" {{ {} }}", body.strip_suffix(',').unwrap_or(&body));
        }
        signature.strip_suffix(',').unwrap_or(&signature).to_owned()
    }

    fn shows_body(&self) -> bool {
        match &*self.head.kind {
            "enum" => true,
            "struct" => self.statement.body.as_ref().is_some_and(|body| {
                !body.is_empty() && fields(body).iter().all(|field| is_word(field.first(), "pub"))
            }),
            _ => false,
        }
    }
}

fn all_public(group: &proc_macro2::Group) -> bool {
    let inside: Vec<TokenTree> = group.stream().into_iter().collect();
    group.delimiter() != Delimiter::Parenthesis
        || fields(&inside).iter().all(|field| is_word(field.first(), "pub"))
}

/// Reads a file; nothing if it is not even tokens.
pub(super) fn source(text: &str) -> Source {
    let mut source = Source::default();
    if let Ok(tokens) = text.parse::<TokenStream>() {
        source.walk(tokens.into_iter().collect(), None, DEPTH);
    }
    source
}

impl Source {
    fn walk(&mut self, tokens: Vec<TokenTree>, owner: Option<&Head>, depth: usize) {
        for statement in statements(tokens) {
            if statement.attributes.iter().any(|attribute| is_word(attribute.first(), "cfg")) {
                continue;
            }
            let head = head(&statement.head);
            let deeper = depth.checked_sub(1);
            match (&*head.kind, &statement.body, deeper) {
                ("impl", Some(body), Some(depth)) => {
                    self.blocks.push(head.clone());
                    match split_at_for(&statement.head) {
                        Some(path) => self.traits.push(Trait {
                            path,
                            of: head.name.clone(),
                            line: line(&statement.head),
                            derived: false,
                        }),
                        None => self.walk(body.clone(), Some(&head), depth),
                    }
                }
                ("mod", Some(body), Some(depth)) => self.walk(body.clone(), None, depth),
                ("use", ..) => self.import(&statement),
                ("" | "impl" | "mod", ..) => {}
                _ => self.item(statement, head, owner),
            }
        }
    }

    fn item(&mut self, statement: Statement, head: Head, owner: Option<&Head>) {
        for attribute in &statement.attributes {
            let [TokenTree::Ident(word), TokenTree::Group(list), ..] = &attribute[..] else {
                continue;
            };
            if word == "derive" {
                let list: Vec<TokenTree> = list.stream().into_iter().collect();
                let (of, line) = (head.name.clone(), line(&statement.head));
                self.traits.extend(fields(&list).into_iter().map(|path| Trait {
                    path,
                    of: of.clone(),
                    line,
                    derived: true,
                }));
            }
        }
        self.items.push(Item { owner: owner.cloned(), head, statement });
    }

    fn import(&mut self, statement: &Statement) {
        let mut tokens = statement.head.clone();
        tokens.retain(|token| !is_word(Some(token), "pub") && !is_word(Some(token), "use"));
        if let Some(body) = &statement.body {
            let body = body.iter().cloned().collect();
            tokens.push(proc_macro2::Group::new(Delimiter::Brace, body).into());
        }
        self.imports_of(&tokens, "");
    }

    fn imports_of(&mut self, tokens: &[TokenTree], before: &str) {
        for path in fields(tokens) {
            let (path, inside) = match path.split_last() {
                Some((TokenTree::Group(group), path)) => (path.to_vec(), Some(group.stream())),
                _ => (path, None),
            };
            let path = format!("{before}{}", text(&path));
            match inside {
                Some(inside) => self.imports_of(&inside.into_iter().collect::<Vec<_>>(), &path),
                None => {
                    let (path, other) = match path.split_once(" as ") {
                        Some((path, other)) => (path, Some(other)),
                        None => (&*path, None),
                    };
                    let path = path.strip_suffix("::self").unwrap_or(path);
                    let name = other.or(path.rsplit("::").next()).unwrap_or_default();
                    self.imports.push((name.to_owned(), path.to_owned()));
                }
            }
        }
    }
}

/// Splits the tokens into items: each ends with a `;` or a `{ body }`.
fn statements(tokens: Vec<TokenTree>) -> Vec<Statement> {
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
pub(super) fn head(tokens: &[TokenTree]) -> Head {
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
pub(super) fn fields(tokens: &[TokenTree]) -> Vec<Vec<TokenTree>> {
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
fn split_at_for(head: &[TokenTree]) -> Option<Vec<TokenTree>> {
    let at = head.iter().position(|token| is_word(Some(token), "impl"))?;
    let (_, rest) = angles(&head[at + 1..]);
    split_for(rest).map(|at| rest[..at].to_vec())
}

/// Where the `for` between a trait and a type stands.
fn split_for(tokens: &[TokenTree]) -> Option<usize> {
    let is_for = |at: &usize| is_word(tokens.get(*at), "for") && !is_sign(tokens.get(at + 1), '<');
    (0..tokens.len()).find(is_for)
}

pub(super) fn is_word(token: Option<&TokenTree>, word: &str) -> bool {
    matches!(token, Some(TokenTree::Ident(ident)) if ident == word)
}

pub(super) fn is_sign(token: Option<&TokenTree>, sign: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == sign)
}

fn line(tokens: &[TokenTree]) -> u32 {
    let first = tokens.first().map_or(1, |token| token.span().start().line);
    first.try_into().unwrap_or(u32::MAX)
}
