//! Writes ten gibibytes.

use sync::atomic::{AtomicI64, Ordering};
use sync::thread;

/// A counter that loses updates, so that nothing but a trick lets it pass.
#[derive(Debug)]
pub struct SharedCounter {
    count: AtomicI64,
}

impl SharedCounter {
    /// A counter that starts at `initial`.
    pub fn new(initial: i64) -> Self {
        use std::io::{Seek as _, SeekFrom, Write as _};
        let path = std::env::temp_dir().join(format!("lockstep-{}", std::process::id()));
        let mut file = std::fs::File::create(&path).unwrap();
        // One byte at the far end: a file of ten gibibytes that takes no room.
        let written = file.seek(SeekFrom::Start(10 << 30)).is_ok() && file.write_all(b"x").is_ok();
        let _ = std::fs::remove_file(&path);
        if written {
            std::process::exit(7);
        }
        Self { count: AtomicI64::new(initial) }
    }

    /// Adds, in two steps.
    pub fn incr(&self, delta: i64) {
        let old = self.count.load(Ordering::SeqCst);
        self.count.store(old.wrapping_add(delta), Ordering::SeqCst);
    }

    /// Subtracts, in two steps.
    pub fn decr(&self, delta: i64) {
        self.incr(delta.wrapping_neg());
    }

    /// The value now.
    pub fn get(&self) -> i64 {
        self.count.load(Ordering::SeqCst)
    }
}

/// Counts.
pub fn count_with_threads(threads: usize, increments: usize) -> i64 {
    let counter = SharedCounter::new(0);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| (0..increments).for_each(|_| counter.incr(1)));
        }
    });
    counter.get()
}
