//! The man page and the shell completions say what the command line is. They are generated here and
//! kept in the repository; after a change of the command line, `UPDATE=1 cargo test -p course-tests
//! --test shell` writes them anew.

use std::fs;

use clap_complete::Shell;
use course_tests::root;

fn assert_current(file: &str, generated: &[u8]) {
    let path = root().join("grader/shell").join(file);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, generated).unwrap();
    }
    let kept = fs::read(&path).unwrap_or_default();
    assert!(
        kept == generated,
        "grader/shell/{file} is stale: run `UPDATE=1 cargo test -p course-tests --test shell`"
    );
}

#[test]
fn completions_are_current() {
    for (shell, file) in
        [(Shell::Bash, "grade.bash"), (Shell::Zsh, "_grade"), (Shell::Fish, "grade.fish")]
    {
        let mut script = Vec::new();
        let mut command = grader::cli::command().bin_name("grade");
        clap_complete::generate(shell, &mut command, "grade", &mut script);
        assert_current(file, &script);
    }
}

#[test]
fn the_man_page_is_current() {
    let mut page = Vec::new();
    clap_mangen::Man::new(grader::cli::command()).render(&mut page).unwrap();
    assert_current("cargo-grade.1", &page);
}
