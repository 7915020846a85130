//! A new exercise: a small one that self-test accepts, to be turned into another.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::contract;
use crate::course::Course;

/// A file of the new exercise, relative to the course's root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Where it goes.
    pub path: PathBuf,
    /// What it says.
    pub text: String,
}

/// Why there is no new exercise.
#[derive(Debug)]
pub enum Refused {
    /// The name cannot be a package's.
    Name(String),
    /// There is an exercise of that name.
    Taken(String),
    /// A file cannot be written.
    File(PathBuf, io::Error),
}

/// The templates, and where each goes. `Cargo.toml` is called otherwise here, so that cargo does not
/// take the template for a package.
const EXERCISE: [(&str, &str); 7] = [
    ("README.md", include_str!("scaffold/template/README.md")),
    ("exercise.toml", include_str!("scaffold/template/exercise.toml")),
    ("Cargo.toml", include_str!("scaffold/template/Cargo.toml.in")),
    ("src/lib.rs", STUB),
    ("tests/examples.rs", include_str!("scaffold/template/tests/examples.rs")),
    ("model/Cargo.toml", include_str!("scaffold/template/model/Cargo.toml.in")),
    ("model/tests/model.rs", include_str!("scaffold/template/model/tests/model.rs")),
];

const STUB: &str = include_str!("scaffold/template/src/lib.rs");

const SOLUTION: [(&str, &str); 9] = [
    ("lib.rs", include_str!("scaffold/template/solution/lib.rs")),
    (
        "also/compare_exchange.rs",
        include_str!("scaffold/template/solution/also/compare_exchange.rs"),
    ),
    ("also/mutex.rs", include_str!("scaffold/template/solution/also/mutex.rs")),
    ("wrong/everybody.rs", include_str!("scaffold/template/solution/wrong/everybody.rs")),
    (
        "wrong/looks_then_takes.rs",
        include_str!("scaffold/template/solution/wrong/looks_then_takes.rs"),
    ),
    ("wrong/nobody.rs", include_str!("scaffold/template/solution/wrong/nobody.rs")),
    ("wrong/panics.rs", include_str!("scaffold/template/solution/wrong/panics.rs")),
    (
        "wrong/two_critical_sections.rs",
        include_str!("scaffold/template/solution/wrong/two_critical_sections.rs"),
    ),
    ("wrong/upside_down.rs", include_str!("scaffold/template/solution/wrong/upside_down.rs")),
];

const PAGE: &str = include_str!("scaffold/template/page.md");

/// The files of a new exercise whose package is called `name`, with the number after the last.
///
/// # Errors
/// [`Refused::Name`] and [`Refused::Taken`].
pub fn plan(course: &Course, name: &str) -> Result<Vec<NewFile>, Refused> {
    let is_word = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_lowercase())
            && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    if !name.split('-').all(is_word) {
        return Err(Refused::Name(name.to_owned()));
    }
    if let Some(taken) = course.exercises.iter().find(|exercise| exercise.is_called(name)) {
        return Err(Refused::Taken(taken.folder.clone()));
    }
    let support = course.root.join("support").join(name);
    if support.is_dir() {
        return Err(Refused::Taken(format!("support/{name}")));
    }
    let number = course.exercises.iter().map(|exercise| exercise.number).max().unwrap_or(0) + 1;
    let folder = format!("{number:02}-{name}");
    let title = name.replace('-', " ");
    let title = title[..1].to_uppercase() + &title[1..];
    let fill = |text: &str| {
        text.replace("@TITLE@", &title)
            .replace("@FOLDER@", &folder)
            .replace("@PACKAGE@", name)
            .replace("@LIB@", &name.replace('-', "_"))
    };
    let mut files = Vec::new();
    for (root, templates) in [("exercises", &EXERCISE[..]), ("solutions", &SOLUTION[..])] {
        for (path, text) in templates {
            let path = Path::new(root).join(&folder).join(path);
            files.push(NewFile { path, text: fill(text) });
        }
    }
    // The stub of the template has a contract: the test beside it sees to that.
    if let Ok(text) = contract::write(&fill(STUB)) {
        let path = Path::new("exercises").join(&folder).join(contract::FILE);
        files.push(NewFile { path, text });
    }
    let page = Path::new("book/src/exercises").join(name).with_extension("md");
    files.push(NewFile { path: page, text: fill(PAGE) });
    Ok(files)
}

/// Writes the files, none over another.
///
/// # Errors
/// [`Refused::File`] when one is there already or cannot be written.
pub fn write(course: &Course, files: &[NewFile]) -> Result<(), Refused> {
    for NewFile { path, text } in files {
        let path = course.root.join(path);
        let folder = path.parent().unwrap_or(&course.root);
        let failed = |error| Refused::File(path.clone(), error);
        fs::create_dir_all(folder).map_err(failed)?;
        let mut file = fs::File::create_new(&path).map_err(failed)?;
        io::Write::write_all(&mut file, text.as_bytes()).map_err(failed)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course(folders: &[&str]) -> (tempfile::TempDir, Course) {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("exercises")).unwrap();
        for folder in folders {
            let folder = home.path().join("exercises").join(folder);
            fs::create_dir(&folder).unwrap();
            fs::write(folder.join("exercise.toml"), EXERCISE[1].1).unwrap();
            fs::create_dir(folder.join("model")).unwrap();
            fs::write(folder.join("model/Cargo.toml"), "").unwrap();
        }
        let course = Course::load(home.path()).unwrap();
        (home, course)
    }

    #[test]
    fn a_new_exercise_comes_last_and_takes_nobodys_place() {
        let (home, course) = course(&["02-race-fix", "13-prime-check"]);
        let files = plan(&course, "two-words2").unwrap();
        write(&course, &files).unwrap();
        let manifest =
            fs::read_to_string(home.path().join("exercises/14-two-words2/Cargo.toml")).unwrap();
        assert!(manifest.contains("name = \"two-words2\""));
        assert!(files.iter().all(|file| !file.text.contains('@')), "everything is filled in");
        let contract = files.iter().find(|file| file.path.ends_with(contract::FILE));
        assert!(contract.is_some_and(|file| file.text.contains("Ticket::take")));
        assert!(matches!(write(&course, &files), Err(Refused::File(..))));
        assert!(matches!(plan(&course, "race-fix"), Err(Refused::Taken(_))));
        for name in ["", "2fast", "Upper", "under_score", "a--b", "../x"] {
            assert!(matches!(plan(&course, name), Err(Refused::Name(_))), "{name}");
        }
    }
}
