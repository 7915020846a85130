//! One cargo call for all that must be built, its messages sorted by exercise.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use evidence::{Failure, Place};
use serde::{Deserialize, Serialize};

use crate::answer::{Answer, Refusal};
use crate::cancel::Cancel;
use crate::course::{Exercise, Kind};
use crate::process::warden;
use crate::wording;

mod artifact;
mod blame;
mod cargo;
mod messages;
mod shared;
mod trusted;

use artifact::{Flavour, Ground, Message};
use blame::Ending;
pub use cargo::{Site, cargo};
pub use trusted::guard;

/// What came of building some exercises, by exercise folder.
pub type Built = BTreeMap<String, Crates>;

/// Messages of a kind that are kept of an exercise; the others are counted.
const KEPT: usize = 100;

/// What came of building one exercise.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Crates {
    /// The test binaries, by their source, relative to the exercise's folder.
    pub binaries: BTreeMap<PathBuf, PathBuf>,
    /// What does not compile, each message once.
    pub errors: Vec<Diagnostic>,
    /// What does not compile with the model checker's threads and locks: of interest when `errors`
    /// is empty.
    pub model_errors: Vec<Diagnostic>,
    /// What compiles with a warning, each message once.
    pub warnings: Vec<Diagnostic>,
    /// How many more errors, errors of the model checker's flavour and warnings there are than are kept.
    pub more: [usize; 3],
    /// What is not accepted: if there is anything, nothing was built.
    pub refused: Vec<Refusal>,
    /// How the answer breaks its contract; then there are no binaries.
    pub breach: Option<Failure>,
    /// What kept the machine from building, each cause once: no answer is at fault.
    pub faults: Vec<String>,
}

impl Crates {
    /// Whether there is anything to run.
    pub fn has_programs(&self) -> bool {
        !self.binaries.is_empty()
    }

    fn is_clean(&self) -> bool {
        self.errors.is_empty() && self.model_errors.is_empty() && self.faults.is_empty()
    }
}

/// A message of the compiler.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The message in one line.
    pub message: String,
    /// The message as the compiler prints it, with the learner's own paths.
    pub rendered: String,
    /// Where it points to, with the learner's own path.
    pub at: Option<Place>,
    /// The lint or error code, if it has one.
    pub code: Option<String>,
}

/// Cargo could not do its work; no answer is at fault.
#[derive(Debug)]
pub enum BuildError {
    /// Cargo could not be started.
    NoCargo(PathBuf, io::Error),
    /// Cargo failed, and no compiler message says why: its last words.
    Cargo(String),
    /// The machine kept the compiler from its work: what was said.
    Machine(String),
}

/// Builds the checks of these exercises, whose answers have been laid on the stage. `on_progress`
/// gets cargo's own progress lines; `cancel` may end it early.
///
/// # Errors
/// When cargo cannot be started, or fails without a message from the compiler.
pub fn build(
    site: Site<'_>,
    work: &[(&Exercise, &Answer)],
    cancel: Option<&Cancel>,
    on_progress: impl Fn(&str) + Send,
) -> Result<Built, BuildError> {
    let mut command = site.command("build");
    command.args(["--test", "*", "--keep-going", "--message-format=json"]);
    select(&mut command, work);
    run(site, command, work, cancel, on_progress)
}

/// Has clippy read the answers to these exercises in both flavours, with these lints forbidden and the
/// configuration that lies beside each manifest.
///
/// # Errors
/// As [`build`]; and when the machine kept clippy from reading one of them, which would let pass
/// what is in it.
pub fn lint(
    site: Site<'_>,
    work: &[(&Exercise, &Answer)],
    forbidden: &[&str],
) -> Result<Built, BuildError> {
    // In a folder of its own, so that cargo need not wait for the build.
    let mut command = site.command_in("clippy", &site.stage.target.join("names"));
    command.args(["--lib", "--no-deps", "--keep-going", "--message-format=json"]);
    select(&mut command, work);
    command.arg("--");
    forbidden.iter().for_each(|lint| {
        command.args(["-F", lint]);
    });
    command.env_remove("CLIPPY_CONF_DIR");
    let built = run(site, command, work, None, |_| {})?;
    match built.values().find(|crates| !crates.faults.is_empty()) {
        Some(unread) => Err(BuildError::Machine(unread.faults.join("\n"))),
        None => Ok(built),
    }
}

