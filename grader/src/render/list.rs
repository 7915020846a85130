//! Where a learner stands, exercise by exercise.

use textwrap::core::display_width;

use super::paint::{Paint, Tone, cut};
use crate::course::Exercise;
use crate::desk::Desk;
use crate::progress::Standing;
use crate::wording::learner;

/// A line for each exercise, and the total of the course.
pub fn render(desk: &Desk, exercises: &[&Exercise], paint: Paint) -> String {
    let mut text = String::new();
    for line in rows(desk, exercises, paint) {
        text += &line;
        text.push('\n');
    }
    let all = &desk.course.exercises;
    let points = all.iter().map(|exercise| desk.points(exercise)).sum();
    let max = all.iter().map(Exercise::max_points).sum();
    let total = learner::total(desk.passed(), all.len(), points, max);
    format!("{text}\n{}", paint.wrapped(0, &total))
}

/// A line for each exercise, no wider than the terminal.
pub fn rows(desk: &Desk, exercises: &[&Exercise], paint: Paint) -> Vec<String> {
    let widths = exercises.iter().map(|exercise| display_width(&learner::title(exercise)));
    let room = paint.style.width.saturating_sub(28).max(12);
    let width = widths.max().unwrap_or(0).min(room);
    exercises.iter().map(|exercise| row(desk, exercise, paint, width)).collect()
}

fn row(desk: &Desk, exercise: &Exercise, paint: Paint, width: usize) -> String {
    let mark = if paint.style.unicode { "…" } else { "~" };
    let standing = desk.standing(exercise);
    let tone = match standing {
        Standing::Passed => Tone::Good,
        Standing::New => Tone::Faint,
        Standing::Edited => Tone::Unsure,
        Standing::Open(_) => Tone::Bad,
    };
    let title = cut(&learner::title(exercise), width, mark);
    let padding = " ".repeat(width - display_width(&title).min(width));
    let points = format!("{}/{}", desk.points(exercise), exercise.max_points());
    let line = format!("{title}{padding}  {points:>7}  ");
    let left = paint.style.width.saturating_sub(display_width(&line) + 2);
    let remark = cut(&learner::standing(&standing), left, mark);
    format!("{} {line}{}", paint.mark(tone), paint.tone(tone, &remark)).trim_end().to_owned()
}
