//! What cargo builds of a package: what its manifest lists, and nothing because of where it lies.

use std::fs;
use std::path::Path;

use toml::{Table, Value};

/// What cargo finds by itself unless told otherwise.
const FOUND: [&str; 5] = ["build", "autobins", "autoexamples", "autotests", "autobenches"];

/// What nothing that lies beside answers may have.
const NONE: [&str; 2] = ["example", "bench"];

/// What is wrong with the targets in the manifest of the package in this folder, in words.
pub fn of_package(folder: &Path) -> Vec<String> {
    let path = folder.join("Cargo.toml");
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => return vec![format!("{}: {error}", path.display())],
    };
    let problems = of_manifest(&text, &tests_in(&folder.join("tests")));
    problems.into_iter().map(|problem| format!("{}: {problem}", path.display())).collect()
}

/// What is wrong with a manifest beside which there are these tests.
fn of_manifest(text: &str, tests: &[String]) -> Vec<String> {
    let table: Table = match text.parse() {
        Ok(table) => table,
        Err(error) => return vec![error.to_string()],
    };
    let package = table.get("package").and_then(Value::as_table);
    let is_off = |key: &str| package.and_then(|package| package.get(key)?.as_bool()) == Some(false);
    let found = FOUND.iter().filter(|key| !is_off(key));
    let mut problems: Vec<String> =
        found.map(|key| format!("`{key} = false` is missing")).collect();
    problems.extend(
        NONE.iter()
            .filter(|kind| table.contains_key(**kind))
            .map(|kind| format!("it has a [[{kind}]]")),
    );
    let listed = names(&table, "test");
    let unlisted = tests.iter().filter(|test| !listed.contains(&&***test));
    problems.extend(unlisted.map(|test| format!("the test `{test}` has no [[test]]")));
    problems
}

fn names<'t>(table: &'t Table, kind: &str) -> Vec<&'t str> {
    let all = table.get(kind).and_then(Value::as_array).into_iter().flatten();
    all.filter_map(|target| target.get("name")?.as_str()).collect()
}

/// The tests that cargo would find in this folder: files, and folders with a `main.rs`.
fn tests_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let is_test = |path: &Path| match path.extension() {
        Some(extension) => extension == "rs",
        None => path.join("main.rs").is_file(),
    };
    let tests = entries.filter(|path| is_test(path));
    let mut names: Vec<String> =
        tests.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned())).collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "[package]\nbuild = false\nautobins = false\nautoexamples = false\n\
                        autotests = false\nautobenches = false\n[[test]]\nname = 'examples'\n";

    #[test]
    fn all_that_is_found_is_turned_off_and_all_that_is_there_is_listed() {
        let tests = ["examples".to_owned()];
        assert!(of_manifest(GOOD, &tests).is_empty());
        for key in FOUND {
            let line = format!("{key} = false\n");
            for instead in ["".to_owned(), format!("{key} = true\n")] {
                let problems = of_manifest(&GOOD.replacen(&line, &instead, 1), &tests);
                assert_eq!(problems, [format!("`{key} = false` is missing")], "{instead}");
            }
        }
        let more = format!("{GOOD}[[example]]\nname = 'x'\n");
        assert_eq!(of_manifest(&more, &tests), ["it has a [[example]]"]);
        let problems = of_manifest(GOOD, &["examples".to_owned(), "properties".to_owned()]);
        assert_eq!(problems, ["the test `properties` has no [[test]]"]);
    }

    #[test]
    fn a_test_is_a_file_or_a_folder_with_a_main() {
        let home = tempfile::tempdir().unwrap();
        for folder in ["one", "two"] {
            fs::create_dir(home.path().join(folder)).unwrap();
        }
        for file in ["a.rs", "one/main.rs", "two/lib.rs", "notes.txt"] {
            fs::write(home.path().join(file), "").unwrap();
        }
        assert_eq!(tests_in(home.path()), ["a", "one"]);
    }
}
