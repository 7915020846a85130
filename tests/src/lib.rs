//! What the end-to-end tests share: the real grader, and throwaway submissions.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use tempfile::TempDir;

pub mod course;
pub mod sandbox;
pub mod terminal;

/// The workspace's root.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ is in the workspace")
}

/// The grader's program, built as `cargo grade` builds it.
pub fn grader() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        let cargo = std::env::var_os("CARGO").unwrap_or("cargo".into());
        let output = Command::new(cargo)
            .args(["build", "--package", "grader", "--message-format=json"])
            .current_dir(root())
            .output()
            .expect("cargo runs: it runs this test");
        let messages = String::from_utf8_lossy(&output.stdout).into_owned();
        messages
            .lines()
            .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
            .find_map(|message| message["executable"].as_str().map(PathBuf::from))
            .unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&output.stderr)))
    })
}

/// A call of the grader in the workspace's root.
pub fn grade<S: AsRef<OsStr>>(arguments: &[S]) -> Command {
    let mut command = Command::new(grader());
    command.args(arguments).current_dir(root());
    command
}

/// Runs the command and returns its exit code and what it printed, standard output first.
pub fn run(command: &mut Command) -> (i32, String) {
    let Output { status, stdout, stderr } = command.output().expect("the grader starts");
    let printed = [stdout, stderr].concat();
    (status.code().unwrap_or(-1), String::from_utf8_lossy(&printed).into_owned())
}

/// Runs the command and returns its exit code and the JSON report that it printed.
///
/// # Panics
/// With what it said instead, if it printed none.
pub fn report_of(command: &mut Command) -> (i32, serde_json::Value) {
    let Output { status, stdout, stderr } = command.output().expect("the grader starts");
    let report = serde_json::from_slice(&stdout).unwrap_or_else(|_| {
        panic!("{status}, and no report, but: {}", String::from_utf8_lossy(&stderr))
    });
    (status.code().unwrap_or(-1), report)
}

/// A submission that holds one source file for one exercise.
pub struct Submission(TempDir);

impl Submission {
    /// Lays `source` as `src/lib.rs` of the exercise.
    pub fn new(exercise: &str, source: &str) -> Self {
        let folder = tempfile::Builder::new()
            .prefix("hand in · ünïcode ")
            .tempdir()
            .expect("there is room for a temporary folder");
        let submission = Self(folder);
        submission.write(exercise, "lib.rs", source);
        submission
    }

    /// Adds or replaces a file under the exercise's `src`.
    pub fn write(&self, exercise: &str, file: &str, source: &str) {
        let src = self.path().join("exercises").join(exercise).join("src");
        std::fs::create_dir_all(&src).expect("the folder is ours");
        std::fs::write(src.join(file), source).expect("the folder is ours");
    }

    /// Its folder.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Grades it, and returns the exit code and the report.
    pub fn grade(&self, exercise: &str, more: &[&str]) -> (i32, serde_json::Value) {
        let submission = self.path().to_str().expect("the name is UTF-8");
        let mut arguments = vec!["--submission", submission, "--format", "json", exercise];
        arguments.extend(more);
        report_of(&mut grade(&arguments))
    }
}

/// An answer to exercise 2 that takes locks and atomics from `std`, in three ways.
pub fn past_the_facade() -> String {
    let right = std::fs::read_to_string(root().join("solutions/02-race-fix/lib.rs"));
    let right = right.expect("there is a reference answer");
    let imports = "use std::{\n    sync::{self, atomic::{AtomicI64, Ordering}},\n    thread,\n};\n";
    let source =
        right.replace("use sync::atomic::{AtomicI64, Ordering};\nuse sync::thread;\n", imports);
    assert_ne!(source, right, "the reference answer has other imports now");
    source
        + "\n/// Waits for nobody.\npub fn lock() -> sync::Mutex<u8> {\n    sync::Mutex::new(0)\n}\n"
}

/// The check of that name in the report's only exercise.
pub fn check<'a>(report: &'a serde_json::Value, name: &str) -> &'a serde_json::Value {
    report["exercises"][0]["checks"]
        .as_array()
        .and_then(|checks| checks.iter().find(|check| check["name"] == name))
        .unwrap_or_else(|| panic!("no check `{name}` in {report:#}"))
}
