//! The one function that grades anything: a learner's work, reference answers, wrong answers,
//! submissions.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use evidence::Schedule;

use crate::answer::Answer;
use crate::apart::Reader;
use crate::build::{self, BuildError, Built};
use crate::cache::{Cache, Kept, Verdicts};
use crate::cancel::Cancel;
use crate::course::{Check, Course, Exercise, Kind};
use crate::digest::Digest;
use crate::intake::{self, IntakeError, Submission};
use crate::process;
use crate::report::{GraderInfo, Report, Verdict, bounds};
use crate::run::{self, Ended};
use crate::sandbox::{Sandbox, SandboxError, Wanted};
use crate::schedule::Task;
use crate::stage::{Stage, StageError};
use crate::{toolchain, verdict, wording};

mod gate;
mod isolate;
mod job;
mod replay;
mod work;

use job::Asked;
use work::{Work, bars, unbuilt, warnings, with_needs};

/// How to grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Where all randomness comes from.
    pub seed: u64,
    /// Checks that may run at the same time.
    pub jobs: usize,
    /// Whether verdicts from earlier runs may be used.
    pub cache: bool,
    /// Whether answers may use only what the exercises allow.
    pub strict: bool,
    /// What must stand between an answer and the machine.
    pub sandbox: Wanted,
    /// Whether the answers were handed in.
    pub submitted: bool,
    /// How often a check that this machine could not decide is run again.
    pub reruns: u32,
    /// CPU seconds that the compilers of each answer may use.
    pub compile_seconds: u64,
}

impl Options {
    /// Whether nothing of one grading may reach the next: always, but for the learner's own work in
    /// place and the course's own answers, where building only what changed is worth more.
    fn is_of_others(&self) -> bool {
        self.submitted || self.strict || self.sandbox != Wanted::Off
    }
}

/// What a person may want to know while it works.
pub trait Progress: Sync {
    /// Another grader uses the stage.
    fn waiting(&self);
    /// Cargo says this.
    fn building(&self, line: &str);
    /// So many of so many checks are done; this one is next.
    fn checking(&self, done: usize, total: usize, name: &str);
    /// There is nothing more to tell.
    fn finished(&self);
}

/// Ends the telling, also when an error ends the work: what is printed next is not to stand on the
/// line of the progress.
struct Telling<'a>(&'a dyn Progress);

impl Drop for Telling<'_> {
    fn drop(&mut self) {
        self.0.finished();
    }
}

/// Nothing could be graded. No answer is at fault.
#[derive(Debug)]
pub enum GradeError {
    /// The stage could not be set up.
    Stage(StageError),
    /// Cargo could not do its work.
    Build(BuildError),
    /// There is no sandbox as it was asked for.
    Sandbox(SandboxError),
    /// What reads sources could not be started; how that went.
    Reader(String),
    /// Whoever asked for it does not want it any more.
    Cancelled,
}

/// A course that is ready to grade answers.
pub struct Grader<'a> {
    course: &'a Course,
    stage: Stage,
    sandbox: Option<Sandbox>,
    cache: Cache,
    options: Options,
    info: GraderInfo,
    /// Which build of the grader this is.
    program: String,
    progress: &'a dyn Progress,
    cancel: Option<&'a Cancel>,
    /// The one schedule that is run, instead of all that the checks ask for.
    replay: Option<&'a Schedule>,
}

impl<'a> Grader<'a> {
    /// Sets up the stage in `home`.
    ///
    /// # Errors
    /// When a file of the course cannot be read, or one of the stage cannot be written.
    pub fn open(
        course: &'a Course,
        home: &Path,
        options: Options,
        progress: &'a dyn Progress,
    ) -> Result<Self, GradeError> {
        let _telling = Telling(progress);
        let pristine = options.is_of_others();
        let stage = Stage::open(course, home, pristine, || progress.waiting());
        let stage = stage.map_err(GradeError::Stage)?;
        let sandbox = Sandbox::open(&stage, options.sandbox).map_err(GradeError::Sandbox)?;
        let info = GraderInfo {
            version: env!("CARGO_PKG_VERSION").into(),
            toolchain: toolchain::version(home),
            cpus: std::thread::available_parallelism().map_or(1, usize::from),
            sandbox: sandbox.as_ref().map_or_else(|| "none".into(), Sandbox::level),
            policy: if options.strict { "strict" } else { "open" }.into(),
        };
        let cache = Cache::new(options.cache.then(|| home.join("verdicts")));
        let program = toolchain::grader();
        let (cancel, replay) = (None, None);
        Ok(Self { course, stage, sandbox, cache, options, info, program, progress, cancel, replay })
    }

