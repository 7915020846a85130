//! From the pages to the finished book.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use mdbook_driver::MDBook;
use mdbook_driver::book::BookItem;
use mdbook_driver::config::Config;

use crate::exercise::Progress;
use crate::expand::Expander;
use crate::paths::Workspace;
use crate::problem::{Complaint, Problem};
use crate::{claims, code, links, polish};

/// The book as it is to be built.
#[derive(Debug, Clone)]
pub struct Edition {
    /// Where things are.
    pub workspace: Workspace,
    /// The grade report whose progress the cards show.
    pub report: PathBuf,
    /// Whether pages reload themselves when the book was built again.
    pub live: bool,
}

/// Why there is no book.
#[derive(Debug)]
pub enum Refused {
    /// The pages are not right.
    Problems(Vec<Problem>),
    /// mdBook, the file system or a tool failed.
    Failed(String),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::Failed(why) => write!(f, "error: {why}"),
            Refused::Problems(problems) => {
                for problem in problems {
                    writeln!(f, "{problem}\n")?;
                }
                let noun = if problems.len() == 1 { "problem" } else { "problems" };
                write!(f, "error: the book is not built: {} {noun}", problems.len())
            }
        }
    }
}

impl std::error::Error for Refused {}

impl From<std::io::Error> for Refused {
    fn from(error: std::io::Error) -> Self {
        Refused::Failed(error.to_string())
    }
}

/// The pages as they are written, by their paths relative to `book/src`.
type Sources = BTreeMap<PathBuf, String>;

impl Edition {
    /// Builds the book into `target/book`, and follows its links.
    ///
    /// # Errors
    /// If anything is wrong with a page: all of it is named.
    pub fn build(&self) -> Result<(), Refused> {
        let sources = self.sources()?;
        let mut book = self.load()?;
        let mut problems = self.expand(&mut book)?;
        problems.extend(unused(&book, &sources));
        refuse(problems)?;
        book.build().map_err(failed)?;
        refuse(links::check(&self.workspace, &sources)?)?;
        polish::polish(&self.workspace.output())
    }

    /// Builds the book, and checks the code and the claims on its pages; says what it did.
    ///
    /// # Errors
    /// If anything is wrong with a page: all of it is named.
    pub fn check(&self) -> Result<Vec<String>, Refused> {
        self.build()?;
        let sources = self.sources()?;
        let mut problems = claims::check(&self.workspace, &sources);
        let (python, python_says) = code::python::check(&self.workspace, &sources)?;
        let (rust, rust_says) = code::rust::check(&self.workspace, &sources)?;
        problems.extend(python);
        problems.extend(rust);
        refuse(problems)?;
        Ok(vec![python_says, rust_says])
    }

    fn sources(&self) -> Result<Sources, Refused> {
        let folder = self.workspace.pages();
        let mut sources = Sources::new();
        for file in links::files(&folder)?.into_iter().filter(|file| is_markdown(file)) {
            let page = file.strip_prefix(&folder).unwrap_or(&file).to_owned();
            sources.insert(page, fs::read_to_string(&file)?);
        }
        Ok(sources)
    }

    fn load(&self) -> Result<MDBook, Refused> {
        let folder = self.workspace.book();
        let mut config = Config::from_disk(folder.join("book.toml")).map_err(failed)?;
        // Continuous integration knows the repository's address, the book does not.
        config.update_from_env().map_err(failed)?;
        if self.live {
            let key = "output.html.additional-js";
            let mut scripts: Vec<String> = config.get(key).map_err(failed)?.unwrap_or_default();
            scripts.push("widgets/reload.js".into());
            config.set(key, scripts).map_err(failed)?;
        }
        MDBook::load_with_config(folder, config).map_err(failed)
    }

    /// Expands every chapter in place: mdBook's own preprocessors come after that.
    fn expand(&self, book: &mut MDBook) -> Result<Vec<Problem>, Refused> {
        let progress = Progress::load(&self.report).map_err(|complaint| {
            let file = self.workspace.relative(&self.report);
            Refused::Problems(vec![Problem::of(file, complaint)])
        })?;
        let expander = Expander { workspace: &self.workspace, progress };
        let mut problems = Vec::new();
        book.book.for_each_chapter_mut(|chapter| {
            let Some(path) = &chapter.source_path else { return };
            match expander.expand(path, &chapter.content) {
                Ok(content) => chapter.content = content,
                Err(found) => problems.extend(found),
            }
        });
        Ok(problems)
    }
}

/// Pages that no reader will find.
fn unused(book: &MDBook, sources: &Sources) -> Vec<Problem> {
    let listed: BTreeSet<&Path> = book
        .book
        .iter()
        .filter_map(|item| match item {
            BookItem::Chapter(chapter) => chapter.source_path.as_deref(),
            BookItem::Separator | BookItem::PartTitle(_) => None,
        })
        .collect();
    let found = sources.keys().map(PathBuf::as_path);
    found
        .filter(|page| *page != Path::new("SUMMARY.md") && !listed.contains(page))
        .map(|page| {
            let remedy = "Name it in book/src/SUMMARY.md, or delete it.";
            let complaint = Complaint::new("no reader finds this page", remedy);
            Problem::of(Path::new("book/src").join(page), complaint)
        })
        .collect()
}

fn is_markdown(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "md")
}

fn refuse(mut problems: Vec<Problem>) -> Result<(), Refused> {
    problems.sort();
    problems.dedup();
    if problems.is_empty() { Ok(()) } else { Err(Refused::Problems(problems)) }
}

/// mdBook's errors, with their causes.
fn failed(error: mdbook_driver::errors::Error) -> Refused {
    Refused::Failed(format!("{error:#}"))
}