/// Names the packages of these exercises, one for each flavour.
fn select(command: &mut Command, work: &[(&Exercise, &Answer)]) {
    for (exercise, _) in work {
        command.args(["-p", &exercise.package]);
        if exercise.has_model {
            command.args(["-p", &exercise.package_of(Kind::Model)]);
        }
    }
}

fn run(
    site: Site<'_>,
    command: Command,
    work: &[(&Exercise, &Answer)],
    cancel: Option<&Cancel>,
    on_progress: impl Fn(&str) + Send,
) -> Result<Built, BuildError> {
    let failed = |error| BuildError::NoCargo(cargo(), error);
    let folders: Vec<&str> = work.iter().map(|(exercise, _)| &*exercise.folder).collect();
    let mut command = warden::wrap(&command, &folders, site.seconds);
    if cancel.is_some() {
        // The compilers that cargo starts must end with it. (Else they stay in our own group, where
        // Ctrl-C at the terminal reaches them.)
        command.process_group(0);
    }
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    let held = cancel.map(|cancel| cancel.group(child.id()));
    let stderr = child.stderr.take().expect("it is piped");
    let stdout = child.stdout.take().expect("it is piped");
    let (mut built, said) = std::thread::scope(|scope| {
        let said = scope.spawn(|| follow(stderr, on_progress));
        (collect(stdout, Ground::of(site.stage), work), said.join().unwrap_or_default())
    });
    drop(held);
    let status = child.wait().map_err(failed)?;
    match status.code().and_then(|code| u8::try_from(code).ok()) {
        Some(warden::NOT_STARTED) => return Err(failed(io::ErrorKind::NotFound.into())),
        Some(warden::TOO_LONG) => {
            return Err(BuildError::Machine(wording::machine::took_too_long()));
        }
        _ => {}
    }
    if !status.success() {
        give_up(&mut built, &said, work);
    }
    if !status.success() && built.values().all(Crates::is_clean) {
        // Cargo itself failed, or a package that is no answer.
        return Err(BuildError::Cargo(said));
    }
    Ok(built)
}

/// A compiler that was ended leaves no message but cargo's: `could not compile …`. Where the limits
/// ended it (endless constants, a macro that grows for ever), that is the answer's doing.
fn give_up(built: &mut Built, said: &str, work: &[(&Exercise, &Answer)]) {
    for (exercise, _) in work {
        let crates = built.entry(exercise.folder.clone()).or_default();
        for package in [exercise.package.clone(), exercise.package_of(Kind::Model)] {
            match blame::ending(said, &package).filter(|_| crates.is_clean()) {
                None => {}
                Some(Ending::GaveUp) => {
                    let message =
                        wording::compiler_gave_up(blame::stopped_for(said, &exercise.folder));
                    let rendered = message.clone();
                    crates.errors.push(Diagnostic { message, rendered, at: None, code: None });
                }
                Some(Ending::Killed(signal)) => {
                    crates.faults.push(wording::machine::compiler_killed(signal));
                }
                Some(Ending::Blocked) => crates.faults.push(said.to_owned()),
            }
        }
    }
}

/// Reads cargo's own words: passes on the progress, keeps the end.
fn follow(stderr: impl Read, on_progress: impl Fn(&str)) -> String {
    let mut last: Vec<String> = Vec::new();
    for line in messages::words(stderr) {
        on_progress(line.trim());
        last.push(line);
        if last.len() > 40 {
            last.remove(0);
        }
    }
    last.join("\n")
}

