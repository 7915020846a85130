//! `cargo grade watch` in a real terminal.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use course_tests::course::Course;
use course_tests::grader;
use course_tests::terminal::Terminal;

const SOURCE: &str = "exercises/02-race-fix/src/lib.rs";

/// A first build takes long, above all on a machine with other things to do.
const BUILD: Duration = Duration::from_secs(180);

/// One exercise was edited. (It takes a second; the rest is for a machine with other things to do.)
const EDIT: Duration = Duration::from_secs(60);

/// No work stands between a key and what it does.
const KEY: Duration = Duration::from_secs(5);

/// Kept between runs, so that only the first builds everything.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("watch")
}

/// The tests share a stage: one at a time.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn watch(course: &Course, environment: &str) -> Terminal {
    let (target, grader) = (target(), grader());
    let command = format!(
        "env {environment} CARGO_TARGET_DIR='{}' '{}' watch",
        target.display(),
        grader.display()
    );
    Terminal::run(&command, course.path(), 100, 40)
}

/// The reference answer with another body of `incr`.
fn with_incr(course: &Course, body: &str) -> String {
    let reference = course.read("solutions/02-race-fix/lib.rs");
    let (before, rest) = reference.split_once("pub fn incr(&self, delta: i64) {").unwrap();
    let (_, after) = rest.split_once("\n    }").unwrap();
    format!("{before}pub fn incr(&self, delta: i64) {{\n        {body}\n    }}{after}")
}

/// A thread waits for itself: only a deadline or a newer save ends it.
fn deadlock(course: &Course) -> String {
    with_incr(
        course,
        "let lock = sync::Mutex::new(delta);
        let first = lock.lock().unwrap();
        let second = lock.lock().unwrap();
        self.count.fetch_add(*first + *second, Ordering::Relaxed);",
    )
}

/// Processes whose program lies in the stage of these tests.
fn checks_running() -> Vec<String> {
    let output = Command::new("pgrep").arg("-af").arg(target().join("grade/target")).output();
    let found = output.expect("pgrep is installed").stdout;
    String::from_utf8_lossy(&found)
        .lines()
        .filter(|line| !line.contains("pgrep") && !line.contains("rustc"))
        .map(ToOwned::to_owned)
        .collect()
}

#[test]
fn from_the_stub_to_a_pass() {
    let _alone = alone();
    let course = Course::new(&["02-race-fix"], &target());
    let terminal = watch(&course, "");
    terminal.wait_for("q quit", KEY);
    terminal.wait_for("Lost update", BUILD);
    terminal.wait_for("0 of 1 exercises passed", KEY);
    // The line is as wide as the terminal, and none of it is missing.
    terminal.wait_for(" points.", KEY);

    course.write(SOURCE, &with_incr(&course, "self.count.fetch_add(\"one\", Ordering::Relaxed);"));
    terminal.wait_for("mismatched types", EDIT);
    terminal.wait_for(&format!("{SOURCE}:"), KEY);

    // Keys work while the code hangs…
    course.write(SOURCE, &deadlock(&course));
    terminal.wait_for("checking ", EDIT);
    terminal.press("h");
    terminal.wait_for("Hint 1 of", KEY);
    terminal.press("l");
    terminal.wait_for("> ", KEY);
    terminal.press("l");
    // …and a save meanwhile is not lost, nor does it wait for the deadline of what hangs.
    course.write(SOURCE, &course.read("solutions/02-race-fix/lib.rs"));
    terminal.wait_for("1 of 1 exercises passed", EDIT);

    terminal.press("n");
    terminal.wait_for("Every exercise passes", KEY);
    terminal.press("q");
    terminal.wait_for("ended 0", KEY);
    assert!(course.read(".lockstep/progress.toml").contains("[exercises.race-fix]"));
    assert_eq!(checks_running(), Vec::<String>::new());
}

#[test]
fn a_deadlock_gets_its_verdict_and_does_not_keep_anybody_from_leaving() {
    let _alone = alone();
    let course = Course::new(&["02-race-fix"], &target());
    course.write(SOURCE, &deadlock(&course));
    let terminal = watch(&course, "");
    terminal.wait_for("Did not come to an end", BUILD);
    course.write(SOURCE, &format!("{}\n// Another save.\n", deadlock(&course)));
    terminal.wait_for("checking ", EDIT);
    terminal.press("q");
    let took = terminal.wait_for("ended 0", KEY);
    assert!(took < Duration::from_secs(2), "{took:?}");
    // The terminal is as it was: what is typed is seen, and the screen is the one from before.
    assert!(!terminal.screen().contains("q quit"));
    assert_eq!(checks_running(), Vec::<String>::new());
}

#[test]
fn the_terminal_is_given_back_on_a_signal_and_lent_to_the_editor() {
    let _alone = alone();
    let course = Course::new(&["02-race-fix"], &target());
    let editor = course.path().join("editor.sh");
    course.write(
        "editor.sh",
        "#!/bin/sh\necho \"editing $1\"\nread answer\necho '// edited' >> \"$1\"\n",
    );
    assert!(Command::new("chmod").arg("+x").arg(&editor).status().unwrap().success());
    let terminal = watch(&course, "EDITOR=./editor.sh");
    terminal.wait_for("Lost update", BUILD);

    terminal.press("e");
    terminal.wait_for("editing", KEY);
    terminal.press("Enter");
    terminal.wait_for("q quit", KEY);
    assert!(course.read(SOURCE).ends_with("// edited\n"));

    terminal.resize(50, 15);
    terminal.wait_until("narrow screen", KEY, |screen| {
        let lines: Vec<&str> = screen.trim_end().lines().collect();
        lines.len() == 15 && lines[14].starts_with("n next") && lines[0].starts_with("02 ")
    });

    let shell = terminal.shell();
    assert!(Command::new("pkill").args(["-TERM", "-P", &shell]).status().unwrap().success());
    terminal.wait_for("ended 0", KEY);
    assert!(!terminal.screen().contains("q quit"));
}
