//! What the repository promises about its own files. Each rule has a name and a reason; none of them
//! runs any code of the course.

use std::fs;
use std::path::{Path, PathBuf};

use evidence::Fault;

use crate::contract;
use crate::course::{Course, Exercise, Kind};

mod allowed;
mod api;
mod targets;
mod texts;

pub use api::public_api;
pub use targets::of_package as unlisted_targets;

/// A rule of the repository.
pub struct Rule {
    /// What must hold, in one sentence.
    pub promise: &'static str,
    /// Why it must.
    pub reason: &'static str,
    /// Every violation in one exercise, in words.
    pub check: fn(&Course, &Exercise) -> Vec<String>,
}

/// Every rule.
pub const RULES: &[Rule] = &[
    Rule {
        promise: "every check in exercise.toml is a test of its kind, and every test is listed",
        reason: "exercise.toml is the one list of checks: an unlisted test is never run, a missing one never passes",
        check: checks_and_tests_agree,
    },
    Rule {
        promise: "every check is worth at least one point",
        reason: "points add up to what an answer is worth, and a check without points would be ignored",
        check: |_, exercise| {
            let worthless = exercise.manifest.checks.iter().filter(|check| check.points == 0);
            worthless.map(|check| format!("`{}` is worth nothing", check.name)).collect()
        },
    },
    Rule {
        promise: "there are at least three hints",
        reason: "a ladder has steps: from a nudge to nearly the answer",
        check: |_, exercise| {
            let hints = exercise.manifest.hints.len();
            if hints < 3 { vec![format!("there are {hints} hints")] } else { vec![] }
        },
    },
    Rule {
        promise: "there is a README.md that begins with a heading",
        reason: "it is the task: learners read it first, and the book includes it",
        check: |course, exercise| match read(&folder(course, exercise).join("README.md")) {
            Ok(text) if text.starts_with("# ") => vec![],
            Ok(_) => vec!["README.md does not begin with `# `".into()],
            Err(problem) => vec![problem],
        },
    },
    Rule {
        promise: "the stub and the reference answer have the same public API",
        reason: "the stub shows the signatures that the checks rely on",
        check: same_api,
    },
    Rule {
        promise: "tests/contract/mod.rs is the stub's contract, and every file of checks includes it",
        reason: "the compiler compares an answer's types with it: a check can believe what it compares",
        check: keeps_its_contract,
    },
    Rule {
        promise: "checks compare values, and not the texts that `format!` makes of them",
        reason: "what `Debug` and `Display` say is an answer's to choose",
        check: compares_values,
    },
    Rule {
        promise: "there is no file that has no place",
        reason: "a newcomer finds everything by its folder's name, and nothing is graded by accident",
        check: stray_files,
    },
    Rule {
        promise: "there are at least two other right answers and six wrong ones",
        reason: "they prove what the checks accept and reject",
        check: enough_answers,
    },
    Rule {
        promise: "a wrong answer begins with `//! Fails: CHECK (FAULT)`, and both exist",
        reason: "a wrong answer that fails for another reason proves nothing",
        check: |course, exercise| {
            let wrong = answer_files(course, exercise, "wrong");
            wrong.iter().filter_map(|path| expectation_of_file(exercise, path).err()).collect()
        },
    },
    Rule {
        promise: "manifests list every target, and turn off what cargo finds by itself",
        reason: "an answer holds files of any name, and none of them may become a program because of where it lies",
        check: |course, exercise| {
            let folder = folder(course, exercise);
            let mut problems = targets::of_package(&folder);
            if exercise.has_model {
                problems.extend(targets::of_package(&folder.join("model")));
            }
            problems
        },
    },
    Rule {
        promise: "the package is called like the folder without its number",
        reason: "learners name an exercise by either",
        check: |course, exercise| {
            let manifest = folder(course, exercise).join("Cargo.toml");
            let named = format!("name = \"{}\"", exercise.package);
            match read(&manifest) {
                Ok(text) if text.lines().any(|line| line == named) => vec![],
                Ok(_) => vec![format!("Cargo.toml has no line `{named}`")],
                Err(problem) => vec![problem],
            }
        },
    },
    Rule {
        promise: "an exercise with `nix` lists what of it an answer may use, and README.md names it",
        reason: "`nix` holds nearly all of the system; learners should know beforehand what is refused",
        check: allowed::listed_and_named,
    },
    Rule {
        promise: "right answers hold no word that strict grading refuses",
        reason: "a policy that refuses a right answer costs a learner marks",
        check: allowed::refused_in_right_answers,
    },
];

