//! Where things are.

use std::path::{Path, PathBuf};

/// The workspace's root; everything else has its place under it.
#[derive(Debug, Clone)]
pub struct Workspace(PathBuf);

impl Workspace {
    /// The workspace at `root`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Workspace(root.into())
    }

    /// The nearest workspace with a book, from `start` upwards.
    pub fn discover(start: &Path) -> Option<Self> {
        start.ancestors().find(|root| root.join("book/book.toml").is_file()).map(Workspace::new)
    }

    /// Its root.
    pub fn root(&self) -> &Path {
        &self.0
    }

    /// The book's folder.
    pub fn book(&self) -> PathBuf {
        self.0.join("book")
    }

    /// The book's pages.
    pub fn pages(&self) -> PathBuf {
        self.0.join("book/src")
    }

    /// The book as HTML.
    pub fn output(&self) -> PathBuf {
        self.0.join("target/book")
    }

    /// Where the checks keep what they make.
    pub fn checks(&self) -> PathBuf {
        self.0.join("target/book-checks")
    }

    /// Where `cargo grade` leaves its last report.
    pub fn report(&self) -> PathBuf {
        self.0.join("target/grade/report.json")
    }

    /// `path` as seen from the root, for people.
    pub fn relative(&self, path: &Path) -> PathBuf {
        path.strip_prefix(&self.0).unwrap_or(path).to_owned()
    }
}
