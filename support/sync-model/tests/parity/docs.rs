//! The public items of the standard library, read from its documentation as rustdoc wrote it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Modules of which every item counts.
const MODULES: [&str; 4] = ["sync", "sync/atomic", "sync/mpsc", "thread"];

/// Items of other modules.
const SINGLE: [&str; 3] =
    ["hint/fn.spin_loop.html", "time/struct.Instant.html", "macro.thread_local.html"];

/// Kinds of items, as rustdoc names their pages.
const KINDS: [&str; 8] = ["constant", "enum", "fn", "macro", "static", "struct", "trait", "type"];

/// Traits that a list does not say enough about: `auto_traits` asks for whom they hold.
const AUTO_TRAITS: [&str; 5] = ["RefUnwindSafe", "Send", "Sync", "Unpin", "UnwindSafe"];

/// Traits that stable code cannot name or ask for. Their implementations are not marked as unstable.
const UNSTABLE_TRAITS: [&str; 10] = [
    "Allocator",
    "CloneFromCell",
    "CoerceUnsized<Arc<U, A>>",
    "CoerceUnsized<Weak<U, A>>",
    "DerefPure",
    "Drop",
    "Freeze",
    "PinCoerceUnsized",
    "StructuralPartialEq",
    "UseCloned",
];

/// What the documentation says of a stable item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    pub deprecated: bool,
}

/// The documentation of the Rust that runs this test, if it is installed.
pub(crate) struct Docs {
    root: PathBuf,
    /// As `1.95.0`.
    pub version: String,
}

impl Docs {
    pub(crate) fn find() -> Option<Self> {
        let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned());
        let said = Command::new(rustc).args(["--print", "sysroot"]).output().ok()?;
        let sysroot = String::from_utf8(said.stdout).ok()?;
        let root = Path::new(sysroot.trim()).join("share/doc/rust/html/std");
        let index = fs::read_to_string(root.join("index.html")).ok()?;
        let (_, rest) = index.split_once("data-rustdoc-version=\"")?;
        let (version, _) = rest.split_once(' ')?;
        Some(Self { root, version: version.to_owned() })
    }

    /// All stable items, with what they are called in the list.
    pub(crate) fn items(&self) -> BTreeMap<String, Standing> {
        let mut items = BTreeMap::new();
        for module in MODULES {
            for entry in fs::read_dir(self.root.join(module)).expect("the module is documented") {
                let file = entry.expect("it can be read").file_name();
                let file = format!("{module}/{}", file.display());
                self.page(&file, &mut items);
            }
        }
        SINGLE.iter().for_each(|file| self.page(file, &mut items));
        items
    }

    /// Adds the items of a page, if it is one of an item.
    fn page(&self, file: &str, items: &mut BTreeMap<String, Standing>) {
        let (module, name) = file.rsplit_once('/').unwrap_or(("", file));
        let Some((kind, name)) = name.strip_suffix(".html").and_then(|n| n.split_once('.')) else {
            return;
        };
        if KINDS.contains(&kind) {
            let html = fs::read_to_string(self.root.join(file)).expect("the page can be read");
            let names =
                ["std"].into_iter().chain(module.split('/').filter(|name| !name.is_empty()));
            let module = names.collect::<Vec<_>>().join("::");
            let found = read(&html, &module, name);
            // The page of a type that is another one's name shows that one's items again.
            let own = if kind == "type" { 1 } else { found.len() };
            items.extend(found.into_iter().take(own));
        }
    }
}

/// The stable items of one page: the type and its variants, methods and trait implementations.
fn read(html: &str, module: &str, name: &str) -> Vec<(String, Standing)> {
    let mut items = Vec::new();
    let mut part = String::new();
    let mut whose = name.to_owned();
    for section in html.split("<section id=\"").skip(1) {
        let (id, text) = section.split_once('"').expect("an attribute ends");
        let stable = !text.contains("class=\"stab unstable\"");
        // "Deprecating in" names a version that is still to come.
        let standing = Standing { deprecated: text.contains("<span>Deprecated since") };
        let id = plain(id);
        if id == "main-content" {
            if !stable {
                return Vec::new();
            }
            items.push((format!("{module}::{name}"), standing));
        }
        let found = match (part.as_str(), id.split_once('.')) {
            ("variants", Some((_, variant))) => Some(format!("{module}::{name}::{variant}")),
            ("implementations", Some(("method" | "associatedconstant", method))) => {
                Some(format!("{module}::{whose}::{method}"))
            }
            ("implementations", None) => {
                whose = bare(id.trim_start_matches("impl-")).to_owned();
                None
            }
            ("trait-implementations", _) => {
                implemented(&id).map(|(of, what)| format!("{module}::{of}: {what}"))
            }
            _ => None,
        };
        items.extend(found.filter(|_| stable).map(|found| (found, standing)));
        if let Some(next) = heading(text) {
            part = next.to_owned();
        }
    }
    items
}

/// The part of the page that begins in this text, if one does.
fn heading(text: &str) -> Option<&str> {
    let before = text.rfind("section-header\"")?;
    let (_, id) = text[..before].rsplit_once("<h2 id=\"")?;
    id.split_once('"').map(|(id, _)| id)
}

/// An identifier of rustdoc without the number that sets it apart, and without `%`.
fn plain(id: &str) -> String {
    let whole = id.rsplit_once('-').filter(|(_, end)| end.bytes().all(|b| b.is_ascii_digit()));
    let (id, _) = whole.unwrap_or((id, ""));
    let mut out = id.replace('+', " ");
    for (code, sign) in
        [("%26", "&"), ("%2B", "+"), ("%3C", "<"), ("%3E", ">"), ("%5B", "["), ("%5D", "]")]
    {
        out = out.replace(code, sign);
    }
    out
}

/// `Mutex` for `Mutex<T>`: the parameters stay only if they say which types are meant.
pub(crate) fn bare(of: &str) -> &str {
    let says_nothing = |parameter: &str| {
        let parameter = parameter.trim();
        parameter.len() == 1 || parameter.starts_with('\'')
    };
    match of.strip_suffix('>').and_then(|of| of.split_once('<')) {
        Some((name, all)) if !name.starts_with('&') && all.split(',').all(says_nothing) => name,
        _ => of,
    }
}

/// The type and the trait of an implementation.
fn implemented(id: &str) -> Option<(String, String)> {
    let (what, of) = id.strip_prefix("impl-")?.split_once("-for-")?;
    let asked = !AUTO_TRAITS.contains(&what)
        && !UNSTABLE_TRAITS.contains(&what)
        && !what.starts_with("DispatchFromDyn");
    asked.then(|| (bare(of).to_owned(), what.to_owned()))
}
