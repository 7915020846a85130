//! `cargo grade`: from sources to verdicts.
//!
//! ```text
//! exercise.toml → Course → Answer → Stage → build → run → Observation → Verdict → Report → renderers
//! ```
//!
//! # Layout
//! - [`course`]: what `exercise.toml` says; [`answer`]: the sources that are graded;
//! - [`grade`]: the one function that grades anything;
//! - [`stage`]: the trusted copy of the course with the answer laid over it;
//! - [`build`]: one cargo call, its messages sorted by exercise;
//! - [`contract`]: what every answer offers, and what the compiler found that is different;
//! - [`process`]: one supervised process per check, what it did as an [`process::Observation`];
//! - [`schedule`]: which check may run now; [`run`]: runs them; [`cancel`]: ends them early;
//! - [`verdict`]: from an observation to a verdict; [`report`]: all verdicts, versioned;
//! - [`toolchain`]: which compiler;
//! - [`cache`]: verdicts that need no second run; [`digest`]: what they are keyed by;
//! - [`progress`]: what is remembered of a learner's work; [`desk`]: that, and what lies there now;
//! - [`original`]: an exercise as the course has it, and backups of what took its place;
//! - [`watch`]: the screen that grades on every save; [`doctor`]: what this machine can do;
//! - [`render`]: the report for people and machines; [`wording`]: every sentence they read;
//! - [`apart`]: reading that may go wrong, in a process of its own;
//! - [`intake`]: what is taken of a submission; [`policy`]: what an answer may use, when it is graded
//!   for marks, and what would hide from the model checker; [`sandbox`]: what stands between it and
//!   the machine; [`signature`]: signed results;
//! - [`pack`]: the course for a platform; [`export`]: the report in the formats of course platforms;
//! - [`rules`] and [`self_test`]: what the repository promises about itself; [`scaffold`]: a new
//!   exercise that keeps it;
//! - [`text`]: which text is harmless to whoever reads it;
//! - [`cli`]: the command line; [`exit`]: its exit codes; [`terminal`]: width, colour, progress.
//!
//! Only `answer`, `apart`, `build`, `cache`, `cancel`, `cli`, `course`, `desk`, `doctor`, `grade`, `intake`,
//! `original`, `pack`, `process`, `progress`, `rules`, `sandbox`, `scaffold`, `stage`, `terminal`,
//! `toolchain` and `watch` touch the outside world.

pub mod answer;
pub mod apart;
pub mod build;
pub mod cache;
pub mod cancel;
pub mod cli;
pub mod contract;
pub mod course;
pub mod desk;
pub mod digest;
pub mod doctor;
pub mod exit;
pub mod export;
pub mod grade;
pub mod intake;
pub mod original;
pub mod pack;
pub mod policy;
pub mod process;
pub mod progress;
pub mod render;
pub mod report;
pub mod rules;
pub mod run;
pub mod sandbox;
pub mod scaffold;
pub mod schedule;
pub mod self_test;
pub mod signature;
pub mod stage;
pub mod terminal;
pub mod text;
pub mod toolchain;
pub mod verdict;
pub mod watch;
pub mod wording;
