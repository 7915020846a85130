//! What takes the words of an answer, done in a process of its own: both lists that need no compiler,
//! and what the compiler found in terms of the answer.

use std::io;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::facade::{self, Bypass};
use super::tokens::{self, Terms, Words};
use crate::answer::{Answer, Refusal};
use crate::apart::{self, Failure, Limits, Reader, wire::Sources};
use crate::contract::{self, Findings};

/// The hidden subcommand that makes the grader a reader of answers.
pub const SUBCOMMAND: &str = "__read";

/// What the reader may use. It needs a hundred times the source, for a moment.
const LIMITS: Limits =
    Limits { memory: 512 << 20, cpu: 20, wall: Duration::from_secs(60), said: 64 << 20 };

#[derive(Debug, Serialize, Deserialize)]
struct Question {
    answer: Sources,
    what: What,
}

#[derive(Debug, Serialize, Deserialize)]
enum What {
    Refusals(Terms),
    Bypasses,
    Breach(Findings),
}

/// What [`tokens::refusals`] finds; what reading the answer does to a reader is a refusal, too.
///
/// # Errors
/// When this machine cannot start a reader.
pub fn refusals(answer: &Answer, terms: Terms) -> Result<Words, String> {
    match ask(answer, What::Refusals(terms)) {
        Err(Failure::Broken(because)) => {
            let refused = vec![Refusal { file: answer.label.clone(), line: None, because }];
            Ok(Words { refused, unread: Vec::new() })
        }
        Err(Failure::NotStarted(how)) => Err(how),
        Ok(found) => Ok(found),
    }
}

/// What [`facade::bypasses`] finds.
///
/// # Errors
/// When there is no reader, or it broke over the answer.
pub fn bypasses(answer: &Answer) -> Result<Vec<Bypass>, Failure> {
    ask(answer, What::Bypasses)
}

/// What [`contract::breach`] says.
///
/// # Errors
/// When there is no reader, or it broke over the answer.
pub fn breach(answer: &Answer, findings: Findings) -> Result<Option<evidence::Failure>, Failure> {
    ask(answer, What::Breach(findings))
}

fn ask<T: serde::de::DeserializeOwned>(answer: &Answer, what: What) -> Result<T, Failure> {
    let question = Question { answer: answer.into(), what };
    Reader::new(None).ask(SUBCOMMAND, &question, Vec::new(), LIMITS)
}

/// Answers a question from standard input on standard output.
///
/// # Errors
/// When there is no question, or nobody to answer.
pub fn read() -> io::Result<()> {
    apart::answer(LIMITS, |question: Question| {
        let answer = Answer::from(question.answer);
        match question.what {
            What::Refusals(terms) => serde_json::to_value(tokens::refusals(&answer, &terms)),
            What::Bypasses => serde_json::to_value(facade::bypasses(&answer)),
            What::Breach(findings) => serde_json::to_value(contract::breach(&findings, &answer)),
        }
        // These are strings and numbers.
        .unwrap_or_default()
    })
}
