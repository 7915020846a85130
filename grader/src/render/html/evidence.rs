//! Evidence as HTML.

use evidence::{Counterexample, Evidence, Speedup};

use super::chart;
use super::escape::{escape, prose};
use super::stepper::stepper;
use crate::wording::html;
use crate::wording::seen as says;

/// One piece of evidence.
pub fn render(evidence: &Evidence) -> String {
    match evidence {
        Evidence::Interleaving(table) => stepper(table),
        Evidence::Search(search) => quiet(&says::searched(search)),
        Evidence::Counterexample(found) => counterexample(found),
        Evidence::Scenario { text, .. } => verbatim(says::SMALLEST_SCENARIO, text),
        Evidence::Speedup(measured) => speedup(measured),
        Evidence::Panic { message, at } => verbatim(&says::panicked(at.as_ref()), message),
        Evidence::Compiler { rendered, .. } => verbatim(html::COMPILER, rendered),
        Evidence::Source { at, text } => verbatim(&says::place(at), text),
        Evidence::Output { text } => verbatim(says::PRINTED, text),
        Evidence::LastStep { step } => quiet(&says::last_step(step)),
        Evidence::Note { text } => quiet(text),
    }
}

/// Text as it was written, below a line that says what it is.
pub fn verbatim(label: &str, text: &str) -> String {
    let label = escape(label);
    // A region that scrolls must be reachable by keyboard, and so needs a name.
    format!(
        "<p class=\"quiet\">{label}</p>\n<pre role=\"region\" tabindex=\"0\" aria-label=\"{label}\">{}</pre>\n",
        escape(text.trim_end())
    )
}

/// What may be wider than the page, in a region that scrolls.
pub fn wide(label: &str, inner: &str) -> String {
    format!(
        "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"{label}\">\n{inner}</div>\n"
    )
}

fn quiet(text: &str) -> String {
    format!("<p class=\"quiet\">{}</p>\n", prose(text))
}

fn counterexample(found: &Counterexample) -> String {
    verbatim(&says::smallest_input(found.at.as_ref()), &found.input)
        + &quiet(&says::with_input(&found.message))
}

fn speedup(measured: &Speedup) -> String {
    let mut text = measured.rendezvous.as_ref().map_or(String::new(), |met| quiet(&says::met(met)));
    if measured.rounds.is_empty() {
        return text;
    }
    text += &format!("<figure>\n{}</figure>\n", chart::balance(measured));
    let mut table = String::from("<table>\n<thead><tr>");
    for head in says::ROUND {
        table += &format!("<th scope=\"col\">{head}</th>");
    }
    table += "</tr></thead>\n<tbody>\n";
    for (index, round) in measured.rounds.iter().enumerate() {
        table += &format!(
            "<tr><th scope=\"row\">{}</th><td>{:.1}</td><td>{:.1}</td><td>{:.2}</td><td>{:.1}</td>\
             <td>{:.1}</td><td>{:.2}×</td></tr>\n",
            index + 1,
            round.work,
            round.span,
            round.balance(),
            round.reference_wall,
            round.wall,
            round.reference_wall / round.wall,
        );
    }
    text += &wide(html::ROUNDS, &(table + "</tbody>\n</table>\n"));
    text + &quiet(&says::needed(measured))
}
