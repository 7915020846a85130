//! The code on the pages is compiled and run.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use crate::fixture::Fixture;
use book_builder::{Workspace, code};

fn sources(page: &str) -> BTreeMap<PathBuf, String> {
    BTreeMap::from([(PathBuf::from("page.md"), page.to_owned())])
}

/// What is wrong with the Python of a page, and what the check says of itself; `None` without Python.
fn python(page: &str) -> Option<(Vec<String>, String)> {
    if Command::new("python3").arg("--version").output().is_err() {
        eprintln!("skipped: there is no `python3` here");
        return None;
    }
    let fixture = Fixture::new(page);
    let (problems, says) =
        code::python::check(&Workspace::new(fixture.root()), &sources(page)).unwrap();
    let problems =
        problems.iter().map(|p| format!("{}: {}", p.line.unwrap_or(0), p.what)).collect();
    Some((problems, says))
}

#[test]
fn python_is_parsed_and_run_as_it_asks() {
    let page = "```python\nfor x in y:\n    # only a comment\n```\n\
        ```python run\nprint(1)\n```\n\
        ```python run\nraise KeyError('k')\n```\n\
        ```python run error=KeyError\nraise KeyError('k')\n```\n\
        ```python run error=ValueError\nraise KeyError('k')\n```\n\
        ```python run error=ValueError\npass\n```\n\
        ```python min=9.9 run\nraise SystemExit(1)\n```\n\
        ```python ignore=\"Python 2\"\nprint 1\n```\n";
    let Some((problems, says)) = python(page) else { return };
    assert_eq!(problems.len(), 4, "{problems:?}");
    assert!(problems[0].starts_with("3: does not parse:"), "{problems:?}");
    assert_eq!(
        problems[1..],
        [
            "9: exits with 1: KeyError: 'k'",
            "15: does not raise ValueError: KeyError: 'k'",
            "18: does not raise ValueError: it exits with 0",
        ]
    );
    assert!(says.contains("6 blocks checked, 1 skipped"), "{says}");
}

#[test]
fn python_may_start_processes() {
    let page = "```python run\nimport multiprocessing as mp\n\n\
        def square(x):\n    return x * x\n\n\
        if __name__ == '__main__':\n    with mp.get_context('spawn').Pool(1) as pool:\n        \
        assert pool.map(square, [3]) == [9]\n```\n";
    let Some((problems, _)) = python(page) else { return };
    assert_eq!(problems, [""; 0]);
}

/// What is wrong with the Rust of a page. The crates are those of this very workspace.
fn rust(name: &str, page: &str) -> (Vec<(usize, String)>, String) {
    let workspace = Workspace::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let sources = BTreeMap::from([(PathBuf::from(name), page.to_owned())]);
    let (problems, says) = code::rust::check(&workspace, &sources).unwrap();
    (problems.into_iter().map(|p| (p.line.unwrap_or(0), p.what)).collect(), says)
}

#[test]
fn rust_is_compiled_with_the_crates_and_run() {
    let good = "# P\n\n```rust\nuse rayon::prelude::*;\nuse sync::Mutex;\n\
        let sum = Mutex::new((1..=4).into_par_iter().sum::<i32>());\n\
        crossbeam::thread::scope(|_| ()).unwrap();\n\
        assert_eq!(*sum.lock().unwrap(), 10);\n```\n";
    // The first page that is asked for is compiled, unless an earlier run has done so.
    assert_eq!(rust("tests/good.md", good).0, []);
    let (problems, says) = rust("tests/good.md", good);
    assert_eq!(problems, []);
    assert_eq!(says, "Rust: 1 blocks checked, on 0 pages anew");

    let bad = "# P\n\n```rust\nlet x: u8 = 1;\n```\n\n```rust\nassert!(1 > 2);\n```\n";
    let (problems, _) = rust("tests/bad.md", bad);
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(problems[0].0, 7, "{problems:?}");
    assert!(problems[0].1.contains("1 > 2"), "{problems:?}");
}
