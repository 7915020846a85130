//! The counter in modules of its own.

mod counter;
mod threads;

pub use counter::SharedCounter;
pub use threads::count_with_threads;
