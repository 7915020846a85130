//! The report as one web page that needs nothing else: no network, and no script to be read. With one,
//! which stands in the page, schedules can be stepped through.

use crate::report::{CheckReport, ExerciseReport, Failed, Report, Verdict};
use crate::wording::{html as says, replay};

mod chart;
mod escape;
mod evidence;
mod policy;
mod stepper;

use super::human::sentence;
use escape::{escape, prose};
pub use stepper::stepper;

const STYLE_SHEET: &str = include_str!("html/page.css");

/// The page.
pub fn render(report: &Report) -> String {
    let report = &report.clone().bounded();
    let table_style = ::evidence::interleaving::render::STYLE_SHEET;
    let style = format!("\n{STYLE_SHEET}{table_style}{}", stepper::STYLE_SHEET);
    let script = format!("\n{}", stepper::SCRIPT);
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n\
         <style>{style}</style>\n</head>\n<body>\n<main>\n",
        policy::policy(&style, &script),
        says::TITLE,
    );
    page += &format!("<h1>{}</h1>\n", says::TITLE);
    page += &format!("<p class=\"total\">{}</p>\n", escape(&says::points(report)));
    page += &bar(report.points, report.max_points, says::PROGRESS);
    page += &overview(report);
    for exercise in &report.exercises {
        page += &section(exercise);
    }
    page += &format!("</main>\n<footer><p>{}</p></footer>\n", escape(&says::made_by(report)));
    page + &format!("<script>{script}</script>\n</body>\n</html>\n")
}

fn bar(value: u32, max: u32, label: &str) -> String {
    format!(
        "<progress value=\"{value}\" max=\"{}\" aria-label=\"{label}\"></progress>\n",
        max.max(1)
    )
}

fn overview(report: &Report) -> String {
    let mut table = format!(
        "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"{0}\">\n<table>\n\
         <caption>{0}</caption>\n<thead><tr>",
        says::OVERVIEW
    );
    for head in says::COLUMNS {
        table += &format!("<th scope=\"col\">{head}</th>");
    }
    table += "</tr></thead>\n<tbody>\n";
    for exercise in &report.exercises {
        let passed = exercise.checks.iter().filter(|check| check.verdict.passed()).count();
        let failure = exercise.first_failure();
        let remark = match failure {
            Some((_, failed)) => escape(&failed.help.title),
            None if exercise.passed() => says::PASSED.into(),
            None => says::UNDECIDED.into(),
        };
        table += &format!(
            "<tr><th scope=\"row\"><a href=\"#{}\">{:02} {}</a></th><td>{passed}/{}</td>\
             <td>{}/{}</td><td class=\"{}\">{remark}</td></tr>\n",
            escape(&exercise.folder),
            exercise.number,
            escape(&exercise.title),
            exercise.checks.len(),
            exercise.points,
            exercise.max_points,
            if exercise.passed() {
                "good"
            } else if failure.is_some() {
                "bad"
            } else {
                "unsure"
            },
        );
    }
    table + "</tbody>\n</table>\n</div>\n"
}

fn section(exercise: &ExerciseReport) -> String {
    let folder = escape(&exercise.folder);
    let mut text = format!(
        "<section aria-labelledby=\"{folder}\">\n<h2 id=\"{folder}\">{:02} {}</h2>\n<p>{}</p>\n",
        exercise.number,
        escape(&exercise.title),
        escape(&says::sources(exercise)),
    );
    for warning in &exercise.warnings {
        text += &evidence::verbatim(says::WARNING, warning);
    }
    for check in &exercise.checks {
        text += &article(exercise, check);
    }
    text + "</section>\n"
}

fn article(exercise: &ExerciseReport, check: &CheckReport) -> String {
    let (class, word) = match &check.verdict {
        Verdict::Passed { .. } => ("good", says::PASSED),
        Verdict::Failed(_) => ("bad", says::FAILED),
        Verdict::Skipped { .. } => ("quiet", says::SKIPPED),
        Verdict::Inconclusive { .. } => ("unsure", says::UNDECIDED),
        Verdict::GraderFault { .. } => ("unsure", says::GRADER_FAULT),
    };
    let mut text = format!(
        "<article class=\"{class}\">\n<h3><span class=\"verdict\">{word}</span> <code>{}</code></h3>\n\
         <p>{} <span class=\"quiet\">{}</span></p>\n",
        escape(&check.name),
        prose(&check.promise),
        escape(&says::worth(check)),
    );
    text += &match &check.verdict {
        Verdict::Passed { evidence: seen } => all(seen),
        Verdict::Failed(failed) => failure(exercise, failed),
        Verdict::Inconclusive { because, evidence: seen } => {
            paragraph(&sentence(because)) + &all(seen)
        }
        Verdict::Skipped { because } | Verdict::GraderFault { because } => {
            paragraph(&sentence(because))
        }
    };
    text + "</article>\n"
}

fn failure(exercise: &ExerciseReport, failed: &Failed) -> String {
    let mut text =
        format!("<p><strong>{}.</strong></p>\n", escape(failed.help.title.trim_end_matches('.')));
    text += &paragraph(&sentence(&failed.failure.message));
    text += &all(&failed.failure.evidence);
    if let Some(schedule) = super::replay::schedule(failed) {
        let command = replay::command(exercise.number, schedule);
        text += &evidence::verbatim(replay::invitation(exercise), &command);
    }
    text + &paragraph(&says::meaning(&failed.help))
}

fn all(seen: &[::evidence::Evidence]) -> String {
    seen.iter().map(evidence::render).collect()
}

fn paragraph(text: &str) -> String {
    format!("<p>{}</p>\n", prose(text))
}
