//! Stacks are as large as a process's own, and one that is used up is named with the function that
//! did it. Who runs into the end of a stack ends the process: hence a test binary without others.

use std::hint::black_box;
use std::os::unix::process::ExitStatusExt;

use sync_model::atomic::{AtomicUsize, Ordering};
use sync_model::{Arc, Mutex, model, mpsc, thread};

use alone::{run, said_by};

mod alone;

/// Two threads that meet, so that there is something to check, and `act` in one of them.
fn beside<T: Send + 'static>(act: impl Fn() -> T + Send + Copy + 'static) {
    model::check(move || {
        let count = Arc::new(AtomicUsize::new(0));
        let theirs = Arc::clone(&count);
        let other = thread::spawn(move || {
            theirs.fetch_add(1, Ordering::SeqCst);
            act()
        });
        count.fetch_add(1, Ordering::SeqCst);
        other.join().unwrap();
    });
}

#[inline(never)]
fn recurse(depth: u64) -> u64 {
    let room = black_box([depth; 64]);
    if depth == 0 { 0 } else { recurse(depth - 1) + room[usize::from(depth > 3)] }
}

#[inline(never)]
fn is_even(number: u64) -> bool {
    number == 0 || is_odd(black_box(number) - 1)
}

#[inline(never)]
fn is_odd(number: u64) -> bool {
    number != 0 && is_even(black_box(number) - 1)
}

#[inline(never)]
fn large<const BYTES: usize>() -> usize {
    let values = black_box([1_u8; BYTES]);
    values.len() - usize::from(values[BYTES / 2]) + 1
}

struct Node {
    _next: Option<Box<Node>>,
    _lock: Mutex<u8>,
}

#[inline(never)]
fn allocate(depth: u64) -> usize {
    let values = black_box(vec![depth; 10]);
    if depth == u64::MAX { 0 } else { allocate(depth + 1) + values.len() }
}

fn climb(count: &AtomicUsize) {
    let room = black_box([0_u64; 4_000]);
    if count.fetch_add(1, Ordering::SeqCst) < usize::MAX {
        climb(count);
    }
    black_box(room);
}

#[test]
fn what_fits_into_a_stack_of_8_mib_passes() {
    // Frames of 600 bytes.
    beside(|| assert_eq!(recurse(1_500), recurse(1_500)));
    beside(|| assert_eq!(large::<700_000>(), 700_000));
    model::Model::new().at_least(1).check(|| assert_eq!(large::<700_000>(), 700_000));
}

#[test]
fn a_thread_has_the_stack_that_it_asks_for() {
    model::Model::new().at_least(1).check(|| {
        let sizes = [0, 30 << 20, 16 << 20];
        let threads = sizes.map(|bytes| {
            let builder = thread::Builder::new().stack_size(bytes);
            builder.spawn(move || {
                thread::yield_now();
                if bytes > 20 << 20 { large::<20_000_000>() } else { 0 }
            })
        });
        assert_eq!(threads.map(|thread| thread.unwrap().join().unwrap()), [0, 20_000_000, 0]);
        thread::scope(|scope| {
            let builder = thread::Builder::new().stack_size(30 << 20);
            let inner = builder.spawn_scoped(scope, large::<20_000_000>).unwrap();
            assert_eq!(inner.join().unwrap(), 20_000_000);
        });
    });
}

#[test]
fn a_thread_too_many_keeps_what_it_was_given() {
    let panic = std::panic::catch_unwind(|| {
        model::check(|| {
            let (sender, receiver) = mpsc::channel();
            let threads: Vec<_> = (0..100)
                .map(|number| {
                    let sender = sender.clone();
                    thread::spawn(move || sender.send(number))
                })
                .collect();
            drop(sender);
            assert_eq!(receiver.iter().count(), threads.len());
        });
    });
    // It was an abort: the channel's end was dropped where it could not be.
    let said = *panic.expect_err("these are too many").downcast::<String>().unwrap();
    assert!(said.contains("threads"), "{said}");
}

#[test]
#[ignore = "ends its process: it is run by a test below"]
fn ends_in_a_thread() {
    beside(|| recurse(u64::MAX));
}

#[test]
#[ignore = "ends its process: it is run by a test below"]
fn ends_in_the_scenario() {
    model::check(|| {
        let other = model::spawn("other", || thread::yield_now());
        thread::yield_now();
        recurse(u64::MAX);
        other.join().unwrap();
    });
}

#[test]
#[ignore = "ends its process: it is run by a test below"]
fn ends_in_two_functions() {
    beside(|| is_even(u64::MAX));
}

