//! `cargo grade new`: the files of a new exercise.

use super::{Trouble, find_course, print};
use crate::exit::Exit;
use crate::scaffold::{self, Refused};
use crate::wording::{self, author};

/// What `cargo grade new` takes.
#[derive(Debug, clap::Args)]
pub(super) struct NewArguments {
    /// The package's name: small letters, digits and dashes, like `race-fix`.
    name: String,
}

/// Writes a small exercise that works, and says what to do with it.
pub(super) fn run(arguments: &NewArguments) -> Result<Exit, Trouble> {
    let course = find_course()?;
    let files = scaffold::plan(&course, &arguments.name).map_err(trouble)?;
    scaffold::write(&course, &files).map_err(trouble)?;
    let paths: Vec<String> = files.iter().map(|file| file.path.display().to_string()).collect();
    print(&author::written(&arguments.name, &paths))?;
    Ok(Exit::Passed)
}

fn trouble(refused: Refused) -> Trouble {
    match refused {
        Refused::Name(name) => Trouble::Usage(author::no_name(&name)),
        Refused::Taken(folder) => Trouble::Usage(author::taken(&folder)),
        Refused::File(path, error) => Trouble::Fault(wording::not_written(path.display(), &error)),
    }
}