/// What a wrong answer is expected to fail, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    /// The check.
    pub check: String,
    /// The fault.
    pub fault: Fault,
}

/// Reads the first line of a wrong answer: `//! Fails: CHECK (FAULT)`.
///
/// # Errors
/// What is wrong with it, in words.
pub fn expectation(exercise: &Exercise, source: &str) -> Result<Expectation, String> {
    let line = source.lines().next().unwrap_or_default();
    let (check, fault) = line
        .strip_prefix("//! Fails: ")
        .and_then(|rest| rest.strip_suffix(')')?.split_once(" ("))
        .ok_or_else(|| {
            format!("the first line must be `//! Fails: CHECK (FAULT)`, not `{line}`")
        })?;
    if !exercise.manifest.checks.iter().any(|known| known.name == check) {
        return Err(format!(
            "the first line names the check `{check}`, which is not in exercise.toml"
        ));
    }
    let fault = fault.parse().map_err(|error: evidence::fault::UnknownFault| error.to_string())?;
    Ok(Expectation { check: check.into(), fault })
}

fn expectation_of_file(exercise: &Exercise, path: &Path) -> Result<Expectation, String> {
    let source = read(path)?;
    expectation(exercise, &source).map_err(|problem| format!("{}: {problem}", path.display()))
}

fn folder(course: &Course, exercise: &Exercise) -> PathBuf {
    course.root.join("exercises").join(&exercise.folder)
}

