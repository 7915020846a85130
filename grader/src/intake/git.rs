//! A submission as a Git repository on this machine.
//!
//! A repository brings settings that name programs, filters for its files, hooks, other repositories
//! to take objects from. None of that is looked at. Git works in a repository of our own, the
//! [`skeleton`], which has no settings and no references, and borrows the submission's objects. What
//! a name stands for is read by [`refs`], the trees by [`repository`]. Git itself does nothing but
//! unpack objects, for [`objects`].

use std::path::PathBuf;

mod objects;
mod refs;
pub mod repository;
pub mod skeleton;

/// Git's program, wherever it is; `None` if it is nowhere.
pub fn program() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let found = std::env::split_paths(&path).map(|folder| folder.join("git"));
    found.filter_map(|program| program.canonicalize().ok()).find(|program| program.is_file())
}
