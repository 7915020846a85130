//! Structs and enums: their fields and variants, and the traits that they have.

use proc_macro2::{Delimiter, TokenTree};

use super::{Pin, Writer, angled, fn_name, is_group};
use crate::contract::hidden_method;
use crate::contract::print::text;
use crate::contract::read::{Item, fields, is_sign, is_word};

/// Traits that are in the standard library's prelude as derives, and not as traits.
const DERIVED: [(&str, &str); 2] = [("Debug", "std::fmt::Debug"), ("Hash", "std::hash::Hash")];

/// What can be written down of a type without knowing more of it.
const VALUES: [(&str, &str); 7] = [
    ("bool", "true"),
    ("char", "'x'"),
    ("i32", "0"),
    ("i64", "0"),
    ("u32", "0"),
    ("u64", "0"),
    ("usize", "0"),
];

/// A struct's fields, or those of a variant.
enum Fields {
    None,
    /// Their types.
    Tuple(Vec<Vec<TokenTree>>),
    /// Their names and types.
    Named(Vec<(String, Vec<TokenTree>)>),
}

impl Writer<'_> {
    /// The type, all that is public in it, and its traits.
    pub(super) fn data(&self, item: &Item) -> Option<Vec<Pin>> {
        let parts = self.parts(item);
        let code = match (&*item.head.kind, parts.as_deref()) {
            ("enum", Some(variants)) => self.variants(item, variants),
            ("struct", Some([(path, fields)])) => self.fields(item, path, fields),
            _ => format!(
                "fn {}{}(_: {}) {{}}",
                fn_name(&item.head.name),
                self.parameters(item),
                self.of(item)
            ),
        };
        let mut pins = vec![self.pin(item, code)];
        let name = &item.head.name;
        for has in self.source.traits.iter().filter(|has| has.of == *name) {
            let word = has.path.last().map(ToString::to_string).unwrap_or_default();
            let (promise, code) = match &*word {
                // What it does is behaviour, which the checks see.
                "Drop" => continue,
                // Where the inside is the answer's own, nobody relies on how it prints; what an answer
                // keeps there may have no `Debug`.
                "Debug" if parts.is_none() => continue,
                // What an error prints is for a check that asks for it; elsewhere no caller needs it.
                "Display" | "Error" if !has.derived => continue,
                "PartialEq" if has.derived => {
                    ("#[derive(PartialEq)]".to_owned(), self.equals(item, parts.as_deref()?)?)
                }
                // Checks compare, so equality must be what the compiler makes it.
                "PartialEq" => return None,
                _ => self.has(item, &has.path),
            };
            pins.push(Pin { of: name.clone(), promise, import: None, code });
        }
        Some(pins)
    }

    /// The public parts: of a struct one, of an enum one for each variant; `None`: some are private.
    fn parts(&self, item: &Item) -> Option<Vec<(String, Fields)>> {
        let name = &item.head.name;
        let body = item.statement.body.as_deref();
        if item.head.kind == "enum" {
            let variant = |tokens: Vec<TokenTree>| {
                let of = tokens.get(1).map(|token| {
                    (is_group(token, Delimiter::Parenthesis), is_group(token, Delimiter::Brace))
                });
                let fields = match of {
                    Some((Some(tuple), _)) => Fields::Tuple(fields(&tuple)),
                    Some((_, Some(named))) => named_fields(&named, false)?,
                    _ => Fields::None,
                };
                Some((format!("{name}::{}", tokens[0]), fields))
            };
            return fields(body?).into_iter().map(variant).collect();
        }
        let fields = match (body, &item.head.rest[..]) {
            // Of a stub without fields every answer makes something else.
            (Some([]), _) => return None,
            (Some(body), _) => named_fields(body, true)?,
            (None, [tuple, ..]) => {
                let tuple = fields(&is_group(tuple, Delimiter::Parenthesis)?);
                Fields::Tuple(tuple.iter().map(|field| public(field)).collect::<Option<_>>()?)
            }
            (None, []) => Fields::None,
        };
        Some(vec![(name.clone(), fields)])
    }

    fn variants(&self, item: &Item, variants: &[(String, Fields)]) -> String {
        let arms: Vec<String> = variants
            .iter()
            .map(|(path, fields)| {
                format!("        {} => {{{}}}\n", pattern(path, fields), self.exactly(fields))
            })
            .collect();
        let makers: Vec<String> =
            variants.iter().filter_map(|(path, fields)| self.maker(item, path, fields)).collect();
        format!(
            "fn {}{}(it: {}) {{\n    match it {{\n{}    }}\n{}}}",
            fn_name(&item.head.name),
            self.parameters(item),
            self.of(item),
            arms.concat(),
            makers.concat()
        )
    }

    fn fields(&self, item: &Item, path: &str, fields: &Fields) -> String {
        let value = match fields {
            Fields::None => format!("    let _: {} = {path};\n", self.of(item)),
            fields => self.maker(item, path, fields).unwrap_or_default(),
        };
        format!(
            "fn {}{}(it: {}) {{\n    let {} = it;\n{}{value}}}",
            fn_name(&item.head.name),
            self.parameters(item),
            self.of(item),
            pattern(path, fields),
            self.exactly(fields),
        )
    }

    /// What makes a tuple struct or variant is a function: its type is that of the fields.
    fn maker(&self, item: &Item, path: &str, fields: &Fields) -> Option<String> {
        let Fields::Tuple(types) = fields else { return None };
        let types: Vec<String> = types.iter().map(|of| text(&self.named(of, None))).collect();
        Some(format!("    let _: fn({}) -> {} = {path};\n", types.join(", "), self.of(item)))
    }

    /// Named fields have exactly these types: within an array nothing is converted.
    fn exactly(&self, fields: &Fields) -> String {
        let Fields::Named(fields) = fields else { return String::new() };
        let one = |(name, of): &(String, Vec<TokenTree>)| {
            let of = text(&self.named(of, None));
            format!(" let {name} = [{name}]; let _: [{of}; 1] = {name}; ")
        };
        fields.iter().map(one).collect()
    }

    /// A constant can stand for a pattern only where equality is derived.
    fn equals(&self, item: &Item, parts: &[(String, Fields)]) -> Option<String> {
        let parameters: Vec<String> =
            fields(&item.head.generics).iter().map(|one| text(one)).collect();
        let value = |of: &Vec<TokenTree>| {
            let of = text(of);
            let value = VALUES.iter().find(|(name, _)| *name == of).map(|(_, value)| *value);
            value.or(parameters.contains(&of).then_some("0"))
        };
        let whole = |(path, fields): &(String, Fields)| match fields {
            Fields::None => Some(path.clone()),
            Fields::Tuple(types) => {
                let values: Option<Vec<_>> = types.iter().map(value).collect();
                Some(format!("{path}({})", values?.join(", ")))
            }
            Fields::Named(fields) => {
                let one = |(name, of): &(String, _)| Some(format!("{name}: {}", value(of)?));
                let fields: Option<Vec<_>> = fields.iter().map(one).collect();
                Some(format!("{path} {{ {} }}", fields?.join(", ")))
            }
        };
        let value = parts.iter().find_map(whole)?;
        let (name, of) = (fn_name(&item.head.name), self.example(item));
        Some(format!(
            "fn {name}_equals(it: {of}) {{\n    const ONE: {of} = {value};\n    if let ONE = it {{}}\n}}"
        ))
    }

    /// `impl Debug`, and what asks for it.
    fn has(&self, item: &Item, path: &[TokenTree]) -> (String, String) {
        let full = text(&self.named(path, None));
        let full = DERIVED.iter().find(|(word, _)| *word == full).map_or(&*full, |(_, path)| path);
        let short: String = text(path);
        let short = short.rsplit("::").next().unwrap_or_default().to_owned();
        let word: String = short.chars().filter(char::is_ascii_alphanumeric).collect();
        let name = format!("{}_{}", fn_name(&item.head.name), word.to_lowercase());
        let of = self.example(item);
        // A method of the type's own would be called instead: then it is of the same type at least.
        let hidden = hidden_method(&short).map_or(String::new(), |method| {
            let is = match method {
                "default" => format!("fn() -> {of}"),
                "clone" => format!("fn(&{of}) -> {of}"),
                _ => format!("fn(&{of}) -> String"),
            };
            format!("    let _: {is} = <{of}>::{method};\n")
        });
        let code =
            format!("fn {name}() {{\n    fn is<T: {full}>() {{}}\n    is::<{of}>();\n{hidden}}}");
        (format!("impl {short}"), code)
    }

    /// `<'a, T: Send + 'static>`.
    fn parameters(&self, item: &Item) -> String {
        angled(&self.generics(&item.head))
    }

    /// `Queue<T>`.
    fn of(&self, item: &Item) -> String {
        self.with(item, |name| name.to_owned())
    }

    /// `Queue<u8>`.
    fn example(&self, item: &Item) -> String {
        self.with(item, |name| if name.starts_with('\'') { "'static".into() } else { "u8".into() })
    }

    fn with(&self, item: &Item, argument: impl Fn(&str) -> String) -> String {
        let name = |one: Vec<TokenTree>| {
            let end = one.iter().position(|token| is_sign(Some(token), ':')).unwrap_or(one.len());
            text(&one[..end])
        };
        let parameters: Vec<String> =
            fields(&item.head.generics).into_iter().map(|one| argument(&name(one))).collect();
        format!("{}{}", item.head.name, angled(&parameters))
    }
}

fn named_fields(tokens: &[TokenTree], of_struct: bool) -> Option<Fields> {
    let one = |field: Vec<TokenTree>| {
        let field = if of_struct { public(&field)? } else { field };
        Some((field.first()?.to_string(), field.get(2..)?.to_vec()))
    };
    fields(tokens).into_iter().map(one).collect::<Option<_>>().map(Fields::Named)
}

/// The field without its `pub`; `None`: it is not public.
fn public(field: &[TokenTree]) -> Option<Vec<TokenTree>> {
    // `pub(crate)` is public to nobody here; `pub (u8, u8)` is a pair.
    let is_within = field.len() > 2 && is_group(&field[1], Delimiter::Parenthesis).is_some();
    (is_word(field.first(), "pub") && !is_within).then(|| field[1..].to_vec())
}

fn pattern(path: &str, fields: &Fields) -> String {
    match fields {
        Fields::None => format!("{path} {{}}"),
        Fields::Tuple(types) => format!("{path}({})", vec!["_"; types.len()].join(", ")),
        Fields::Named(fields) => {
            let names: Vec<&str> = fields.iter().map(|(name, _)| &**name).collect();
            format!("{path} {{ {} }}", names.join(", "))
        }
    }
}