#[test]
#[ignore = "ends its process: it is run by a test below"]
fn ends_in_a_large_value() {
    beside(large::<20_000_000>);
}

#[test]
#[ignore = "ends its process: it is run by a test below"]
fn ends_in_a_drop() {
    beside(|| {
        let mut list = None;
        for _ in 0..1_000_000 {
            list = Some(Box::new(Node { _next: list, _lock: Mutex::new(0) }));
        }
    });
}

#[test]
#[ignore = "ends its process: it is run by a test below"]
fn ends_while_it_allocates() {
    beside(|| allocate(0));
}

#[test]
#[ignore = "ends its process: it is run by a test below"]
fn ends_in_a_large_stack() {
    model::check(|| {
        let builder = thread::Builder::new().name("deep".to_owned()).stack_size(256 << 20);
        let other = builder.spawn(|| is_even(u64::MAX)).unwrap();
        thread::yield_now();
        other.join().unwrap();
    });
}

#[test]
#[ignore = "ends its process: it is run by a test below"]
fn ends_at_a_step() {
    beside(|| climb(&AtomicUsize::new(0)));
}

#[test]
#[ignore = "ends its process: it is run by a test below"]
#[allow(unsafe_code)]
fn ends_at_no_stack() {
    beside(|| {
        let wild = black_box(8_usize) as *const u8;
        // SAFETY: it is not: this is the crash that the test is about.
        unsafe { wild.read_volatile() }
    });
}

#[test]
#[ignore = "ends its process: it is run by a test below"]
fn ends_on_a_thread_of_the_system() {
    beside(|| std::thread::spawn(|| recurse(u64::MAX)).join().is_ok());
}

#[test]
fn a_recursion_between_steps_is_named() {
    let line = line_of("recurse(depth - 1)");
    for (test, thread) in [("ends_in_a_thread", "T1"), ("ends_in_the_scenario", "main")] {
        let expected = format!(
            "stack-overflow: `{thread}` has used up its stack of 8 MiB: `recurse` calls itself over \
             and over (line {line})."
        );
        assert_eq!(said_by(test, 101).trim(), expected);
    }
    let said = said_by("ends_in_two_functions", 101);
    let (even, odd) = (line_of("|| is_odd("), line_of("&& is_even("));
    let named = [("is_even", even), ("is_odd", odd)]
        .map(|(name, line)| format!("8 MiB: `{name}` calls itself over and over (line {line})."));
    assert!(named.iter().any(|named| said.contains(named)), "{said}");
}

#[test]
fn a_large_value_is_named() {
    let said = said_by("ends_in_a_large_value", 101);
    let expected = "`T1` has used up its stack of 8 MiB: `large` keeps large values on it.";
    assert!(said.contains(expected), "{said}");
}

#[test]
fn a_long_list_that_is_dropped_is_named() {
    let said = said_by("ends_in_a_drop", 101);
    assert!(said.contains("of 8 MiB: a `Node` is dropped, which drops the `Node`"), "{said}");
}

#[test]
fn whoever_allocates_is_reported_all_the_same() {
    let said = said_by("ends_while_it_allocates", 101);
    assert!(said.contains("stack-overflow: "), "{said}");
    assert!(said.contains(" has used up its stack"), "{said}");
}

#[test]
fn a_stack_that_was_asked_for_is_reported_as_fast() {
    let said = said_by("ends_in_a_large_stack", 101);
    assert!(said.contains("`deep` has used up its stack of 256 MiB: `is_"), "{said}");
}

#[test]
fn a_recursion_with_steps_is_named_and_shown() {
    let said = said_by("ends_at_a_step", 101);
    let line = line_of("  climb(count);");
    let expected = format!(
        "`T1` has used up its stack of 8 MiB: `climb` calls itself over and over (line {line})."
    );
    assert!(said.contains(&expected), "{said}");
    assert!(said.contains("count.fetch_add(1, SeqCst)"), "{said}");
}

#[test]
fn another_fault_is_a_crash_as_ever() {
    let (status, said) = run("ends_at_no_stack");
    assert_eq!(status.signal(), Some(11), "{said}");
    let (status, said) = run("ends_on_a_thread_of_the_system");
    assert_eq!(status.signal(), Some(6), "{said}");
    assert!(said.contains("has overflowed its stack"), "{said}");
}

/// The number of the only line of this file that has this text, but for the line that asks.
fn line_of(text: &str) -> usize {
    let lines = include_str!("stacks.rs").lines().enumerate();
    let found: Vec<usize> = lines
        .filter(|(_, line)| line.contains(text) && !line.contains("line_of("))
        .map(|(index, _)| index + 1)
        .collect();
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    found[0]
}
