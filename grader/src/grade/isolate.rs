//! Builds answers, and when cargo itself fails, finds out over whose files.
//!
//! Cargo reads the whole stage before it compiles anything, so one file that it does not take fails
//! all. Then each answer is built as if the others had not been there. One that fails alone, where a
//! blank one in its place does not, is at fault; if the blank one fails as well, the course or the
//! machine is.

use std::io::ErrorKind;
use std::thread;

use super::{GradeError, Grader, gate};
use crate::answer::{Answer, SourceFile};
use crate::build::{self, BuildError, Built, Crates, Diagnostic, Site};
use crate::cancel::Cancel;
use crate::course::Exercise;
use crate::wording;

/// An answer to be built.
type Job<'w> = (&'w Exercise, &'w Answer);

impl Grader<'_> {
    /// Builds these answers.
    ///
    /// # Errors
    /// When the stage cannot be written or cargo fails, and no answer is at fault.
    pub(super) fn build_all(&self, work: &[Job<'_>]) -> Result<Built, GradeError> {
        match self.attempt(work) {
            Err(error) if self.may_be_of_an_answer(&error) => self.each_alone(work),
            result => result,
        }
    }

    fn may_be_of_an_answer(&self, error: &GradeError) -> bool {
        let is_cancelled = self.cancel.is_some_and(Cancel::is_cancelled);
        said(error).is_some() && !is_cancelled
    }

    /// Lays these answers, looks through them and builds them.
    fn attempt(&self, work: &[Job<'_>]) -> Result<Built, GradeError> {
        for (_, answer) in work {
            self.stage.lay(answer).map_err(GradeError::Stage)?;
        }
        if work.is_empty() {
            return Ok(Built::new());
        }
        let (stage, sandbox) = (&self.stage, self.sandbox.as_ref());
        let site = Site { stage, sandbox, seconds: self.options.compile_seconds };
        let tell = |line: &str| self.progress.building(line);
        let build = || build::build(site, work, self.cancel, tell);
        if !self.options.strict {
            return build().map_err(GradeError::Build);
        }
        // Names are looked through while the answers are built: building runs nothing of them.
        let (built, names) = thread::scope(|scope| {
            let names = scope.spawn(|| gate::by_names(site, work));
            (build(), names.join().expect("it does not panic"))
        });
        let refused = names.map_err(GradeError::Build)?;
        // What is refused is not blamed for what became of building it.
        let is_refused = |job: &Job<'_>| refused.contains_key(&job.0.folder);
        let mut built = match built {
            Err(_) if work.iter().all(is_refused) => Built::new(),
            built => built.map_err(GradeError::Build)?,
        };
        for (folder, refused) in refused {
            built.insert(folder, Crates { refused, ..Crates::default() });
        }
        Ok(built)
    }

    fn each_alone(&self, work: &[Job<'_>]) -> Result<Built, GradeError> {
        self.stage.clear().map_err(GradeError::Stage)?;
        let mut built = Built::new();
        for &(exercise, answer) in work {
            let crates = match self.attempt(&[(exercise, answer)]) {
                Ok(mut of_one) => of_one.remove(&exercise.folder).unwrap_or_default(),
                Err(error) => {
                    let Some(said) = said(&error) else { return Err(error) };
                    self.stage.clear_sources().map_err(GradeError::Stage)?;
                    self.attempt(&[(exercise, &blank(exercise))])?;
                    at_fault(exercise, answer, &said)
                }
            };
            built.insert(exercise.folder.clone(), crates);
            self.stage.clear_sources().map_err(GradeError::Stage)?;
        }
        // Checks show lines of the answer: what was built lies there while they run.
        let is_built = |job: &&Job<'_>| built.get(&job.0.folder).is_some_and(Crates::has_programs);
        for (_, answer) in work.iter().filter(is_built) {
            self.stage.lay(answer).map_err(GradeError::Stage)?;
        }
        Ok(built)
    }
}

/// What was said of something that files of an answer may be the cause of. Where the operating system
/// refused, they are not, unless it is their names that it does not take.
fn said(error: &GradeError) -> Option<String> {
    use ErrorKind::{
        AlreadyExists, DirectoryNotEmpty, InvalidFilename, InvalidInput, IsADirectory,
        NotADirectory,
    };
    let names = [
        AlreadyExists,
        DirectoryNotEmpty,
        InvalidFilename,
        InvalidInput,
        IsADirectory,
        NotADirectory,
    ];
    match error {
        GradeError::Build(BuildError::Cargo(said)) => {
            (!said.contains("(os error ")).then(|| said.clone())
        }
        GradeError::Stage(error) => {
            names.contains(&error.error.kind()).then(|| wording::stage_error(error))
        }
        _ => None,
    }
}

/// An answer that says nothing. Its checks do not compile, which is no fault of cargo's.
fn blank(exercise: &Exercise) -> Answer {
    let path = "src/lib.rs";
    let file = SourceFile { path: path.into(), shown: path.into(), bytes: Vec::new() };
    let (exercise, label) = (exercise.folder.clone(), String::new());
    Answer { exercise, label, files: vec![file], refused: vec![] }
}

fn at_fault(exercise: &Exercise, answer: &Answer, said: &str) -> Crates {
    let rendered = build::learners_path(said, exercise, answer);
    let message = wording::cargo_refuses();
    let error = Diagnostic { message, rendered, at: None, code: None };
    Crates { errors: vec![error], ..Crates::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stage::StageError;

    #[test]
    fn a_full_disk_is_never_looked_for_in_an_answer() {
        let cargo = |said: &str| GradeError::Build(BuildError::Cargo(said.into()));
        let stage = |error: ErrorKind| {
            GradeError::Stage(StageError { path: "x".into(), error: error.into() })
        };
        let machine = || GradeError::Build(BuildError::Machine("killed".into()));
        assert!(said(&cargo("the binary target name `deps` is forbidden")).is_some());
        assert!(said(&stage(ErrorKind::NotADirectory)).is_some());
        for error in [
            cargo("failed to write x\nNo space left on device (os error 28)"),
            stage(ErrorKind::StorageFull),
            stage(ErrorKind::PermissionDenied),
            machine(),
            GradeError::Cancelled,
        ] {
            assert!(said(&error).is_none(), "{error:?}");
        }
    }
}
