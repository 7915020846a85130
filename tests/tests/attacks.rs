//! Every known way to get marks without an answer, graded by the ordinary grader.
//!
//! `attacks/NN-name/` is a submission, and `attack.toml` says what must come of it: graded strictly
//! (a policy, and the sandbox), in the sandbox without a policy (with namespaces, and with Landlock
//! alone, as in most containers), and openly, with neither. A verdict is the first fault; `*` is any
//! verdict but a pass. `attacks/honest/` is the control group: odd answers that are right.
//!
//! `cargo test -p course-tests --test attacks -- --nocapture` prints the table.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use course_tests::sandbox::{path_with, without_namespaces};
use course_tests::{grade, root};
use serde::Deserialize;
use serde_json::Value;
use tempfile::TempDir;

/// No attack may hold up the grader for longer: a compiler may use a minute of CPU time, twice.
const PATIENCE: Duration = Duration::from_secs(600);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Attack {
    /// What it hopes for.
    hope: String,
    /// The exercise that it is handed in for.
    #[serde(default = "race_fix")]
    exercise: String,
    /// CPU seconds for its compilers: what honest answers need, five times, and no more than somebody
    /// likes to wait for, over and over.
    #[serde(default = "five")]
    compile_seconds: u64,
    strict: String,
    sandboxed: String,
    /// In a sandbox without namespaces.
    landlock: String,
    /// `endless` where only the sandbox has a limit: such an attack is not tried without it.
    open: String,
    /// The mechanism that stops it.
    stopped_by: String,
}

fn race_fix() -> String {
    "2".into()
}

fn five() -> u64 {
    5
}

fn corpus() -> BTreeMap<String, (PathBuf, Attack)> {
    let folders = fs::read_dir(root().join("tests/attacks")).unwrap().flatten();
    folders
        .filter_map(|entry| {
            let text = fs::read_to_string(entry.path().join("attack.toml")).ok()?;
            let name = entry.file_name().into_string().unwrap();
            let attack = toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
            Some((name, (entry.path(), attack)))
        })
        .collect()
}

/// A way to grade.
struct Way {
    name: &'static str,
    arguments: &'static [&'static str],
    /// What comes first in `PATH`.
    first: Option<TempDir>,
    expected: fn(&Attack) -> &str,
}

/// Grades a submission; the report, and how long it took.
fn report(submission: &Path, exercise: &str, seconds: u64, way: &Way) -> (Value, Duration) {
    let begin = Instant::now();
    let submission = submission.to_str().unwrap();
    let mut command = grade(&["--submission", submission, "--format", "json", "--no-cache"]);
    command.args(["--compile-seconds", &seconds.to_string()]).args(way.arguments).arg(exercise);
    if let Some(first) = &way.first {
        command.env("PATH", path_with(first.path()));
    }
    let output = command.env("USER_SECRET", "x").output().expect("the grader starts");
    let report = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| {
        panic!("{submission}: no report, but: {}", String::from_utf8_lossy(&output.stderr))
    });
    (report, begin.elapsed())
}

/// The first fault, or `passed`, or the first verdict that is neither.
fn verdict(report: &Value) -> String {
    let checks = report["exercises"][0]["checks"].as_array().expect("there are checks");
    let of = |verdict: &str| checks.iter().find(|check| check["verdict"] == verdict);
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    if let Some(check) = of("grader-fault") {
        return format!("grader-fault: {}", word(&check["because"]));
    }
    if let Some(check) = of("failed") {
        return word(&check["fault"]);
    }
    let open = checks.iter().find(|check| check["verdict"] != "passed");
    open.map_or_else(|| "passed".into(), |check| word(&check["verdict"]))
}

fn is_as_expected(verdict: &str, expected: &str) -> bool {
    verdict == expected || (expected == "*" && verdict != "passed")
}