/// Sorts cargo's messages by exercise.
fn collect(stdout: impl Read, ground: Ground<'_>, work: &[(&Exercise, &Answer)]) -> Built {
    let mut built: Built =
        work.iter().map(|(exercise, _)| (exercise.folder.clone(), Crates::default())).collect();
    for line in messages::messages(stdout) {
        let Ok(message) = serde_json::from_slice::<Message>(&line) else { continue };
        let of = |(exercise, _): &(&Exercise, &Answer)| message.flavour(ground, exercise);
        let owner = work.iter().find_map(|work| Some((*work, of(work)?)));
        let Some(((exercise, answer), flavour)) = owner else { continue };
        let crates = built.entry(exercise.folder.clone()).or_default();
        if message.is_left_over(ground) {
            let fault = wording::machine::left_over(&exercise.folder);
            if !crates.faults.contains(&fault) {
                crates.faults.push(fault);
            }
            continue;
        }
        crates.binaries.extend(message.program(ground, exercise));
        if let Some(said) = message.message {
            take(said, flavour, exercise, answer, crates);
        }
    }
    built
}

fn take(said: Said, flavour: Flavour, exercise: &Exercise, answer: &Answer, crates: &mut Crates) {
    let is_model = flavour == Flavour::Model;
    let (list, more) = match &*said.level {
        // "aborting due to 2 previous errors" and its like point nowhere and say nothing.
        "error" if said.spans.is_empty() && said.message.starts_with("aborting") => return,
        "error" if said.is_of_machine() => {
            let rendered = said.rendered.as_deref().unwrap_or_default();
            let fault = blame::in_short(&said.message, rendered);
            if !crates.faults.contains(&fault) && crates.faults.len() < KEPT {
                crates.faults.push(fault);
            }
            return;
        }
        "error" if is_model => (&mut crates.model_errors, 1),
        "error" => (&mut crates.errors, 0),
        // A warning is said in both flavours; what is only counted, is counted in one.
        "warning" if is_model && crates.warnings.len() == KEPT => return,
        "warning" if !said.spans.is_empty() => (&mut crates.warnings, 2),
        _ => return,
    };
    let diagnostic = said.diagnostic(exercise, answer);
    // The same source is compiled in two flavours: the same message is said once.
    let known = |d: &Diagnostic| d.message == diagnostic.message && d.at == diagnostic.at;
    if list.len() == KEPT {
        crates.more[more] += 1;
    } else if !list.iter().any(known) {
        list.push(diagnostic);
    }
}

#[derive(Deserialize)]
struct Said {
    message: String,
    level: String,
    rendered: Option<String>,
    code: Option<Code>,
    spans: Vec<Span>,
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

#[derive(Deserialize)]
struct Span {
    file_name: String,
    line_start: u32,
    is_primary: bool,
}

impl Said {
    /// Whether it is an error about the compiler's own work.
    fn is_of_machine(&self) -> bool {
        let rendered = self.rendered.as_deref().unwrap_or_default();
        self.spans.is_empty()
            && self.code.is_none()
            && !blame::is_of_answer(&self.message, rendered)
    }

