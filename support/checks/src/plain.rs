//! An outcome in words, for plain `cargo test`. The grader draws the same evidence better.

use std::fmt::Write;

use evidence::{Evidence, Outcome, Place, Speedup};

/// What there is to say; nothing for a plain pass.
pub(crate) fn text(outcome: &Outcome) -> String {
    let mut text = String::new();
    let evidence = match outcome {
        Outcome::Passed { evidence } => evidence,
        Outcome::Failed(failure) => {
            line(&mut text, format_args!("{}: {}", failure.fault, failure.message));
            &failure.evidence
        }
        Outcome::Inconclusive { because, evidence } => {
            line(&mut text, format_args!("inconclusive: {because}"));
            evidence
        }
    };
    for evidence in evidence {
        describe(&mut text, evidence);
    }
    text
}

fn line(text: &mut String, content: impl std::fmt::Display) {
    writeln!(text, "{content}").expect("a string takes any text");
}

fn describe(text: &mut String, evidence: &Evidence) {
    match evidence {
        Evidence::Panic { at, .. } => at_line(text, at.as_ref()),
        Evidence::Counterexample(found) => {
            line(text, format_args!("  with the input {}", found.input));
            at_line(text, found.at.as_ref());
        }
        Evidence::LastStep { step } => line(text, format_args!("  last step: {step}")),
        Evidence::Note { text: note } => line(text, format_args!("  {note}")),
        Evidence::Speedup(speedup) => table(text, speedup),
        // The other kinds come from the model checker and the grader.
        _ => {}
    }
}

fn at_line(text: &mut String, at: Option<&Place>) {
    if let Some(Place { file, line: number }) = at {
        line(text, format_args!("  at {file}:{number}"));
    }
}

fn table(text: &mut String, speedup: &Speedup) {
    for round in &speedup.rounds {
        line(
            text,
            format_args!(
                "  work {:.1} ms, busiest thread {:.1} ms, balance {:.2} (wanted {:.2}); \
                 {:.1} ms by the clock, a plain loop {:.1} ms",
                round.work,
                round.span,
                round.balance(),
                speedup.threshold,
                round.wall,
                round.reference_wall
            ),
        );
    }
}
