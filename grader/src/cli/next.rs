//! `cargo grade next`: what to do next.

use super::{Trouble, open_desk, print};
use crate::course::{Course, Exercise};
use crate::desk::Desk;
use crate::exit::Exit;
use crate::render::paint::{Paint, Tone};
use crate::report::Report;
use crate::terminal::Style;
use crate::wording::learner;

/// What `cargo grade next` takes.
#[derive(Debug, clap::Args)]
pub(super) struct NextArguments {
    /// The exercise after this one that does not pass yet; else the first.
    #[arg(long, value_name = "EXERCISE")]
    after: Option<String>,
}

/// Says where the next exercise is, and grades it.
pub(super) fn run(arguments: &NextArguments, style: Style) -> Result<Exit, Trouble> {
    let desk = open_desk()?;
    let next = match &arguments.after {
        Some(name) => {
            let here = desk.course.select(std::slice::from_ref(name))?;
            here.first().and_then(|here| desk.next_after(&here.folder))
        }
        None => desk.next(),
    };
    let paint = Paint { style };
    let Some(next) = next else {
        print(&the_end(paint))?;
        return Ok(Exit::Passed);
    };
    print(&format!("{}\n", paint.tone(Tone::Strong, &learner::title(next))))?;
    print(&format!("{}\n", paint.verbatim(2, &learner::place(next))))?;
    super::grade::own_work(&desk.course, &[next], style)
}

/// Where it goes on for a learner whose answers all passed; nothing for others.
pub(super) fn onward(
    course: &Course,
    graded: &[&Exercise],
    report: &Report,
    paint: Paint,
) -> Result<String, Trouble> {
    let Some(last) = graded.last().filter(|_| report.exit() == Exit::Passed) else {
        return Ok(String::new());
    };
    let desk = Desk::open(course.clone())?;
    Ok(match desk.next_after(&last.folder) {
        Some(next) => paint.wrapped(0, &learner::onward(graded, next)),
        None => the_end(paint),
    })
}

/// What is said when nothing is left to do.
pub(super) fn the_end(paint: Paint) -> String {
    let lines = learner::AFTERWARDS.iter().map(|line| paint.wrapped(2, line));
    format!("\n{}\n{}", paint.wrapped(0, learner::ALL_PASSED), lines.collect::<String>())
}