fn solutions(course: &Course, exercise: &Exercise) -> PathBuf {
    course.root.join("solutions").join(&exercise.folder)
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// The file that holds the checks of a kind.
fn test_file(course: &Course, exercise: &Exercise, kind: Kind) -> PathBuf {
    let tests = if kind == Kind::Model { "model/tests" } else { "tests" };
    folder(course, exercise).join(tests).join(format!("{}.rs", kind.target()))
}

fn checks_and_tests_agree(course: &Course, exercise: &Exercise) -> Vec<String> {
    let mut problems = Vec::new();
    for kind in Kind::ALL {
        let path = test_file(course, exercise, kind);
        let tests = fs::read_to_string(&path).map_or(Vec::new(), |text| api::tests(&text));
        let listed: Vec<&str> = exercise
            .manifest
            .checks
            .iter()
            .filter(|check| check.kind == kind)
            .map(|check| &*check.name)
            .collect();
        for name in listed.iter().filter(|name| !tests.iter().any(|test| test == *name)) {
            problems.push(format!("`{name}` is listed, and {} has no such test", path.display()));
        }
        for test in tests.iter().filter(|test| !listed.contains(&&***test)) {
            problems.push(format!("`{test}` is a test in {}, and is not listed", path.display()));
        }
    }
    problems
}

fn same_api(course: &Course, exercise: &Exercise) -> Vec<String> {
    let stub = read(&folder(course, exercise).join("src/lib.rs"));
    let reference = read(&solutions(course, exercise).join("lib.rs"));
    match (stub, reference) {
        (Ok(stub), Ok(reference)) => {
            let (stub, reference) = (public_api(&stub), public_api(&reference));
            let missing = reference.iter().filter(|item| !stub.contains(item));
            let surplus = stub.iter().filter(|item| !reference.contains(item));
            missing
                .map(|item| format!("only the reference has `{item}`"))
                .chain(surplus.map(|item| format!("only the stub has `{item}`")))
                .collect()
        }
        (stub, reference) => [stub, reference].into_iter().filter_map(Result::err).collect(),
    }
}

fn keeps_its_contract(course: &Course, exercise: &Exercise) -> Vec<String> {
    let mut problems = Vec::new();
    let file = folder(course, exercise).join(contract::FILE);
    match read(&folder(course, exercise).join("src/lib.rs")).map(|stub| contract::write(&stub)) {
        Ok(Ok(text)) if read(&file).is_ok_and(|kept| contract::is_same(&text, &kept)) => {}
        Ok(Ok(_)) => problems.push(format!(
            "{} is not what comes of the stub: `UPDATE_CONTRACTS=1 cargo test -p course-tests --test rules` makes it anew",
            file.display()
        )),
        Ok(Err(items)) => problems.extend(items.iter().map(|item| {
            format!("there are no words in a contract for `{item}`: see grader/src/contract/write.rs")
        })),
        Err(problem) => problems.push(problem),
    }
    for kind in Kind::ALL {
        let path = test_file(course, exercise, kind);
        let Ok(text) = fs::read_to_string(&path) else { continue };
        for line in ["mod contract;", " as answer;"] {
            if !text.lines().any(|of_file| of_file.ends_with(line)) {
                problems.push(format!("{} has no line `…{line}`", path.display()));
            }
        }
    }
    problems
}

fn compares_values(course: &Course, exercise: &Exercise) -> Vec<String> {
    let root = folder(course, exercise);
    let files = files(&root.join("tests")).into_iter().chain(files(&root.join("model/tests")));
    let in_file = |path: PathBuf| {
        let lines = read(&path).map_or(Vec::new(), |text| texts::compared(&text));
        let told = lines
            .into_iter()
            .map(move |line| format!("{}:{line} compares a text: use `matches!`", path.display()));
        told.collect::<Vec<_>>()
    };
    files.flat_map(in_file).collect()
}

fn stray_files(course: &Course, exercise: &Exercise) -> Vec<String> {
    let mut problems = Vec::new();
    let in_exercise = |inside: &str| {
        ["README.md", "exercise.toml", "Cargo.toml", "model/Cargo.toml", "model/tests/model.rs"]
            .contains(&inside)
            || Kind::ALL.iter().any(|kind| inside == format!("tests/{}.rs", kind.target()))
            || (inside.starts_with("src/") && inside.ends_with(".rs"))
            || is_module_of_checks(inside)
    };
    let in_solutions = |inside: &str| {
        let name = inside.strip_prefix("also/").or(inside.strip_prefix("wrong/"));
        inside == "lib.rs" || name.is_some_and(|n| n.ends_with(".rs") && !n.contains('/'))
    };
    let mut look = |root: PathBuf, has_place: &dyn Fn(&str) -> bool| {
        for path in files(&root) {
            let inside = path.strip_prefix(&root).unwrap_or(&path).to_string_lossy().into_owned();
            if !has_place(&inside) {
                problems.push(format!("{} has no place here", path.display()));
            }
        }
    };
    look(folder(course, exercise), &in_exercise);
    look(solutions(course, exercise), &in_solutions);
    problems
}

/// Modules that the files of checks share lie in folders: cargo takes no test from there, unless it
/// finds a `main.rs`.
fn is_module_of_checks(inside: &str) -> bool {
    let inside = inside.strip_prefix("tests/").and_then(|inside| inside.strip_suffix(".rs"));
    inside.is_some_and(|inside| inside.contains('/') && !inside.ends_with("/main"))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            found.extend(files(&entry.path()));
        } else {
            found.push(entry.path());
        }
    }
    found.sort();
    found
}

fn answer_files(course: &Course, exercise: &Exercise, inside: &str) -> Vec<PathBuf> {
    files(&solutions(course, exercise).join(inside))
}

fn enough_answers(course: &Course, exercise: &Exercise) -> Vec<String> {
    [("also", 2), ("wrong", 6)]
        .into_iter()
        .filter_map(|(inside, least)| {
            let count = answer_files(course, exercise, inside).len();
            (count < least).then(|| format!("{inside}/ holds {count} answers, fewer than {least}"))
        })
        .collect()
}