    /// The answers that a submission holds to these exercises, read behind the same walls as they are
    /// graded.
    ///
    /// # Errors
    /// As [`intake::take`].
    pub fn take(
        &self,
        submission: &Submission,
        exercises: &[&Exercise],
    ) -> Result<Vec<Answer>, IntakeError> {
        intake::take(submission, exercises, &Reader::new(self.sandbox.as_ref()))
    }

    /// Lets `cancel` end what this grader does: it then says [`GradeError::Cancelled`].
    pub fn cancelled_by(mut self, cancel: &'a Cancel) -> Self {
        self.cancel = Some(cancel);
        self
    }

    /// Grades these answers, at most one for each exercise.
    ///
    /// # Errors
    /// When nothing could be graded; a problem with a single answer is a verdict instead.
    pub fn grade(&self, answers: &[Answer]) -> Result<Report, GradeError> {
        self.grade_where(answers, |_, _| true)
    }

    /// Like [`Grader::grade`], with those checks alone that are wanted, and the ones that they need.
    ///
    /// # Errors
    /// As [`Grader::grade`].
    pub fn grade_where(
        &self,
        answers: &[Answer],
        wanted: impl Fn(&Answer, &Check) -> bool,
    ) -> Result<Report, GradeError> {
        let telling = Telling(self.progress);
        let _grading = self.stage.begin().map_err(GradeError::Stage)?;
        let work: Vec<Work<'_>> = answers
            .iter()
            .filter_map(|answer| self.prepare(answer, |check| wanted(answer, check)))
            .collect();
        let stale: Vec<&Work<'_>> = work.iter().filter(|work| work.is_stale()).collect();
        let built = self.build(&stale);
        self.go_on()?;
        let fresh = self.check(&stale, &built?);
        self.go_on()?;
        drop(telling);
        let mut exercises = Vec::new();
        for work in &work {
            let fresh = fresh.get(&work.exercise.folder);
            if let Some(fresh) = fresh {
                // A verdict that cannot be kept stands all the same: it costs time again, no more.
                let checks = &work.exercise.manifest.checks;
                let kind = |name: &str| checks.iter().find(|c| c.name == name).map(|c| c.kind);
                let _ = self.cache.store(&work.key, fresh, kind);
            }
            exercises.push(work.report(fresh));
        }
        Ok(Report::new(self.info.clone(), self.options.seed, exercises))
    }

    fn go_on(&self) -> Result<(), GradeError> {
        if self.cancel.is_some_and(Cancel::is_cancelled) {
            return Err(GradeError::Cancelled);
        }
        Ok(())
    }

