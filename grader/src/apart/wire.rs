//! Answers as they travel between the grader and its readers: sources are text, not lists of numbers.

use serde::{Deserialize, Serialize};

use crate::answer::{Answer, Refusal, SourceFile};

/// An [`Answer`]. Bytes that are not UTF-8 do not travel: they arrive as U+FFFD.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sources {
    exercise: String,
    label: String,
    files: Vec<Source>,
    refused: Vec<Refusal>,
}

#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Source {
    path: String,
    shown: String,
    text: String,
}

impl From<&Answer> for Sources {
    fn from(answer: &Answer) -> Self {
        let source = |file: &SourceFile| Source {
            path: file.path.to_string_lossy().into_owned(),
            shown: file.shown.clone(),
            text: String::from_utf8_lossy(&file.bytes).into_owned(),
        };
        Self {
            exercise: answer.exercise.clone(),
            label: answer.label.clone(),
            files: answer.files.iter().map(source).collect(),
            refused: answer.refused.clone(),
        }
    }
}

impl From<Sources> for Answer {
    fn from(sources: Sources) -> Self {
        let file = |source: Source| SourceFile {
            path: source.path.into(),
            shown: source.shown,
            bytes: source.text.into_bytes(),
        };
        Self {
            exercise: sources.exercise,
            label: sources.label,
            files: sources.files.into_iter().map(file).collect(),
            refused: sources.refused,
        }
    }
}
