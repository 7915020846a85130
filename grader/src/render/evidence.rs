//! Evidence as text for a terminal.

use evidence::interleaving::render;
use evidence::{Counterexample, Evidence, Search, Speedup};

use super::paint::{Paint, Tone};

/// The evidence, indented by two columns, each line ended by a line feed.
pub fn text(paint: Paint, evidence: &Evidence) -> String {
    match evidence {
        Evidence::Interleaving(table) => {
            let style = render::Style {
                width: paint.style.width.saturating_sub(2),
                colour: paint.style.colour,
                unicode: paint.style.unicode,
            };
            let table = render::text(table, style);
            table.lines().map(|line| format!("  {line}").trim_end().to_owned() + "\n").collect()
        }
        Evidence::Search(search) => searched(paint, search),
        Evidence::Counterexample(found) => counterexample(paint, found),
        Evidence::Speedup(measured) => speedup(paint, measured),
        Evidence::Panic { message, at } => {
            let place =
                at.as_ref().map_or(String::new(), |at| format!(" at {}:{}", at.file, at.line));
            paint.wrapped(2, &format!("panicked{place}:")) + &paint.wrapped(4, message)
        }
        Evidence::Compiler { rendered, .. } => paint.verbatim(2, rendered.trim_end()),
        Evidence::Output { text } => {
            format!("  {}\n", paint.tone(Tone::Faint, "It printed:"))
                + &paint.verbatim(4, &shorten(text))
        }
        Evidence::LastStep { step } => paint.wrapped(2, &format!("The last step begun: {step}")),
        Evidence::Note { text } => paint.wrapped(2, text),
    }
}

/// At most 30 lines: the first and the last ones.
fn shorten(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    if lines.len() <= 30 {
        return text.to_owned();
    }
    let left_out = format!("… {} lines left out …", lines.len() - 20);
    [&lines[..10], &[&*left_out], &lines[lines.len() - 10..]].concat().join("\n")
}

fn searched(paint: Paint, search: &Search) -> String {
    let schedules = match search.bound {
        None => "all schedules".to_owned(),
        Some(0) => "all schedules in which no thread is interrupted".to_owned(),
        Some(1) => "all schedules with at most 1 interruption".to_owned(),
        Some(bound) => format!("all schedules with at most {bound} interruptions"),
    };
    let far = if search.truncated { "stopped early; finished " } else { "" };
    let text = format!(
        "Searched: {far}{schedules}; {} executions in {} ms",
        search.executions, search.millis
    );
    paint.wrapped(2, &text)
}

fn counterexample(paint: Paint, found: &Counterexample) -> String {
    let place = found.at.as_ref().map_or(String::new(), |at| format!(" ({}:{})", at.file, at.line));
    paint.wrapped(2, &format!("The smallest input that breaks it{place}:"))
        + &paint.wrapped(4, &found.input)
        + &paint.wrapped(2, &format!("With it: {}", found.message))
}

fn speedup(paint: Paint, measured: &Speedup) -> String {
    let mut lines = String::new();
    if let Some(met) = &measured.rendezvous {
        let text = format!(
            "At the same time: {} of {} items that were made to wait for each other",
            met.met, met.wanted
        );
        lines += &paint.wrapped(2, &text);
    }
    if measured.rounds.is_empty() {
        return lines;
    }
    let head = "round   work ms   busiest ms   work/busiest   plain loop ms   wall ms   speed-up";
    let mut table = format!("{head}\n");
    for (index, round) in measured.rounds.iter().enumerate() {
        table += &format!(
            "{:>5} {:>9.1} {:>12.1} {:>14.2} {:>15.1} {:>9.1} {:>9.2}x\n",
            index + 1,
            round.work,
            round.span,
            round.balance(),
            round.reference_wall,
            round.wall,
            round.reference_wall / round.wall,
        );
    }
    lines += &paint.verbatim(2, &table);
    let text = format!(
        "Needed: work/busiest of at least {:.2} with {} threads; the best round has {:.2}. The wall clock is shown, not judged.",
        measured.threshold,
        measured.threads,
        measured.balance()
    );
    lines + &paint.wrapped(2, &text)
}
