//! The JSON report is what its published schema says.

use std::collections::BTreeMap;

use course_tests::{Submission, check, grade, past_the_facade, report_of, root};
use evidence::Fault;
use serde_json::Value;

fn schema() -> Value {
    let path = root().join("grader/schema/report-1.schema.json");
    let text = std::fs::read(path).expect("the schema is published");
    serde_json::from_slice(&text).expect("the schema is JSON")
}

fn assert_valid(report: &Value) {
    let schema = schema();
    let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
    let errors: Vec<String> = validator
        .iter_errors(report)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{}\nin {report:#}", errors.join("\n"));
}

/// The stubs fail in many ways, the reference answers pass: together they show most of the format.
#[test]
fn reports_on_stubs_and_solutions_are_valid() {
    for more in [&[][..], &["--solutions"]] {
        let mut arguments = vec!["--format", "json"];
        arguments.extend(more);
        let (_, report) = report_of(&mut grade(&arguments));
        assert_valid(&report);
        assert!(report["max_points"].as_u64() > Some(0));
    }
}

#[test]
fn a_report_on_a_broken_source_is_valid() {
    let (code, report) = Submission::new("02-race-fix", "pub fn broken(").grade("2", &[]);
    assert_valid(&report);
    assert_eq!(code, 1);
    assert_eq!(report["exercises"][0]["checks"][0]["fault"], "compile-error");
}

/// The checks that use the real threads run as ever; those of the model checker would see nothing.
#[test]
fn a_report_on_what_hides_from_the_model_checker_is_valid() {
    let submission = Submission::new("02-race-fix", &past_the_facade());
    let (code, report) = submission.grade("2", &["--no-cache"]);
    assert_valid(&report);
    assert_eq!(code, 1);
    assert_eq!(check(&report, "counts_alone")["verdict"], "passed");
    let hidden = check(&report, "two_threads_lose_nothing");
    assert_eq!(hidden["millis"], 0, "nothing ran");
    let told = ["fault", "message", "evidence"].map(|key| (key, &hidden[key]));
    let told: BTreeMap<&str, &Value> = told.into();
    insta::assert_snapshot!(serde_json::to_string_pretty(&told).unwrap());
}

/// An answer that mixes both does not even compile for the model checker: the lines say why.
#[test]
fn what_hides_is_told_before_what_does_not_compile_in_the_model() {
    let source = past_the_facade()
        + "\n/// Both.\npub fn both(real: std::sync::MutexGuard<'_, u8>) {\n    drop(sync::Condvar::new().wait(real));\n}\n";
    let (_, report) = Submission::new("02-race-fix", &source).grade("2", &[]);
    assert_eq!(check(&report, "two_threads_lose_nothing")["fault"], "real-primitive");
    // What does not compile anywhere is told as ever.
    let (_, report) = Submission::new("02-race-fix", &(source + "fn")).grade("2", &[]);
    assert_eq!(check(&report, "counts_alone")["fault"], "compile-error");
}

#[test]
fn the_schema_knows_every_fault_and_nothing_else() {
    let schema = schema();
    let listed = schema["$defs"]["fault"]["enum"].as_array().expect("it lists the faults");
    let listed: Vec<&str> = listed.iter().filter_map(Value::as_str).collect();
    let known: Vec<&str> = Fault::ALL.iter().map(|fault| fault.id()).collect();
    assert_eq!(listed, known);
}

#[test]
fn the_schema_refuses_what_is_not_a_report() {
    let (_, mut report) = Submission::new("02-race-fix", "pub fn broken(").grade("2", &[]);
    report["exercises"][0]["checks"][0]["fault"] = "no-such-fault".into();
    assert!(!jsonschema::is_valid(&schema(), &report));
}
