//! Evidence as text for a terminal.

use evidence::interleaving::render;
use evidence::{Counterexample, Evidence, Interleaving, Speedup};

use super::paint::{Paint, Tone};
use crate::text::harmless;
use crate::wording::seen as says;

/// The evidence, indented by two columns, each line ended by a line feed.
pub fn text(paint: Paint, evidence: &Evidence) -> String {
    match evidence {
        Evidence::Interleaving(table) => {
            let style = render::Style {
                width: paint.style.width.saturating_sub(2),
                colour: paint.style.colour,
                unicode: paint.style.unicode,
            };
            let table = render::text(&clean(table), style);
            table.lines().map(|line| format!("  {line}").trim_end().to_owned() + "\n").collect()
        }
        Evidence::Search(search) => paint.wrapped(2, &says::searched(search)),
        Evidence::Counterexample(found) => counterexample(paint, found),
        Evidence::Scenario { text, .. } => {
            paint.wrapped(2, says::SMALLEST_SCENARIO) + &paint.verbatim(4, text)
        }
        Evidence::Speedup(measured) => speedup(paint, measured),
        Evidence::Panic { message, at } => {
            paint.wrapped(2, &says::panicked(at.as_ref())) + &paint.wrapped(4, message)
        }
        // A refusal is one sentence, and so is the compiler's first line: their ends say why. What the
        // compiler draws below stays as it is.
        Evidence::Compiler { rendered, .. } => match rendered.trim_end().split_once('\n') {
            None => paint.wrapped(2, rendered.trim_end()),
            Some((first, drawn)) => paint.wrapped(2, first) + &paint.verbatim(2, drawn),
        },
        Evidence::Source { at, text } => {
            paint.verbatim(2, &format!("{}:", says::place(at))) + &paint.verbatim(4, text)
        }
        Evidence::Output { text } => {
            format!("  {}\n", paint.tone(Tone::Faint, says::PRINTED))
                + &paint.verbatim(4, &shorten(text))
        }
        Evidence::LastStep { step } => paint.wrapped(2, &says::last_step(step)),
        Evidence::Note { text } => paint.wrapped(2, text),
    }
}

/// The table with nothing in it that could steer a terminal: an answer names its own threads.
fn clean(table: &Interleaving) -> Interleaving {
    let mut table = table.clone();
    let names = table.lanes.iter_mut().map(|lane| &mut lane.name);
    let texts = table
        .rows
        .iter_mut()
        .flat_map(|row| [&mut row.file, &mut row.text, &mut row.value, &mut row.note]);
    names.chain(texts).for_each(|text| *text = harmless(text));
    table
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

fn counterexample(paint: Paint, found: &Counterexample) -> String {
    paint.wrapped(2, &says::smallest_input(found.at.as_ref()))
        + &paint.wrapped(4, &found.input)
        + &paint.wrapped(2, &says::with_input(&found.message))
}

fn speedup(paint: Paint, measured: &Speedup) -> String {
    let mut lines = String::new();
    if let Some(met) = &measured.rendezvous {
        lines += &paint.wrapped(2, &says::met(met));
    }
    if measured.rounds.is_empty() {
        return lines;
    }
    let mut table = format!("{}\n", says::ROUND.join("   "));
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
    lines + &paint.wrapped(2, &says::needed(measured))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::Style;

    #[test]
    fn a_refusal_is_read_to_its_end_and_a_drawing_stays_as_it_is() {
        let paint = Paint { style: Style { width: 40, colour: false, unicode: true } };
        let told = |rendered: &str| {
            text(paint, &Evidence::Compiler { rendered: rendered.into(), at: None })
        };
        let refusal = told("src/lib.rs:16: `cfg` is not allowed: code must not depend on it\n");
        assert!(refusal.ends_with("depend on it\n") && refusal.lines().count() == 2, "{refusal}");
        let error = "error[E0277]: the trait bound `A: B` is not satisfied\n --> b |  ^^\n";
        assert!(told(error).ends_with("satisfied\n   --> b |  ^^\n"), "{}", told(error));
        assert!(told(&format!("error\n{}", "^".repeat(80))).contains('…'));
    }
}