    fn prepare<'w>(
        &'w self,
        answer: &'w Answer,
        wanted: impl Fn(&Check) -> bool,
    ) -> Option<Work<'w>> {
        let exercise = self.course.exercises.iter().find(|e| e.folder == answer.exercise)?;
        let digest = answer.digest();
        let course = self.stage.trusted_digest(&exercise.folder).to_owned();
        let key = self.key(exercise, answer, &digest, &course);
        let known = self.cache.load(&key);
        let all = &exercise.manifest.checks;
        let checks = match self.replay {
            // What it needs is no matter: the code is to be looked at, not judged.
            Some(schedule) => all.iter().filter(|check| check.name == schedule.check).collect(),
            None => with_needs(all, wanted),
        };
        let hidden = OnceLock::new();
        Some(Work { exercise, answer, digest, course, key, known, checks, hidden })
    }

    /// The digest of all that the verdicts on this answer rest on.
    fn key(&self, exercise: &Exercise, answer: &Answer, digest: &str, course: &str) -> String {
        let mut key = Digest::default();
        key.add("answer", digest.as_bytes());
        // What was refused is not among the answer's files.
        for refused in &answer.refused {
            key.add(&refused.file, refused.because.as_bytes());
        }
        // The evidence holds the paths that the learner knows, so they belong to the key as well.
        key.add("label", answer.label.as_bytes());
        key.add("course", course.as_bytes());
        // A teacher's own checks are listed outside of the course.
        key.add("checks", format!("{:?}", exercise.manifest.checks).as_bytes());
        key.add("toolchain", self.info.toolchain.as_bytes());
        key.add("grader", self.program.as_bytes());
        key.add("policy", self.info.policy.as_bytes());
        key.add("sandbox", self.info.sandbox.as_bytes());
        key.add("seed", &self.options.seed.to_le_bytes());
        key.hex()
    }

    fn build(&self, stale: &[&Work<'_>]) -> Result<Built, GradeError> {
        let words = gate::by_words(stale, self.options.strict)?;
        let work: Vec<_> = stale
            .iter()
            .filter(|work| work.answer.has_root())
            .filter(|work| !words.refused.contains_key(&work.exercise.folder))
            .map(|work| (work.exercise, work.answer))
            .collect();
        let mut built = self.build_all(&work)?;
        for (exercise, answer) in &work {
            if let Some(crates) = built.get_mut(&exercise.folder) {
                gate::by_contract(&self.stage, exercise, answer, crates);
            }
        }
        words.add_to(&mut built);
        Ok(built)
    }

    /// Runs every check whose verdict is not known, and returns all verdicts, by exercise folder.
    fn check(&self, stale: &[&Work<'_>], built: &Built) -> BTreeMap<String, Verdicts> {
        let mut tasks = Vec::new();
        let mut checks: Vec<(&Work<'_>, &Check)> = Vec::new();
        for &work in stale {
            let first = tasks.len();
            for &check in &work.checks {
                let all = work.checks.iter().enumerate();
                let needs = all.filter(|(_, c)| check.needs.contains(&c.name));
                let needs = needs.map(|(index, _)| first + index).collect();
                tasks.push(Task { needs, alone: check.kind == Kind::Speedup });
                checks.push((work, check));
            }
        }
        let done = AtomicUsize::new(0);
        let ended = run::run(
            tasks,
            self.options.jobs,
            |index| {
                let (work, check) = checks[index];
                let done = done.fetch_add(1, Ordering::Relaxed);
                self.progress.checking(done, checks.len(), &check.name);
                self.decide(work, check, built)
            },
            |kept| !bars(&kept.verdict),
        );
        let mut verdicts: BTreeMap<String, Verdicts> = BTreeMap::new();
        for (&(work, check), ended) in checks.iter().zip(ended) {
            let of_exercise = verdicts.entry(work.exercise.folder.clone()).or_insert_with(|| {
                let crates = built.get(&work.exercise.folder);
                Verdicts { warnings: warnings(crates), checks: work.known.checks.clone() }
            });
            // What was skipped has no verdict of its own: `Work::report` says what it waits for.
            if let Ended::Ran(kept) = ended {
                of_exercise.checks.insert(check.name.clone(), kept);
            }
        }
        verdicts
    }

    fn decide(&self, work: &Work<'_>, check: &Check, built: &Built) -> Kept {
        if let Some(kept) = work.known.checks.get(&check.name) {
            return kept.clone();
        }
        if self.cancel.is_some_and(Cancel::is_cancelled) {
            return grader_fault(&io::ErrorKind::Interrupted.into());
        }
        let crates = built.get(&work.exercise.folder);
        // What the model checker cannot see it must not judge: neither well nor by its symptoms.
        if check.kind == Kind::Model
            && let Some(hidden) = work.hidden(crates)
        {
            return Kept { verdict: hidden.clone(), millis: 0 };
        }
        match crates.and_then(|crates| crates.binaries.get(&check.source())) {
            Some(binary) => self.observe(work, check, binary),
            None => Kept { verdict: unbuilt(work, check, crates), millis: 0 },
        }
    }

    /// Runs the check, and again if this machine could not decide and that is asked for.
    fn observe(&self, work: &Work<'_>, check: &Check, binary: &Path) -> Kept {
        let mut kept = self.observe_once(work, check, binary);
        for _ in 0..self.options.reruns {
            if !matches!(kept.verdict, Verdict::Inconclusive { .. }) {
                break;
            }
            kept = self.observe_once(work, check, binary);
        }
        kept
    }

    fn observe_once(&self, work: &Work<'_>, check: &Check, binary: &Path) -> Kept {
        let (root, sandbox) = (&self.stage.root, self.sandbox.as_ref());
        let replay = self.replay.map(ToString::to_string);
        let asked = Asked { seed: self.options.seed, replay: replay.as_deref() };
        let seen = job::job(root, work.exercise, check, binary, asked, sandbox)
            .and_then(|job| process::start(&job))
            .and_then(|supervised| supervised.wait(self.cancel));
        match seen {
            Err(error) => grader_fault(&error),
            Ok(seen) => {
                let path = |text: &str| build::learners_path(text, work.exercise, work.answer);
                let verdict = verdict::with_paths(verdict::of(check, &seen), path);
                Kept { verdict: bounds::verdict(verdict), millis: seen.millis }
            }
        }
    }
}

fn grader_fault(error: &io::Error) -> Kept {
    Kept { verdict: Verdict::GraderFault { because: wording::supervisor_failed(error) }, millis: 0 }
}
