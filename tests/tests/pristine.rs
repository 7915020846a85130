//! One submission never touches the next: two gradings one after the other, in one home.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use course_tests::course::Course;
use course_tests::{Submission, check, grade, report_of, root, run};
use serde_json::Value;

/// The grader's folder, of this file alone, and one test at a time: what is put there by hand is
/// there when the next grading begins. Kept between runs, so that only the first builds everything.
struct Home {
    target: PathBuf,
    _turn: MutexGuard<'static, ()>,
}

impl Home {
    fn new() -> Self {
        static TURN: Mutex<()> = Mutex::new(());
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        Self { target: Path::new(env!("CARGO_TARGET_TMPDIR")).join("pristine"), _turn: turn }
    }

    fn grade(&self, arguments: &[&str]) -> Command {
        let mut command = grade(arguments);
        command.env("CARGO_TARGET_DIR", &self.target);
        command
    }

    fn inside(&self, path: &str) -> PathBuf {
        self.target.join("grade").join(path)
    }

    /// Grades a submission to exercise 2 in one of the ways.
    fn submit(&self, submission: &Submission, way: &Way) -> (i32, Value) {
        let path = submission.path().to_str().unwrap();
        let mut arguments = vec!["--submission", path, "2", "--format", "json", "--no-cache"];
        arguments.extend(way.arguments);
        report_of(way.in_path(&mut self.grade(&arguments)))
    }

    fn assert_pristine(&self) {
        let traces = self.traces();
        assert!(traces.is_empty(), "{traces:?}");
    }

    /// Everything below the stage and the target folder whose name says that it is of an answer.
    fn traces(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut folders = vec![self.inside("stage"), self.inside("target")];
        while let Some(folder) = folders.pop() {
            for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()) {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                let is_source = name == "src" && path.starts_with(self.inside("stage/exercises"));
                let is_built = path.starts_with(self.inside("target"))
                    && ["race_fix", "race-fix", "examples-"].iter().any(|of| name.contains(of));
                if is_source || is_built {
                    found.push(path);
                } else if path.is_dir() {
                    folders.push(path);
                }
            }
        }
        found
    }
}

/// How to grade, and whether bubblewrap is let work.
struct Way {
    arguments: &'static [&'static str],
    path: Option<OsString>,
    /// Holds the program that stands in bubblewrap's place.
    _folder: tempfile::TempDir,
}

impl Way {
    fn new(arguments: &'static [&'static str], namespaces: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("bwrap");
        fs::write(&program, "#!/bin/sh\nexit 1\n").unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        let mut path = folder.path().as_os_str().to_owned();
        path.push(":");
        path.push(std::env::var_os("PATH").unwrap_or_default());
        Self { arguments, path: (!namespaces).then_some(path), _folder: folder }
    }

    fn in_path<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        command.envs(self.path.as_ref().map(|path| ("PATH", path)))
    }
}

/// The sandbox as this machine has it, and with Landlock alone; no policy.
fn sandboxed() -> [Way; 2] {
    [true, false].map(|namespaces| Way::new(&["--sandbox", "auto"], namespaces))
}

fn openly() -> Way {
    Way::new(&[], true)
}

fn right() -> String {
    fs::read_to_string(root().join("solutions/02-race-fix/lib.rs")).unwrap()
}

fn stub() -> Submission {
    let stub = fs::read_to_string(root().join("exercises/02-race-fix/src/lib.rs")).unwrap();
    Submission::new("02-race-fix", &stub)
}

/// A right answer that does this whenever a counter is made.
fn answer(body: &str) -> Submission {
    let source = right();
    let (before, after) = source.split_once("fn new(initial: i64) -> Self {").unwrap();
    Submission::new(
        "02-race-fix",
        &format!("{before}fn new(initial: i64) -> Self {{\n{body}{after}"),
    )
}

