//! From what a process was seen to do to what that means. Pure.

use evidence::{Evidence, Failure, Fault, Outcome};

use crate::course::Check;
use crate::process::{End, Observation};
use crate::report::{Failed, Verdict};
use crate::wording;

/// The verdict on a check whose process was seen to do this.
pub fn of(check: &Check, seen: &Observation) -> Verdict {
    let mut verdict = on_the_check(check, seen);
    if !seen.unending.is_empty()
        && let Some(evidence) = evidence_of(&mut verdict)
    {
        evidence.push(Evidence::Note { text: wording::machine::unending(&seen.unending) });
    }
    verdict
}

fn on_the_check(check: &Check, seen: &Observation) -> Verdict {
    match &seen.outcome {
        Some(Outcome::Failed(failure)) => failed(failure.clone()),
        Some(Outcome::Inconclusive { because, evidence }) => {
            Verdict::Inconclusive { because: because.clone(), evidence: evidence.clone() }
        }
        Some(Outcome::Passed { evidence }) => match unclean_end(seen) {
            None => Verdict::Passed { evidence: evidence.clone() },
            Some((fault, message)) => with_output(fault, message, seen),
        },
        None => without_record(check, seen),
    }
}

/// A failure, with what this kind of mistake means.
pub fn failed(failure: Failure) -> Verdict {
    Verdict::Failed(Failed { help: wording::help(failure.fault), failure })
}

/// The check was done and content. What came after must be clean as well.
fn unclean_end(seen: &Observation) -> Option<(Fault, String)> {
    match seen.end {
        End::Exited(0) if seen.left_behind.is_empty() => None,
        End::Exited(0) => Some((Fault::LeftBehind, wording::left_behind(&seen.left_behind))),
        End::Exited(code) => Some((Fault::EndedEarly, wording::exit_code_after_pass(code))),
        End::Signalled(signal) => Some((Fault::Crashed, wording::signal_after_pass(signal))),
        End::OverTime => Some((Fault::Hang, wording::hang_after_pass())),
        End::OverMemory => Some((Fault::OutOfMemory, wording::out_of_memory())),
        End::OverOutput => Some((Fault::TooMuchOutput, wording::too_much_output())),
        End::OverTasks => Some((Fault::OutOfMemory, wording::too_many_tasks())),
        End::NotStarted => Some((Fault::EndedEarly, wording::ended_early(-1))),
    }
}

/// The process ended, or was ended, before the check was done.
fn without_record(check: &Check, seen: &Observation) -> Verdict {
    let text = seen.output.text();
    let (fault, message) = match seen.end {
        End::OverTime => (Fault::Hang, wording::hang(check.deadline())),
        End::OverMemory => (Fault::OutOfMemory, wording::out_of_memory()),
        End::OverOutput => (Fault::TooMuchOutput, wording::too_much_output()),
        End::OverTasks => (Fault::OutOfMemory, wording::too_many_tasks()),
        End::NotStarted => return Verdict::GraderFault { because: wording::no_sandbox(&text) },
        // What Rust's runtime prints before it aborts (std::sys::…::stack_overflow, std::alloc).
        End::Signalled(_) if text.contains("has overflowed its stack") => {
            (Fault::StackOverflow, wording::stack_overflow())
        }
        End::Signalled(_) if text.contains("memory allocation of ") => {
            (Fault::OutOfMemory, wording::out_of_memory())
        }
        End::Signalled(signal) => (Fault::Crashed, wording::crashed(signal)),
        // Only the course itself can name a check that is not there. Once a check has begun, the
        // answer may print this line.
        End::Exited(0) if !seen.begun && text.contains("\nrunning 0 tests\n") => {
            return Verdict::GraderFault { because: wording::no_such_test(check) };
        }
        End::Exited(code) => (Fault::EndedEarly, wording::ended_early(code)),
    };
    with_output(fault, message, seen)
}

fn with_output(fault: Fault, message: String, seen: &Observation) -> Verdict {
    let step = seen.last_step.clone().map(|step| Evidence::LastStep { step });
    let text = without_noise(&seen.output.text());
    let output = (!text.is_empty()).then_some(Evidence::Output { text });
    failed(Failure { fault, message, evidence: step.into_iter().chain(output).collect() })
}

