//! What has been taken of a submission so far.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use super::place::{self, Form, Place};
use super::{ANSWER, FILE, FILES, label, text, whole};
use crate::answer::{Answer, Refusal, SourceFile};

/// What is known of an entry of a submission before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A regular file.
    File,
    /// A symbolic or hard link.
    Link,
    /// A device, a pipe, a socket, another repository.
    Special,
}

/// Takes what is offered, if it is an answer's.
pub struct Basket<'a> {
    /// The folders of the exercises that are asked for.
    pub exercises: &'a [String],
    /// What lay in the exercises' folders.
    full: Answers,
    /// What was named by its file alone: of use only where there are no exercises' folders, for in a
    /// whole checkout it is the source of something else.
    short: Answers,
}

/// Answers by the exercise's index.
type Answers = BTreeMap<usize, Answer>;

/// Reasons that are told of one answer: what is wrong a thousand times is said a few times.
const REASONS: usize = 8;

impl<'a> Basket<'a> {
    /// An empty one for answers to these exercises.
    pub fn new(exercises: &'a [String]) -> Self {
        Self { exercises, full: Answers::new(), short: Answers::new() }
    }

    /// Offers an entry. `read` is called only if it is wanted, and need not give more than the
    /// number of bytes it is told: it gives these, or the error `FileTooLarge`.
    pub fn offer(&mut self, path: &str, kind: Kind, read: impl FnOnce(u64) -> io::Result<Vec<u8>>) {
        let Some(place) = place::find(path, self.exercises) else { return };
        if place::is_hidden(&place.inside) {
            return;
        }
        let answer = self.answer(place.exercise, place.form);
        let shown = shown(answer, &place.inside);
        match kind {
            Kind::Link => return refuse(answer, &shown, "it is a link: hand in the file itself"),
            Kind::Special => return refuse(answer, &shown, "it is not a regular file"),
            Kind::File if !place.inside.ends_with(".rs") => return,
            Kind::File => {}
        }
        if let Err(because) = place::check_name(&place.inside) {
            return refuse(answer, &shown, because);
        }
        if answer.files.iter().any(|file| file.shown == shown) {
            return refuse(answer, &shown, "it is there twice");
        }
        if answer.files.len() >= FILES {
            return refuse(answer, &shown, "there are more than 64 files");
        }
        let read = read(FILE + 1);
        let is_too_large = match &read {
            Ok(bytes) => bytes.len() as u64 > FILE,
            Err(error) => error.kind() == io::ErrorKind::FileTooLarge,
        };
        match read {
            _ if is_too_large => refuse(answer, &shown, "it is larger than 256 KiB"),
            Ok(bytes) => add(answer, place, shown, text::without_mark(bytes)),
            Err(error) => refuse(answer, &shown, &format!("it cannot be read: {error}")),
        }
    }

    /// Something at this path is not as it should be.
    pub fn refuse_at(&mut self, path: &str, because: &str) {
        let Some(place) = place::find(path, self.exercises) else { return };
        let answer = self.answer(place.exercise, place.form);
        let shown = shown(answer, &place.inside);
        refuse(answer, &shown, because);
    }

    /// There is an answer in this folder, whether or not it holds a file.
    pub fn expect(&mut self, folder: &str) {
        let named = |exercise: &String| Path::new(folder).ends_with(exercise);
        if let Some(index) = self.exercises.iter().position(named) {
            self.answer(index, Form::Full);
        }
    }

    /// The submission as a whole is not to be trusted.
    pub fn refuse_all(&mut self, because: &str) {
        for index in 0..self.exercises.len() {
            let answer = self.answer(index, Form::Full);
            if answer.refused.len() < REASONS {
                answer.refused.push(whole(because));
            }
        }
    }

    /// Whether anything was wanted so far.
    pub fn is_empty(&self) -> bool {
        self.full.is_empty() && self.short.is_empty()
    }

    /// What is taken: sorted, and of an answer that is refused nothing but the reasons.
    pub fn answers(self) -> Vec<Answer> {
        let is_empty = |answer: &Answer| answer.files.is_empty() && answer.refused.is_empty();
        let has_full = self.short.is_empty() || !self.full.values().all(is_empty);
        let taken = if has_full { self.full } else { self.short };
        let mut answers: Vec<Answer> = taken.into_values().collect();
        for answer in &mut answers {
            answer.files.sort_by(|a, b| a.path.cmp(&b.path));
            if !answer.refused.is_empty() {
                // Nothing of a refused answer is used for anything.
                answer.files.clear();
            }
        }
        answers
    }

    fn answer(&mut self, index: usize, form: Form) -> &mut Answer {
        let folder = &self.exercises[index];
        let answers = match form {
            Form::Full => &mut self.full,
            Form::Short => &mut self.short,
        };
        answers.entry(index).or_insert_with(|| Answer {
            exercise: folder.clone(),
            label: label(folder),
            files: Vec::new(),
            refused: Vec::new(),
        })
    }
}

/// The path that a learner knows, cut where it is longer than anybody's.
fn shown(answer: &Answer, inside: &str) -> String {
    const LONGEST: usize = 200;
    let whole = format!("{}/{inside}", answer.label);
    match whole.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &whole[..end]),
        None => whole,
    }
}

fn add(answer: &mut Answer, place: Place, shown: String, bytes: Vec<u8>) {
    let taken: usize = answer.files.iter().map(|file| file.bytes.len()).sum();
    if taken + bytes.len() > ANSWER {
        return refuse(answer, &shown, "the files are larger than 1 MiB together");
    }
    if let Err((line, because)) = text::check(&bytes)
        && answer.refused.len() < REASONS
    {
        answer.refused.push(Refusal { file: shown.clone(), line: Some(line), because });
    }
    answer.files.push(SourceFile { path: place.inside.into(), shown, bytes });
}

fn refuse(answer: &mut Answer, file: &str, because: &str) {
    if answer.refused.len() < REASONS {
        answer.refused.push(Refusal { file: file.into(), line: None, because: because.into() });
    }
}
