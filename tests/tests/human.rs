//! What a learner reads on the terminal, word for word: wide and narrow, plain and in colour.

use course_tests::{Submission, grade, past_the_facade, run};

/// What the grader prints on a terminal of so many columns with this in its environment.
fn printed(arguments: &[&str], columns: usize, environment: &[(&str, &str)]) -> String {
    let mut command = grade(arguments);
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "LC_ALL", "LC_CTYPE", "LANG"] {
        command.env_remove(name);
    }
    command.env("COLUMNS", columns.to_string()).envs(environment.iter().copied());
    let (_, text) = run(&mut command);
    for line in text.lines() {
        let plain: String = without_colour(line);
        // A schedule that is to be copied stands in one line.
        let fits = plain.chars().count() <= columns || plain.contains(":1.t");
        assert!(fits, "wider than {columns} columns: {plain}");
    }
    text
}

fn without_colour(line: &str) -> String {
    let mut plain = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('\x1b') {
        plain += before;
        rest = after.split_once('m').map_or("", |(_, rest)| rest);
    }
    plain + rest
}

#[test]
fn the_lost_update_of_the_stub() {
    insta::assert_snapshot!("lost_update_80", printed(&["2"], 80, &[]));
    insta::assert_snapshot!("lost_update_40", printed(&["2"], 40, &[]));
    insta::assert_snapshot!("lost_update_200", printed(&["2"], 200, &[]));
    insta::assert_snapshot!("lost_update_ascii", printed(&["2"], 80, &[("LC_ALL", "C")]));
    let colour = printed(&["2"], 80, &[("CLICOLOR_FORCE", "1")]);
    insta::assert_snapshot!("lost_update_colour", colour.replace('\x1b', "␛"));
}

/// Names of `std` where those of `sync` belong: each line, and what to write there.
#[test]
fn what_hides_from_the_model_checker() {
    let submission = Submission::new("02-race-fix", &past_the_facade());
    let path = submission.path().to_str().unwrap();
    insta::assert_snapshot!("real_primitive", printed(&["--submission", path, "2"], 80, &[]));
    let strictly = printed(&["--submission", path, "--strict", "2"], 80, &[]);
    insta::assert_snapshot!("real_primitive", strictly);
}

#[test]
fn no_colour_is_asked_for() {
    let text = printed(&["2"], 80, &[("NO_COLOR", "1")]);
    assert!(!text.contains('\x1b'));
}

#[test]
fn a_compiler_error_is_shown_once_with_the_learners_path() {
    let source = "//! Broken.\npub fn incr() -> i64 { \"one\" }\n";
    let submission = Submission::new("02-race-fix", source);
    let path = submission.path().to_str().unwrap();
    let text = printed(&["--submission", path, "2"], 100, &[]);
    assert_eq!(text.matches("mismatched types").count(), 1, "{text}");
    assert!(text.contains("exercises/02-race-fix/src/lib.rs:2:24"), "{text}");
    assert!(!text.contains("stage"), "{text}");
}

#[test]
fn hostile_output_cannot_steer_the_terminal() {
    let source = include_str!("../../solutions/02-race-fix/lib.rs").replace(
        "Self { count: AtomicI64::new(initial) }",
        "println!(\"\\x1b]0;gotcha\\x07\\x1b[2J\"); std::process::exit(0)",
    );
    let submission = Submission::new("02-race-fix", &source);
    let path = submission.path().to_str().unwrap();
    let text = printed(&["--submission", path, "2"], 80, &[("NO_COLOR", "1")]);
    assert!(text.contains("gotcha"), "{text}");
    assert!(!text.contains('\x1b') && !text.contains('\x07'), "{text:?}");
}
