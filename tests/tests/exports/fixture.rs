//! Reports to export: one with every verdict and every kind of evidence, one full of hostile text.

use evidence::interleaving::{Lane, Row, Step};
use evidence::{
    Counterexample, Cut, Evidence, Failure, Fault, Interleaving, Place, Schedules, Search,
};
use grader::course::{Kind, Visibility};
use grader::export::{Classroom, Context};
use grader::report::{CheckReport, ExerciseReport, Failed, GraderInfo, Help, Report, Verdict};

/// What a platform says of the submission.
pub fn context() -> Context {
    Context {
        classroom: Classroom {
            classroom: "os-2026".into(),
            assignment: "locks".into(),
            assignment_type: "individual".into(),
            owner: "ada".into(),
            submission: "submit/2026-11-21".into(),
            commit: "https://example.org/commit/1".into(),
            release: "https://example.org/release/1".into(),
            review: "https://example.org/review/1".into(),
            datetime: "2026-11-21T12:00:00Z".into(),
        },
        fence: "f3nce".into(),
    }
}

/// One exercise that passes, one in which every kind of verdict occurs.
pub fn report() -> Report {
    let schedule = Evidence::Interleaving(schedule());
    let broken = |fault, message: &str, evidence| {
        failed(Failure { fault, message: message.into(), evidence })
    };
    let searched = Evidence::Search(Search {
        executions: 9,
        schedules: Some(Schedules::All),
        truncated: false,
        sampled: None,
        cut: Cut { rounds: 2, steps: 0 },
        millis: 3,
        scenarios: None,
    });
    let input = Counterexample {
        input: "[3, 1]".into(),
        message: "left: 1, right: 3".into(),
        passed: 7,
        at: Some(Place { file: "exercises/03-rlock/tests/properties.rs".into(), line: 12 }),
    };
    let busy = "this machine has one CPU".to_owned();
    let checks = vec![
        check("counts_alone", Kind::Example, Verdict::Passed { evidence: vec![] }),
        check(
            "loses_nothing",
            Kind::Model,
            broken(Fault::LostUpdate, "two threads read 0", vec![schedule]),
        ),
        check("needs_it", Kind::Process, Verdict::Skipped { because: "needs `x`".into() }),
        check("sorts", Kind::Property, {
            broken(Fault::Counterexample, "not sorted", vec![Evidence::Counterexample(input)])
        }),
        check(
            "scales",
            Kind::Speedup,
            Verdict::Inconclusive { because: busy, evidence: vec![searched] },
        ),
        CheckReport {
            visibility: Visibility::Hidden,
            ..check("secret_name", Kind::Example, broken(Fault::WrongAnswer, "secret!", vec![]))
        },
    ];
    let passing = check("counts", Kind::Example, Verdict::Passed { evidence: vec![] });
    Report::new(
        info(),
        7,
        vec![exercise("02-race-fix", vec![passing]), exercise("03-rlock", checks)],
    )
}

/// A report in which a learner had a hand in every text that a learner can have a hand in.
pub fn hostile(text: &str) -> Report {
    let at = Place { file: format!("exercises/02-race-fix/src/{text}.rs"), line: 3 };
    let place = Some(at.clone());
    let mut table = schedule();
    table.file = text.into();
    table.lanes.iter_mut().for_each(|lane| lane.name = text.into());
    for row in &mut table.rows {
        (row.text, row.value, row.note) = (text.into(), text.into(), text.into());
        row.file = format!("/hand/in/exercises/02-race-fix/src/{text}.rs");
    }
    let input =
        Counterexample { input: text.into(), message: text.into(), passed: 7, at: place.clone() };
    let evidence = vec![
        Evidence::Interleaving(table),
        Evidence::Counterexample(input),
        Evidence::Scenario { text: text.into(), passed: 3 },
        Evidence::Panic { message: text.into(), at: place.clone() },
        Evidence::Compiler { rendered: text.into(), at: place },
        Evidence::Source { at, text: text.into() },
        Evidence::Output { text: text.into() },
        Evidence::LastStep { step: text.into() },
        Evidence::Note { text: text.into() },
    ];
    let failure = Failure { fault: Fault::Panic, message: text.into(), evidence };
    let failed = check("first", Kind::Example, failed(failure));
    let unsure = Verdict::Inconclusive {
        because: text.into(),
        evidence: vec![Evidence::Note { text: text.into() }],
    };
    let unsure = check("second", Kind::Example, unsure);
    let mut exercise = exercise("02-race-fix", vec![failed, unsure]);
    exercise.answer = text.into();
    exercise.warnings = vec![text.into()];
    Report::new(info(), 7, vec![exercise])
}

/// The help is not the grader's own: its words may change, and these formats do not.
fn failed(failure: Failure) -> Verdict {
    let help = Help {
        title: "the title".into(),
        meaning: "What it means.".into(),
        page: "faults.md#fault".into(),
    };
    Verdict::Failed(Failed { failure, help })
}

fn info() -> GraderInfo {
    GraderInfo {
        version: "0.1.0".into(),
        toolchain: "rustc 1.95.0".into(),
        cpus: 2,
        sandbox: "namespaces".into(),
        policy: "strict".into(),
    }
}

fn exercise(folder: &str, checks: Vec<CheckReport>) -> ExerciseReport {
    let (number, package) = folder.split_once('-').unwrap();
    ExerciseReport {
        number: number.parse().unwrap(),
        folder: folder.into(),
        package: package.into(),
        title: format!("The title of {package}"),
        book: "page.md".into(),
        answer: format!("exercises/{folder}"),
        digest: "ab".repeat(32),
        course: "cd".repeat(32),
        weight: 1.0,
        points: checks.iter().map(|check| check.points).sum(),
        max_points: checks.iter().map(|check| check.max_points).sum(),
        warnings: vec![],
        checks,
    }
}

fn check(name: &str, kind: Kind, verdict: Verdict) -> CheckReport {
    CheckReport {
        name: name.into(),
        kind,
        promise: format!("It keeps the promise of {name}."),
        visibility: Visibility::Visible,
        points: if verdict.passed() { 2 } else { 0 },
        max_points: 2,
        millis: 1250,
        cached: false,
        verdict,
    }
}

fn schedule() -> Interleaving {
    let file = "/hand/in/exercises/03-rlock/src/lib.rs";
    let row = |lane, line| Row {
        lane,
        file: file.into(),
        line,
        text: "self.count.load(SeqCst)".into(),
        value: "→ 0".into(),
        note: String::new(),
        step: if lane == 0 { Step::Done } else { Step::Broken },
        scenario: false,
        act: None,
        meanwhile: Vec::new(),
        changes: Vec::new(),
        times: 1,
        folds: 0,
    };
    Interleaving {
        lanes: ["main", "A"].map(|name| Lane { name: name.into() }).to_vec(),
        rows: vec![row(0, 21), row(1, 22)],
        file: file.into(),
        schedule: "loses_nothing:1.tz3b.0a1b2c".into(),
        ..Interleaving::default()
    }
}
