//! `cargo book`: builds the book, and refuses to when it says what is not so.
//!
//! ```text
//! book/src/*.md → expand → mdBook → links → target/book
//! ```
//!
//! # Layout
//! - [`edition`]: the whole way from the pages to the finished book;
//! - [`paths`], [`problem`]: where things are, and what is wrong with them;
//! - [`page`], [`arguments`]: a page cut into pieces, and the words of a directive;
//! - [`expand`]: what stands for each directive: [`exercise`], [`explorer`], [`figure`], [`trace`],
//!   [`measured`], and includes ([`mod@include`]);
//! - [`html`], [`svg`]: markup and still pictures;
//! - [`links`], [`claims`], [`code`]: checks of links, of the list of stale claims, and of code;
//! - [`polish`]: what mdBook's own pages lack for screen readers;
//! - [`serve`]: a server that rebuilds;
//! - [`record`]: schedules for the pages to show, from the grader.

pub mod arguments;
pub mod claims;
pub mod code;
pub mod edition;
pub mod exercise;
pub mod expand;
pub mod explorer;
pub mod figure;
pub mod html;
pub mod include;
pub mod links;
pub mod measured;
pub mod page;
pub mod paths;
pub mod polish;
pub mod problem;
pub mod record;
pub mod serve;
pub mod svg;
pub mod trace;

pub use edition::{Edition, Refused};
pub use paths::Workspace;
