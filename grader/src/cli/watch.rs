//! `cargo grade watch`: grades on every save.

use std::io::ErrorKind;

use super::{SEED, Trouble, home, open_desk, options};
use crate::exit::Exit;
use crate::terminal::Style;
use crate::watch;

/// What `cargo grade watch` takes.
#[derive(Debug, clap::Args)]
pub(super) struct WatchArguments {
    /// Where all randomness comes from.
    #[arg(long, value_name = "N", default_value_t = SEED)]
    seed: u64,
}

/// Takes the terminal over until the learner quits.
pub(super) fn run(arguments: &WatchArguments, style: Style) -> Result<Exit, Trouble> {
    let desk = open_desk()?;
    let home = home(&desk.course);
    watch::run(desk, home, options(arguments.seed, false), style).map_err(|error| {
        match error.kind() {
            ErrorKind::Unsupported => Trouble::Usage(error.to_string()),
            _ => Trouble::Fault(error.to_string()),
        }
    })
}