/// Grades every attack in this way, prints the table, and fails if one came out otherwise.
fn all(way: &Way) {
    let mut wrong = Vec::new();
    println!(
        "| attack | hopes that | {} | seconds | stopped by |\n|---|---|---|---|---|",
        way.name
    );
    for (name, (path, attack)) in corpus() {
        let expected = (way.expected)(&attack);
        if expected == "endless" {
            println!("| {name} | {} | not tried | | |", attack.hope);
            continue;
        }
        let (report, took) = report(&path, &attack.exercise, attack.compile_seconds, way);
        let verdict = verdict(&report);
        let seconds = took.as_secs_f64();
        println!("| {name} | {} | {verdict} | {seconds:.1} | {} |", attack.hope, attack.stopped_by);
        if !is_as_expected(&verdict, expected) || took > PATIENCE {
            wrong.push(format!("{name}: {verdict} after {seconds:.1} s, not {expected}"));
        }
        assert!(!is_running("1020.25"), "{name} left a process behind");
    }
    assert!(wrong.is_empty(), "graded {}:\n{}", way.name, wrong.join("\n"));
}

/// Whether a process with this argument runs.
fn is_running(argument: &str) -> bool {
    let processes = fs::read_dir("/proc").expect("Linux has /proc").flatten();
    processes.into_iter().any(|process| {
        let line = fs::read(process.path().join("cmdline")).unwrap_or_default();
        line.split(|&byte| byte == 0).any(|word| word == argument.as_bytes())
    })
}

/// Whether this machine lets a sandbox have namespaces: `require` refuses where it does not.
fn has_namespaces() -> bool {
    let honest = root().join("tests/attacks/honest/modules");
    let honest = honest.to_str().unwrap();
    let arguments = ["--submission", honest, "--sandbox", "require", "2"];
    grade(&arguments).output().is_ok_and(|output| output.status.success())
}

const STRICTLY: Way = Way {
    name: "strictly",
    arguments: &["--strict"],
    first: None,
    expected: |attack| &attack.strict,
};
const OPENLY: Way =
    Way { name: "openly", arguments: &[], first: None, expected: |attack| &attack.open };

#[test]
fn every_attack_is_caught_when_graded_strictly() {
    all(&STRICTLY);
}

#[test]
fn the_sandbox_holds_without_the_policy() {
    if has_namespaces() {
        all(&Way {
            name: "in namespaces",
            arguments: &["--sandbox", "require"],
            first: None,
            expected: |attack| &attack.sandboxed,
        });
    } else {
        println!("not tried: this machine allows no namespaces");
    }
}

#[test]
fn the_sandbox_holds_without_namespaces() {
    all(&Way {
        name: "with Landlock alone",
        arguments: &["--sandbox", "auto"],
        first: Some(without_namespaces()),
        expected: |attack| &attack.landlock,
    });
}

#[test]
fn what_the_supervisor_alone_catches_is_known() {
    all(&OPENLY);
}

#[test]
fn honest_answers_pass_however_odd_they_look() {
    for entry in fs::read_dir(root().join("tests/attacks/honest")).unwrap().flatten() {
        let (report, _) = report(&entry.path(), &race_fix(), five(), &STRICTLY);
        assert_eq!(verdict(&report), "passed", "{}: {report:#}", entry.path().display());
    }
}

/// Grading attacks changes nothing of the course, and nothing of what was handed in.
#[test]
fn nothing_outside_the_stage_changes() {
    let attack = root().join("tests/attacks/06-build-script");
    let watched =
        ["exercises/02-race-fix", "support", "tests/attacks/06-build-script", "Cargo.toml"];
    let before: Vec<_> = watched.iter().map(|path| contents(&root().join(path))).collect();
    for way in [&STRICTLY, &OPENLY] {
        report(&attack, &race_fix(), five(), way);
    }
    let after: Vec<_> = watched.iter().map(|path| contents(&root().join(path))).collect();
    assert!(before == after, "a file was changed");
}

fn contents(path: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    if path.is_file() {
        return BTreeMap::from([(path.to_owned(), fs::read(path).unwrap())]);
    }
    let entries = fs::read_dir(path).unwrap().flatten();
    entries.flat_map(|entry| contents(&entry.path())).collect()
}
