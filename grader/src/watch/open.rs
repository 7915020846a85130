//! The learner's editor, and the book.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::wording::watch;

/// How to start an editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor {
    /// The program.
    pub program: String,
    arguments: Vec<String>,
}

impl Editor {
    /// Runs it on this terminal until it ends.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn run(&self) -> io::Result<()> {
        Command::new(&self.program).args(&self.arguments).status().map(drop)
    }
}

/// The editor that the environment asks for, at a line of a file: `VISUAL`, `EDITOR`, or the one
/// whose terminal this is.
pub fn editor(variable: impl Fn(&str) -> Option<String>, file: &Path, line: u32) -> Option<Editor> {
    let in_code = variable("TERM_PROGRAM").is_some_and(|name| name == "vscode");
    let asked = variable("VISUAL").or_else(|| variable("EDITOR"));
    let command = asked.or_else(|| in_code.then(|| "code --reuse-window".into()))?;
    let mut words = command.split_whitespace().map(ToOwned::to_owned);
    let program = words.next()?;
    let mut arguments: Vec<String> = words.collect();
    let file = file.display().to_string();
    let name = Path::new(&program).file_name()?.to_string_lossy().into_owned();
    match &*name {
        "code" | "codium" | "code-insiders" | "cursor" => {
            arguments.extend(["--goto".into(), format!("{file}:{line}")]);
        }
        "hx" | "helix" | "zed" | "subl" => arguments.push(format!("{file}:{line}")),
        "vi" | "vim" | "nvim" | "nano" | "emacs" | "emacsclient" | "kak" | "micro" => {
            arguments.extend([format!("+{line}"), file]);
        }
        _ => arguments.push(file),
    }
    Some(Editor { program, arguments })
}

/// Opens a page of the book (`exercises/race-fix.md`) in a browser, and says how that went.
pub fn book(root: &Path, page: &str) -> String {
    let page = Path::new(page).with_extension("html");
    let built = root.join("target/book").join(&page);
    if !built.is_file() {
        return watch::book_not_built(&page.with_extension("md").display().to_string());
    }
    let asked = std::env::var("BROWSER").ok().filter(|browser| !browser.is_empty());
    let browsers = asked.iter().map(String::as_str).chain(["xdg-open", "open", "wslview"]);
    for browser in browsers {
        let mut command = Command::new(browser);
        command.arg(&built).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        if let Ok(mut child) = command.spawn() {
            // It may be the browser itself: nobody waits for it but this thread, so that no zombie
            // stays.
            std::thread::spawn(move || child.wait());
            return watch::book_opened(&built.display().to_string());
        }
    }
    watch::no_browser(&built.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command(variables: &[(&str, &str)]) -> Option<String> {
        let variable = |name: &str| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        let editor = editor(variable, Path::new("/c/src/lib.rs"), 7)?;
        Some([&[editor.program], &editor.arguments[..]].concat().join(" "))
    }

    #[test]
    fn the_environment_names_the_editor() {
        for (variables, expected) in [
            (&[("EDITOR", "vim")][..], Some("vim +7 /c/src/lib.rs")),
            (&[("EDITOR", "vim"), ("VISUAL", "code -w")], Some("code -w --goto /c/src/lib.rs:7")),
            (&[("EDITOR", "/usr/bin/hx")], Some("/usr/bin/hx /c/src/lib.rs:7")),
            (&[("EDITOR", "ed")], Some("ed /c/src/lib.rs")),
            (&[("TERM_PROGRAM", "vscode")], Some("code --reuse-window --goto /c/src/lib.rs:7")),
            (&[], None),
        ] {
            assert_eq!(command(variables).as_deref(), expected);
        }
    }

    #[test]
    fn a_book_that_is_not_built_is_named() {
        let home = tempfile::tempdir().unwrap();
        let said = book(home.path(), "exercises/race-fix.md");
        assert!(said.contains("cargo book") && said.contains("book/src/exercises/race-fix.md"));
    }
}
