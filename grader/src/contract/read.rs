//! The items of a source file, read from its tokens.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::print::{text, without_attributes};

mod tokens;

pub(super) use tokens::{Head, fields, is_sign, is_word};
use tokens::{Statement, head, line, split_at_for, statements};

/// How deeply modules may be nested: deeper than people do.
const DEPTH: usize = 16;

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

impl Item {
    /// `Queue::get`, or `Queue`.
    pub(super) fn path(&self) -> String {
        match &self.owner {
            Some(owner) => format!("{}::{}", owner.name, self.head.name),
            None => self.head.name.clone(),
        }
    }

    /// The signature without the names of arguments, which are nobody's business either.
    pub(super) fn shape(&self) -> String {
        let [TokenTree::Group(list), output @ ..] = &self.head.rest[..] else {
            return self.signature();
        };
        if self.head.kind != "fn" {
            return self.signature();
        }
        let list: Vec<TokenTree> = list.stream().into_iter().collect();
        let types = fields(&list).into_iter().map(|argument| {
            let colon = argument.iter().position(|token| is_sign(Some(token), ':'));
            let of = text(&argument[colon.map_or(0, |colon| colon + 1)..]);
            of.strip_prefix("mut ").unwrap_or(&of).to_owned()
        });
        format!(
            "{} {}<{}>({}) {} where {}",
            self.head.public,
            self.head.name,
            text(&self.head.generics),
            types.collect::<Vec<_>>().join(", "),
            text(output),
            text(&self.head.bounds),
        )
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
