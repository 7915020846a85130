//! The one function that grades anything: a learner's work, reference answers, wrong answers,
//! submissions.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use evidence::{Evidence, Failure, Fault, Request};

use crate::answer::Answer;
use crate::build::{self, BuildError, Built, Crates};
use crate::cache::{Cache, Kept, Verdicts};
use crate::course::{Check, Course, Exercise, Kind};
use crate::digest::Digest;
use crate::process::{self, Job, Limits};
use crate::report::{CheckReport, ExerciseReport, GraderInfo, Report, Verdict};
use crate::run::{self, Ended};
use crate::schedule::Task;
use crate::stage::{Stage, StageError};
use crate::{verdict, wording};

/// Resident memory that all processes of a check may use together.
const MEMORY: u64 = 2 << 30;

/// Bytes that a check may print.
const OUTPUT: u64 = 8 << 20;

/// How to grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Where all randomness comes from.
    pub seed: u64,
    /// Checks that may run at the same time.
    pub jobs: usize,
    /// Whether verdicts from earlier runs may be used.
    pub cache: bool,
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

/// Nothing could be graded. No answer is at fault.
#[derive(Debug)]
pub enum GradeError {
    /// The stage could not be set up.
    Stage(StageError),
    /// Cargo could not do its work.
    Build(BuildError),
}

/// A course that is ready to grade answers.
pub struct Grader<'a> {
    course: &'a Course,
    stage: Stage,
    cache: Cache,
    options: Options,
    info: GraderInfo,
    progress: &'a dyn Progress,
}

