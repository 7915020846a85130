//! The commands that a learner lives with: next, list, hint, explain, solution, reset, new.

use std::path::{Path, PathBuf};

use course_tests::course::Course;
use course_tests::run;

const SOURCE: &str = "exercises/02-race-fix/src/lib.rs";

/// Kept between runs, so that only the first builds everything.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("learner")
}

fn course() -> Course {
    Course::new(&["02-race-fix"], &target())
}

/// Runs the grader and returns what it says, with its exit code on top.
fn says(course: &Course, arguments: &[&str]) -> String {
    let (code, text) = run(&mut course.grade(arguments));
    format!("exit {code}\n{text}")
}

#[test]
fn a_course_from_the_first_verdict_to_the_last() {
    let course = course();
    assert!(says(&course, &["list"]).contains("not graded yet"));
    let next = says(&course, &["next"]);
    assert!(
        next.starts_with("exit 1") && next.contains("exercises/02-race-fix/README.md"),
        "{next}"
    );
    assert!(says(&course, &["list", "--open"]).contains("lost-update"));

    course.write(SOURCE, &course.read("solutions/02-race-fix/lib.rs"));
    assert!(says(&course, &["next"]).starts_with("exit 0"));
    insta::assert_snapshot!("the_end", says(&course, &["next"]));
    let again = says(&course, &["2"]);
    assert!(again.contains("That was the last one") && !again.contains("Next:"), "{again}");
    assert!(says(&course, &["list", "--passed", "race"]).contains("1 of 1 exercises passed"));

    // An edit after passing is graded again.
    course.write(SOURCE, &format!("{}\n// Edited.\n", course.read(SOURCE)));
    assert!(says(&course, &["list", "--open"]).contains("edited since it passed"));
}

#[test]
fn hints_come_one_by_one_and_a_reset_takes_them_back() {
    let course = course();
    insta::assert_snapshot!("first_hint", says(&course, &["hint", "2"]));
    insta::assert_snapshot!("second_hint", says(&course, &["hint"]));
    course.write(SOURCE, "// Mine.\n");
    insta::assert_snapshot!("reset", says(&course, &["reset", "2"]));
    assert!(course.read(SOURCE).contains("pub struct SharedCounter"));
    assert!(!course.read(".lockstep/progress.toml").contains("hints"));
    insta::assert_snapshot!("undo", says(&course, &["reset", "2", "--undo"]));
    assert_eq!(course.read(SOURCE), "// Mine.\n");
    insta::assert_snapshot!("undo_again", says(&course, &["reset", "--undo"]));
    assert!(course.read(SOURCE).contains("pub struct SharedCounter"));
    assert!(says(&course, &["reset", "--undo"]).contains("as it was before the reset"));
    assert!(says(&course, &["reset", "--all"]).contains("as the course has it"));
    assert!(says(&course, &["reset", "--all"]).contains("nothing was changed"));
}

#[test]
fn a_solution_is_shown_when_asked_for_twice_and_that_is_remembered() {
    let course = course();
    insta::assert_snapshot!("solution_asked_once", says(&course, &["solution", "2"]));
    let shown = says(&course, &["solution", "2"]);
    assert!(
        shown.starts_with("exit 0") && shown.contains("+        self.count.fetch_add"),
        "{shown}"
    );
    assert!(course.read(".lockstep/progress.toml").contains("seen-before-passing"));
}

#[test]
fn a_fault_is_explained() {
    let course = course();
    insta::assert_snapshot!("explain", says(&course, &["explain", "Lost Update"]));
    insta::assert_snapshot!("explain_all", says(&course, &["explain"]));
    insta::assert_snapshot!("explain_unknown", says(&course, &["explain", "gremlin"]));
}

#[test]
fn a_broken_memory_is_set_aside_and_told() {
    let course = course();
    course.write(".lockstep/progress.toml", "[[[");
    let said = says(&course, &["list"]);
    assert!(said.starts_with("exit 0") && said.contains("could not be understood"), "{said}");
    assert_eq!(course.read(".lockstep/progress.broken-1.toml"), "[[[");
}

#[test]
fn without_a_terminal_nothing_is_watched() {
    insta::assert_snapshot!("watch_without_terminal", says(&course(), &["watch"]));
}

/// What `new` writes is accepted as it is, so an author begins with something that works.
#[test]
fn a_new_exercise_is_accepted_by_self_test() {
    let course = course();
    let said = says(&course, &["new", "take-one"]);
    assert!(
        said.starts_with("exit 0") && said.contains("exercises/03-take-one/src/lib.rs"),
        "{said}"
    );
    assert!(says(&course, &["new", "take-one"]).starts_with("exit 2"));
    assert!(says(&course, &["new", "Take One"]).starts_with("exit 2"));
    let judged = says(&course, &["self-test", "take-one"]);
    assert!(judged.starts_with("exit 0"), "{judged}");
    // Removed and renamed exercises leave nothing behind that gets in the way.
    std::fs::remove_dir_all(course.path().join("exercises/03-take-one")).unwrap();
    assert!(says(&course, &["--solutions"]).starts_with("exit 0"));
}
