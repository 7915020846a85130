//! Strict readers of the results that course platforms take.

use serde::Deserialize;
use serde_json::Value;

use crate::readers::{one_of, parse};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct Gradescope {
    score: f64,
    execution_time: f64,
    output: String,
    output_format: String,
    test_output_format: String,
    test_name_format: String,
    visibility: String,
    stdout_visibility: String,
    extra_data: Value,
    tests: Vec<GradescopeTest>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct GradescopeTest {
    score: f64,
    max_score: f64,
    status: String,
    name: String,
    name_format: String,
    number: String,
    output: String,
    output_format: String,
    tags: Vec<String>,
    visibility: String,
    extra_data: Value,
}

/// Panics where it is not what the format says.
pub fn gradescope(text: &str) {
    let shown = ["hidden", "after_due_date", "after_published", "visible"];
    let results: Gradescope = parse(text);
    one_of(&results.visibility, &shown);
    one_of(&results.stdout_visibility, &shown);
    for test in &results.tests {
        one_of(&test.status, &["passed", "failed"]);
        one_of(&test.visibility, &shown);
        assert_eq!(test.output_format, "text", "what a program printed is never markup");
        assert!(test.score <= test.max_score);
    }
    let sum: f64 = results.tests.iter().map(|test| test.score).sum();
    assert!((sum - results.score).abs() < 0.005, "the total is the sum");
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct Classroom50 {
    schema: String,
    classroom: String,
    assignment: String,
    assignment_type: String,
    owner: String,
    submission: String,
    commit: String,
    release: String,
    review: String,
    datetime: String,
    score: u64,
    #[serde(rename = "max-score")]
    max_score: u64,
    tests: Vec<Classroom50Test>,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Classroom50Test {
    #[serde(rename = "test-name")]
    name: String,
    passed: bool,
    score: u64,
    #[serde(rename = "max-score")]
    max_score: u64,
}

/// Panics where it is not what the format says.
pub fn classroom50(text: &str) {
    let result: Classroom50 = parse(text);
    assert_eq!(result.schema, "classroom50/result/v1");
    one_of(&result.assignment_type, &["individual", "group"]);
    assert!(result.submission.starts_with("submit/"));
    assert!(result.datetime.len() == 20 && result.datetime.ends_with('Z'));
    assert!(result.score <= result.max_score && result.tests.len() <= 100);
    assert!(result.tests.iter().all(|test| test.score <= test.max_score && test.max_score <= 1000));
    assert_eq!(result.tests.iter().map(|test| test.score).sum::<u64>(), result.score);
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct GithubClassroom {
    version: u32,
    status: String,
    max_score: u64,
    tests: Vec<GithubClassroomTest>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct GithubClassroomTest {
    name: String,
    status: String,
    score: f64,
    message: Option<String>,
    test_code: String,
    filename: String,
    line_no: u32,
    duration: u64,
}

/// Panics where it is not what the format says.
pub fn github_classroom(text: &str) {
    let results: GithubClassroom = parse(text);
    assert_eq!(results.version, 1);
    one_of(&results.status, &["pass", "fail", "error"]);
    assert!(!results.tests.is_empty(), "the reporter divides by their number");
    for test in &results.tests {
        one_of(&test.status, &["pass", "fail", "error"]);
        assert_eq!(test.line_no, 0);
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct Prairielearn {
    gradable: bool,
    #[serde(default)]
    score: Option<f64>,
    #[serde(default)]
    format_errors: Vec<String>,
    message: String,
    #[serde(default)]
    tests: Vec<PrairielearnTest>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct PrairielearnTest {
    name: String,
    description: String,
    points: f64,
    max_points: f64,
    message: String,
    output: String,
}

/// Panics where it is not what the format says.
pub fn prairielearn(text: &str) {
    let results: Prairielearn = parse(text);
    assert_eq!(results.gradable, results.score.is_some(), "a score where there is one to give");
    assert!(results.score.is_none_or(|score| (0.0..=1.0).contains(&score)));
    assert!(text.len() <= 1 << 20);
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exercism {
    version: u32,
    status: String,
    #[serde(default)]
    message: Option<String>,
    tests: Vec<ExercismTest>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct ExercismTest {
    name: String,
    status: String,
    task_id: u32,
    test_code: String,
    #[serde(default)]
    message: Option<String>,
    #[serde(default)]
    output: Option<String>,
}

/// Panics where it is not what the format says.
pub fn exercism(text: &str) {
    let results: Exercism = parse(text);
    assert_eq!(results.version, 3);
    one_of(&results.status, &["pass", "fail", "error"]);
    assert!(results.message.is_none_or(|message| message.chars().count() <= 65_535));
    for test in &results.tests {
        one_of(&test.status, &["pass", "fail", "error"]);
        assert!(test.output.as_ref().is_none_or(|output| output.chars().count() <= 500));
        assert!(results.status != "pass" || test.status == "pass");
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, tag = "status", rename_all = "lowercase")]
enum Submitty {
    Success { data: SubmittyData },
    Failure { message: String },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SubmittyData {
    score: f64,
    message: Vec<SubmittyMessage>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct SubmittyMessage {
    message: String,
    status: String,
}

/// Panics where it is not what the format says.
pub fn submitty(text: &str) {
    match parse(text) {
        Submitty::Failure { message } => assert!(!message.is_empty()),
        Submitty::Success { data } => {
            assert!((0.0..=1.0).contains(&data.score));
            let known = ["information", "failure", "warning", "success"];
            data.message.iter().for_each(|message| one_of(&message.status, &known));
        }
    }
}
