//! The whole course, graded by its own grader: every stub fails, every right answer passes, every
//! wrong answer fails the check that it names with the fault that it names.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use course_tests::{grade, root, run};

/// All files below the folder, by their path in it.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            let inside = files(&entry.path());
            found.extend(inside.into_iter().map(|(path, text)| (format!("{name}/{path}"), text)));
        } else {
            found.insert(name, fs::read_to_string(entry.path()).unwrap());
        }
    }
    found
}

/// The same run shows the interleaving that breaks each wrong answer. They are golden files, in
/// `book/traces`: the book draws them, and whoever changes the model checker reads what changed.
#[test]
fn the_course_is_what_it_says() {
    let traces = tempfile::tempdir().unwrap();
    let (code, text) = run(&mut grade(&["self-test", "--traces", traces.path().to_str().unwrap()]));
    // 3: a machine that is too busy or too small for some speed-up.
    assert!([0, 3].contains(&code), "{text}");

    let (seen, golden) = (files(traces.path()), files(&root().join("book/traces")));
    let changed: Vec<&String> = seen
        .keys()
        .chain(golden.keys())
        .filter(|name| seen.get(*name) != golden.get(*name))
        .collect();
    assert!(
        changed.is_empty(),
        "these interleavings are not the recorded ones: {changed:#?}\n\
         If they are better, record them: cargo grade self-test --traces book/traces"
    );
}
