//! `stale-claims.toml` against the pages: each claim is put right on the page that the list names.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use serde::Deserialize;

use crate::expand::claim_numbers;
use crate::page::{self, Kind};
use crate::paths::Workspace;
use crate::problem::{Complaint, Problem};

/// How many stale claims the five articles make.
pub const CLAIMS: u32 = 63;

const LIST: &str = "book/stale-claims.toml";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    claims: Vec<Claim>,
}

/// A stale claim, in short words, and the page that puts it right.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claim {
    number: u32,
    /// Whose claim it is.
    #[serde(rename = "article")]
    _article: String,
    /// What it says.
    #[serde(rename = "claim")]
    _claim: String,
    /// Relative to `book/src`.
    page: PathBuf,
}

/// Where the list and the pages differ.
pub fn check(workspace: &Workspace, sources: &BTreeMap<PathBuf, String>) -> Vec<Problem> {
    let list = fs::read_to_string(workspace.root().join(LIST)).map_err(|error| error.to_string());
    let list = list
        .and_then(|toml| toml::from_str::<List>(&toml).map_err(|error| error.message().to_owned()));
    match list {
        Ok(list) => compare(&list.claims, sources),
        Err(error) => {
            let remedy = "It holds [[claims]] with number, article, claim and page.";
            vec![Problem::of(LIST, Complaint::new(error, remedy))]
        }
    }
}

fn compare(claims: &[Claim], sources: &BTreeMap<PathBuf, String>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut refuse = |what: String, remedy: &str| {
        problems.push(Problem::of(LIST, Complaint::new(what, remedy)));
    };
    let mut listed: BTreeSet<u32> = BTreeSet::new();
    let boxed: BTreeMap<_, _> =
        sources.iter().map(|(page, text)| (page, boxed_numbers(text))).collect();
    for claim in claims {
        let number = claim.number;
        if !listed.insert(number) {
            refuse(format!("claim {number} is listed twice"), "Keep one of them.");
        }
        let page = claim.page.display();
        match boxed.get(&claim.page) {
            None => {
                refuse(format!("claim {number} names {page}, which is no page"), "Name a page.");
            }
            Some(numbers) if !numbers.contains(&number) => refuse(
                format!("claim {number} is not put right on {page}"),
                "Name it there in a {{#changed …}} box, or name another page.",
            ),
            Some(_) => {}
        }
    }
    if let Some(missing) = (1..=CLAIMS).find(|number| !listed.contains(number)) {
        refuse(format!("claim {missing} is missing"), "List every claim, whatever became of it.");
    }
    let shown: BTreeSet<u32> = boxed.values().flatten().copied().collect();
    for number in shown.difference(&listed) {
        refuse(format!("a page puts claim {number} right, which is not listed"), "List it.");
    }
    problems
}

/// The numbers that a page's boxes name.
fn boxed_numbers(text: &str) -> BTreeSet<u32> {
    let boxes = page::pieces(text).into_iter().filter_map(|piece| match piece.kind {
        Kind::Directive(inner) => inner.strip_prefix("#changed "),
        Kind::Text(_) | Kind::Fence(_) => None,
    });
    boxes.flat_map(|numbers| claim_numbers(numbers).unwrap_or_default()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints(list: &str, page: &str) -> Vec<String> {
        let list: List = toml::from_str(list).unwrap();
        let sources = BTreeMap::from([(PathBuf::from("a.md"), page.to_owned())]);
        compare(&list.claims, &sources).into_iter().map(|problem| problem.what).collect()
    }

    fn all_but(left_out: u32) -> String {
        (1..=CLAIMS)
            .filter(|number| *number != left_out)
            .map(|n| {
                format!("[[claims]]\nnumber = {n}\narticle = 'A'\nclaim = 'c'\npage = 'a.md'\n")
            })
            .collect()
    }

    fn numbers(left_out: u32) -> String {
        (1..=CLAIMS)
            .filter(|number| *number != left_out)
            .map(|number| format!(" {number}"))
            .collect()
    }

    #[test]
    fn list_and_pages_must_agree() {
        let page = |left_out| format!("{{{{#changed{}}}}}\n{{{{/changed}}}}\n", numbers(left_out));
        assert_eq!(complaints(&all_but(0), &page(0)), [""; 0]);
        assert_eq!(complaints(&all_but(0), &page(7)), ["claim 7 is not put right on a.md"]);
        assert_eq!(
            complaints(&all_but(9), &page(0)),
            ["claim 9 is missing", "a page puts claim 9 right, which is not listed"]
        );
        assert_eq!(complaints(&all_but(9), &page(9)), ["claim 9 is missing"]);
    }
}
