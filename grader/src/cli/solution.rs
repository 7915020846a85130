//! `cargo grade solution`: the reference answer, the others, and how mine differs.

use similar::TextDiff;

use super::{Trouble, open_desk, print, warn};
use crate::answer::Answer;
use crate::course::Exercise;
use crate::desk::{self, Desk};
use crate::exit::Exit;
use crate::progress::{Solution, Standing};
use crate::render::paint::{Paint, Tone};
use crate::terminal::Style;
use crate::text::harmless;
use crate::wording::learner;

/// What `cargo grade solution` takes.
#[derive(Debug, clap::Args)]
pub(super) struct SolutionArguments {
    /// The exercise, by number, folder or package.
    exercise: String,
}

/// Shows the solutions once the exercise passes, or when asked twice.
pub(super) fn run(arguments: &SolutionArguments, style: Style) -> Result<Exit, Trouble> {
    let mut desk = open_desk()?;
    let exercise = desk.course.select(std::slice::from_ref(&arguments.exercise))?[0].clone();
    let paint = Paint { style };
    let before = desk.entry(&exercise).solution;
    let passes = desk.standing(&exercise) == Standing::Passed;
    let now = match (passes, before) {
        (true, _) => before,
        (false, None) => Some(Solution::Asked),
        (false, Some(_)) => Some(Solution::SeenBeforePassing),
    };
    if now != before
        && let Err(error) = desk.change(&exercise, |entry| entry.solution = now)
    {
        // Who asked twice shall see it, even if that cannot be remembered.
        warn(&learner::trouble(&desk::Trouble::Unusable(error)));
    }
    if !passes && now == Some(Solution::Asked) {
        print(&paint.wrapped(0, &learner::solution_not_yet(&exercise)))?;
        return Ok(Exit::Failed);
    }
    let early = now == Some(Solution::SeenBeforePassing);
    print(&solutions(&desk, &exercise, early, paint)?)?;
    Ok(Exit::Passed)
}

fn solutions(
    desk: &Desk,
    exercise: &Exercise,
    early: bool,
    paint: Paint,
) -> Result<String, Trouble> {
    let reference = Answer::of_reference(&desk.course, exercise)?;
    let mut text =
        format!("{}\n", paint.tone(Tone::Strong, &learner::solution_heading(exercise, early)));
    for answer in
        std::iter::once(&reference).chain(&Answer::all_in(&desk.course, exercise, "also")?)
    {
        text += &paint.verbatim(2, &answer.label);
        text += &paint.wrapped(6, &about(answer));
    }
    let mine = Answer::of_learner(&desk.course, exercise)?;
    text.push('\n');
    Ok(text + &difference(&root(&mine), &root(&reference), paint))
}

/// The first sentence of its documentation.
fn about(answer: &Answer) -> String {
    let source = root(answer);
    let lines = source.lines().map_while(|line| line.strip_prefix("//!"));
    lines.map(str::trim).take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

fn root(answer: &Answer) -> String {
    let file = answer.files.iter().find(|file| file.path.ends_with("src/lib.rs"));
    file.map_or(String::new(), |file| String::from_utf8_lossy(&file.bytes).into_owned())
}

/// A unified difference, in colour where the terminal takes it.
fn difference(mine: &str, reference: &str, paint: Paint) -> String {
    if mine == reference {
        return paint.wrapped(0, learner::SAME_AS_REFERENCE);
    }
    let mut text = format!("{}\n", learner::DIFFERENCE);
    let difference = TextDiff::from_lines(mine, reference);
    for line in difference.unified_diff().context_radius(3).to_string().lines() {
        let tone = match line.as_bytes().first() {
            Some(b'+') => Tone::Good,
            Some(b'-') => Tone::Bad,
            Some(b'@') => Tone::Faint,
            _ => {
                text += &format!("{}\n", harmless(line));
                continue;
            }
        };
        text += &format!("{}\n", paint.tone(tone, line));
    }
    text
}
