//! What the compiler found in a contract, in terms of the answer.
//!
//! The compiler decides, and points at the contract, which is no file of the learner's. The answer's
//! tokens are read only to say where in the answer that is.

use std::path::PathBuf;

use evidence::{Evidence, Failure, Fault, Place};

use super::FILE;
use super::read::{self, Item, Source, Trait};
use crate::answer::{Answer, SourceFile};
use crate::build::{Crates, Diagnostic};
use crate::wording;

/// What stands in a contract: of which item, and how the stub writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Promise {
    /// `Queue::get`.
    pub of: String,
    /// `pub fn get(&self) -> Option<T>`, `impl Debug`, `#[derive(PartialEq)]`.
    pub text: String,
}

/// A promise that an answer does not keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Breach {
    pub promise: Promise,
    pub how: How,
    /// Where in the answer that is: the file within the exercise, and the line.
    pub at: Option<(PathBuf, u32)>,
}

/// In which way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum How {
    /// There is nothing of this name.
    Missing,
    /// It is there, and not `pub`.
    Private,
    /// It is there, in a module from which it is not brought to the top.
    Inside,
    /// It is written like this.
    Other(String),
    /// Its equality is written by hand.
    ByHand,
    /// A trait is missing.
    Without,
    /// Only the compiler knows.
    Unclear,
}

/// Sees whether an answer breaks its contract. What of it was built is not run then: no check could
/// believe its types.
pub fn enforce(crates: &mut Crates, answer: &Answer, contract: impl FnOnce() -> String) {
    let in_contract =
        |error: &&Diagnostic| error.at.as_ref().is_some_and(|at| at.file.ends_with(FILE));
    // The same source in two flavours: what both say is said once.
    let all = crates.errors.iter().chain(&crates.model_errors);
    let errors: Vec<Diagnostic> = all.filter(in_contract).cloned().collect();
    if !errors.is_empty() {
        crates.breach = Some(explain(&errors, answer, &contract()));
        crates.binaries.clear();
    }
}

fn explain(errors: &[Diagnostic], answer: &Answer, contract: &str) -> Failure {
    let promises = promises(contract);
    let sources: Vec<(&SourceFile, Source)> = answer
        .files
        .iter()
        .map(|file| (file, read::source(&String::from_utf8_lossy(&file.bytes))))
        .collect();
    let mut found: Vec<(u32, Breach, Evidence)> = Vec::new();
    for error in errors {
        let line = error.at.as_ref().map_or(0, |at| at.line);
        let Some((begin, promise)) = promises.iter().rev().find(|(begin, _)| *begin <= line) else {
            continue;
        };
        if found.iter().all(|(known, ..)| known != begin) {
            let breach = breach(promise, error, &sources);
            let evidence = evidence(&breach, error, answer);
            found.push((*begin, breach, evidence));
        }
    }
    found.sort_by_key(|(begin, ..)| *begin);
    let breaches: Vec<&Breach> = found.iter().map(|(_, breach, _)| breach).collect();
    let message = wording::contract::broken(&breaches);
    let mut evidence: Vec<Evidence> = Vec::new();
    for (_, _, one) in found.into_iter().take(wording::contract::LINES) {
        if !evidence.contains(&one) {
            evidence.push(one);
        }
    }
    Failure { fault: Fault::OtherSignature, message, evidence }
}

/// Each promise, and the line at which it begins.
fn promises(contract: &str) -> Vec<(u32, Promise)> {
    let lines: Vec<&str> = contract.lines().collect();
    let promise = |(number, pair): (u32, &[&str])| {
        let of = pair[0].strip_prefix("// ")?.to_owned();
        let text = pair[1].strip_prefix("//     ")?.to_owned();
        (!of.starts_with(' ')).then_some((number, Promise { of, text }))
    };
    (1..).zip(lines.windows(2)).filter_map(promise).collect()
}

fn breach(promise: &Promise, error: &Diagnostic, sources: &[(&SourceFile, Source)]) -> Breach {
    let is_missing = matches!(error.code.as_deref(), Some("E0432" | "E0425" | "E0412" | "E0599"));
    let is_of_type = promise.text.starts_with("impl ") || promise.text.starts_with("#[derive");
    let (how, at) = match (item(promise, sources), is_of_type) {
        (Some(at), true) => match equality(promise, sources) {
            Some(by_hand) => (How::ByHand, Some(by_hand)),
            None => (How::Without, Some(place(at))),
        },
        (None, true) => (How::Without, None),
        (Some(at), false) if !at.1.head.public => (How::Private, Some(place(at))),
        (Some(at), false) if is_missing && at.1.owner.is_none() => (How::Inside, Some(place(at))),
        (Some(at), false) if at.1.signature() == promise.text => (How::Unclear, Some(place(at))),
        (Some(at), false) => (How::Other(at.1.signature()), Some(place(at))),
        (None, false) if is_missing => (How::Missing, None),
        (None, false) => (How::Unclear, None),
    };
    Breach { promise: promise.clone(), how, at }
}

/// What the answer has under this name: rather what differs than what does not.
fn item<'a>(
    promise: &Promise,
    sources: &'a [(&SourceFile, Source)],
) -> Option<(&'a SourceFile, &'a Item)> {
    let all = sources
        .iter()
        .flat_map(|(file, source)| source.items.iter().map(move |item| (*file, item)));
    let of_name: Vec<_> = all.filter(|(_, item)| item.path() == promise.of).collect();
    let other = of_name.iter().find(|(_, item)| item.signature() != promise.text);
    other.or(of_name.first()).copied()
}

/// Where equality of the type is written by hand, if it is.
fn equality(promise: &Promise, sources: &[(&SourceFile, Source)]) -> Option<(PathBuf, u32)> {
    let is_it = |written: &&Trait| {
        let name = written.path.first().map(ToString::to_string);
        written.of == promise.of && !written.derived && name.as_deref() == Some("PartialEq")
    };
    sources.iter().filter(|_| promise.text.starts_with('#')).find_map(|(file, source)| {
        source.traits.iter().find(is_it).map(|written| (file.path.clone(), written.line))
    })
}

fn place((file, item): (&SourceFile, &Item)) -> (PathBuf, u32) {
    (file.path.clone(), item.line())
}

fn evidence(breach: &Breach, error: &Diagnostic, answer: &Answer) -> Evidence {
    let compiler = || Evidence::Compiler { rendered: error.rendered.clone(), at: error.at.clone() };
    let Some((path, line)) = breach.at.as_ref().filter(|_| breach.how != How::Unclear) else {
        return compiler();
    };
    let Some(file) = answer.files.iter().find(|file| file.path == *path) else {
        return compiler();
    };
    let text = String::from_utf8_lossy(&file.bytes);
    let text = text.lines().nth(line.saturating_sub(1) as usize).unwrap_or_default();
    let at = Place { file: file.shown.clone(), line: *line };
    Evidence::Source { at, text: text.trim().to_owned() }
}
