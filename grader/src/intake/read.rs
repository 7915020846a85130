//! The reader of a submission: a process of its own.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::basket::Basket;
use super::find::Kind;
use super::git::{self, repository::Unread, skeleton::Skeleton};
use super::{ARCHIVE, LIMITS, Submission, archive, folder};
use crate::apart::{self, wire::Sources};
use crate::course::Exercise;

/// The hidden subcommand that makes the grader a reader of submissions.
pub const SUBCOMMAND: &str = "__intake";

/// What the reader is asked.
#[derive(Debug, Serialize, Deserialize)]
pub struct Question {
    path: PathBuf,
    kind: Kind,
    /// The folders of the exercises.
    exercises: Vec<String>,
    /// Where git finds a repository's objects, and nothing else of it.
    skeleton: Option<PathBuf>,
    git: Option<PathBuf>,
}

/// What the reader answers.
#[derive(Debug, Serialize, Deserialize)]
pub enum Told {
    /// The answers that were found.
    Taken(Vec<Sources>),
    /// It is no archive.
    Unknown,
    /// It cannot be read; why.
    Unreadable(String),
    /// It is no repository with such a revision, or there is no git.
    Git(String),
}

impl Question {
    pub(super) fn new(
        submission: &Submission,
        exercises: &[&Exercise],
        skeleton: Option<&Skeleton>,
    ) -> io::Result<Self> {
        if submission.path.to_str().is_none() {
            return Err(io::Error::other("its path is not UTF-8: give it another name"));
        }
        Ok(Self {
            path: submission.path.clone(),
            kind: submission.kind.clone(),
            exercises: exercises.iter().map(|exercise| exercise.folder.clone()).collect(),
            skeleton: skeleton.map(|skeleton| skeleton.path().to_owned()),
            git: skeleton.and_then(|_| git::program()),
        })
    }
}

/// Answers a `Question` from standard input on standard output.
///
/// # Errors
/// When there is no question, or nobody to answer.
pub fn read() -> io::Result<()> {
    apart::answer(LIMITS, |question: Question| told(&question))
}

fn told(question: &Question) -> Told {
    let mut basket = Basket::new(&question.exercises);
    let read = match &question.kind {
        Kind::Folder => folder::take(&question.path, &mut basket),
        Kind::File => match archive_of(&question.path) {
            Ok(Some(bytes)) if !archive::take(&bytes, &mut basket) => return Told::Unknown,
            Ok(None) => {
                basket.refuse_all("the archive is larger than 64 MiB");
                Ok(())
            }
            Ok(Some(_)) => Ok(()),
            Err(error) => Err(error),
        },
        Kind::Repository { revision } => {
            let Some(skeleton) = &question.skeleton else { return Told::Unknown };
            let Some(program) = &question.git else {
                return Told::Git("git is not installed here".into());
            };
            let repository =
                git::repository::take((&question.path, revision), (program, skeleton), &mut basket);
            match repository {
                Ok(()) => Ok(()),
                Err(Unread::Refused(because)) => {
                    basket.refuse_all(&because);
                    Ok(())
                }
                Err(Unread::Unknown(why)) => return Told::Git(why),
            }
        }
        Kind::Refused(because) => {
            basket.refuse_all(because);
            Ok(())
        }
    };
    match read {
        Ok(()) => Told::Taken(basket.answers().iter().map(Sources::from).collect()),
        Err(error) => Told::Unreadable(error.to_string()),
    }
}

/// The bytes of an archive; `None` if there are too many.
fn archive_of(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    if size > ARCHIVE {
        return Ok(None);
    }
    // It may grow while it is read.
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
    file.take(ARCHIVE + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= ARCHIVE).then_some(bytes))
}
