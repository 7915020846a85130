//! `cargo grade verify`: whether a report is the one that was signed.

use std::fs;
use std::path::{Path, PathBuf};

use super::marks::signature_path;
use super::{Trouble, print};
use crate::exit::Exit;
use crate::report::{Report, SCHEMA};
use crate::signature;

/// What `cargo grade verify` takes.
#[derive(Debug, clap::Args)]
pub(super) struct VerifyArguments {
    /// The report, in JSON; its signature is in REPORT.sig.
    report: PathBuf,
    /// The public key of whoever signed it.
    #[arg(long, value_name = "PUBLIC.pem")]
    key: PathBuf,
}

/// Verifies, and says on what the report is.
pub(super) fn run(arguments: &VerifyArguments) -> Result<Exit, Trouble> {
    let read = |path: &Path| {
        fs::read(path)
            .map_err(|error| Trouble::Usage(format!("{} cannot be read: {error}", path.display())))
    };
    let bytes = read(&arguments.report)?;
    let signature = read(&signature_path(&arguments.report))?;
    let key = String::from_utf8_lossy(&read(&arguments.key)?).into_owned();
    match signature::verify(&bytes, &signature, &key) {
        Ok(()) => {}
        Err(error @ signature::SignatureError::Mismatch) => {
            print(&format!("{}: {error}\n", arguments.report.display()))?;
            return Ok(Exit::Failed);
        }
        Err(error) => return Err(Trouble::Usage(error.to_string())),
    }
    let report: Report = serde_json::from_slice(&bytes)
        .map_err(|error| Trouble::Usage(format!("it is signed, and no {SCHEMA}: {error}")))?;
    print(&text(&report))?;
    Ok(Exit::Passed)
}

fn text(report: &Report) -> String {
    let grader = &report.grader;
    let mut text = format!(
        "The signature fits: {} of {} points, score {:.1} %.\nGraded by version {} with {}, policy {}, sandbox {}.\n",
        report.points,
        report.max_points,
        report.score * 100.0,
        grader.version,
        grader.toolchain,
        grader.policy,
        grader.sandbox
    );
    for exercise in &report.exercises {
        text += &format!(
            "{}: answer {}, course {}\n",
            exercise.folder, exercise.digest, exercise.course
        );
    }
    text
}