/// The output without what the test harness adds.
fn without_noise(text: &str) -> String {
    text.lines()
        .map(without_announcement)
        .filter(|line| !is_noise(line))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The line without `test name ... `: what a check prints first follows it on the same line.
fn without_announcement(line: &str) -> &str {
    let announced = line.strip_prefix("test ").and_then(|rest| rest.split_once(" ... "));
    announced.map_or(line, |(_, printed)| printed)
}

fn is_noise(line: &str) -> bool {
    matches!(line, "" | "ok" | "FAILED")
        || line.starts_with("running ")
        || line.starts_with("test result: ")
}

/// Replaces every path in the evidence by the learner's own.
pub fn with_paths(mut verdict: Verdict, path: impl Fn(&str) -> String) -> Verdict {
    match &mut verdict {
        Verdict::Failed(failed) => failed.failure.message = path(&failed.failure.message),
        Verdict::Inconclusive { because, .. } => *because = path(because),
        _ => {}
    }
    for evidence in evidence_of(&mut verdict).into_iter().flatten() {
        match evidence {
            Evidence::Interleaving(table) => {
                table.file = path(&table.file);
                table.rows.iter_mut().for_each(|row| row.file = path(&row.file));
            }
            Evidence::Panic { at, message } => {
                *message = path(message);
                at.iter_mut().for_each(|place| place.file = path(&place.file));
            }
            Evidence::Counterexample(found) => {
                found.at.iter_mut().for_each(|place| place.file = path(&place.file));
            }
            Evidence::Output { text } => *text = path(text),
            _ => {}
        }
    }
    verdict
}

fn evidence_of(verdict: &mut Verdict) -> Option<&mut Vec<Evidence>> {
    match verdict {
        Verdict::Failed(failed) => Some(&mut failed.failure.evidence),
        Verdict::Passed { evidence } | Verdict::Inconclusive { evidence, .. } => Some(evidence),
        Verdict::Skipped { .. } | Verdict::GraderFault { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::Kind;
    use crate::process::Captured;

    fn check() -> Check {
        Check {
            name: "counts".into(),
            kind: Kind::Example,
            points: 1,
            promise: "p".into(),
            holds: vec![],
            needs: vec![],
            visibility: Default::default(),
            extra: false,
            deadline: None,
            threads: None,
            threshold: None,
        }
    }

    fn seen(outcome: Option<Outcome>, end: End, output: &str) -> Observation {
        let mut captured = Captured::default();
        captured.add(output.as_bytes());
        let last_step = Some("the second acquire".to_owned());
        Observation {
            begun: true,
            outcome,
            last_step,
            end,
            output: captured,
            left_behind: vec![],
            unending: vec![],
            millis: 1,
        }
    }

    fn passed() -> Option<Outcome> {
        Some(Outcome::Passed { evidence: vec![] })
    }

    fn fault(seen: &Observation) -> Option<Fault> {
        of(&check(), seen).fault()
    }

    #[test]
    fn only_a_record_and_a_clean_end_pass() {
        assert!(of(&check(), &seen(passed(), End::Exited(0), "")).passed());
        for (end, expected) in [
            (End::Exited(1), Fault::EndedEarly),
            (End::Signalled(6), Fault::Crashed),
            (End::OverTime, Fault::Hang),
            (End::OverMemory, Fault::OutOfMemory),
            (End::OverOutput, Fault::TooMuchOutput),
        ] {
            assert_eq!(fault(&seen(passed(), end, "")), Some(expected));
        }
    }

    #[test]
    fn no_record_is_never_a_pass() {
        let claims = "running 1 test\ntest counts ... ok\ntest result: ok. 1 passed\n";
        for (end, output, expected) in [
            (End::Exited(0), claims, Fault::EndedEarly),
            (End::Exited(7), "", Fault::EndedEarly),
            (End::OverTime, "", Fault::Hang),
            (End::Signalled(6), "thread 'x' has overflowed its stack", Fault::StackOverflow),
            (End::Signalled(6), "memory allocation of 9 bytes failed", Fault::OutOfMemory),
            (End::Signalled(11), "", Fault::Crashed),
        ] {
            assert_eq!(fault(&seen(None, end, output)), Some(expected));
        }
    }

    #[test]
    fn processes_left_behind_are_a_fault() {
        let mut seen = seen(passed(), End::Exited(0), "");
        seen.left_behind = vec!["sleep".into()];
        assert_eq!(fault(&seen), Some(Fault::LeftBehind));
    }

    #[test]
    fn what_could_not_be_ended_is_told_whatever_the_fault() {
        for (outcome, end) in [(None, End::OverTime), (passed(), End::OverMemory)] {
            let mut seen = seen(outcome, end, "");
            seen.unending = vec!["held".into()];
            let Verdict::Failed(failed) = of(&check(), &seen) else { panic!("it failed") };
            let told = |e: &Evidence| matches!(e, Evidence::Note { text } if text.contains("held"));
            assert!(failed.failure.evidence.iter().any(told), "{failed:?}");
        }
    }

    #[test]
    fn only_a_check_that_never_began_can_be_missing() {
        let none = "\nrunning 0 tests\n\ntest result: ok.";
        let printed = seen(None, End::Exited(0), none);
        assert_eq!(fault(&printed), Some(Fault::EndedEarly), "by the answer");
        let missing = Observation { begun: false, ..printed };
        assert!(matches!(of(&check(), &missing), Verdict::GraderFault { .. }));
    }

    #[test]
    fn evidence_holds_the_step_and_the_output_without_noise() {
        let output = "\nrunning 1 test\ntest counts ... hello\nyou\nok\n";
        let Verdict::Failed(failed) = of(&check(), &seen(None, End::Exited(0), output)) else {
            panic!("it failed")
        };
        let step = Evidence::LastStep { step: "the second acquire".into() };
        let output = Evidence::Output { text: "hello\nyou".into() };
        assert_eq!(failed.failure.evidence, [step, output]);
    }
}
