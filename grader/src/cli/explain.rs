//! `cargo grade explain`: what a fault means.

use evidence::Fault;

use super::{Trouble, print};
use crate::exit::Exit;
use crate::render::paint::{Paint, Tone};
use crate::terminal::Style;
use crate::wording::{self, learner};

/// What `cargo grade explain` takes.
#[derive(Debug, clap::Args)]
pub(super) struct ExplainArguments {
    /// The fault, as the report names it: `lost-update`. All of them, shortly, if none is named.
    fault: Option<String>,
}

/// Explains one fault, or lists all.
pub(super) fn run(arguments: &ExplainArguments, style: Style) -> Result<Exit, Trouble> {
    let paint = Paint { style };
    let text = match &arguments.fault {
        None => Fault::ALL.iter().map(|&fault| line(fault, paint)).collect(),
        Some(name) => {
            let id = name.trim().to_lowercase().replace([' ', '_'], "-");
            let fault = id.parse().map_err(|_| Trouble::Usage(learner::unknown_fault(name)))?;
            full(fault, paint)
        }
    };
    print(&text)?;
    Ok(Exit::Passed)
}

fn line(fault: Fault, paint: Paint) -> String {
    paint.verbatim(0, &format!("{:<18} {}", fault.id(), wording::help(fault).title))
}

/// Title, meaning and page of a fault.
pub(crate) fn full(fault: Fault, paint: Paint) -> String {
    let help = wording::help(fault);
    let heading = format!("{} ({fault})", help.title);
    format!("{}\n", paint.tone(Tone::Strong, &heading))
        + &paint.wrapped(2, &help.meaning)
        + &paint.wrapped(2, &learner::more_in_book(&help.page))
}
