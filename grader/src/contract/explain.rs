//! What the compiler found in a contract, in terms of the answer.
//!
//! The compiler decides, and points at the contract, which is no file of the learner's. The answer's
//! tokens are read only to say where in the answer that is.

use std::path::PathBuf;

use evidence::{Evidence, Failure, Fault, Place};
use serde::{Deserialize, Serialize};

use super::FILE;
use super::lookup::{self, Sources};
use crate::answer::Answer;
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
    /// A method of its own stands before this one of a trait.
    Hides(&'static str),
    /// A trait is missing.
    Without,
    /// It is there, and asks more of its parameters.
    Narrow,
    /// It reads right: only the compiler knows.
    Unclear,
    /// It cannot be read: a macro makes it.
    Unread,
}

/// What the compiler found wrong with an answer, in both flavours, and the contract.
#[derive(Debug, Serialize, Deserialize)]
pub struct Findings {
    errors: Vec<Diagnostic>,
    contract: String,
}

impl Findings {
    /// `None` where the contract is not to be asked: an answer with errors of its own has to mend those
    /// first.
    pub fn of(crates: &Crates, answer: &Answer, contract: impl FnOnce() -> String) -> Option<Self> {
        let errors: Vec<Diagnostic> =
            crates.errors.iter().chain(&crates.model_errors).cloned().collect();
        let is_of_course = |error: &Diagnostic| is_of_course(error, answer);
        let has_own = !crates.errors.iter().all(is_of_course);
        (!errors.is_empty() && !has_own).then(|| Self { errors, contract: contract() })
    }

    /// Whether the contract itself does not compile: then no check could believe the answer's types.
    pub fn break_the_contract(&self) -> bool {
        self.errors.iter().any(is_in_contract)
    }
}

fn is_of_course(error: &Diagnostic, answer: &Answer) -> bool {
    let is_at = |at: &Place| answer.files.iter().all(|file| file.shown != at.file);
    error.at.as_ref().is_some_and(is_at)
}

fn is_in_contract(error: &Diagnostic) -> bool {
    error.at.as_ref().is_some_and(|at| at.file.ends_with(FILE))
}

/// How the answer breaks its contract, if that is what was found.
pub fn breach(findings: &Findings, answer: &Answer) -> Option<Failure> {
    let Findings { errors, contract } = findings;
    let broken: Vec<&Diagnostic> = errors.iter().filter(|error| is_in_contract(error)).collect();
    let found = match (&broken[..], &errors[..]) {
        ([], [first, ..]) if errors.iter().all(|error| is_of_course(error, answer)) => {
            by_words(first, answer, contract)
        }
        ([], _) => Vec::new(),
        (broken, _) => by_compiler(broken, answer, contract),
    };
    (!found.is_empty()).then(|| failure(found))
}

/// What the compiler found, in the order of the contract.
fn by_compiler(errors: &[&Diagnostic], answer: &Answer, contract: &str) -> Vec<(Breach, Evidence)> {
    let (promises, sources) = (promises(contract), Sources::of(answer));
    let mut found: Vec<(u32, Breach, Evidence)> = Vec::new();
    for error in errors {
        let line = error.at.as_ref().map_or(0, |at| at.line);
        let before = |(begin, _): &&(u32, Promise)| *begin <= line;
        let Some((begin, promise)) = promises.iter().rev().find(before) else { continue };
        // In two flavours the same is found twice.
        if found.iter().all(|(known, ..)| known != begin) {
            let (how, at) = lookup::how(promise, error.code.as_deref(), &sources);
            let breach = Breach { promise: promise.clone(), how, at };
            let evidence = evidence(&breach, error, answer);
            found.push((*begin, breach, evidence));
        }
    }
    found.sort_by_key(|(begin, ..)| *begin);
    found.into_iter().map(|(_, breach, evidence)| (breach, evidence)).collect()
}

/// The contract holds, and the checks do not compile: a function that can be more than the stub's is
/// not what a check makes of it. So its words differ.
fn by_words(error: &Diagnostic, answer: &Answer, contract: &str) -> Vec<(Breach, Evidence)> {
    let sources = Sources::of(answer);
    let breach = |(_, promise): (u32, Promise)| {
        let (theirs, at) = lookup::other_function(&promise, &sources)?;
        let breach = Breach { promise, how: How::Other(theirs), at: Some(at) };
        let evidence = evidence(&breach, error, answer);
        Some((breach, evidence))
    };
    promises(contract).into_iter().filter_map(breach).collect()
}

fn failure(found: Vec<(Breach, Evidence)>) -> Failure {
    let breaches: Vec<&Breach> = found.iter().map(|(breach, _)| breach).collect();
    let message = wording::contract::broken(&breaches);
    let mut evidence: Vec<Evidence> = Vec::new();
    for (_, one) in found.into_iter().take(wording::contract::LINES) {
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

/// The answer's line; with the compiler's words where that does not say all. What is missing would
/// stand beside the rest of its type, or in `src/lib.rs`.
fn evidence(breach: &Breach, error: &Diagnostic, answer: &Answer) -> Evidence {
    let root = (PathBuf::from("src/lib.rs"), 1);
    let (path, line) = breach.at.as_ref().unwrap_or(&root);
    let file = answer.files.iter().find(|file| file.path == *path);
    let at = file.map(|file| Place { file: file.shown.clone(), line: *line });
    match (file, at) {
        (Some(file), Some(at)) if !matches!(breach.how, How::Unclear | How::Unread) => {
            let text = String::from_utf8_lossy(&file.bytes);
            let text = text.lines().nth(line.saturating_sub(1) as usize).unwrap_or_default();
            Evidence::Source { at, text: text.trim().to_owned() }
        }
        (_, at) => Evidence::Compiler { rendered: error.rendered.clone(), at },
    }
}
