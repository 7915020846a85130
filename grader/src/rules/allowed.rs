//! What answers may use, as the rules of the repository see it.

use super::{folder, read};
use crate::answer::Answer;
use crate::course::{Course, Exercise};
use crate::policy::tokens::{self, Terms};

/// Whether `exercise.toml` and `README.md` agree with `Cargo.toml` on what may be used of `nix`.
pub(super) fn listed_and_named(course: &Course, exercise: &Exercise) -> Vec<String> {
    let folder = folder(course, exercise);
    match (read(&folder.join("Cargo.toml")), read(&folder.join("README.md"))) {
        (Ok(cargo), Ok(readme)) => unlisted(&cargo, &readme, &exercise.manifest.nix),
        (cargo, readme) => cargo.err().into_iter().chain(readme.err()).collect(),
    }
}

fn unlisted(cargo: &str, readme: &str, allowed: &[String]) -> Vec<String> {
    let table: Option<toml::Table> = cargo.parse().ok();
    let dependencies = table.as_ref().and_then(|table| table.get("dependencies"));
    let depends = dependencies.is_some_and(|all| all.get("nix").is_some());
    if depends == allowed.is_empty() {
        let verb = if depends { "depends" } else { "does not depend" };
        let listed = allowed.len();
        return vec![format!("Cargo.toml {verb} on `nix`, and exercise.toml lists {listed}")];
    }
    let last = |path: &str| path.rsplit("::").next().unwrap_or_default().to_owned();
    let missing = allowed.iter().filter(|path| !readme.contains(&last(path)));
    missing.map(|path| format!("README.md does not name `{path}`")).collect()
}

/// What the words of the reference and of the other right answers have against them.
pub(super) fn refused_in_right_answers(course: &Course, exercise: &Exercise) -> Vec<String> {
    let reference = Answer::of_reference(course, exercise).map(|answer| vec![answer]);
    let others = Answer::all_in(course, exercise, "also");
    let (Ok(reference), Ok(others)) = (reference, others) else {
        return vec!["an answer cannot be read".into()];
    };
    let refused = reference.iter().chain(&others).flat_map(|answer| {
        let words = tokens::refusals(answer, &Terms::of(exercise));
        words.refused.into_iter().chain(words.unread).map(|refusal| {
            format!("{}:{}: {}", answer.label, refusal.line.unwrap_or(0), refusal.because)
        })
    });
    refused.collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{refused_in_right_answers, unlisted};
    use crate::course::Course;

    #[test]
    fn what_may_be_used_of_nix_is_listed_and_named() {
        let (with, without) = ("[dependencies]\nnix = '1'", "[dev-dependencies]\nnix = '1'");
        let allowed = ["poll".to_owned(), "sys::socket::send".to_owned()];
        assert_eq!(unlisted(with, "`poll`, `send`", &allowed), Vec::<String>::new());
        assert_eq!(unlisted(without, "", &[]), Vec::<String>::new());
        let missing = ["README.md does not name `sys::socket::send`"];
        assert_eq!(unlisted(with, "`poll`", &allowed), missing);
        assert_eq!(unlisted(with, "", &[]).len(), 1);
        assert_eq!(unlisted(without, "`poll`, `send`", &allowed).len(), 1);
    }

    #[test]
    fn every_right_answer_is_looked_at() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let course = Course::load(root).unwrap();
        let mut pipes = course.select(&["pipes".into()]).unwrap()[0].clone();
        assert_eq!(refused_in_right_answers(&course, &pipes), Vec::<String>::new());
        pipes.manifest.nix.retain(|path| path != "poll");
        let refused = refused_in_right_answers(&course, &pipes);
        for file in ["lib.rs", "also/inbox.rs", "also/pipe_pair.rs"] {
            assert!(refused.iter().any(|line| line.contains(file)), "{file}: {refused:?}");
        }
    }
}
