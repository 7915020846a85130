//! The types that the stub asks for, under other names, from other places, and with more beside them.

use sync::atomic::{AtomicI64, Ordering};

mod inside {
    use super::{AtomicI64, Ordering, Whole};

    /// A number that is shared.
    #[derive(Default)]
    pub struct Shared {
        pub(super) count: AtomicI64,
    }

    impl Shared {
        /// The value now.
        #[must_use]
        pub fn get(self: &Self) -> Whole {
            self.count.load(Ordering::SeqCst)
        }
    }

    impl std::fmt::Debug for Shared {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            write!(f, "{}", self.get())
        }
    }
}

/// A whole number.
pub type Whole = i64;

pub use inside::Shared as SharedCounter;

macro_rules! add {
    ($name:ident, $step:ident) => {
        /// Adds or subtracts.
        pub fn $name(&self, by: core::primitive::i64) {
            self.count.$step(by, Ordering::SeqCst);
        }
    };
}

impl SharedCounter {
    /// A counter that starts at `first`.
    pub fn new(first: Whole) -> SharedCounter {
        SharedCounter { count: AtomicI64::new(first) }
    }

    add!(incr, fetch_add);
    add!(decr, fetch_sub);

    /// What nobody asked for.
    pub fn twice(&self) -> Whole {
        self.get().wrapping_mul(2)
    }
}

/// Counts.
pub fn count_with_threads(threads: usize, steps: usize) -> <i64 as std::ops::Add>::Output
where
    i64: Copy,
{
    let counter = SharedCounter::default();
    sync::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| (0..steps).for_each(|_| counter.incr(1)));
        }
    });
    counter.get()
}