/// Statements that name the places where a note may be left.
fn places(note: &str) -> String {
    format!(
        "let temporary = std::env::var(\"TMPDIR\").unwrap_or_default();
        let program = std::env::current_exe().unwrap_or_default();
        let program = program.parent().map(|folder| folder.display().to_string());
        let program = program.unwrap_or_default();
        let places = [\"/tmp\", \"/dev/shm\", \"/var/tmp\", &*temporary, &*program, \".\"];
        let notes = places.map(|place| format!(\"{{place}}/{note}\"));"
    )
}

#[test]
fn no_note_reaches_the_next_answer() {
    let home = Home::new();
    let note = format!("note-of-an-answer-{}", std::process::id());
    let places = places(&note);
    let writer = answer(&format!(
        "{places}
        notes.iter().for_each(|note| _ = std::fs::write(note, \"x\"));
        assert!(std::path::Path::new(&notes[3]).exists(), \"there is a folder for temporary files\");"
    ));
    let reader = answer(&format!(
        "{places}
        let found: Vec<_> = notes.iter().filter(|note| std::path::Path::new(note).exists()).collect();
        assert!(found.is_empty(), \"found {{found:?}}\");"
    ));
    let ours = ["/tmp", "/dev/shm", "/var/tmp"].map(|folder| Path::new(folder).join(&note));
    for way in sandboxed() {
        let level = |report: &Value| report["grader"]["sandbox"].as_str().unwrap().to_owned();
        let (_, report) = home.submit(&writer, &way);
        let verdict = check(&report, "counts_alone");
        assert_eq!(verdict["verdict"], "passed", "{}: {verdict:#}", level(&report));
        home.assert_pristine();
        assert!(ours.iter().all(|note| !note.exists()), "{}", level(&report));
        let (_, report) = home.submit(&reader, &way);
        let verdict = check(&report, "counts_alone");
        assert_eq!(verdict["verdict"], "passed", "{}: {verdict:#}", level(&report));
    }
    // Without a sandbox notes do stay: these would have been found.
    home.submit(&writer, &openly());
    let (_, report) = home.submit(&reader, &openly());
    ours.iter().for_each(|note| _ = fs::remove_file(note));
    let verdict = check(&report, "counts_alone");
    assert!(verdict["message"].as_str().unwrap().contains("found"), "{verdict:#}");
}

/// With Landlock alone a check runs as the person who grades. It may not change what cargo tells
/// old and new by.
#[test]
fn times_and_modes_of_others_files_cannot_be_changed() {
    let home = Home::new();
    let touch = answer(
        "let source = std::fs::File::open(\"exercises/02-race-fix/src/lib.rs\").unwrap();
        let mode = source.metadata().unwrap().permissions();
        assert!(source.set_modified(std::time::SystemTime::UNIX_EPOCH).is_err(), \"time\");
        assert!(source.set_permissions(mode).is_err(), \"mode\");",
    );
    for way in sandboxed() {
        let (_, report) = home.submit(&touch, &way);
        let verdict = check(&report, "counts_alone");
        assert_eq!(verdict["verdict"], "passed", "{verdict:#}");
    }
}

/// Whatever a grading that was killed has left, and whoever turned the clock.
#[test]
fn what_was_there_before_is_not_taken_for_the_answers() {
    let home = Home::new();
    // The learner's own work is kept for the next build: here, the right answer.
    let (code, text) = run(&mut home.grade(&["--solutions", "2", "--no-cache"]));
    assert_eq!(code, 0, "{text}");
    assert!(!home.traces().is_empty(), "it is there");
    let future = SystemTime::now() + Duration::from_secs(1_000_000_000);
    for trace in home.traces() {
        set_times(&trace, future);
    }
    let elsewhere = tempfile::tempdir().unwrap();
    let victim = elsewhere.path().join("victim");
    fs::write(&victim, "untouched").unwrap();
    let stage = |path: &str| home.inside("stage").join(path);
    for file in ["exercises/02-race-fix/src/left.rs", "exercises/03-rlock/src/bin/deps.rs"] {
        fs::create_dir_all(stage(file).parent().unwrap()).unwrap();
        fs::write(stage(file), "not Rust").unwrap();
    }
    fs::remove_file(stage("exercises/02-race-fix/tests/examples.rs")).unwrap();
    symlink(&victim, stage("exercises/02-race-fix/tests/examples.rs")).unwrap();
    for way in [openly(), Way::new(&["--strict"], true)] {
        let (code, report) = home.submit(&stub(), &way);
        assert_eq!(code, 1, "{report:#}");
        assert!(report.to_string().contains("\"lost-update\""), "{report:#}");
        home.assert_pristine();
    }
    assert_eq!(fs::read_to_string(victim).unwrap(), "untouched");
}

fn set_times(path: &Path, time: SystemTime) {
    if path.is_dir() {
        fs::read_dir(path).unwrap().flatten().for_each(|entry| set_times(&entry.path(), time));
    } else {
        fs::File::open(path).unwrap().set_modified(time).unwrap();
    }
}

#[test]
fn an_answer_that_does_not_compile_leaves_nothing_either() {
    let home = Home::new();
    let broken = Submission::new("02-race-fix", "fn");
    let (code, report) = home.submit(&broken, &Way::new(&["--strict"], true));
    assert_eq!((code, &check(&report, "counts_alone")["fault"]), (1, &"compile-error".into()));
    home.assert_pristine();
}

/// Ctrl-C, in the midst of a check.
#[test]
fn a_grader_that_is_told_to_stop_leaves_nothing() {
    let home = Home::new();
    let folder = tempfile::tempdir().unwrap();
    let begun = folder.path().join("begun");
    let endless = answer(&format!(
        "let _ = std::fs::write({:?}, \"x\"); loop {{ std::thread::park(); }}",
        begun.display().to_string()
    ));
    let path = endless.path().to_str().unwrap();
    let mut grader = home.grade(&["--submission", path, "2", "--no-cache"]).spawn().unwrap();
    let begin = Instant::now();
    while !begun.exists() {
        assert!(begin.elapsed() < Duration::from_secs(300), "no check began");
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(!home.traces().is_empty(), "there is something to remove");
    let interrupt = Command::new("kill").args(["-INT", &grader.id().to_string()]).status();
    assert!(interrupt.unwrap().success());
    let status = grader.wait().unwrap();
    // As a grader that does nothing about it would have ended.
    assert_eq!(status.signal(), Some(2), "{status}");
    home.assert_pristine();
}

/// Names of programs are nobody's: this is below the intake, with the answers in place.
#[test]
fn what_an_answer_brings_is_never_a_program() {
    let home = Home::new();
    let course = Course::new(&["02-race-fix", "03-rlock"], &home.target);
    let forge = fs::read_to_string(
        root().join("tests/attacks/70-guard-by-name/exercises/02-race-fix/src/bin/guard.rs"),
    );
    let forge = forge.unwrap();
    for name in ["bin/guard", "bin/examples", "bin/model", "bin/deps", "bin/race_fix", "main"] {
        course.write(&format!("exercises/02-race-fix/src/{name}.rs"), &forge);
    }
    for way in sandboxed().iter().chain([&openly()]) {
        let mut arguments = vec!["2", "--format", "json", "--no-cache"];
        arguments.extend(way.arguments);
        let (code, report) = report_of(way.in_path(&mut course.grade(&arguments)));
        assert_eq!(code, 1, "{report:#}");
        assert!(report.to_string().contains("\"lost-update\""), "{report:#}");
    }
    let (code, text) = run(&mut course.grade(&["--solutions", "--strict"]));
    assert_eq!(code, 0, "{text}");
}

/// Even if cargo were to look for programs among an answer's files: it costs that answer alone.
#[test]
fn what_cargo_refuses_is_that_answers_alone() {
    let home = Home::new();
    let course = Course::new(&["02-race-fix", "03-rlock"], &home.target);
    let manifest = course.read("exercises/03-rlock/Cargo.toml");
    course.write(
        "exercises/03-rlock/Cargo.toml",
        &manifest.replace("autobins = false", "autobins = true"),
    );
    for exercise in ["02-race-fix", "03-rlock"] {
        let right = course.read(&format!("solutions/{exercise}/lib.rs"));
        course.write(&format!("exercises/{exercise}/src/lib.rs"), &right);
    }
    let bad = "exercises/03-rlock/src/bin/deps.rs";
    course.write(bad, "fn main() {}\n");
    for way in [&["--sandbox", "auto"][..], &[]] {
        let arguments = [&["--format", "json", "--no-cache"], way].concat();
        let (code, report) = report_of(&mut course.grade(&arguments));
        assert_eq!(code, 1, "{report:#}");
        let [honest, hostile] = [0, 1].map(|index| &report["exercises"][index]);
        assert_eq!(honest["points"], honest["max_points"], "{report:#}");
        let first = &hostile["checks"][0];
        assert_eq!((&hostile["points"], &first["fault"]), (&0.into(), &"compile-error".into()));
        let said = first["evidence"][0]["rendered"].as_str().unwrap();
        assert!(said.contains("`deps` is forbidden"), "cargo's own words: {said}");
    }
    fs::remove_file(course.path().join(bad)).unwrap();
    let (code, text) = run(&mut course.grade(&["--no-cache"]));
    assert_eq!(code, 0, "{text}");
}

/// Where cargo fails whatever the answer is, no answer is at fault.
#[test]
fn a_course_that_cargo_does_not_take_is_no_answers_fault() {
    let home = Home::new();
    let course = Course::new(&["02-race-fix"], &home.target);
    let manifest = course.read("exercises/02-race-fix/Cargo.toml");
    course.write("exercises/02-race-fix/Cargo.toml", &format!("{manifest}\n[nonsense\n"));
    let (code, text) = run(&mut course.grade(&["2", "--no-cache"]));
    assert_eq!(code, 4, "{text}");
    assert!(text.contains("No answer is at fault"), "{text}");
}

#[test]
fn a_guard_that_was_changed_is_built_anew() {
    let home = Home::new();
    let strict = Way::new(&["--strict"], true);
    home.submit(&stub(), &strict);
    let guard = fs::read_dir(home.inside("trusted")).unwrap().flatten().map(|entry| entry.path());
    let guard = guard.filter(|path| path.extension().is_none() && path.is_file());
    for guard in guard.collect::<Vec<_>>() {
        fs::remove_file(&guard).unwrap();
        fs::write(&guard, "#!/bin/sh\necho ready rlimits seccomp\necho exited 0\n").unwrap();
        fs::set_permissions(&guard, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let (code, report) = home.submit(&stub(), &strict);
    assert_eq!(code, 1, "{report:#}");
    assert!(report.to_string().contains("\"lost-update\""), "{report:#}");
}
