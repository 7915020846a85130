//! What is taken of a submission, whoever made it: an allow-list.
//!
//! Of a folder, an archive or a Git repository only regular, small UTF-8 `.rs` files under the
//! exercises' `src/` are taken. All else is left lying: manifests, build scripts, configuration,
//! tests, whatever lies in `target/`. What looks like an attempt to bring in something else (a link,
//! a device, a path that leads out, invisible text) is refused with a reason, and the exercise that
//! it belongs to is not built.
//!
//! The grader itself looks at a submission's name and at what kind of thing it is. All reading is done
//! [`apart`](crate::apart), in the sandbox if there is one: whatever a submission does to its reader,
//! it does to itself.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::answer::{Answer, Refusal};
use crate::apart::{Failure, Limits, Reader};
use crate::course::Exercise;

mod archive;
mod basket;
mod beneath;
mod find;
mod folder;
mod git;
mod place;
mod read;
mod tarball;
mod text;

use find::Kind;
use git::skeleton::Skeleton;
use read::{Question, Told};

pub use read::{SUBCOMMAND, read};

/// Bytes that one source file may have.
const FILE: u64 = 256 * 1024;
/// Bytes that the files of one answer may have together.
const ANSWER: usize = 1 << 20;
/// Files that one answer may have.
const FILES: usize = 64;
/// Bytes that an archive may have, packed.
const ARCHIVE: u64 = 64 << 20;
/// Bytes that an archive may unpack to, what is not taken included.
const UNPACKED: u64 = 256 << 20;
/// Entries that an archive may have, or that are looked at in a folder or a repository.
const ENTRIES: usize = 20_000;
/// Bytes that a path may have, and the name of one file in it.
const PATH: usize = 4096;
const NAME: usize = 100;

/// What the reader may use. An archive lies in its memory as it is handed in.
const LIMITS: Limits =
    Limits { memory: 256 << 20, cpu: 20, wall: Duration::from_secs(60), said: 48 << 20 };

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
    /// This machine could not start what reads it; how that went.
    NoReader(PathBuf, String),
}

/// Something that was handed in, and what kind of thing it is.
#[derive(Debug)]
pub struct Submission {
    /// Where it lies, without links on the way.
    path: PathBuf,
    kind: Kind,
}

impl Submission {
    /// What is meant by this path: a folder, an archive, or a repository, which is one only if it is
    /// named as one: `DIR.git`, `DIR/.git`, `DIR#revision`, `file:///DIR`.
    ///
    /// # Errors
    /// When there is no such thing.
    pub fn find(named: &Path) -> Result<Self, IntakeError> {
        let (path, kind) = find::find(named)?;
        Ok(Self { path, kind })
    }
}

/// The answers that a submission holds to these exercises.
///
/// # Errors
/// When it holds none, or the machine cannot read it.
pub fn take(
    submission: &Submission,
    exercises: &[&Exercise],
    reader: &Reader<'_>,
) -> Result<Vec<Answer>, IntakeError> {
    let path = || submission.path.clone();
    if let Kind::Refused(because) = &submission.kind {
        return Ok(refused(exercises, because));
    }
    let unreadable = |error| IntakeError::Unreadable(path(), error);
    let skeleton = match submission.kind {
        Kind::Repository { .. } => Some(Skeleton::around(&submission.path).map_err(unreadable)?),
        _ => None,
    };
    let question = Question::new(submission, exercises, skeleton.as_ref()).map_err(unreadable)?;
    let readable = [Some(path()), skeleton.as_ref().map(|skeleton| skeleton.path().to_owned())];
    let readable = readable.into_iter().flatten().collect();
    let answers = match reader.ask(SUBCOMMAND, &question, readable, LIMITS) {
        Ok(Told::Taken(sources)) => sources.into_iter().map(Answer::from).collect::<Vec<_>>(),
        Ok(Told::Unknown) => return Err(IntakeError::Unknown(path())),
        Ok(Told::Git(why)) => return Err(IntakeError::Git(path(), why)),
        Ok(Told::Unreadable(why)) => return Err(unreadable(io::Error::other(why))),
        Err(Failure::NotStarted(why)) => return Err(IntakeError::NoReader(path(), why)),
        Err(Failure::Broken(because)) => return Ok(refused(exercises, &because)),
    };
    if answers.is_empty() {
        return Err(IntakeError::Empty(path()));
    }
    // The reader worked on something hostile: what it says is looked at like any other input.
    if !answers.iter().all(|answer| is_one_of(answer, exercises)) {
        return Ok(refused(exercises, "it made the program that reads it talk nonsense"));
    }
    Ok(answers)
}

/// Whether an answer is to an exercise that was asked for, and lies where answers lie.
fn is_one_of(answer: &Answer, exercises: &[&Exercise]) -> bool {
    let is_in_place = |path: &Path| {
        let inside = path.to_str().filter(|inside| inside.starts_with("src/"));
        inside.is_some_and(|inside| place::check_name(inside).is_ok())
    };
    exercises.iter().any(|exercise| exercise.folder == answer.exercise)
        && answer.label == label(&answer.exercise)
        && (answer.refused.is_empty() || answer.files.is_empty())
        && answer.files.iter().all(|file| is_in_place(&file.path))
}

/// What people call the answer to this exercise.
fn label(folder: &str) -> String {
    format!("exercises/{folder}")
}

/// Answers that are nothing but the reason why there are none.
fn refused(exercises: &[&Exercise], because: &str) -> Vec<Answer> {
    let answer = |exercise: &&Exercise| Answer {
        exercise: exercise.folder.clone(),
        label: label(&exercise.folder),
        files: Vec::new(),
        refused: vec![whole(because)],
    };
    exercises.iter().map(answer).collect()
}

/// The submission as a whole is not to be trusted.
fn whole(because: &str) -> Refusal {
    Refusal { file: "the submission".into(), line: None, because: because.into() }
}
