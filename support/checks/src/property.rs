//! Laws that random inputs try to break.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe, Location};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use evidence::{Counterexample, Evidence, Failure, Fault, Outcome, Place};
use proptest::strategy::Strategy;
use proptest::test_runner::{
    Config, RngAlgorithm, RngSeed, TestCaseError, TestError, TestRng, TestRunner, noop_result_cache,
};

use crate::conclusion::conclude;
use crate::{panics, seed, step};

/// Inputs longer than this are shown by their beginning.
const SHOWN: usize = 2_000;

/// How long an input takes at least that the grader hears of.
const SLOW: Duration = Duration::from_millis(500);

/// Tries to break `law` with 256 random inputs; see [`Property::check`].
///
/// # Panics
/// When the law is broken, after the grader has been told.
#[track_caller]
pub fn property<S: Strategy>(inputs: S, law: impl Fn(S::Value)) {
    Property::new().check(inputs, law);
}

/// A law and how hard to try to break it.
#[derive(Debug, Clone)]
pub struct Property {
    cases: u32,
}

impl Default for Property {
    fn default() -> Self {
        Self::new()
    }
}

impl Property {
    /// 256 cases.
    pub fn new() -> Self {
        Self { cases: 256 }
    }

    /// How many inputs to try.
    ///
    /// # Panics
    /// If `cases` is 0: a law that was never tried has not been kept.
    pub fn cases(mut self, cases: u32) -> Self {
        assert!(cases > 0, "a property needs at least one case");
        self.cases = cases;
        self
    }

    /// Calls `law` with random `inputs`. It returns if the law is kept and panics if it is broken;
    /// the input that breaks it is then made as small as possible, and is the evidence.
    ///
    /// The inputs depend on [`seed`] alone: no environment variable and no file changes them.
    ///
    /// # Panics
    /// When the law is broken, after the grader has been told.
    #[track_caller]
    pub fn check<S: Strategy>(self, inputs: S, law: impl Fn(S::Value)) {
        let check = Location::caller();
        conclude(check, || panics::silently(|| self.outcome(check, inputs, law)));
    }

    fn outcome<S: Strategy>(
        &self,
        check: &Location<'_>,
        inputs: S,
        law: impl Fn(S::Value),
    ) -> Outcome {
        let seen = RefCell::new(Seen { passed: 0, broken: None });
        let mut runner = TestRunner::new_with_rng(config(self.cases), rng(seed()));
        let result = telling_what_is_slow(|current| {
            runner.run(&inputs, |input| {
                current.is(format!("a random input: {}", shortened(&format!("{input:?}"))));
                let result = panic::catch_unwind(AssertUnwindSafe(|| law(input)));
                seen.borrow_mut().take(result.map_err(|payload| panics::failure(payload, check)))
            })
        });
        let Seen { passed, broken } = seen.into_inner();
        match result {
            Ok(()) if passed == self.cases => Outcome::Passed {
                evidence: vec![Evidence::Note {
                    text: format!("{passed} random inputs keep the law (seed {}).", seed()),
                }],
            },
            Ok(()) => inconclusive(format!("only {passed} of {} inputs were tried", self.cases)),
            Err(TestError::Abort(reason)) => inconclusive(format!("no inputs: {reason}")),
            Err(TestError::Fail(_, input)) => {
                let broken = broken.expect("a run that failed has a case that failed");
                counterexample(format!("{input:?}"), broken, passed)
            }
        }
    }
}

/// The input that the law is working on.
#[derive(Default)]
struct Current(Mutex<Option<String>>);

impl Current {
    fn is(&self, input: String) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(input);
    }

    fn take(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Runs `cases`, and tells the grader of an input that takes long: it may be one that hangs. To
/// tell of each input would be slower than most laws.
fn telling_what_is_slow<T>(cases: impl FnOnce(&Current) -> T) -> T {
    let current = Current::default();
    let (end, ended) = mpsc::channel::<()>();
    thread::scope(|scope| {
        scope.spawn(|| {
            let ended = ended; // It is this thread's alone.
            let mut taken = None;
            while ended.recv_timeout(SLOW) == Err(RecvTimeoutError::Timeout) {
                // An input that is still there a while after it was seen is slow.
                match current.take() {
                    Some(input) => taken = Some(input),
                    None => taken.take().into_iter().for_each(step),
                }
            }
        });
        let result = cases(&current);
        drop(end);
        result
    })
}

/// What the cases so far have shown.
struct Seen {
    /// Cases that kept the law before the first that broke it.
    passed: u32,
    /// The last case that broke it: after shrinking, the smallest.
    broken: Option<Failure>,
}

impl Seen {
    fn take(&mut self, result: Result<(), Failure>) -> Result<(), TestCaseError> {
        match result {
            Ok(()) => {
                // While an input is shrunk, cases that pass are no longer part of the count.
                self.passed += u32::from(self.broken.is_none());
                Ok(())
            }
            Err(failure) => {
                let message = failure.message.clone();
                self.broken = Some(failure);
                Err(TestCaseError::fail(message))
            }
        }
    }
}

/// Every field is given, so that proptest's environment variables change nothing.
fn config(cases: u32) -> Config {
    Config {
        cases,
        max_local_rejects: 65_536,
        max_global_rejects: 1_024,
        max_flat_map_regens: 1_000_000,
        failure_persistence: None,
        source_file: None,
        test_name: None,
        max_shrink_time: 5_000,
        max_shrink_iters: 4_096,
        max_default_size_range: 100,
        result_cache: noop_result_cache,
        verbose: 0,
        rng_algorithm: RngAlgorithm::ChaCha,
        rng_seed: RngSeed::Fixed(0),
        ..Config::default()
    }
}

fn rng(seed: u64) -> TestRng {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    TestRng::from_seed(RngAlgorithm::ChaCha, &bytes)
}

fn inconclusive(because: String) -> Outcome {
    Outcome::Inconclusive { because, evidence: Vec::new() }
}

fn counterexample(input: String, broken: Failure, passed: u32) -> Outcome {
    let fault = match broken.fault {
        Fault::WrongAnswer => Fault::Counterexample,
        named => named,
    };
    let found = Counterexample {
        input: shortened(&input),
        message: broken.message.clone(),
        passed,
        at: raised_at(&broken.evidence),
    };
    Outcome::Failed(Failure {
        fault,
        message: broken.message,
        evidence: vec![Evidence::Counterexample(found)],
    })
}

fn raised_at(evidence: &[Evidence]) -> Option<Place> {
    evidence.iter().find_map(|evidence| match evidence {
        Evidence::Panic { at, .. } => at.clone(),
        _ => None,
    })
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
