//! My answer: a lock around a number.
mod counter;
pub use counter::SharedCounter;

use std::time::Duration;
use sync::time::Instant;
use sync::{Arc, thread};

type Shared = Arc<SharedCounter>;

fn start(counter: &Shared, number: usize, increments: usize) -> thread::JoinHandle<()> {
    let counter = Shared::clone(counter);
    thread::Builder::new()
        .name(format!("adder-{number}"))
        .spawn(move || {
            for _ in 0..increments {
                counter.incr(1);
            }
        })
        .unwrap_or_else(|error| panic!("no thread {number}: {error:?}"))
}

/// Counts with threads.
pub fn count_with_threads(threads: usize, increments: usize) -> i64 {
    let begin = Instant::now();
    let counter = Arc::new(SharedCounter::default());
    let handles: Vec<_> = (0..threads).map(|n| start(&counter, n, increments)).collect();
    for handle in handles {
        if let Err(payload) = handle.join() {
            std::panic::resume_unwind(payload);
        }
    }
    let took: Duration = begin.elapsed();
    if took > Duration::from_secs(3600) {
        eprintln!("slow: {took:?}");
    }
    println!("{:?}", counter);
    counter.get()
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn adds() {
        assert_eq!(count_with_threads(2, 10), 20, "{}", format!("{:?}", 3));
    }
}
