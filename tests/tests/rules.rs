//! The repository keeps its own rules. Each rule carries its reason.

use std::fs;
use std::process::Command;

use course_tests::root;
use grader::contract;
use grader::course::Course;
use grader::rules::{RULES, unlisted_targets};

#[test]
fn every_exercise_keeps_every_rule() {
    let course = Course::load(root()).expect("every exercise.toml is well formed");
    if std::env::var_os("UPDATE_CONTRACTS").is_some() {
        course.exercises.iter().for_each(|exercise| update_contract(&exercise.folder));
    }
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

fn update_contract(folder: &str) {
    let folder = root().join("exercises").join(folder);
    let stub = fs::read_to_string(folder.join("src/lib.rs")).expect("there is a stub");
    let text = contract::write(&stub).expect("there are words for every item");
    let file = folder.join(contract::FILE);
    if !fs::read_to_string(&file).is_ok_and(|kept| contract::is_same(&text, &kept)) {
        fs::create_dir_all(file.parent().expect("it lies in a folder")).expect("a folder");
        fs::write(&file, text).expect("the contract can be written");
        let formatted = Command::new("rustfmt").args(["--edition", "2024"]).arg(&file).status();
        assert!(formatted.is_ok_and(|status| status.success()), "{} is Rust", file.display());
    }
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