    fn diagnostic(self, exercise: &Exercise, answer: &Answer) -> Diagnostic {
        let at = self.spans.iter().find(|span| span.is_primary).or(self.spans.first());
        // Of a message that was too long its place is not known.
        let at = at.filter(|span| !span.file_name.is_empty());
        let code = self.code.map(|code| code.code);
        let rendered =
            self.rendered.unwrap_or_else(|| format!("{}: {}\n", self.level, self.message));
        let rendered = shared::explained(code.as_deref(), &rendered);
        Diagnostic {
            at: at.map(|span| Place {
                file: learners_path(&span.file_name, exercise, answer),
                line: span.line_start,
            }),
            rendered: learners_path(&rendered, exercise, answer),
            message: self.message,
            code,
        }
    }
}

/// The text with the stage's paths turned into those that the learner knows.
pub fn learners_path(text: &str, exercise: &Exercise, answer: &Answer) -> String {
    let folder = format!("exercises/{}", exercise.folder);
    let mut text = text.replace(&format!("{folder}/model/../src/"), &format!("{folder}/src/"));
    for file in &answer.files {
        let staged = format!("{folder}/{}", file.path.display());
        if staged != file.shown {
            text = text.replace(&staged, &file.shown);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::answer::SourceFile;

    fn exercise() -> Exercise {
        let toml = "title='t'\nchapter='c'\nbook='b'\n[[checks]]\nname='a'\nkind='example'\npoints=1\npromise='p'";
        Exercise::parse("02-race-fix", toml, false).unwrap()
    }

    fn ground() -> Ground<'static> {
        Ground { root: Path::new("/s"), target: Path::new("/t"), pristine: true }
    }

    fn answer(shown: &str) -> Answer {
        let file = SourceFile { path: "src/lib.rs".into(), shown: shown.into(), bytes: vec![] };
        Answer {
            exercise: "02-race-fix".into(),
            label: shown.into(),
            files: vec![file],
            refused: vec![],
        }
    }

    fn message(package: &str, level: &str, file: &str) -> String {
        format!(
            r#"{{"reason":"compiler-message","manifest_path":"/s/exercises/{package}/Cargo.toml",
            "target":{{"kind":["lib"],"src_path":"x"}},"message":{{"message":"mismatched types","level":"{level}",
            "rendered":"error: mismatched types\n --> {file}:3:5","spans":[
            {{"file_name":"{file}","line_start":3,"is_primary":true}}]}}}}"#
        )
        .replace('\n', "")
    }

    #[test]
    fn a_full_disk_is_no_error_of_the_answer() {
        let full = r#"{"manifest_path":"/s/exercises/02-race-fix/Cargo.toml",
            "target":{"kind":["lib"],"src_path":"x"},"message":{"message":"failed to write x.o: No space left on device",
            "level":"error","rendered":"error: failed to write","spans":[]}}"#;
        let (exercise, answer) = (exercise(), answer("src/lib.rs"));
        let text = [full.replace('\n', ""), full.replace('\n', "")].join("\n");
        let crates = &collect(text.as_bytes(), ground(), &[(&exercise, &answer)])["02-race-fix"];
        assert!(crates.errors.is_empty(), "{crates:?}");
        assert_eq!(crates.faults, ["failed to write x.o: No space left on device"]);
    }

    #[test]
    fn of_very_many_messages_the_first_are_kept_and_the_others_counted() {
        let (exercise, answer) = (exercise(), answer("src/lib.rs"));
        let one = |package: &str, level: &str, line: u32| {
            message(package, level, "src/lib.rs")
                .replace("\"line_start\":3", &format!("\"line_start\":{line}"))
        };
        let mut all = Vec::new();
        for package in ["02-race-fix", "02-race-fix/model"] {
            for line in 0..1000 {
                all.extend([one(package, "error", line), one(package, "warning", line)]);
            }
        }
        let built = collect(all.join("\n").as_bytes(), ground(), &[(&exercise, &answer)]);
        let crates = &built["02-race-fix"];
        assert_eq!([crates.errors.len(), crates.warnings.len()], [KEPT; 2]);
        assert_eq!(crates.more, [1000 - KEPT; 3]);
        let last = crates.errors[KEPT - 1].at.as_ref().unwrap().line;
        assert_eq!(usize::try_from(last), Ok(KEPT - 1), "the first ones are kept");
    }

    #[test]
    fn a_message_comes_once_with_the_learners_path() {
        let plain = message("02-race-fix", "error", "exercises/02-race-fix/src/lib.rs");
        let model =
            message("02-race-fix/model", "error", "exercises/02-race-fix/model/../src/lib.rs");
        let other = message("03-rlock", "error", "exercises/03-rlock/src/lib.rs");
        let (exercise, answer) = (exercise(), answer("solutions/02-race-fix/lib.rs"));
        let text = [plain, model, other, "not json".into()].join("\n");
        let built = collect(text.as_bytes(), ground(), &[(&exercise, &answer)]);
        let errors = &built["02-race-fix"].errors;
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert_eq!(
            errors[0].rendered,
            "error: mismatched types\n --> solutions/02-race-fix/lib.rs:3:5"
        );
        assert_eq!(errors[0].at.as_ref().unwrap().line, 3);
    }
}
