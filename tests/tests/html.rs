//! The same report as a web page (`.ci/browser` opens it in a browser as well), as sentences, on a
//! terminal and as JSON.

use course_tests::{Submission, root};
use evidence::{
    Counterexample, Cut, Evidence, Failure, Fault, Interleaving, Place, Sampled, Schedules, Search,
    Speedup, SpeedupRound,
};
use grader::course::Kind;
use grader::render::human::{self, Detail};
use grader::render::{html, plain};
use grader::report::{CheckReport, ExerciseReport, GraderInfo, Report, Verdict};
use grader::terminal::Style;
use grader::verdict;

fn check(name: &str, kind: Kind, verdict: Verdict) -> CheckReport {
    CheckReport {
        visibility: Default::default(),
        name: name.into(),
        kind,
        promise: format!("What {name} promises."),
        points: if verdict.passed() { 3 } else { 0 },
        max_points: 3,
        verdict,
        millis: 12,
        cached: false,
    }
}

fn failed(fault: Fault, evidence: Vec<Evidence>) -> Verdict {
    let message = "1 expected, <b>2</b> & \"3\" found".into();
    verdict::failed(Failure { fault, message, evidence })
}

fn speedup() -> Evidence {
    let round = |span| SpeedupRound {
        work: 100.0,
        span,
        reference_work: 98.0,
        wall: 55.0,
        reference_wall: 99.0,
    };
    Evidence::Speedup(Speedup {
        threads: 2,
        usable_cpus: 2.0,
        rendezvous: None,
        threshold: 1.5,
        rounds: vec![round(52.0), round(90.0)],
    })
}

fn interleaving() -> Evidence {
    let json = r#"{"lanes":[{"name":"main"},{"name":"<i>adder"}],"file":"src/lib.rs","rows":[
        {"lane":0,"file":"src/lib.rs","line":3,"text":"x.load()","value":"→ 0","step":"done",
         "act":{"deed":"reads","object":0,"value":"0"},"changes":[{"of":"thread","lane":0,
            "now":{"at":{"line":4},"condition":{"is":"ready","next":{"deed":"writes","object":0,"value":"1"}}}}]},
        {"lane":1,"file":"src/lib.rs","line":4,"text":"lock()","step":"stuck"}],
        "objects":[{"name":"x","sort":"atomic"},{"name":"lock","sort":"mutex"}],
        "start":{"threads":[{"at":{"line":3},"condition":{"is":"ready","next":{"deed":"reads","object":0}}},
            {"at":{"line":4},"condition":{"is":"waits","object":1}}],
            "objects":[{"value":"0"},{"holders":["main"]}]}}"#;
    let table: Interleaving = serde_json::from_str(json).unwrap();
    Evidence::Interleaving(table)
}

fn source() -> Evidence {
    let at = Place { file: "exercises/02-race-fix/src/lib.rs".into(), line: 3 };
    Evidence::Source { at, text: "static X: std::sync::Mutex<&str> = f(\"<i>\");".into() }
}

/// A schedule as it was recorded before states were.
fn old_interleaving() -> Evidence {
    let json = r#"{"lanes":[{"name":"main"},{"name":"adder"}],"file":"src/lib.rs","rows":[
        {"lane":0,"file":"src/lib.rs","line":3,"text":"load()","value":"→ 0","step":"done"},
        {"lane":1,"file":"src/lib.rs","line":4,"text":"lock()","step":"stuck"}]}"#;
    Evidence::Interleaving(serde_json::from_str(json).unwrap())
}

/// A search that left something out; with and without a bound that was reached.
fn searched(truncated: bool) -> Evidence {
    Evidence::Search(Search {
        executions: 1_038,
        schedules: (!truncated).then_some(Schedules::Bounded { preemptions: 2 }),
        truncated,
        sampled: truncated.then_some(Sampled { count: 70, seed: 1 }),
        cut: Cut { rounds: 12, steps: 0 },
        millis: 40,
        scenarios: truncated.then_some(12),
    })
}

fn scenario() -> Evidence {
    let text = "main: Queue::new(); put(<1>) returns\nT1: get() → Some(<1>)\nT2: get() → Some(<1>)";
    Evidence::Scenario { text: text.into(), passed: 12 }
}

