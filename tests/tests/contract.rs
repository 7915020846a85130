//! Public items that are not the stub's: told in the answer's own lines, in every way of grading. And
//! those that only look different: accepted.

use std::fs;

use course_tests::{Submission, grade, report_of, root, run};
use serde_json::Value;

/// The reference answer.
fn reference(exercise: &str) -> String {
    fs::read_to_string(root().join("solutions").join(exercise).join("lib.rs")).expect("it is there")
}

fn stub(exercise: &str) -> String {
    fs::read_to_string(root().join("exercises").join(exercise).join("src/lib.rs"))
        .expect("it is there")
}

/// The source with each of these texts in place of another.
fn with(mut source: String, edits: &[(&str, &str)]) -> String {
    for (from, to) in edits {
        assert!(source.contains(from), "there is no {from:?} in\n{source}");
        source = source.replacen(from, to, 1);
    }
    source
}

/// The failures, and how many checks there are.
fn graded(exercise: &str, source: &str, more: &[&str]) -> (Vec<Value>, usize) {
    let submission = Submission::new(exercise, source);
    let path = submission.path().to_str().expect("a readable path");
    let mut arguments = vec!["--submission", path, "--format", "json", "--no-cache", exercise];
    arguments.extend(more);
    let (_, report) = report_of(&mut grade(&arguments));
    let checks = report["exercises"][0]["checks"].as_array().expect("there are checks").clone();
    let count = checks.len();
    (checks.into_iter().filter(|check| check["verdict"] == "failed").collect(), count)
}

/// Requires that the one failure is another signature, told by this sentence, at this line.
fn breaks(exercise: &str, source: &str, more: &[&str], sentence: &str, line: &str) {
    let (failures, _) = graded(exercise, source, more);
    let [failure] = &failures[..] else { panic!("{exercise}: {failures:#?}") };
    assert_eq!(failure["fault"], "other-signature", "{failure:#}");
    let message = failure["message"].as_str().expect("a message");
    let number = source.lines().position(|of_source| of_source.trim() == line);
    let number = number.unwrap_or_else(|| panic!("there is no {line:?}")) + 1;
    assert_eq!(message, sentence.replace("LINE", &number.to_string()), "{failure:#}");
    let at = &failure["evidence"][0];
    assert!(at["at"]["file"].as_str().is_some_and(|f| f.ends_with("src/lib.rs")), "{failure:#}");
    assert_eq!((&at["text"], &at["at"]["line"]), (&line.into(), &number.into()), "{failure:#}");
}

const COUNTER: &str = "02-race-fix";

#[test]
fn a_missing_method_is_named() {
    let source = with(reference(COUNTER), &[("pub fn decr(", "pub fn decrement(")]);
    let sentence = "`SharedCounter::decr` is missing: `pub fn decr(&self, delta: i64)`.";
    for more in [&[][..], &["--strict"]] {
        breaks(COUNTER, &source, more, sentence, "pub struct SharedCounter {");
    }
}

#[test]
fn another_type_is_told_with_both_signatures() {
    let edit = (
        "pub fn incr(&self, delta: i64) {",
        "pub fn incr(&self, by: u64) {\n        let delta = by as i64;",
    );
    let sentence = "`SharedCounter::incr` is `pub fn incr(&self, by: u64)` here \
                    (src/lib.rs:LINE), and callers need `pub fn incr(&self, delta: i64)`.";
    let source = with(reference(COUNTER), &[edit]);
    breaks(COUNTER, &source, &[], sentence, "pub fn incr(&self, by: u64) {");
}

#[test]
fn what_callers_cannot_reach_is_told() {
    let public = "pub fn count_with_threads(threads: usize, increments: usize) -> i64 {";
    let private = with(reference(COUNTER), &[(public, &public[4..])]);
    let sentence = format!(
        "`count_with_threads` is not public here (src/lib.rs:LINE). Callers need `{}`.",
        &public[..public.len() - 2]
    );
    breaks(COUNTER, &private, &[], &sentence, &public[4..]);

    let moved = public.replace("count_with_threads", "count_them");
    let inside = "\nmod inside {\n    pub fn count_with_threads(threads: usize, n: usize) -> i64 {\n        super::count_them(threads, n)\n    }\n}\n";
    let hidden = with(reference(COUNTER), &[(public, &moved)]) + inside;
    let sentence = "`count_with_threads` stands in a module (src/lib.rs:LINE) where callers do not \
                    see it. Bring it to the top of src/lib.rs with `pub use`.";
    let line = "pub fn count_with_threads(threads: usize, n: usize) -> i64 {";
    breaks(COUNTER, &hidden, &[], sentence, line);
}

#[test]
fn a_missing_trait_is_told() {
    let source =
        with(reference("03-rlock"), &[("#[derive(Debug, Default)]\n", "#[derive(Debug)]\n")]);
    let source = with(source, &[("Self::default()", "todo!()")]);
    let sentence = "`RLock` must have `Default`, as in the stub (src/lib.rs:LINE).";
    breaks("03-rlock", &source, &[], sentence, "pub struct RLock {");
}