/// One answer on its way to a report.
struct Work<'a> {
    exercise: &'a Exercise,
    answer: &'a Answer,
    digest: String,
    key: String,
    known: Verdicts,
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
        let stage = Stage::open(course, home, || progress.waiting()).map_err(GradeError::Stage)?;
        let info = GraderInfo {
            version: env!("CARGO_PKG_VERSION").into(),
            toolchain: toolchain(home),
            cpus: std::thread::available_parallelism().map_or(1, usize::from),
            sandbox: "none".into(),
        };
        let cache = Cache::new(options.cache.then(|| home.join("verdicts")));
        Ok(Self { course, stage, cache, options, info, progress })
    }

    /// Grades these answers, at most one for each exercise.
    ///
    /// # Errors
    /// When nothing could be graded; a problem with a single answer is a verdict instead.
    pub fn grade(&self, answers: &[Answer]) -> Result<Report, GradeError> {
        let work: Vec<Work<'_>> =
            answers.iter().filter_map(|answer| self.prepare(answer)).collect();
        let stale: Vec<&Work<'_>> = work.iter().filter(|work| work.is_stale()).collect();
        let built = self.build(&stale)?;
        let fresh = self.check(&stale, &built);
        self.progress.finished();
        let mut exercises = Vec::new();
        for work in &work {
            let fresh = fresh.get(&work.exercise.folder);
            if let Some(fresh) = fresh {
                // A verdict that cannot be kept stands all the same: it costs time again, no more.
                let _ = self.cache.store(&work.key, fresh);
            }
            exercises.push(work.report(fresh));
        }
        Ok(Report::new(self.info.clone(), self.options.seed, exercises))
    }

    fn prepare<'w>(&'w self, answer: &'w Answer) -> Option<Work<'w>> {
        let exercise = self.course.exercises.iter().find(|e| e.folder == answer.exercise)?;
        let mut sources = Digest::default();
        for file in &answer.files {
            sources.add(&file.path.to_string_lossy(), &file.bytes);
        }
        let digest = sources.hex();
        let mut key = Digest::default();
        key.add("answer", digest.as_bytes());
        // The evidence holds the paths that the learner knows, so they belong to the key as well.
        key.add("label", answer.label.as_bytes());
        key.add("course", self.stage.trusted_digest(&exercise.folder).as_bytes());
        key.add("toolchain", self.info.toolchain.as_bytes());
        key.add("grader", self.info.version.as_bytes());
        key.add("seed", &self.options.seed.to_le_bytes());
        let key = key.hex();
        let known = self.cache.load(&key);
        Some(Work { exercise, answer, digest, key, known })
    }

    fn build(&self, stale: &[&Work<'_>]) -> Result<Built, GradeError> {
        let work: Vec<_> = stale
            .iter()
            .filter(|work| work.answer.has_root())
            .map(|work| (work.exercise, work.answer))
            .collect();
        if work.is_empty() {
            return Ok(Built::new());
        }
        for (_, answer) in &work {
            self.stage.lay(answer).map_err(GradeError::Stage)?;
        }
        build::build(&self.stage, &work, |line| self.progress.building(line))
            .map_err(GradeError::Build)
    }

    /// Runs every check whose verdict is not known, and returns all verdicts, by exercise folder.
    fn check(&self, stale: &[&Work<'_>], built: &Built) -> BTreeMap<String, Verdicts> {
        let mut tasks = Vec::new();
        let mut checks: Vec<(&Work<'_>, &Check)> = Vec::new();
        for &work in stale {
            let first = tasks.len();
            let all = &work.exercise.manifest.checks;
            for check in all {
                let needs = all.iter().enumerate().filter(|(_, c)| check.needs.contains(&c.name));
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
            |kept| !matches!(kept.verdict, Verdict::Failed(_) | Verdict::GraderFault { .. }),
        );
        let mut verdicts: BTreeMap<String, Verdicts> = BTreeMap::new();
        for (&(work, check), ended) in checks.iter().zip(ended) {
            let kept = match ended {
                Ended::Ran(kept) => kept,
                Ended::Skipped(need) => {
                    let because = wording::needs(&checks[need].1.name);
                    Kept { verdict: Verdict::Skipped { because }, millis: 0 }
                }
            };
            let of_exercise = verdicts.entry(work.exercise.folder.clone()).or_insert_with(|| {
                let crates = built.get(&work.exercise.folder);
                Verdicts { warnings: warnings(crates), ..Verdicts::default() }
            });
            of_exercise.checks.insert(check.name.clone(), kept);
        }
        verdicts
    }

    fn decide(&self, work: &Work<'_>, check: &Check, built: &Built) -> Kept {
        if let Some(kept) = work.known.checks.get(&check.name) {
            return kept.clone();
        }
        let crates = built.get(&work.exercise.folder);
        match crates.and_then(|crates| crates.binaries.get(check.kind.target())) {
            Some(binary) => self.observe(work, check, binary),
            None => Kept { verdict: unbuilt(work, check, crates), millis: 0 },
        }
    }

    fn observe(&self, work: &Work<'_>, check: &Check, binary: &Path) -> Kept {
        let job = match self.job(check, binary) {
            Ok(job) => job,
            Err(error) => return grader_fault(&error),
        };
        match process::start(&job).and_then(process::Supervised::wait) {
            Err(error) => grader_fault(&error),
            Ok(seen) => {
                let path = |text: &str| build::learners_path(text, work.exercise, work.answer);
                let verdict = verdict::with_paths(verdict::of(check, &seen), path);
                Kept { verdict, millis: seen.millis }
            }
        }
    }

    fn job(&self, check: &Check, binary: &Path) -> io::Result<Job> {
        let inherited = ["PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH"];
        let environment = inherited
            .iter()
            .filter_map(|name| Some(((*name).to_owned(), std::env::var(name).ok()?)))
            .collect();
        Ok(Job {
            program: binary.to_owned(),
            args: [&check.name, "--exact", "--nocapture", "--test-threads=1"]
                .map(ToString::to_string)
                .to_vec(),
            folder: self.stage.root.clone(),
            environment,
            request: Request {
                nonce: nonce()?,
                check: check.name.clone(),
                seed: self.options.seed,
                threads: check.threads,
                threshold: check.threshold,
            },
            limits: Limits {
                millis: check.deadline().as_millis().try_into().unwrap_or(u64::MAX),
                memory: MEMORY,
                output: OUTPUT,
            },
        })
    }
}

impl Work<'_> {
    fn is_stale(&self) -> bool {
        // A check that is skipped has no verdict of its own: it follows from the one it needs.
        let known = |name: &String| self.known.checks.contains_key(name);
        let fails =
            |name: &String| self.known.checks.get(name).is_some_and(|kept| !kept.verdict.passed());
        let mut barred: Vec<&String> = Vec::new();
        for check in &self.exercise.manifest.checks {
            if check.needs.iter().any(|need| fails(need) || barred.contains(&need)) {
                barred.push(&check.name);
            } else if !known(&check.name) {
                return true;
            }
        }
        false
    }

    fn report(&self, fresh: Option<&Verdicts>) -> ExerciseReport {
        let verdicts = fresh.unwrap_or(&self.known);
        let mut checks: Vec<CheckReport> = Vec::new();
        for check in &self.exercise.manifest.checks {
            let kept = verdicts.checks.get(&check.name).cloned().unwrap_or_else(|| {
                let need = check.needs.first().map_or("", String::as_str);
                Kept { verdict: Verdict::Skipped { because: wording::needs(need) }, millis: 0 }
            });
            checks.push(CheckReport {
                name: check.name.clone(),
                kind: check.kind,
                promise: check.promise.clone(),
                points: if kept.verdict.passed() { check.points } else { 0 },
                max_points: check.points,
                millis: kept.millis,
                cached: self.known.checks.contains_key(&check.name),
                verdict: kept.verdict,
            });
        }
        ExerciseReport {
            number: self.exercise.number,
            folder: self.exercise.folder.clone(),
            package: self.exercise.package.clone(),
            title: self.exercise.manifest.title.clone(),
            book: self.exercise.manifest.book.clone(),
            answer: self.answer.label.clone(),
            digest: self.digest.clone(),
            points: checks.iter().map(|check| check.points).sum(),
            max_points: self.exercise.max_points(),
            warnings: verdicts.warnings.clone(),
            checks,
        }
    }
}

fn warnings(crates: Option<&Crates>) -> Vec<String> {
    let warnings = crates.map_or(&[][..], |crates| &crates.warnings);
    warnings.iter().map(|warning| warning.rendered.clone()).collect()
}

/// The verdict on a check of which there is no program. The cause is the same for all such checks
/// of an answer, so it is told once, with the first of them.
fn unbuilt(work: &Work<'_>, check: &Check, crates: Option<&Crates>) -> Verdict {
    let built =
        |check: &Check| crates.is_some_and(|c| c.binaries.contains_key(check.kind.target()));
    let first = work.exercise.manifest.checks.iter().find(|check| !built(check));
    if let Some(first) = first.filter(|first| first.name != check.name) {
        return Verdict::Skipped { because: wording::needs(&first.name) };
    }
    if !work.answer.has_root() {
        let message = wording::missing_source(&format!("exercises/{}", work.exercise.folder));
        let fault = Fault::MissingSource;
        return verdict::failed(Failure { fault, message, evidence: vec![] });
    }
    let errors = crates.map_or(&[][..], |crates| &crates.errors);
    let model_errors = crates.map_or(&[][..], |crates| &crates.model_errors);
    let (errors, message) = match (errors.len(), model_errors.len()) {
        (0, 0) => return Verdict::GraderFault { because: wording::not_built(check) },
        (0, count) => (model_errors, wording::does_not_compile_in_the_model(count)),
        (count, _) => (errors, wording::does_not_compile(count)),
    };
    let evidence = errors
        .iter()
        .map(|error| Evidence::Compiler { rendered: error.rendered.clone(), at: error.at.clone() })
        .collect();
    verdict::failed(Failure { fault: Fault::CompileError, message, evidence })
}

fn grader_fault(error: &io::Error) -> Kept {
    Kept { verdict: Verdict::GraderFault { because: wording::supervisor_failed(error) }, millis: 0 }
}

/// 128 random bits as hexadecimal digits.
fn nonce() -> io::Result<String> {
    let mut bytes = [0; 16];
    fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(format!("{:032x}", u128::from_le_bytes(bytes)))
}

/// `rustc --version`, asked once for each compiler: asking costs more than all cached verdicts.
fn toolchain(home: &Path) -> String {
    let rustc = build::cargo().with_file_name("rustc");
    let Ok(stamp) = fs::metadata(&rustc).and_then(|m| Ok((m.len(), m.modified()?))) else {
        return ask_version(Path::new("rustc"));
    };
    let stamp = format!("{} {stamp:?}\n", rustc.display());
    let file = home.join("toolchain");
    if let Some(version) =
        fs::read_to_string(&file).ok().and_then(|text| Some(text.strip_prefix(&stamp)?.to_owned()))
    {
        return version;
    }
    let version = ask_version(&rustc);
    let _ = fs::write(&file, format!("{stamp}{version}"));
    version
}

fn ask_version(rustc: &Path) -> String {
    let output = std::process::Command::new(rustc).arg("--version").output();
    output.map_or_else(|_| "unknown".into(), |o| String::from_utf8_lossy(&o.stdout).trim().into())
}
