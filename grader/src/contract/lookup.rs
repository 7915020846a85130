//! What an answer has in the place of a promised item, as far as its tokens show.

use std::path::{Path, PathBuf};

use super::explain::{How, Promise};
use super::hidden_method;
use super::read::{self, Item, Source, Trait};
use crate::answer::Answer;

/// The files of an answer.
pub(super) struct Sources<'a>(Vec<(&'a Path, Source)>);

/// A file within the exercise, and a line.
type Spot = (PathBuf, u32);

impl<'a> Sources<'a> {
    pub(super) fn of(answer: &'a Answer) -> Self {
        let read = |bytes: &[u8]| read::source(&String::from_utf8_lossy(bytes));
        Self(answer.files.iter().map(|file| (&*file.path, read(&file.bytes))).collect())
    }

    /// What has this name: rather what differs than what does not.
    fn find(&self, promise: &Promise) -> Option<(&Item, Spot)> {
        let all = self.0.iter().flat_map(|(file, source)| {
            source.items.iter().map(move |item| (item, (PathBuf::from(file), item.line())))
        });
        let mut named: Vec<_> = all.filter(|(item, _)| item.path() == promise.of).collect();
        named.sort_by_key(|(item, _)| is_alike(item, promise));
        named.into_iter().next()
    }

    fn place(&self, path: &str) -> Option<Spot> {
        let (file, item) = self.0.iter().find_map(|(file, source)| {
            source.items.iter().find(|item| item.path() == path).map(|item| (file, item))
        })?;
        Some((PathBuf::from(file), item.line()))
    }

    /// Where equality of this type is written by hand.
    fn equality(&self, of: &str) -> Option<Spot> {
        let is_it = |written: &&Trait| {
            let name = written.path.iter().take_while(|token| token.to_string() != "<").last();
            let name = name.map(ToString::to_string);
            written.of == of && !written.derived && name.as_deref() == Some("PartialEq")
        };
        self.0.iter().find_map(|(file, source)| {
            source.traits.iter().find(is_it).map(|written| (PathBuf::from(file), written.line))
        })
    }
}

/// In which way this promise is broken, if the compiler says `code` to it.
pub(super) fn how(
    promise: &Promise,
    code: Option<&str>,
    sources: &Sources<'_>,
) -> (How, Option<Spot>) {
    let found = sources.find(promise);
    if promise.text.starts_with("#[derive")
        && let Some(by_hand) = sources.equality(&promise.of)
    {
        return (How::ByHand, Some(by_hand));
    }
    let of_trait = promise.text.strip_prefix("impl ").and_then(hidden_method);
    if code != Some("E0277")
        && let Some(method) = of_trait
        && let Some(spot) = sources.place(&format!("{}::{method}", promise.of))
    {
        return (How::Hides(method), Some(spot));
    }
    if promise.text.starts_with("#[derive") || promise.text.starts_with("impl ") {
        return (How::Without, found.map(|(_, spot)| spot));
    }
    // Not found: at the top of the crate, in a type, where it may be seen.
    let is_missing = matches!(code, Some("E0432" | "E0425" | "E0412" | "E0599" | "E0603"));
    let Some((item, spot)) = found else {
        let owner = promise.of.split("::").next().unwrap_or_default();
        return (if is_missing { How::Missing } else { How::Unread }, sources.place(owner));
    };
    let how = match () {
        () if !item.head.public => How::Private,
        () if is_missing && item.owner.is_none() => How::Inside,
        () if is_alike(item, promise) && code == Some("E0599") => How::Narrow,
        () if is_alike(item, promise) => How::Unclear,
        () => How::Other(item.signature()),
    };
    (how, Some(spot))
}

/// The function of this name, if it reads otherwise than the stub's: its signature, and where.
pub(super) fn other_function(promise: &Promise, sources: &Sources<'_>) -> Option<(String, Spot)> {
    let (item, spot) = sources.find(promise)?;
    let is_other = item.head.kind == "fn" && !is_alike(item, promise);
    is_other.then(|| (item.signature(), spot))
}

/// Whether the item reads like the one of the stub, but for the names of arguments.
fn is_alike(item: &Item, promise: &Promise) -> bool {
    let promised = read::source(&format!("{};", promise.text)).items;
    item.signature() == promise.text
        || promised.first().is_some_and(|promised| promised.shape() == item.shape())
}
