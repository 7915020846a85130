//! The repository keeps its own rules. Each rule carries its reason.

use course_tests::root;
use grader::course::Course;
use grader::rules::{RULES, unlisted_targets};

#[test]
fn every_exercise_keeps_every_rule() {
    let course = Course::load(root()).expect("every exercise.toml is well formed");
    let mut broken = Vec::new();
    for exercise in &course.exercises {
        for rule in RULES {
            for problem in (rule.check)(&course, exercise) {
                broken.push(format!(
                    "{}: {problem}\n  rule: {}\n  because: {}",
                    exercise.folder, rule.promise, rule.reason
                ));
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn numbers_are_unique() {
    let course = Course::load(root()).expect("every exercise.toml is well formed");
    for pair in course.exercises.windows(2) {
        // Learners say `cargo grade 2`: it must mean one exercise.
        assert_ne!(pair[0].number, pair[1].number, "{} {}", pair[0].folder, pair[1].folder);
    }
}

#[test]
fn every_exercise_has_its_page_in_the_book() {
    let course = Course::load(root()).expect("every exercise.toml is well formed");
    for exercise in &course.exercises {
        // Reports and hints send learners there.
        let page = root().join("book/src").join(&exercise.manifest.book);
        assert!(page.is_file(), "{}: {} is missing", exercise.folder, page.display());
    }
}

/// They lie on the stage as well, beside answers.
#[test]
fn support_packages_list_their_targets() {
    let mut problems = Vec::new();
    for entry in std::fs::read_dir(root().join("support")).unwrap().flatten() {
        problems.extend(unlisted_targets(&entry.path()));
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}
