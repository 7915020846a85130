//! `cargo grade self-test`: grades the course itself.

use std::fs;
use std::path::{Path, PathBuf};

use evidence::interleaving::render;

use super::{SEED, Trouble, find_course, home, options, print};
use crate::exit::Exit;
use crate::grade::Grader;
use crate::self_test::{self, Trace};
use crate::terminal::ProgressLine;

/// What `cargo grade self-test` takes.
#[derive(Debug, clap::Args)]
pub(super) struct SelfTestArguments {
    /// Exercises, by folder, package or number; all of them if none is named.
    exercises: Vec<String>,
    /// Where all randomness comes from.
    #[arg(long, value_name = "N", default_value_t = SEED)]
    seed: u64,
    /// Run every check again, even where nothing changed.
    #[arg(long)]
    no_cache: bool,
    /// Write the interleaving that breaks each wrong answer to DIR/NN-name/ANSWER.json and .txt.
    #[arg(long, value_name = "DIR")]
    traces: Option<PathBuf>,
}

/// Grades the course itself.
pub(super) fn run(arguments: &SelfTestArguments) -> Result<Exit, Trouble> {
    let course = find_course()?;
    let exercises = course.select(&arguments.exercises)?;
    let progress = ProgressLine::on_stderr();
    let options = options(arguments.seed, arguments.no_cache);
    let grader = Grader::open(&course, &home(&course), options, &progress)?;
    let findings = self_test::run(&course, &exercises, &grader)??;
    if let Some(folder) = &arguments.traces {
        write_traces(folder, &findings.traces)?;
    }
    print(&self_test::text(&findings))?;
    Ok(findings.exit())
}

/// As data, which the book draws, and as an 80-column table, which people review.
fn write_traces(folder: &Path, traces: &[Trace]) -> Result<(), Trouble> {
    for trace in traces {
        let json = serde_json::to_string_pretty(&trace.interleaving).unwrap_or_default() + "\n";
        let style = render::Style { width: 80, colour: false, unicode: true };
        for (extension, text) in [("json", json), ("txt", render::text(&trace.interleaving, style))]
        {
            let path = folder.join(format!("{}.{extension}", trace.name));
            let written = fs::create_dir_all(path.parent().unwrap_or(folder))
                .and_then(|()| fs::write(&path, text));
            written.map_err(|error| {
                Trouble::Fault(format!("{} could not be written: {error}", path.display()))
            })?;
        }
    }
    Ok(())
}
