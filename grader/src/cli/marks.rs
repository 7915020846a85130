//! What teachers add to `cargo grade`: how strictly answers are taken, and what becomes of the
//! report.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use clap::ValueEnum;

use super::format::Format;
use super::{SEED, Trouble};
use crate::course::Course;
use crate::exit::Exit;
use crate::export::{Classroom, Context};
use crate::grade::Options;
use crate::process::compilers;
use crate::render::json;
use crate::report::Report;
use crate::sandbox::Wanted;
use crate::signature::Key;
use crate::wording;

/// What teachers add.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Marking")]
pub(super) struct MarkArguments {
    /// Grade for marks: a policy, a sandbox, a seed that nobody knows, no verdict from earlier runs.
    #[arg(long)]
    strict: bool,
    /// What stands between the answers and this machine [default: auto with --strict, else off].
    #[arg(long, value_name = "LEVEL", value_enum)]
    sandbox: Option<Level>,
    /// Lay a folder of your own checks over the course.
    #[arg(long, value_name = "DIR")]
    extra: Option<PathBuf>,
    /// Make a point of an exercise count this much in the score; may be repeated.
    #[arg(long = "weight", value_name = "EXERCISE=N", value_parser = weight)]
    weights: Vec<(String, f64)>,
    /// Succeed from this score on, in per cent, even if some check failed.
    #[arg(long, value_name = "PERCENT")]
    min_score: Option<f64>,
    /// Run a check that could not be decided again, up to N times.
    #[arg(long, value_name = "N", default_value_t = 0)]
    rerun_inconclusive: u32,
    /// CPU seconds that the compiler may use for one answer.
    #[arg(long, value_name = "SECONDS", default_value_t = compilers::SECONDS,
          value_parser = clap::value_parser!(u64).range(1..))]
    compile_seconds: u64,
    /// Write the report to a file as well, in any format; may be repeated.
    #[arg(long = "export", value_name = "FORMAT=FILE", value_parser = export)]
    exports: Vec<(Format, PathBuf)>,
    /// Sign every JSON report that is exported with this Ed25519 key; the signature goes to FILE.sig.
    #[arg(long, value_name = "KEY.pem", requires = "exports")]
    sign: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Level {
    /// What this machine has.
    Auto,
    /// All of it, or no verdict.
    Require,
    /// None.
    Off,
}

fn weight(text: &str) -> Result<(String, f64), String> {
    let (name, number) = text.split_once('=').ok_or("write it as EXERCISE=N, like 3=1.5")?;
    match number.parse::<f64>() {
        Ok(weight) if weight.is_finite() && weight >= 0.0 => Ok((name.into(), weight)),
        _ => Err(format!("`{number}` is not a weight: a number from 0 on")),
    }
}

fn export(text: &str) -> Result<(Format, PathBuf), String> {
    let (format, file) = text.split_once('=').ok_or("write it as FORMAT=FILE")?;
    Ok((Format::from_str(format, false)?, file.into()))
}

impl MarkArguments {
    /// The options of a run that is asked for like this.
    pub(super) fn options(
        &self,
        seed: Option<u64>,
        plain: Options,
        submitted: bool,
    ) -> io::Result<Options> {
        let seed = match seed {
            Some(seed) => seed,
            None if self.strict => random_seed()?,
            None => SEED,
        };
        let sandbox = match (self.sandbox, self.strict) {
            (Some(Level::Auto), _) | (None, true) => Wanted::Auto,
            (Some(Level::Require), _) => Wanted::Require,
            (Some(Level::Off), _) | (None, false) => Wanted::Off,
        };
        let cache = plain.cache && !self.strict;
        let reruns = self.rerun_inconclusive;
        let compile_seconds = self.compile_seconds;
        let strict = self.strict;
        Ok(Options { seed, cache, strict, sandbox, submitted, reruns, compile_seconds, ..plain })
    }

    /// The course, with the teacher's own checks.
    pub(super) fn lay_over(&self, course: Course) -> Result<Course, Trouble> {
        match &self.extra {
            None => Ok(course),
            Some(folder) => Ok(course.with_extra(folder)?),
        }
    }

    /// Gives the exercises of the report their weights.
    pub(super) fn weigh(&self, course: &Course, report: &mut Report) -> Result<(), Trouble> {
        for (name, _) in &self.weights {
            course.select(std::slice::from_ref(name))?;
        }
        report.weigh(|folder| {
            let exercise = course.exercises.iter().find(|exercise| exercise.folder == folder);
            let named = |name: &str| exercise.is_some_and(|exercise| exercise.is_called(name));
            let weight = self.weights.iter().rev().find(|(name, _)| named(name));
            weight.map_or(1.0, |(_, weight)| *weight)
        });
        Ok(())
    }

    /// The key to sign with, if there is one: read before anything is graded.
    pub(super) fn key(&self) -> Result<Option<Key>, Trouble> {
        let Some(path) = &self.sign else { return Ok(None) };
        let told = |why: String| Trouble::Usage(format!("{}: {why}", path.display()));
        let text = fs::read_to_string(path).map_err(|error| told(error.to_string()))?;
        Key::from_pem(&text).map(Some).map_err(|error| told(error.to_string()))
    }

