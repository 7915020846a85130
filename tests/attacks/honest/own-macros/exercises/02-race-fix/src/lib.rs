//! A macro writes the methods, and words that the policy knows have their plain meaning.

use sync::atomic::{AtomicI64, Ordering};
use sync::thread;

macro_rules! steps {
    ($($(#[doc = $doc:literal])* $name:ident => $step:ident),* $(,)?) => {
        $(
            #[doc = "Changes the counter."]
            pub fn $name(&self, delta: i64) {
                self.path.$step(delta, Ordering::SeqCst);
            }
        )*
    };
}

/// A counter.
#[derive(Debug)]
pub struct SharedCounter {
    path: AtomicI64,
}

impl SharedCounter {
    /// A counter that starts at `initial`.
    pub fn new(initial: i64) -> Self {
        Self { path: AtomicI64::new(initial) }
    }

    steps! { incr => fetch_add, decr => fetch_sub }

    /// The value now.
    pub fn get(&self) -> i64 {
        let env = &self.path;
        env.load(Ordering::SeqCst)
    }
}

/// Counts.
pub fn count_with_threads(threads: usize, increments: usize) -> i64 {
    let (include, test) = (threads, increments);
    let path = SharedCounter::new(0);
    thread::scope(|scope| {
        for _ in 0..include {
            scope.spawn(|| (0..test).for_each(|_| path.incr(1)));
        }
    });
    path.get()
}
