//! Right programs that are large: many steps, deep stacks, many threads. A test
//! binary of its own, because whoever gets a limit wrong may end the process.

use std::hint::black_box;
use std::time::Duration;

use sync_model::atomic::AtomicUsize;
use sync_model::atomic::Ordering::SeqCst;
use sync_model::model::Model;
use sync_model::{Arc, mpsc, thread};

/// Another thread adds what `body` returns, while this one adds `ours`; the sum is right.
fn sum_is_right(model: Model, body: fn() -> usize, ours: fn(&AtomicUsize), sum: usize) {
    model.check(move || {
        let number = Arc::new(AtomicUsize::new(0));
        let theirs = Arc::clone(&number);
        let other = thread::spawn(move || theirs.fetch_add(body(), SeqCst));
        ours(&number);
        other.join().unwrap();
        assert_eq!(number.load(SeqCst), sum);
    });
}

fn add_one(number: &AtomicUsize) {
    number.fetch_add(1, SeqCst);
}

#[test]
fn three_thousand_steps_are_no_livelock() {
    // Without preemptions: each execution is long.
    let model = Model::new().bound(0);
    sum_is_right(model, || 1, |number| (0..3_100).for_each(|_| add_one(number)), 3_101);
}

#[test]
fn an_array_of_700_kilobytes_fits_on_a_stack() {
    sum_is_right(Model::new(), || usize::from(black_box([1_u8; 700_000])[5]), add_one, 2);
}

fn recurse(depth: usize) -> usize {
    let frame = black_box([depth; 64]);
    let below = if depth == 0 { 1 } else { recurse(depth - 1) };
    // Still needed here: the call above cannot use the frame again.
    black_box(frame);
    below
}

#[test]
fn a_thousand_calls_fit_on_a_stack() {
    sum_is_right(Model::new(), || recurse(1_000), add_one, 2);
}

#[test]
fn eighteen_threads_with_a_sender_each_are_not_too_many() {
    // Their schedules are too many for any budget: whatever is said, it is no failure.
    let budget = Duration::from_secs(1);
    let checked = std::panic::catch_unwind(|| {
        Model::new().budget(budget).check(|| {
            let (send, receive) = mpsc::channel();
            let start = |number: usize| {
                let send = send.clone();
                thread::spawn(move || send.send(number).unwrap())
            };
            let threads: Vec<_> = (0..17).map(start).collect();
            drop(send);
            assert_eq!(receive.iter().count(), 17);
            threads.into_iter().for_each(|thread| thread.join().unwrap());
        });
    });
    if let Err(said) = checked {
        let said = said.downcast::<String>().expect("it is text");
        assert!(said.starts_with("inconclusive"), "{said}");
    }
}