    /// Writes every export, and the signatures.
    pub(super) fn write(&self, report: &Report, key: Option<&Key>) -> Result<(), Trouble> {
        for (format, path) in &self.exports {
            let text = text(*format, report);
            replace(path, text.as_bytes())?;
            if let (Some(key), Format::Json) = (key, format) {
                replace(&signature_path(path), &key.sign(text.as_bytes()))?;
            }
        }
        Ok(())
    }

    /// How the grader ends: as the report says, unless a score was named that is enough.
    pub(super) fn exit(&self, report: &Report) -> Exit {
        match self.min_score {
            None => report.exit(),
            Some(percent) => report.exit_from(percent / 100.0),
        }
    }
}

/// The report in a format other than the one for people.
pub(super) fn text(format: Format, report: &Report) -> String {
    match format {
        Format::Export(format) => format.render(report, &context()),
        Format::Json | Format::Human => json::render(report),
    }
}

/// Where the signature of a report lies.
pub(super) fn signature_path(report: &Path) -> PathBuf {
    let mut path = report.as_os_str().to_owned();
    path.push(".sig");
    path.into()
}

/// Writes the file in one step: whoever reads it sees the old one or the new one.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    // Where a link leads; a file that is not there yet has no links.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let is_plain = fs::metadata(&path).map_or(true, |file| file.is_file());
    // A pipe, a terminal or another device is written to, never replaced.
    let written = if is_plain { move_into_place(&path, bytes) } else { fs::write(&path, bytes) };
    written.map_err(|error| Trouble::Fault(wording::not_written(path.display(), &error)))
}

fn move_into_place(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}.part", std::process::id()));
    let beside = PathBuf::from(beside);
    let done = fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, path));
    if done.is_err() {
        let _ = fs::remove_file(&beside);
    }
    done
}

/// What Classroom 50's runner tells in the environment.
fn context() -> Context {
    let of = |name: &str| std::env::var(name).unwrap_or_default();
    let or = |value: String, default: &str| {
        if value.is_empty() { default.to_owned() } else { value }
    };
    Context {
        classroom: Classroom {
            classroom: of("CLASSROOM"),
            assignment: of("ASSIGNMENT"),
            assignment_type: or(of("ASSIGNMENT_TYPE"), "individual"),
            owner: of("OWNER"),
            submission: or(of("SUBMISSION_TAG"), "submit/unknown"),
            commit: of("COMMIT_URL"),
            release: of("RELEASE_URL"),
            review: of("REVIEW_URL"),
            datetime: utc(SystemTime::now()),
        },
        // Without randomness there is no fence that cannot be guessed, but what is in it is
        // harmless by itself.
        fence: random_seed().map_or_else(|_| "fence".into(), |word| format!("{word:016x}")),
    }
}

fn random_seed() -> io::Result<u64> {
    let mut bytes = [0; 8];
    fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(u64::from_le_bytes(bytes))
}

/// `2026-11-21T12:00:00Z`.
fn utc(time: SystemTime) -> String {
    let seconds = time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let (day, second) = (seconds / 86_400, seconds % 86_400);
    let (year, month, day) = date(day);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// The date so many days after 1970-01-01, by counting in eras of 400 years that begin in March.
fn date(day: u64) -> (u64, u64, u64) {
    let day = day + 719_468;
    let (era, of_era) = (day / 146_097, day % 146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn dates_are_those_of_the_calendar() {
        for (seconds, expected) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_795_262_400, "2026-11-21T12:00:00Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ] {
            assert_eq!(utc(UNIX_EPOCH + Duration::from_secs(seconds)), expected);
        }
    }

    #[test]
    fn links_and_pipes_are_written_to_and_stay() {
        let home = tempfile::tempdir().unwrap();
        let [file, link, pipe] = ["file", "link", "pipe"].map(|name| home.path().join(name));
        fs::write(&file, "old").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        nix::unistd::mkfifo(&pipe, nix::sys::stat::Mode::S_IRWXU).unwrap();
        let reader = std::thread::spawn({
            let pipe = pipe.clone();
            move || fs::read_to_string(pipe).unwrap()
        });

        for path in [&link, &pipe] {
            assert!(replace(path, b"new").is_ok());
        }
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(reader.join().unwrap(), "new");
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 3, "nothing is left beside them");
    }

    #[test]
    fn weights_and_exports_are_read_or_refused() {
        assert_eq!(weight("3=1.5"), Ok(("3".into(), 1.5)));
        assert!(weight("3").is_err() && weight("3=-1").is_err() && weight("3=x").is_err());
        assert!(export("junit=a=b.xml").is_ok_and(|(_, file)| file == Path::new("a=b.xml")));
        assert!(export("nonsense=x").is_err() && export("junit").is_err());
    }
}
