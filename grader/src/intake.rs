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
        let tar = git::tar(&path, &git::revision(submission))?;
        archive::take_tar(&tar[..], &mut basket);
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
    answers: BTreeMap<usize, Answer>,
}

impl<'a> Basket<'a> {
    fn new(exercises: &'a [&'a Exercise]) -> Self {
        Self { exercises, answers: BTreeMap::new() }
    }

    /// Offers an entry. `read` is called only if it is wanted, and need not give more than the
    /// number of bytes it is told.
    fn offer(&mut self, path: &str, kind: Kind, read: impl FnOnce(u64) -> io::Result<Vec<u8>>) {
        let Some((index, inside)) = place::find(path, self.exercises) else { return };
        let shown = format!("exercises/{}/{inside}", self.exercises[index].folder);
        let is_rust = inside.ends_with(".rs");
        match kind {
            Kind::Link => {
                return self.refuse(index, &shown, "it is a link: hand in the file itself");
            }
            Kind::Special => return self.refuse(index, &shown, "it is not a regular file"),
            Kind::File if !is_rust => return,
            Kind::File => {}
        }
        if let Err(because) = place::check_name(&inside) {
            return self.refuse(index, &shown, because);
        }
        let answer = self.answer(index);
        if answer.files.iter().any(|file| file.shown == shown) {
            return self.refuse(index, &shown, "it is there twice");
        }
        if answer.files.len() >= FILES {
            return self.refuse(index, &shown, "there are more than 64 files");
        }
        match read(FILE + 1) {
            Err(error) => self.refuse(index, &shown, &format!("it cannot be read: {error}")),
            Ok(bytes) if bytes.len() as u64 > FILE => {
                self.refuse(index, &shown, "it is larger than 256 KiB");
            }
            Ok(bytes) => {
                if let Err((line, because)) = text::check(&bytes) {
                    let refusal = Refusal { file: shown.clone(), line: Some(line), because };
                    self.answer(index).refused.push(refusal);
                }
                let file = SourceFile { path: PathBuf::from(&inside), shown, bytes };
                self.answer(index).files.push(file);
            }
        }
    }

    /// There is an answer in this folder, whether or not it holds a file.
    fn expect(&mut self, folder: &str) {
        let named = |exercise: &&Exercise| folder.ends_with(&exercise.folder);
        if let Some(index) = self.exercises.iter().position(named) {
            self.answer(index);
        }
    }

    fn answer(&mut self, index: usize) -> &mut Answer {
        let folder = &self.exercises[index].folder;
        self.answers.entry(index).or_insert_with(|| Answer {
            exercise: folder.clone(),
            label: format!("exercises/{folder}"),
            files: Vec::new(),
            refused: Vec::new(),
        })
    }

    fn refuse(&mut self, index: usize, file: &str, because: &str) {
        // What is wrong a thousand times is said a few times.
        let refused = &mut self.answer(index).refused;
        if refused.len() < 8 {
            refused.push(Refusal { file: file.into(), line: None, because: because.into() });
        }
    }

    /// The submission as a whole is not to be trusted.
    fn refuse_all(&mut self, because: &str) {
        for index in 0..self.exercises.len() {
            self.refuse(index, "the submission", because);
        }
    }

    fn answers(self) -> Vec<Answer> {
        let mut answers: Vec<Answer> = self.answers.into_values().collect();
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
