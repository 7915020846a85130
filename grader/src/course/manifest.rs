//! What `exercise.toml` says.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use evidence::Fault;
use serde::{Deserialize, Serialize};

/// `exercise.toml`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The exercise's name for people.
    pub title: String,
    /// The chapter of the book that it belongs to.
    pub chapter: String,
    /// Its page, relative to `book/src`.
    pub book: String,
    /// Whether the answer may use `unsafe`.
    #[serde(default, rename = "unsafe")]
    pub allows_unsafe: bool,
    /// What of the operating system the answer may use, when it is graded strictly.
    #[serde(default)]
    pub allows: Vec<Permission>,
    /// What of the crate `nix` the answer may use, when it is graded strictly: paths without `nix::` in
    /// front, and all below each.
    #[serde(default)]
    pub nix: Vec<String>,
    /// From a nudge to nearly the answer.
    #[serde(default)]
    pub hints: Vec<Hint>,
    /// From the simplest to the hardest.
    pub checks: Vec<Check>,
}

/// One hint.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hint {
    /// The hint.
    pub text: String,
    /// Shown first when this was the last fault.
    #[serde(default)]
    pub fault: Option<Fault>,
    /// Shown first when this check failed last.
    #[serde(default)]
    pub check: Option<String>,
}

/// One promise, and how it is checked.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// The name of the test function.
    pub name: String,
    /// How it is checked, and so in which file.
    pub kind: Kind,
    /// What passing it is worth.
    pub points: u32,
    /// What a passing answer is known to do, in one sentence.
    pub promise: String,
    /// The promises of the README and of the stub that it holds, by the names of their anchors.
    #[serde(default)]
    pub holds: Vec<String>,
    /// Checks that must pass before this one says anything new.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Who may see how it ended.
    #[serde(default)]
    pub visibility: Visibility,
    /// Whether it is from a teacher's own folder, laid over the course.
    #[serde(skip)]
    pub extra: bool,
    /// Seconds until it counts as hanging; `None`: [`Kind::deadline`].
    #[serde(default)]
    pub deadline: Option<u64>,
    /// How many threads a speed-up check asks for.
    #[serde(default)]
    pub threads: Option<usize>,
    /// The `work / span` that it must reach; `None`: 0.75 × threads.
    #[serde(default)]
    pub threshold: Option<f64>,
}

/// A part of the standard library that strict grading forbids unless `exercise.toml` allows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Permission {
    /// Ending and naming processes, and what one forks.
    Processes,
    /// Starting other programs.
    Programs,
    /// The file system.
    Files,
    /// Pipes and pairs of sockets, which nobody finds by a name.
    Pipes,
    /// Sockets that have an address.
    Network,
    /// Arguments, variables, paths of this process.
    Environment,
}

/// Who may see how a check ended. Course platforms know the same four.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Visibility {
    /// The learner, at once.
    #[default]
    Visible,
    /// The learner, when the work is due.
    AfterDueDate,
    /// The learner, when the marks are published.
    AfterPublished,
    /// Teachers alone.
    Hidden,
}

/// How a promise is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Plain assertions.
    Example,
    /// Random inputs.
    Property,
    /// Every schedule.
    Model,
    /// Real processes.
    Process,
    /// Work that must run at the same time.
    Speedup,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 5] =
        [Kind::Example, Kind::Property, Kind::Model, Kind::Process, Kind::Speedup];

    /// The test target (and file stem) that holds checks of this kind.
    pub fn target(self) -> &'static str {
        match self {
            Kind::Example => "examples",
            Kind::Property => "properties",
            Kind::Model => "model",
            Kind::Process => "processes",
            Kind::Speedup => "speedup",
        }
    }

    /// The deadline of a check that declares none.
    pub fn deadline(self) -> Duration {
        Duration::from_secs(match self {
            Kind::Example => 10,
            Kind::Property | Kind::Model => 30,
            Kind::Process | Kind::Speedup => 60,
        })
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Kind::Example => "example",
            Kind::Property => "property",
            Kind::Model => "model",
            Kind::Process => "process",
            Kind::Speedup => "speedup",
        })
    }
}

impl Check {
    /// The test target (and file stem) that holds it.
    pub fn target(&self) -> String {
        let extra = if self.extra { "extra_" } else { "" };
        format!("{extra}{}", self.kind.target())
    }

    /// The source file of that target, relative to the exercise's folder.
    pub fn source(&self) -> PathBuf {
        let folder = if self.kind == Kind::Model { "model/tests" } else { "tests" };
        Path::new(folder).join(self.target()).with_extension("rs")
    }

    /// How long it may take.
    pub fn deadline(&self) -> Duration {
        self.deadline.map_or(self.kind.deadline(), Duration::from_secs)
    }
}
