//! Saves of the learner's files, as events.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::Event;

/// An editor touches several files for one save: it is over when nothing more came for so long…
const QUIET: Duration = Duration::from_millis(10);

/// …or after so long at the latest.
const LONGEST: Duration = Duration::from_millis(40);

/// Watches for as long as it lives.
pub struct Saves(#[expect(dead_code, reason = "dropping it ends the watching")] RecommendedWatcher);

impl Saves {
    /// Reports every save below `exercises/`.
    ///
    /// # Errors
    /// When the system cannot watch so many folders.
    pub fn watch(root: &Path, events: Sender<Event>) -> notify::Result<Self> {
        let exercises = root.join("exercises");
        let (sender, changes) = mpsc::channel();
        let mut watcher = notify::recommended_watcher(move |change| {
            // Nobody listens any more once the screen is left.
            let _ = sender.send(change);
        })?;
        watcher.watch(&exercises, RecursiveMode::Recursive)?;
        std::thread::spawn(move || report(&exercises, &changes, &events));
        Ok(Self(watcher))
    }
}

type Change = notify::Result<notify::Event>;

fn report(exercises: &Path, changes: &Receiver<Change>, events: &Sender<Event>) {
    while let Ok(first) = changes.recv() {
        let mut saved = folders(exercises, first);
        if saved.is_empty() {
            continue;
        }
        let begin = Instant::now();
        while begin.elapsed() < LONGEST {
            match changes.recv_timeout(QUIET) {
                Ok(change) => saved.extend(folders(exercises, change)),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
            }
        }
        if events.send(Event::Saved(saved.into_iter().collect())).is_err() {
            return;
        }
    }
}

/// The exercises whose sources or checks changed.
fn folders(exercises: &Path, change: Change) -> BTreeSet<String> {
    match change {
        // Reading a file, as the grader itself does, is no save.
        Ok(change) if !matches!(change.kind, EventKind::Access(_)) => {
            change.paths.iter().filter_map(|path| folder(exercises, path)).collect()
        }
        _ => BTreeSet::new(),
    }
}

fn folder(exercises: &Path, path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let is_source = name.ends_with(".rs") || name.ends_with(".toml");
    if !is_source || name.starts_with('.') {
        return None;
    }
    let inside = path.strip_prefix(exercises).ok()?;
    Some(inside.components().next()?.as_os_str().to_str()?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn swap_files_and_folders_are_no_sources() {
        let folder = |path: &str| folder(Path::new("/c/exercises"), Path::new(path));
        assert_eq!(folder("/c/exercises/02-a/src/lib.rs").as_deref(), Some("02-a"));
        for other in ["02-a/src/.lib.rs.swp", "02-a/src/lib.rs~", "02-a/src/4913", "02-a"] {
            assert_eq!(folder(&format!("/c/exercises/{other}")), None, "{other}");
        }
    }

    /// However an editor writes: in place, or beside it and moved over it.
    #[test]
    fn every_way_to_save_is_seen() {
        let home = tempfile::tempdir().unwrap();
        let src = home.path().join("exercises/02-a/src");
        fs::create_dir_all(&src).unwrap();
        let (sender, events) = mpsc::channel();
        let _saves = Saves::watch(home.path(), sender).unwrap();
        let saved = || match events.recv_timeout(Duration::from_secs(10)) {
            Ok(Event::Saved(folders)) => folders,
            other => panic!("{other:?}"),
        };
        fs::write(src.join("lib.rs"), "one").unwrap();
        assert_eq!(saved(), ["02-a"]);
        fs::write(src.join("lib.rs~"), "two").unwrap();
        fs::rename(src.join("lib.rs~"), src.join("lib.rs")).unwrap();
        assert_eq!(saved(), ["02-a"]);
    }
}
