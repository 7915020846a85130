//! Verdicts that need no second run.
//!
//! A verdict is kept under the digest of all that it rests on: the answer, the course's own files,
//! the toolchain, the seed and the grader. So nothing is ever out of date: what changed has another
//! key. Verdicts that may hang on the moment (time, memory, real processes, a machine at fault) are
//! not kept.
//!
//! One answer's verdicts are never another's: the key holds the digest of the answer itself, and that of
//! the policy and of the sandbox, so that what passes without them is not known with them. Marks rest on
//! no verdict from here at all. Inside the sandbox this folder can be neither read nor written; an answer
//! that is run without one may do here what the person may who runs it.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use evidence::Fault;
use serde::{Deserialize, Serialize};

use crate::course::Kind;
use crate::report::Verdict;

/// How many answers' verdicts are kept.
const KEPT: usize = 2_000;

/// The folder that holds them; `None` keeps nothing.
#[derive(Debug)]
pub struct Cache(Option<PathBuf>);

/// What is known of one answer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Verdicts {
    /// The compiler's warnings.
    pub warnings: Vec<String>,
    /// By check.
    pub checks: BTreeMap<String, Kept>,
}

/// A verdict and what it cost.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// The verdict.
    pub verdict: Verdict,
    /// Wall clock of the process, in milliseconds.
    pub millis: u64,
}

impl Cache {
    /// The cache in this folder.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self(folder)
    }

    /// What is known under this key. A file that cannot be read is as good as none.
    pub fn load(&self, key: &str) -> Verdicts {
        let text = self.0.as_ref().and_then(|folder| fs::read(file(folder, key)).ok());
        text.and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default()
    }

    /// Keeps these verdicts, but for those that hang on the moment; `kind` tells how a check is made.
    ///
    /// # Errors
    /// When the file cannot be written: the verdicts stand all the same.
    pub fn store(
        &self,
        key: &str,
        verdicts: &Verdicts,
        kind: impl Fn(&str) -> Option<Kind>,
    ) -> io::Result<()> {
        let Some(folder) = &self.0 else { return Ok(()) };
        let mut lasting = verdicts.clone();
        lasting.checks.retain(|name, kept| kind(name).is_some_and(|k| lasts(k, &kept.verdict)));
        fs::create_dir_all(folder)?;
        prune(folder)?;
        // Written aside and moved, so that a reader never sees half a file.
        let temporary = folder.join(format!("{key}.{}.tmp", std::process::id()));
        fs::write(&temporary, serde_json::to_vec(&lasting)?)?;
        fs::rename(temporary, file(folder, key))
    }
}

fn file(folder: &Path, key: &str) -> PathBuf {
    folder.join(format!("{key}.json"))
}

/// Whether another run on the same sources would say the same. A pass is kept whatever the check: a
/// promise that was seen to hold. A failure is kept only where nothing but the sources and the seed
/// decides.
fn lasts(kind: Kind, verdict: &Verdict) -> bool {
    let Verdict::Failed(failed) = verdict else { return verdict.passed() };
    match failed.failure.fault {
        // Found before anything runs.
        Fault::CompileError | Fault::MissingSource | Fault::OtherSignature | Fault::Forbidden => {
            true
        }
        // Found by a clock, by what memory was left, or by a signal that anybody may have sent.
        Fault::Hang
        | Fault::OutOfMemory
        | Fault::Crashed
        | Fault::LeftBehind
        | Fault::BusyWaiting => false,
        _ => matches!(kind, Kind::Example | Kind::Property | Kind::Model),
    }
}

/// Removes the oldest files when there are too many.
fn prune(folder: &Path) -> io::Result<()> {
    let entries: Vec<_> = fs::read_dir(folder)?.flatten().collect();
    if entries.len() < KEPT {
        return Ok(());
    }
    let mut aged: Vec<_> = entries
        .iter()
        .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
        .collect();
    aged.sort();
    aged.iter().take(KEPT / 4).try_for_each(|(_, path)| fs::remove_file(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use evidence::Failure;

    fn kept(verdict: Verdict) -> Kept {
        Kept { verdict, millis: 3 }
    }

    #[test]
    fn a_failure_lasts_only_where_nothing_but_the_sources_decides() {
        let failed = |fault| {
            let failure = Failure { fault, message: "m".into(), evidence: vec![] };
            crate::verdict::failed(failure)
        };
        for kind in [Kind::Example, Kind::Property, Kind::Model] {
            assert!(lasts(kind, &failed(Fault::LostUpdate)), "{kind}");
            assert!(!lasts(kind, &failed(Fault::Crashed)), "{kind}");
            assert!(!lasts(kind, &failed(Fault::BusyWaiting)), "{kind}");
        }
        for kind in [Kind::Process, Kind::Speedup] {
            assert!(!lasts(kind, &failed(Fault::Zombie)), "{kind}");
            assert!(lasts(kind, &failed(Fault::CompileError)), "{kind}");
            assert!(lasts(kind, &Verdict::Passed { evidence: vec![] }), "{kind}");
        }
        assert!(!lasts(Kind::Example, &Verdict::GraderFault { because: "b".into() }));
    }

    #[test]
    fn keeps_what_lasts_and_survives_a_broken_file() {
        let home = tempfile::tempdir().unwrap();
        let cache = Cache::new(Some(home.path().join("verdicts")));
        let passed = kept(Verdict::Passed { evidence: vec![] });
        let moment = kept(Verdict::Inconclusive { because: "busy".into(), evidence: vec![] });
        let all = [("a".to_owned(), passed.clone()), ("b".to_owned(), moment)];
        let all = Verdicts { warnings: vec!["w".into()], checks: all.into() };
        cache.store("key", &all, |_| Some(Kind::Speedup)).unwrap();
        assert_eq!(cache.load("key").checks, [("a".to_owned(), passed)].into());
        assert_eq!(cache.load("key").warnings, ["w"]);
        assert_eq!(cache.load("other"), Verdicts::default());
        fs::write(home.path().join("verdicts/key.json"), "{").unwrap();
        assert_eq!(cache.load("key"), Verdicts::default());
    }
}
