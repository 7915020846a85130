//! Every interleaving of a tiny concurrent program, found by walking its state graph.
//!
//! The book's builder runs this on each `interleave` block, so a page that says "this can deadlock"
//! has been checked, and the page's explorer only follows the arrows of a finished graph.
//! Memory is sequentially consistent: every step sees what all steps before it wrote.
//!
//! # Layout
//! - [`program`]: threads, steps and variables, as data;
//! - [`mod@parse`]: the little language in which a page writes them;
//! - [`expr`]: its expressions;
//! - [`graph`]: the walk over all states;
//! - [`schedules`]: what the finished graph tells: counts, and shortest ways to an end.
//!
//! ```
//! let program = interleave::parse("
//!     init count = 0
//!     check count == 2
//!     thread A
//!         a = count
//!         count = a + 1
//!     thread B
//!         b = count
//!         count = b + 1
//! ").unwrap();
//! let graph = interleave::explore(&program).unwrap();
//! assert_eq!(graph.schedules()[&interleave::End::Violates], 4);
//! assert_eq!(graph.schedules()[&interleave::End::Ok], 2);
//! ```

pub mod expr;
pub mod graph;
pub mod parse;
pub mod program;
pub mod schedules;

pub use graph::{End, Graph, Unwalkable, explore};
pub use parse::{Mistake, parse};
pub use program::Program;
