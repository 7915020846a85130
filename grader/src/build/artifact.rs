//! Whose a message of cargo is, and which program was asked for. Pure.
//!
//! Nothing here goes by a name alone. A package is known by where its manifest lies, a program by its
//! package, its kind and the source that it was built of: whatever else an answer makes cargo build
//! may be called as it likes.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::Said;
use crate::course::Exercise;
use crate::stage::Stage;

/// Where cargo builds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ground<'a> {
    /// The stage's own folder.
    pub(super) root: &'a Path,
    /// Where everything goes that is built.
    pub(super) target: &'a Path,
    /// Whether all that comes of answers must have been built just now.
    pub(super) pristine: bool,
}

impl<'a> Ground<'a> {
    pub(super) fn of(stage: &'a Stage) -> Self {
        Self { root: &stage.root, target: &stage.target, pristine: stage.pristine }
    }
}

/// Which of an exercise's packages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flavour {
    /// With the standard library's threads and locks.
    Plain,
    /// With the model checker's.
    Model,
}

/// The part of cargo's JSON messages that is of use here (`cargo help build`, "external tools").
#[derive(Deserialize)]
pub(super) struct Message {
    manifest_path: PathBuf,
    target: Target,
    pub(super) message: Option<Said>,
    executable: Option<PathBuf>,
    #[serde(default)]
    fresh: bool,
}

#[derive(Deserialize)]
struct Target {
    kind: Vec<String>,
    src_path: PathBuf,
}

impl Message {
    /// Which of the exercise's packages it is about; `None`: another one's.
    pub(super) fn flavour(&self, ground: Ground<'_>, exercise: &Exercise) -> Option<Flavour> {
        let folder = folder(ground, exercise);
        let packages = [(Flavour::Plain, folder.clone()), (Flavour::Model, folder.join("model"))];
        let own = packages.into_iter().find(|(_, at)| self.manifest_path == at.join("Cargo.toml"));
        own.map(|(flavour, _)| flavour)
    }

    /// The test program that it announces, and its source, relative to the exercise's folder.
    pub(super) fn program(
        &self,
        ground: Ground<'_>,
        exercise: &Exercise,
    ) -> Option<(PathBuf, PathBuf)> {
        let program = self.executable.as_ref().filter(|path| path.starts_with(ground.target))?;
        let source = self.target.src_path.strip_prefix(folder(ground, exercise)).ok()?;
        let tests = match self.flavour(ground, exercise)? {
            Flavour::Plain => "tests",
            Flavour::Model => "model/tests",
        };
        let is_asked_for =
            self.target.kind == ["test"] && source.parent() == Some(Path::new(tests));
        is_asked_for.then(|| (source.to_owned(), program.clone()))
    }

    /// Whether cargo took it for built already where nothing can have been: what it took is not of
    /// this answer.
    pub(super) fn is_left_over(&self, ground: Ground<'_>) -> bool {
        ground.pristine && self.fresh
    }
}

fn folder(ground: Ground<'_>, exercise: &Exercise) -> PathBuf {
    ground.root.join("exercises").join(&exercise.folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOT: &str = "/home/ünïcode course/stage";

    fn ground() -> Ground<'static> {
        Ground { root: Path::new(ROOT), target: Path::new("/home/target"), pristine: true }
    }

    fn exercise() -> Exercise {
        let toml = "title='t'\nchapter='c'\nbook='b'\n[[checks]]\nname='a'\nkind='example'\npoints=1\npromise='p'";
        Exercise::parse("02-race-fix", toml, true).unwrap()
    }

    /// A program that cargo announces: package and source as folders of the stage.
    fn announced(package: &str, kind: &str, source: &str, program: &str) -> Message {
        let text = format!(
            r#"{{"reason":"compiler-artifact","package_id":"path+file:///x#race-fix@0.1.0",
            "manifest_path":"{ROOT}/{package}/Cargo.toml","target":{{"kind":["{kind}"],
            "name":"examples","src_path":"{ROOT}/{source}"}},"executable":"{program}","fresh":false}}"#
        );
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn a_program_is_the_one_of_its_package_kind_and_source() {
        let (plain, model) = ("exercises/02-race-fix", "exercises/02-race-fix/model");
        let program = "/home/target/debug/deps/examples-1";
        let found = |package: &str, kind: &str, source: &str, program: &str| {
            let message = announced(package, kind, source, program);
            message.program(ground(), &exercise()).map(|(source, _)| source)
        };
        let examples = "exercises/02-race-fix/tests/examples.rs";
        let expected = Some("tests/examples.rs".into());
        assert_eq!(found(plain, "test", examples, program), expected);
        let checks = "exercises/02-race-fix/model/tests/model.rs";
        assert_eq!(found(model, "test", checks, program), Some("model/tests/model.rs".into()));
        for (package, kind, source, program) in [
            // An answer's own programs, called as the checks are.
            (plain, "bin", "exercises/02-race-fix/src/bin/examples.rs", program),
            (plain, "bin", examples, program),
            (plain, "example", "exercises/02-race-fix/examples/examples.rs", program),
            (plain, "bench", "exercises/02-race-fix/benches/examples.rs", program),
            (plain, "test", "exercises/02-race-fix/src/tests/examples.rs", program),
            (plain, "test", "exercises/02-race-fix/src/lib.rs", program),
            // Another package's.
            ("exercises/03-rlock", "test", examples, program),
            ("exercises/03-rlock", "test", "exercises/03-rlock/tests/examples.rs", program),
            ("exercises/02-race-fix/src", "test", examples, program),
            (model, "test", examples, program),
            (plain, "test", checks, program),
            // What lies elsewhere.
            (plain, "test", examples, "/home/stage/examples-1"),
            (plain, "test", examples, "/tmp/examples-1"),
        ] {
            assert_eq!(found(package, kind, source, program), None, "{package} {kind} {source}");
        }
    }

    #[test]
    fn a_package_is_known_by_its_manifest() {
        let flavour = |package: &str| {
            let message = announced(package, "test", "x", "/x");
            message.flavour(ground(), &exercise())
        };
        assert_eq!(flavour("exercises/02-race-fix"), Some(Flavour::Plain));
        assert_eq!(flavour("exercises/02-race-fix/model"), Some(Flavour::Model));
        for other in ["elsewhere/02-race-fix", "exercises/02-race-fix/src/model", "exercises"] {
            assert_eq!(flavour(other), None, "{other}");
        }
    }

    #[test]
    fn what_need_not_be_built_is_of_somebody_else() {
        let mut message = announced("exercises/02-race-fix", "test", "x", "/x");
        assert!(!message.is_left_over(ground()));
        message.fresh = true;
        assert!(message.is_left_over(ground()));
        assert!(!message.is_left_over(Ground { pristine: false, ..ground() }));
    }
}