fn report() -> Report {
    let input = "[\"</pre><script>alert(1)</script>\"]".to_owned();
    let found = Counterexample { input, message: "one is lost".into(), passed: 7, at: None };
    let rendered = "error: mismatched types\n --> src/lib.rs:3:5".to_owned();
    let checks = vec![
        check("counts", Kind::Example, Verdict::Passed { evidence: vec![] }),
        check("keeps_apart", Kind::Model, Verdict::Passed { evidence: vec![searched(false)] }),
        check("loses_nothing", Kind::Model, failed(Fault::Deadlock, vec![interleaving()])),
        check(
            "any_order",
            Kind::Property,
            failed(Fault::Counterexample, vec![Evidence::Counterexample(found)]),
        ),
        check("any_two", Kind::Model, failed(Fault::NotLinearizable, vec![scenario()])),
        check("side_by_side", Kind::Speedup, Verdict::Passed { evidence: vec![speedup()] }),
        check(
            "compiles",
            Kind::Example,
            failed(Fault::CompileError, vec![Evidence::Compiler { rendered, at: None }]),
        ),
        check("hides", Kind::Model, failed(Fault::RealPrimitive, vec![source()])),
        check(
            "waits",
            Kind::Process,
            Verdict::Skipped { because: "needs `counts` to pass first".into() },
        ),
        check(
            "busy",
            Kind::Speedup,
            Verdict::Inconclusive { because: "one CPU".into(), evidence: vec![] },
        ),
        check(
            "goes_on",
            Kind::Model,
            Verdict::Inconclusive {
                because: "the threads took 20,000 steps and did not end".into(),
                evidence: vec![old_interleaving(), searched(true)],
            },
        ),
    ];
    let json = serde_json::json!({
        "number": 2, "folder": "02-race-fix", "package": "race-fix", "title": "Fix <the> race",
        "book": "exercises/race-fix.md", "answer": "exercises/02-race-fix", "digest": "ab".repeat(32), "course": "cd".repeat(32), "weight": 1.0,
        "points": 9, "max_points": 30, "warnings": ["warning: unused variable"], "checks": [],
    });
    let mut exercise: ExerciseReport = serde_json::from_value(json).unwrap();
    exercise.checks = checks;
    let info = serde_json::json!({
        "version": "0.1.0", "toolchain": "rustc 1.95.0", "cpus": 2, "sandbox": "none", "policy": "open",
    });
    let info: GraderInfo = serde_json::from_value(info).unwrap();
    Report::new(info, 1, vec![exercise])
}

#[test]
fn every_verdict_and_every_kind_of_evidence_is_shown() {
    let page = html::render(&report());
    // The style sheets and the script are looked at in a browser; what is said is looked at here.
    let (_, body) = page.split_once("</style>").unwrap();
    let (body, _) = body.split_once("<script>").unwrap();
    insta::assert_snapshot!(body);
}

/// The same report for a screen reader.
#[test]
fn sentences_say_the_same() {
    insta::assert_snapshot!(plain::render(&report()));
}

/// And for a terminal: how far a search went is told to those who ask, what it met to everybody.
#[test]
fn the_terminal_says_the_same() {
    let style = Style { width: 80, colour: false, unicode: true };
    for verbose in [false, true] {
        let text = human::render(&report(), style, Detail { verbose });
        insta::assert_snapshot!(format!("terminal_verbose_{verbose}"), text);
    }
}

/// And for programs, as the schema says.
#[test]
fn json_says_the_same() {
    let report = serde_json::to_value(report()).unwrap();
    let checks = report["exercises"][0]["checks"].as_array().unwrap();
    let of = |name: &str| checks.iter().find(|check| check["name"] == name).unwrap();
    let seen = ["keeps_apart", "goes_on"].map(|name| &of(name)["evidence"]);
    insta::assert_snapshot!(serde_json::to_string_pretty(&seen).unwrap());
    let schema = std::fs::read(root().join("grader/schema/report-1.schema.json")).unwrap();
    let schema = serde_json::from_slice(&schema).unwrap();
    if let Err(error) = jsonschema::validate(&schema, &report) {
        panic!("{}: {error}", error.instance_path());
    }
}

#[test]
fn a_page_needs_nothing_else_and_runs_its_own_script_alone() {
    let page = html::render(&report());
    for foreign in ["src=", "http:", "https:", "@import", "url(", "style="] {
        assert!(!page.contains(foreign), "{foreign}");
    }
    assert_eq!(page.matches("<script").count(), 1);
    assert!(page.contains("&lt;/pre&gt;&lt;script&gt;"));
    // Whatever else gets in, a browser runs nothing of it, and shows it in no style of its own.
    assert!(page.contains("default-src 'none'; style-src 'sha256-"));
    assert!(page.contains("; script-src 'sha256-"));
}

#[test]
fn the_command_line_writes_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.html");
    let option = format!("--html={}", file.display());
    Submission::new("02-race-fix", "pub fn broken(").grade("2", &[&option]);
    let page = std::fs::read_to_string(file).unwrap();
    assert!(page.contains("02-race-fix") && page.ends_with("</html>\n"));
}
