//! What the grader asks of a check, and what the check answers.

use serde::{Deserialize, Serialize};

use crate::{Evidence, Fault};

/// What the grader sends to a check before it starts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Comes back in every record: a record without it is not the check's.
    pub nonce: String,
    /// The check's name in `exercise.toml`.
    pub check: String,
    /// Where all randomness of the check comes from.
    pub seed: u64,
    /// `threads` of a speed-up check; `None`: the check's default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threads: Option<usize>,
    /// `threshold` of a speed-up check, in `work / span`; `None`: 0.75 × threads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threshold: Option<f64>,
    /// The one [`Schedule`](crate::Schedule) that a model check is to run, as text, instead of a search.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replay: Option<String>,
}

/// One line that a check writes on its channel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The nonce of the [`Request`].
    pub nonce: String,
    /// What happened.
    #[serde(flatten)]
    pub message: Message,
}

/// What a record says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Message {
    /// The check was found and has its request: from here on the learner's code may run.
    Begun,
    /// The check is about to do this.
    Step(String),
    /// The check is done. Without this record a check has not passed, whatever its exit code.
    Done(Outcome),
}

/// How a check ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum Outcome {
    /// All that the check promises was seen.
    Passed {
        /// What was seen.
        evidence: Vec<Evidence>,
    },
    /// The promise is broken.
    Failed(Failure),
    /// This machine, now, cannot tell.
    Inconclusive {
        /// Why, in one sentence.
        because: String,
        /// What was seen all the same.
        evidence: Vec<Evidence>,
    },
}

/// A broken promise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Failure {
    /// What kind of mistake it is.
    pub fault: Fault,
    /// What happened, in one or two sentences, with the values seen.
    pub message: String,
    /// What was seen.
    pub evidence: Vec<Evidence>,
}
