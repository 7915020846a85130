//! A throwaway course with a few exercises, as a learner has it after cloning.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::{grader, root};

/// A copy of the course, in a folder with an odd name, under version control.
pub struct Course {
    home: TempDir,
    target: PathBuf,
}

impl Course {
    /// A course with these exercises, built in `target`.
    pub fn new(exercises: &[&str], target: &Path) -> Self {
        let home = tempfile::Builder::new()
            .prefix("a course · ünïcode ")
            .tempdir()
            .expect("there is room for a temporary folder");
        let course = Self { home, target: target.to_owned() };
        for file in ["Cargo.toml", "Cargo.lock", ".gitignore"] {
            fs::copy(root().join(file), course.path().join(file)).expect("the folder is ours");
        }
        course.copy("support");
        for exercise in exercises {
            course.copy(&format!("exercises/{exercise}"));
            course.copy(&format!("solutions/{exercise}"));
        }
        course.git(&["init", "--quiet"]);
        course.commit("The course");
        course
    }

    fn copy(&self, folder: &str) {
        copy(&root().join(folder), &self.path().join(folder));
    }

    /// Its folder.
    pub fn path(&self) -> &Path {
        self.home.path()
    }

    /// Writes a file of it.
    pub fn write(&self, file: &str, text: &str) {
        let path = self.path().join(file);
        fs::create_dir_all(path.parent().expect("it is in the course"))
            .expect("the folder is ours");
        fs::write(path, text).expect("the folder is ours");
    }

    /// Reads a file of it.
    pub fn read(&self, file: &str) -> String {
        let path = self.path().join(file);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// Calls git in it.
    pub fn git(&self, arguments: &[&str]) {
        let mut command = Command::new("git");
        command.current_dir(self.path()).args(["-c", "user.name=x", "-c", "user.email=x@x"]);
        let output = command.args(arguments).output().expect("git is installed");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// Commits everything.
    pub fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", message]);
    }

    /// A call of the grader in it.
    pub fn grade(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(grader());
        command.args(arguments).current_dir(self.path()).env("CARGO_TARGET_DIR", &self.target);
        command
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the folder is ours");
    for entry in fs::read_dir(from).expect("it is part of the repository").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("the folder is ours");
        }
    }
}
