//! What is taken of a submission, whoever made it: an allow-list.
//!
//! Of a folder, an archive or a Git repository only regular, small UTF-8 `.rs` files under the
//! exercises' `src/` are taken. All else is left lying: manifests, build scripts, configuration,
//! tests, whatever lies in `target/`. What looks like an attempt to bring in something else (a link,
//! a device, a path that leads out, invisible text) is refused with a reason, and the exercise that
//! it belongs to is not built.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::answer::{Answer, Refusal, SourceFile};
use crate::course::Exercise;

mod archive;
mod folder;
mod git;
mod place;
mod text;

use place::Form;

/// Bytes that one source file may have.
const FILE: u64 = 256 * 1024;
/// Files that one answer may have.
const FILES: usize = 64;
/// Bytes that an archive may have, packed.
const ARCHIVE: u64 = 64 << 20;
/// Bytes that an archive may unpack to, what is not taken included.
const UNPACKED: u64 = 256 << 20;
/// Entries that an archive may have.
const ENTRIES: usize = 20_000;

/// A submission that cannot be read at all.
#[derive(Debug)]
pub enum IntakeError {
    /// It is not there, or may not be read.
    Unreadable(PathBuf, io::Error),
    /// It is neither a folder, nor an archive, nor a repository.
    Unknown(PathBuf),
    /// Git could not read it; what git said.
    Git(PathBuf, String),
    /// It holds no answer to the exercises that were asked for.
    Empty(PathBuf),
}

/// What is known of an entry of a submission before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Link,
    /// A device, a pipe, a socket.
    Special,
}

/// The answers that a submission holds to these exercises.
///
/// # Errors
/// When it cannot be read or holds none.
pub fn take(submission: &Path, exercises: &[&Exercise]) -> Result<Vec<Answer>, IntakeError> {
    let path = git::local_path(submission);
    let unreadable = |error| IntakeError::Unreadable(path.clone(), error);
    let metadata = fs::metadata(&path).map_err(unreadable)?;
    let mut basket = Basket::new(exercises);
    if metadata.is_dir() && git::is_bare(&path) {
        let revision = git::revision(submission);
        git::read_tar(&path, &revision, git::PATIENCE, |tar| archive::take_tar(tar, &mut basket))?;
    } else if metadata.is_dir() {
        folder::take(&path, &mut basket);
    } else if metadata.is_file() && metadata.len() > ARCHIVE {
        basket.refuse_all("the archive is larger than 64 MiB");
    } else if metadata.is_file() {
        let bytes = fs::read(&path).map_err(unreadable)?;
        if !archive::take(&bytes, &mut basket) {
            return Err(IntakeError::Unknown(path));
        }
    } else {
        return Err(IntakeError::Unknown(path));
    }
    let answers = basket.answers();
    if answers.is_empty() { Err(IntakeError::Empty(path)) } else { Ok(answers) }
}

/// What has been taken so far.
struct Basket<'a> {
    exercises: &'a [&'a Exercise],
    /// What lay in the exercises' folders.
    full: Answers,
    /// What was named by its file alone: of use only where there are no exercises' folders, for in a
    /// whole checkout it is the source of something else.
    short: Answers,
}

/// Answers by the exercise's index.
type Answers = BTreeMap<usize, Answer>;

impl<'a> Basket<'a> {
    fn new(exercises: &'a [&'a Exercise]) -> Self {
        Self { exercises, full: Answers::new(), short: Answers::new() }
    }

    /// Offers an entry. `read` is called only if it is wanted, and need not give more than the
    /// number of bytes it is told.
    fn offer(&mut self, path: &str, kind: Kind, read: impl FnOnce(u64) -> io::Result<Vec<u8>>) {
        let Some(place) = place::find(path, self.exercises) else { return };
        let answer = self.answer(place.exercise, place.form);
        let shown = format!("{}/{}", answer.label, place.inside);
        let is_rust = place.inside.ends_with(".rs");
        match kind {
            Kind::Link => return refuse(answer, &shown, "it is a link: hand in the file itself"),
            Kind::Special => return refuse(answer, &shown, "it is not a regular file"),
            Kind::File if !is_rust => return,
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
        match read(FILE + 1) {
            Err(error) => refuse(answer, &shown, &format!("it cannot be read: {error}")),
            Ok(bytes) if bytes.len() as u64 > FILE => {
                refuse(answer, &shown, "it is larger than 256 KiB");
            }
            Ok(bytes) => {
                if let Err((line, because)) = text::check(&bytes) {
                    let refusal = Refusal { file: shown.clone(), line: Some(line), because };
                    answer.refused.push(refusal);
                }
                answer.files.push(SourceFile { path: place.inside.into(), shown, bytes });
            }
        }
    }

    /// There is an answer in this folder, whether or not it holds a file.
    fn expect(&mut self, folder: &str) {
        let named = |exercise: &&Exercise| Path::new(folder).ends_with(&exercise.folder);
        if let Some(index) = self.exercises.iter().position(named) {
            self.answer(index, Form::Full);
        }
    }

    fn answer(&mut self, index: usize, form: Form) -> &mut Answer {
        let folder = &self.exercises[index].folder;
        let answers = match form {
            Form::Full => &mut self.full,
            Form::Short => &mut self.short,
        };
        answers.entry(index).or_insert_with(|| Answer {
            exercise: folder.clone(),
            label: format!("exercises/{folder}"),
            files: Vec::new(),
            refused: Vec::new(),
        })
    }

    /// The submission as a whole is not to be trusted.
    fn refuse_all(&mut self, because: &str) {
        for index in 0..self.exercises.len() {
            refuse(self.answer(index, Form::Full), "the submission", because);
        }
    }

    fn answers(self) -> Vec<Answer> {
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
}

fn refuse(answer: &mut Answer, file: &str, because: &str) {
    // What is wrong a thousand times is said a few times.
    if answer.refused.len() < 8 {
        answer.refused.push(Refusal { file: file.into(), line: None, because: because.into() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn exercise(folder: &str) -> Exercise {
        let toml = "title='t'\nchapter='c'\nbook='b'\n[[checks]]\nname='a'\nkind='example'\npoints=1\npromise='p'";
        Exercise::parse(folder, toml, false).unwrap()
    }

    #[test]
    fn an_exercise_is_not_another_one_whose_name_ends_alike() {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir_all(home.path().join("exercises/112-x")).unwrap();
        let (short, long) = (exercise("12-x"), exercise("112-x"));
        let answers = take(home.path(), &[&short, &long]).unwrap();
        assert_eq!(answers.len(), 1);
        assert_eq!(answers[0].exercise, "112-x");
    }
}
