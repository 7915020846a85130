//! Links within the finished book: each must lead to a file, and to an anchor in it.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts, states,
};

use crate::paths::Workspace;
use crate::problem::{Complaint, Problem};

/// What a page of HTML leads to, and where one can be led to in it.
#[derive(Debug, Default)]
struct Anchors {
    ids: BTreeSet<String>,
    targets: BTreeSet<String>,
}

/// The problems of every page under `output`. `sources` are the pages as written, by their path
/// relative to `book/src`.
///
/// # Errors
/// If the output cannot be read.
pub fn check(
    workspace: &Workspace,
    sources: &BTreeMap<PathBuf, String>,
) -> io::Result<Vec<Problem>> {
    let output = workspace.output();
    let mut pages = BTreeMap::new();
    for file in
        files(&output)?.into_iter().filter(|file| file.extension().is_some_and(|e| e == "html"))
    {
        let page = file.strip_prefix(&output).unwrap_or(&file).to_owned();
        pages.insert(page, anchors(&fs::read_to_string(&file)?));
    }
    let mut problems = Vec::new();
    for (page, anchors) in pages.iter().filter(|(page, _)| !is_repetition(page, sources)) {
        for target in &anchors.targets {
            if let Err(complaint) = follow(&output, &pages, page, target) {
                problems.push(locate(sources, page, target, complaint));
            }
        }
    }
    Ok(problems)
}

/// Pages that repeat others, whose problems would be named twice: among them the first page, as
/// `index.html`, where no page has that name.
fn is_repetition(page: &Path, sources: &BTreeMap<PathBuf, String>) -> bool {
    let named = |name: &str| page == Path::new(name);
    let has_index =
        ["index.md", "README.md"].iter().any(|page| sources.contains_key(Path::new(page)));
    ["print.html", "toc.html", "404.html"].into_iter().any(named)
        || (named("index.html") && !has_index)
}

fn follow(
    output: &Path,
    pages: &BTreeMap<PathBuf, Anchors>,
    from: &Path,
    target: &str,
) -> Result<(), Complaint> {
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    let to = if path.is_empty() { from.to_owned() } else { resolve(from, path) };
    if !output.join(&to).is_file() && !output.join(&to).join("index.html").is_file() {
        let remedy = "Link to a page of SUMMARY.md by its .md file, relative to this page.";
        return Err(Complaint::new(format!("the link `{target}` leads nowhere"), remedy));
    }
    let known = pages.get(&to).is_none_or(|page| page.ids.contains(anchor));
    if anchor.is_empty() || known {
        return Ok(());
    }
    let what = format!("the link `{target}` leads to an anchor that is not there");
    Err(Complaint::new(what, "A heading's anchor is its text in small letters, with - for spaces."))
}

/// `path` as seen from the page `from`.
fn resolve(from: &Path, path: &str) -> PathBuf {
    let mut to = from.parent().unwrap_or(Path::new("")).to_owned();
    for part in Path::new(path).components() {
        match part {
            Component::Normal(name) => to.push(name),
            Component::ParentDir => {
                to.pop();
            }
            Component::RootDir => to.clear(),
            Component::CurDir | Component::Prefix(_) => {}
        }
    }
    to
}

/// The place in the source that a link of the HTML came from.
fn locate(
    sources: &BTreeMap<PathBuf, String>,
    page: &Path,
    target: &str,
    complaint: Complaint,
) -> Problem {
    let source = page.with_extension("md");
    let written = target.replace(".html", ".md");
    let line = sources.get(&source).and_then(|text| {
        text.lines().position(|line| line.contains(&written) || line.contains(target))
    });
    let file = Path::new("book/src").join(source);
    match line {
        Some(index) => Problem::at(file, index + 1, complaint),
        None => Problem::of(file, complaint),
    }
}

/// Collects the anchors of a page while its tags go by.
#[derive(Default)]
struct Collector(RefCell<Anchors>);

impl TokenSink for Collector {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let Token::TagToken(tag) = token else { return TokenSinkResult::Continue };
        let mut anchors = self.0.borrow_mut();
        for attribute in &tag.attrs {
            match &*attribute.name.local {
                "id" | "name" => _ = anchors.ids.insert(attribute.value.to_string()),
                "href" | "src" if is_internal(&attribute.value) => {
                    anchors.targets.insert(attribute.value.to_string());
                }
                _ => {}
            }
        }
        if is_script(&tag) {
            return TokenSinkResult::RawData(states::RawKind::ScriptData);
        }
        TokenSinkResult::Continue
    }
}

fn is_script(tag: &Tag) -> bool {
    tag.kind == TagKind::StartTag && &*tag.name == "script"
}

/// Whether a link stays within the book.
fn is_internal(target: &str) -> bool {
    let scheme = target.split_once(':').map(|(scheme, _)| scheme);
    let external = scheme.is_some_and(|s| s.chars().all(|c| c.is_ascii_alphanumeric() || c == '+'));
    !external && !target.starts_with("//") && !target.is_empty()
}

fn anchors(html: &str) -> Anchors {
    let input = BufferQueue::default();
    input.push_back(html.into());
    let tokenizer = Tokenizer::new(Collector::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

/// All files under `folder`.
pub fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { files.extend(self::files(&path)?) } else { files.push(path) }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_collected_outside_scripts() {
        let page = anchors(
            "<h1 id=a>x</h1><a href='b.html#c'>b</a><a href=\"https://x.org\">x</a>\
             <script>\"<a href='no.html'>\"</script><img src=d.png>",
        );
        assert_eq!(page.ids, BTreeSet::from(["a".to_owned()]));
        assert_eq!(page.targets, BTreeSet::from(["b.html#c".to_owned(), "d.png".to_owned()]));
    }

    #[test]
    fn paths_are_relative_to_the_page() {
        let from = Path::new("exercises/a.html");
        assert_eq!(resolve(from, "../gil.html"), Path::new("gil.html"));
        assert_eq!(resolve(from, "b.html"), Path::new("exercises/b.html"));
        assert_eq!(resolve(from, "/gil.html"), Path::new("gil.html"));
    }
}
