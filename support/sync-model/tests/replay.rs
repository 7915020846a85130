//! A failure's schedule, replayed: the same failure comes of it, with what the code prints at each step.
//! What was changed or mistyped meanwhile is told.

use evidence::interleaving::render::{self, Style};
use evidence::interleaving::{Interleaving, Row, Step};
use evidence::{Evidence, Failure, Outcome};
mod listener;
#[path = "replay/samples.rs"]
mod samples;

fn of_failure(outcome: Outcome) -> Failure {
    match outcome {
        Outcome::Failed(failure) => failure,
        other => panic!("it does not fail: {other:?}"),
    }
}

fn table(evidence: &[Evidence]) -> &Interleaving {
    let table = evidence.iter().find_map(|seen| match seen {
        Evidence::Interleaving(table) => Some(table),
        _ => None,
    });
    table.expect("there is a table")
}

fn steps(table: &Interleaving) -> Vec<&Row> {
    table.rows.iter().filter(|row| row.step.is_one()).collect()
}

/// The first failure of this sample, and what a replay of it says.
fn failure_and_replay(check: &str, variables: &[(&str, &str)]) -> (Failure, Outcome) {
    let failure = of_failure(listener::ends(check, None, &[]).0);
    let schedule = &table(&failure.evidence).schedule;
    assert!(schedule.starts_with(&format!("{check}:1.t")), "{schedule}");
    let (replayed, _) = listener::ends(check, Some(schedule), variables);
    (failure, replayed)
}

/// The replay fails like the check did, step by step.
fn fails_again(check: &str) -> String {
    let (before, replayed) = failure_and_replay(check, &[]);
    let after = of_failure(replayed);
    assert_eq!((after.fault, &after.message), (before.fault, &before.message), "{check}");
    let (before, after) = (table(&before.evidence), table(&after.evidence));
    assert_eq!(steps(after), steps(before), "{check}");
    assert_eq!(after.schedule, before.schedule, "{check}");
    after.schedule.clone()
}

/// A table, or the outcome's words and its table, as people read them.
fn drawn(said: &str, evidence: &[Evidence]) -> String {
    let style = Style { width: 100, colour: false, unicode: true };
    let mut out = format!("{said}\n");
    for seen in evidence {
        match seen {
            Evidence::Interleaving(table) => out += &format!("\n{}", render::text(table, style)),
            Evidence::Note { text } => out += &format!("\n{text}\n"),
            other => panic!("{other:?}"),
        }
    }
    out
}

#[test]
fn what_is_printed_stands_at_its_step() {
    fails_again("samples::lost_update");
    let (_, replayed) = failure_and_replay("samples::lost_update", &[]);
    let failure = of_failure(replayed);
    insta::assert_snapshot!(drawn(&failure.message, &failure.evidence));
}

#[test]
fn what_is_printed_also_comes_out() {
    let failure = of_failure(listener::ends("samples::lost_update", None, &[]).0);
    let schedule = &table(&failure.evidence).schedule;
    let (_, printed) = listener::ends("samples::lost_update", Some(schedule), &[]);
    assert!(printed.contains("adds\nold = 0\nno line"), "{printed}");
}

#[test]
fn a_mended_check_passes_now() {
    let (_, replayed) = failure_and_replay("samples::lost_update", &[("CHANGE", "mended")]);
    let Outcome::Inconclusive { because, evidence } = replayed else { panic!("{replayed:?}") };
    insta::assert_snapshot!(drawn(&because, &evidence));
}

#[test]
fn where_other_steps_are_taken_is_told() {
    let (_, replayed) = failure_and_replay("samples::lost_update", &[("CHANGE", "one more step")]);
    let said = match &replayed {
        Outcome::Failed(failure) => drawn(&failure.message, &failure.evidence),
        Outcome::Inconclusive { because, evidence } => drawn(because, evidence),
        Outcome::Passed { .. } => panic!("{replayed:?}"),
    };
    insta::assert_snapshot!(said);
}

#[test]
fn the_same_steps_without_a_failure_pass() {
    let (_, replayed) = failure_and_replay("samples::wrong_number", &[("CHANGE", "more patient")]);
    let Outcome::Passed { evidence } = replayed else { panic!("{replayed:?}") };
    let [Evidence::Interleaving(table)] = &evidence[..] else { panic!("{evidence:?}") };
    assert!(table.rows.iter().all(|row| row.step == Step::Done) && table.schedule.is_empty());
}

#[test]
fn what_is_no_schedule_is_told() {
    let (outcome, _) =
        listener::ends("samples::lost_update", Some("samples::lost_update:1.tz3A.000000"), &[]);
    let Outcome::Inconclusive { because, .. } = outcome else { panic!("{outcome:?}") };
    assert!(because.starts_with("This schedule cannot be read"), "{because}");
}

/// Found only if all threads keep in step.
/// The place where a thread polls is known from executions before, all of those with one interruption.
#[test]
fn every_kind_of_failure_is_replayed() {
    // And what of the schedule each is about.
    let samples = [
        ("stuck", ".t"),
        ("too_polite", ".m"),
        ("looks_for_ever", ".t"),
        ("looks_and_writes", ".p"),
        ("old_value", ".o"),
        ("woken_for_nothing", ".t"),
        ("prints_step_by_step", ".t"),
        ("at_random", ".t"),
        ("when_time_is_over", ".t"),
    ];
    for (sample, part) in samples {
        let schedule = fails_again(&format!("samples::{sample}"));
        assert!(schedule.contains(part), "{sample}: {schedule}");
    }
}

/// A random schedule is shown with few interruptions. At first they are more than ten.
#[test]
fn a_random_failure_is_made_short() {
    for sample in ["samples::at_random", "samples::when_time_is_over"] {
        let failure = of_failure(listener::ends(sample, None, &[]).0);
        let schedule = evidence::Schedule::parse(&table(&failure.evidence).schedule).unwrap();
        let turns = schedule.turns.iter().filter(|turns| turns.thread.is_some()).count();
        assert!(turns <= 5, "{schedule}");
    }
}

/// Nobody reads beside the steps: the pipe must not fill up.
#[test]
fn a_flood_comes_out_and_is_stopped_like_any_other() {
    let (_, replayed) = failure_and_replay("samples::goes_on_printing", &[("CHANGE", "endless")]);
    let Outcome::Inconclusive { because, evidence } = replayed else { panic!("{replayed:?}") };
    assert!(because.contains("has computed for"), "{because}");
    let [Evidence::Output { text }] = &evidence[..] else { panic!("{evidence:?}") };
    assert!(text.starts_with("on and on\non and on\n") && text.len() <= 16 * 1024);
}
