//! Files and folders of the stage.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::StageError;

/// Contents by path.
pub(super) type Files = BTreeMap<PathBuf, Vec<u8>>;

pub(super) fn collect(root: &Path, folder: &Path, files: &mut Files) -> Result<(), StageError> {
    let path = root.join(folder);
    let failed = |error| StageError { path: path.clone(), error };
    for entry in fs::read_dir(&path).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let inside = folder.join(entry.file_name());
        let kind = entry.file_type().map_err(failed)?;
        // Beside a manifest it is what cargo builds; elsewhere it is a module that is called so.
        let is_built = entry.file_name() == "target" && path.join("Cargo.toml").is_file();
        if kind.is_dir() && !is_built {
            collect(root, &inside, files)?;
        } else if kind.is_file() {
            files.insert(inside, read(&entry.path())?);
        }
    }
    Ok(())
}

/// Makes `root` hold these files and no others, but for those that `keep` names.
pub(super) fn mirror(
    root: &Path,
    files: &Files,
    keep: impl Fn(&Path) -> bool,
) -> Result<(), StageError> {
    let mut present = Files::new();
    if root.is_dir() {
        sweep(root)?;
        collect(root, Path::new(""), &mut present)?;
    }
    // What goes, goes first: a folder may take the place of a file.
    for path in present.keys().filter(|path| !files.contains_key(*path) && !keep(path)) {
        let path = root.join(path);
        fs::remove_file(&path).map_err(|error| StageError { path: path.clone(), error })?;
        // A folder goes with its last file: the first one that is not empty ends it.
        let mut folders = path.ancestors().skip(1).take_while(|folder| *folder != root);
        while folders.next().is_some_and(|folder| fs::remove_dir(folder).is_ok()) {}
    }
    for (path, bytes) in files {
        if present.get(path) != Some(bytes) {
            let path = root.join(path);
            create_dir(path.parent().unwrap_or(root))?;
            fs::write(&path, bytes).map_err(|error| StageError { path, error })?;
        }
    }
    Ok(())
}

/// Removes what is neither a file nor leads to one. Nobody of ours puts a link or a FIFO there, and
/// whoever wrote to it would write elsewhere, or wait for ever.
fn sweep(folder: &Path) -> Result<(), StageError> {
    let failed = |error| StageError { path: folder.to_owned(), error };
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let kind = entry.file_type().map_err(failed)?;
        if kind.is_dir() {
            sweep(&entry.path())?;
            // Only an empty one goes.
            let _ = fs::remove_dir(entry.path());
        } else if !kind.is_file() {
            fs::remove_file(entry.path()).map_err(failed)?;
        }
    }
    Ok(())
}

/// Removes a folder with all that is in it, if it is there.
pub(super) fn remove(folder: &Path) -> Result<(), StageError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(StageError { path: folder.to_owned(), error })
        }
        _ => Ok(()),
    }
}

pub(super) fn create_dir(path: &Path) -> Result<(), StageError> {
    fs::create_dir_all(path).map_err(|error| StageError { path: path.to_owned(), error })
}

pub(super) fn read(path: &Path) -> Result<Vec<u8>, StageError> {
    fs::read(path).map_err(|error| StageError { path: path.to_owned(), error })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(list: &[(&str, &str)]) -> Files {
        list.iter().map(|(path, text)| (path.into(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn mirroring_writes_only_what_changed_and_removes_the_rest() {
        let home = tempfile::tempdir().unwrap();
        let root = home.path();
        mirror(root, &files(&[("a", "1"), ("src/b", "2"), ("c/d", "3")]), |_| false).unwrap();
        let written = fs::metadata(root.join("a")).unwrap().modified().unwrap();
        mirror(root, &files(&[("a", "1"), ("c/d", "4")]), |p| p.starts_with("src")).unwrap();
        assert_eq!(fs::metadata(root.join("a")).unwrap().modified().unwrap(), written);
        assert_eq!(fs::read_to_string(root.join("c/d")).unwrap(), "4");
        assert!(root.join("src/b").exists(), "kept");
        mirror(root, &files(&[("a", "1")]), |_| false).unwrap();
        assert!(!root.join("src").exists() && !root.join("c").exists(), "folders go as well");
    }

    #[test]
    fn a_module_may_be_called_target() {
        let home = tempfile::tempdir().unwrap();
        let root = home.path();
        let module = "src/target/mod.rs";
        mirror(root, &files(&[("Cargo.toml", ""), (module, "1")]), |_| false).unwrap();
        create_dir(&root.join("target/debug")).unwrap();
        fs::write(root.join("target/debug/x"), "built").unwrap();
        let written = fs::metadata(root.join(module)).unwrap().modified().unwrap();
        mirror(root, &files(&[("Cargo.toml", ""), (module, "1")]), |_| false).unwrap();
        assert_eq!(fs::metadata(root.join(module)).unwrap().modified().unwrap(), written);
        mirror(root, &files(&[("Cargo.toml", "")]), |_| false).unwrap();
        assert!(!root.join("src").exists() && root.join("target/debug/x").exists());
    }

    #[test]
    fn links_and_pipes_go_and_nothing_is_written_through_them() {
        let home = tempfile::tempdir().unwrap();
        let (root, elsewhere) = (home.path().join("stage"), home.path().join("elsewhere"));
        fs::create_dir_all(root.join("empty/too")).unwrap();
        fs::write(&elsewhere, "untouched").unwrap();
        std::os::unix::fs::symlink(&elsewhere, root.join("a")).unwrap();
        nix::unistd::mkfifo(&root.join("b"), nix::sys::stat::Mode::S_IRWXU).unwrap();
        mirror(&root, &files(&[("a", "1"), ("b", "2")]), |_| false).unwrap();
        assert_eq!(fs::read_to_string(elsewhere).unwrap(), "untouched");
        assert_eq!(fs::read_to_string(root.join("a")).unwrap(), "1");
        assert!(fs::metadata(root.join("b")).unwrap().is_file() && !root.join("empty").exists());
    }

    #[test]
    fn a_folder_takes_the_place_of_a_file_and_the_other_way_round() {
        let home = tempfile::tempdir().unwrap();
        let root = home.path();
        for list in [&[("a.rs", "1")][..], &[("a.rs/b.rs", "2")], &[("a.rs", "3")]] {
            mirror(root, &files(list), |_| false).unwrap();
            assert_eq!(fs::read_to_string(root.join(list[0].0)).unwrap(), list[0].1);
        }
    }
}
