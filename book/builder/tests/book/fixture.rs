//! A small workspace with a book, for tests to break.

use std::fs;
use std::path::Path;

use book_builder::{Edition, Refused, Workspace};
use tempfile::TempDir;

/// A book in a folder of its own.
pub struct Fixture {
    folder: TempDir,
}

const BOOK: &str =
    "[book]\ntitle = \"T\"\n[build]\nbuild-dir = \"../target/book\"\ncreate-missing = false\n";

impl Fixture {
    /// A book of one page.
    pub fn new(page: &str) -> Self {
        let fixture = Fixture { folder: TempDir::new().unwrap() };
        fixture.write("book/book.toml", BOOK);
        fixture.write("book/src/SUMMARY.md", "# Summary\n\n[Page](page.md)\n");
        fixture.write("book/src/page.md", page);
        fixture
    }

    /// Writes a file of the workspace.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// The page as it was built.
    pub fn html(&self) -> String {
        fs::read_to_string(self.folder.path().join("target/book/page.html")).unwrap()
    }

    /// Where the workspace is.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// The book as it is to be built.
    pub fn edition(&self) -> Edition {
        let workspace = Workspace::new(self.root());
        let report = workspace.report();
        Edition { workspace, report, live: false }
    }

    /// Builds it; what is wrong with it, one `file:line: what` each.
    pub fn problems(&self) -> Vec<String> {
        match self.edition().build() {
            Ok(()) => Vec::new(),
            Err(Refused::Problems(problems)) => {
                problems.iter().map(|p| p.to_string().lines().next().unwrap().to_owned()).collect()
            }
            Err(Refused::Failed(why)) => panic!("{why}"),
        }
    }
}