#[test]
fn equality_by_hand_is_told() {
    let derived = "#[derive(Debug, Clone, Copy, PartialEq, Eq)]\npub struct NotOwner;";
    let by_hand = "#[derive(Debug, Clone, Copy, Eq)]\npub struct NotOwner;\n\nimpl PartialEq for NotOwner {\n    fn eq(&self, _: &Self) -> bool {\n        true\n    }\n}";
    let source = with(reference("03-rlock"), &[(derived, by_hand)]);
    let sentence = "`NotOwner` must derive `PartialEq`, as the stub does: here it is written by \
                    hand (src/lib.rs:LINE).";
    breaks("03-rlock", &source, &[], sentence, "impl PartialEq for NotOwner {");
}

#[test]
fn one_variant_more_is_told() {
    let queue = "06-producer-consumer";
    let edits = [("pub enum TryGetError {\n", "pub enum TryGetError {\n    Perhaps,\n")];
    let sentence = "`TryGetError` is `pub enum TryGetError { Perhaps, Empty, Closed }` here \
                    (src/lib.rs:LINE), and callers need `pub enum TryGetError { Empty, Closed }`.";
    let source = with(reference(queue), &edits);
    breaks(queue, &source, &[], sentence, "pub enum TryGetError {");
}

#[test]
fn what_is_broken_is_not_run() {
    // Its model check would pass.
    let source = with(reference(COUNTER), &[("pub fn decr(", "pub fn decrement(")]);
    let (failures, checks) = graded(COUNTER, &source, &[]);
    assert_eq!((failures.len(), checks), (1, 10), "one is told, all others wait");
    let submission = Submission::new(COUNTER, &source);
    let path = submission.path().to_str().expect("a readable path");
    let (code, text) = run(&mut grade(&["--submission", path, COUNTER]));
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("0/10") && !text.contains("tests/contract"), "{text}");
}

/// Requires that an edited stub is what its author has not yet written, and nothing worse.
fn keeps(exercise: &str, edits: &[(&str, &str)]) {
    let (failures, _) = graded(exercise, &with(stub(exercise), edits), &[]);
    assert!(!failures.is_empty(), "{exercise}: nothing is written yet");
    for failure in failures {
        assert_eq!(failure["fault"], "not-yet-written", "{exercise}: {failure:#}");
    }
}

#[test]
fn other_spellings_are_no_other_types() {
    keeps(
        "13-prime-check",
        &[
            (
                "pub fn is_prime(n: u64)",
                "pub type Number = u64;\n\npub const fn is_prime(_: Number)",
            ),
            ("todo!(\"say whether {n} is prime\")", "todo!()"),
            ("parallel_map<T, R, F>(", "parallel_map<T: Sync, R: Send>("),
            (
                "f: F) -> Vec<R>\nwhere\n    T: Sync,\n    R: Send,\n    F: Fn(&T) -> R + Sync + Send,\n",
                "f: impl Fn(&T) -> R + Sync + Send) -> std::vec::Vec<R> ",
            ),
        ],
    );
    keeps(
        "11-pipes",
        &[
            ("write_frame(to: &mut impl Write,", "write_frame<W: Write + ?Sized>(to: &mut W,"),
            ("#[derive(Debug)]\npub enum", "#[derive(Debug)]\n#[must_use]\npub enum"),
            (
                "-> Result<(Connection, Connection), PipeError>",
                "-> Outcome<(Connection, Connection)>",
            ),
            (
                "/// One end of",
                "/// A result.\npub type Outcome<T> = Result<T, PipeError>;\n\n/// One end of",
            ),
        ],
    );
    // Whoever shares items between threads may say so.
    keeps(
        "06-producer-consumer",
        &[
            ("impl<T> Queue<T> {", "impl<T: Send + 'static> Queue<T> {"),
            (
                "#[derive(Debug, PartialEq, Eq)]\npub struct TooManyDone",
                "#[derive(Debug, Clone, PartialEq, Eq, Hash)]\npub struct TooManyDone",
            ),
        ],
    );
    keeps(
        "12-process-pool",
        &[(
            "impl<A, R> Pool<A, R> {",
            "impl<A: Serialize + Send + 'static, R: DeserializeOwned + Send + 'static> Pool<A, R> {",
        )],
    );
}

#[test]
fn what_asks_for_more_is_told() {
    let pool = "12-process-pool";
    let asks = "impl<R: std::hash::Hash> AsyncResult<R> {";
    let source = with(stub(pool), &[("impl<R> AsyncResult<R> {", asks)]);
    let (failures, _) = graded(pool, &source, &[]);
    let message = failures[0]["message"].as_str().expect("a message");
    let sentence = "`AsyncResult::ready` is not there for every type (src/lib.rs:";
    assert!(message.starts_with(sentence), "{failures:#?}");
}
