//! The report in the formats that course platforms, editors and spreadsheets read.
//!
//! Each format is a pure function of the report. All text that an answer had a hand in goes through
//! [`Entry`], which takes out control characters, and then through the format's own escaping: no
//! output of a learner's program can steer a terminal, a workflow, a web page or a spreadsheet.

use crate::report::Report;

mod autolab;
mod classroom50;
mod code_quality;
mod csv;
pub(crate) mod entry;
mod exercism;
mod github;
mod github_classroom;
mod gradescope;
mod junit;
mod markdown;
mod prairielearn;
mod sarif;
mod submitty;

pub use classroom50::Classroom;
pub(crate) use entry::at;
pub use entry::{Audience, Entry, State, entries};

/// A format that others have defined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JUnit XML, which GitLab, Jenkins and GitHub actions read.
    Junit,
    /// Gradescope's `results.json`.
    Gradescope,
    /// Classroom 50's `classroom50/result/v1`.
    Classroom50,
    /// What GitHub Classroom's reporter takes in its environment.
    GithubClassroom,
    /// Annotations, as GitHub's workflow commands.
    Github,
    /// A page in Markdown: GitHub's step summary, a comment, a file.
    Markdown,
    /// GitLab's code quality report.
    CodeQuality,
    /// The last line that Autolab reads.
    Autolab,
    /// PrairieLearn's `results.json`.
    Prairielearn,
    /// Exercism's test runner interface, version 3.
    Exercism,
    /// Submitty's `validation_results.json`.
    Submitty,
    /// SARIF 2.1.0, which code scanning reads.
    Sarif,
    /// One row for each check.
    Csv,
}

/// What a format needs to know beside the report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Context {
    /// What the course platform says of the submission.
    pub classroom: Classroom,
    /// A word that nobody can guess, for formats that fence in what an answer printed.
    pub fence: String,
}

impl Format {
    /// Every format.
    pub const ALL: &[Format] = &[
        Format::Junit,
        Format::Gradescope,
        Format::Classroom50,
        Format::GithubClassroom,
        Format::Github,
        Format::Markdown,
        Format::CodeQuality,
        Format::Autolab,
        Format::Prairielearn,
        Format::Exercism,
        Format::Submitty,
        Format::Sarif,
        Format::Csv,
    ];

    /// Its name on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Format::Junit => "junit",
            Format::Gradescope => "gradescope",
            Format::Classroom50 => "classroom50",
            Format::GithubClassroom => "github-classroom",
            Format::Github => "github",
            Format::Markdown => "markdown",
            Format::CodeQuality => "code-quality",
            Format::Autolab => "autolab",
            Format::Prairielearn => "prairielearn",
            Format::Exercism => "exercism",
            Format::Submitty => "submitty",
            Format::Sarif => "sarif",
            Format::Csv => "csv",
        }
    }

    /// The report in this format, ended by a line feed.
    pub fn render(self, report: &Report, context: &Context) -> String {
        let report = &report.clone().bounded();
        match self {
            Format::Junit => junit::render(report),
            Format::Gradescope => gradescope::render(report),
            Format::Classroom50 => classroom50::render(report, &context.classroom),
            Format::GithubClassroom => github_classroom::render(report),
            Format::Github => github::render(report, &context.fence),
            Format::Markdown => markdown::render(report),
            Format::CodeQuality => code_quality::render(report),
            Format::Autolab => autolab::render(report),
            Format::Prairielearn => prairielearn::render(report),
            Format::Exercism => exercism::render(report),
            Format::Submitty => submitty::render(report),
            Format::Sarif => sarif::render(report),
            Format::Csv => csv::render(report),
        }
    }
}

/// JSON in many lines, ended by a line feed.
fn pretty(value: &serde_json::Value) -> String {
    format!("{value:#}\n")
}

/// `value` rounded to two decimals, so that sums of marks read as people write them.
fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
