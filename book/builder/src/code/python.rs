//! `python` blocks.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::{Deserialize, Serialize};

use crate::html::inline_code;
use crate::include;
use crate::page::{self, Fence, Kind};
use crate::paths::Workspace;
use crate::problem::{Complaint, Problem};

/// What a block's words ask for.
#[derive(Debug, Clone, PartialEq, Default)]
struct Wish {
    run: bool,
    error: Option<String>,
    /// Major and minor version.
    min: Option<(u32, u32)>,
    ignore: Option<String>,
}

impl Wish {
    fn of(fence: &Fence<'_>) -> Result<Self, Complaint> {
        let mut words = fence.words.clone();
        let wish = Wish {
            run: words.flag("run"),
            error: words.value("error"),
            min: words.value("min").map(|version| parse_version(&version)).transpose()?,
            ignore: words.value("ignore"),
        };
        words.finish()?;
        if wish.error.is_some() && !wish.run {
            return Err(Complaint::new("`error=` without `run`", "Only what is run can raise."));
        }
        Ok(wish)
    }
}

fn parse_version(version: &str) -> Result<(u32, u32), Complaint> {
    let parsed = version
        .split_once('.')
        .and_then(|(major, minor)| Some((major.parse().ok()?, minor.parse().ok()?)));
    parsed.ok_or_else(|| {
        Complaint::new(format!("`{version}` is no version of Python"), "Write min=3.14.")
    })
}

/// The block as the page shows it: code, and below it what a reader must know before trying it.
///
/// # Errors
/// If its words mean nothing.
pub fn shown(fence: &Fence<'_>) -> Result<String, Complaint> {
    let wish = Wish::of(fence)?;
    let mark = fence.lines[fence.lines.len() - 1];
    let indent = &fence.lines[0][..fence.lines[0].len() - fence.lines[0].trim_start().len()];
    let opening = fence.lines[0].trim_start();
    let ticks = &opening[..opening.len() - opening.trim_start_matches(['`', '~']).len()];
    let mut out = format!("{indent}{ticks}python\n");
    fence.body().iter().for_each(|line| out += &format!("{line}\n"));
    out += &format!("{mark}\n");
    let note = match (&wish.ignore, &wish.error, wish.min) {
        (Some(reason), ..) => Some(format!("Not checked: {reason}.")),
        (_, Some(error), _) => Some(format!("Raises `{error}`.")),
        (_, _, Some((major, minor))) => Some(format!("Needs Python {major}.{minor} or later.")),
        _ => None,
    };
    if let Some(note) = note {
        out += &format!("\n{indent}<p class=\"code-note\">{}</p>\n\n", inline_code(&note));
    }
    Ok(out)
}

/// A block, as the checker in Python takes it.
#[derive(Debug, Serialize)]
struct Block {
    page: PathBuf,
    line: usize,
    code: String,
    run: bool,
    error: Option<String>,
    min: Option<(u32, u32)>,
}

/// What the checker says.
#[derive(Debug, Deserialize)]
struct Answer {
    version: String,
    refused: Vec<Refused>,
    /// How many blocks need a later version than this one.
    too_new: usize,
    checked: usize,
}

#[derive(Debug, Deserialize)]
struct Refused {
    page: PathBuf,
    line: usize,
    what: String,
}

/// The checker: Python knows best what Python accepts, and how to stop what does not end.
const CHECKER: &str = include_str!("python_blocks.py");

/// Checks all blocks of all pages; says what it did.
///
/// # Errors
/// If Python is there but the checker fails.
pub fn check(
    workspace: &Workspace,
    sources: &BTreeMap<PathBuf, String>,
) -> std::io::Result<(Vec<Problem>, String)> {
    let blocks: Vec<Block> =
        sources.iter().flat_map(|(page, text)| blocks(&workspace.pages(), page, text)).collect();
    let python = Command::new("python3")
        .args(["-I", "-c", CHECKER])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut python) = python else {
        return Ok((Vec::new(), "Python: not checked, there is no `python3` here".into()));
    };
    let mut stdin = python.stdin.take().expect("stdin is piped");
    stdin.write_all(&serde_json::to_vec(&blocks)?)?;
    drop(stdin);
    let output = python.wait_with_output()?;
    let answer: Answer = serde_json::from_slice(&output.stdout)?;
    let problems = answer.refused.into_iter().map(|refused| {
        let remedy = "Mend it, or say what it is for: book/README.md lists the words.";
        let file = Path::new("book/src").join(refused.page);
        Problem::at(file, refused.line, Complaint::new(refused.what, remedy))
    });
    let mut says = format!("Python {}: {} blocks checked", answer.version, answer.checked);
    if answer.too_new > 0 {
        says += &format!(", {} skipped that need a later Python", answer.too_new);
    }
    Ok((problems.collect(), says))
}

fn blocks(pages: &Path, page: &Path, text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    for piece in page::pieces(text) {
        let Kind::Fence(fence) = piece.kind else { continue };
        if fence.language != "python" {
            continue;
        }
        // Malformed words and missing includes were complained about when the page was expanded.
        let Ok(wish) = Wish::of(&fence) else { continue };
        if wish.ignore.is_some() {
            continue;
        }
        let line = piece.line + 1;
        let code = included(pages, page, &fence.code());
        let Wish { run, error, min, .. } = wish;
        blocks.push(Block { page: page.to_owned(), line, code, run, error, min });
    }
    blocks
}

/// The code with what it includes.
fn included(pages: &Path, page: &Path, code: &str) -> String {
    let expand = |line: &str| {
        let inner = include::within(line)?;
        include::resolve(pages, page, inner.split_once(' ')?.1).ok()
    };
    code.lines().map(|line| expand(line).unwrap_or_else(|| format!("{line}\n"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fence<'a>(text: &'a str) -> Fence<'a> {
        match page::pieces(text).remove(0).kind {
            Kind::Fence(fence) => fence,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn readers_see_what_a_block_needs() {
        let html = shown(&fence("```python run min=3.14\nx = 1\n```")).unwrap();
        assert!(html.starts_with("```python\nx = 1\n```\n"), "{html}");
        assert!(html.contains("Needs Python 3.14 or later."), "{html}");
        let html = shown(&fence("```python ignore=\"Python 2\"\nprint 1\n```")).unwrap();
        assert!(html.contains("Not checked: Python 2."), "{html}");
        assert!(shown(&fence("```python error=ValueError\n```")).is_err());
        assert!(shown(&fence("```python rnu\n```")).is_err());
    }
}
