//! The hints shown so far.

use super::paint::{Paint, Tone};
use crate::course::Exercise;
use crate::progress::{Entry, ladder};
use crate::wording::learner;

/// Every hint that was shown, the newest last, and what to do when it does not help.
pub fn render(exercise: &Exercise, entry: &Entry, paint: Paint) -> String {
    let hints = &exercise.manifest.hints;
    if hints.is_empty() {
        return paint.wrapped(0, &learner::no_hints(exercise));
    }
    let shown = ladder::shown(hints, entry);
    let mut text = String::new();
    for (index, hint) in shown.iter().enumerate() {
        let newest = index + 1 == shown.len();
        let heading = learner::hint_heading(exercise, index + 1, hints.len());
        let heading = paint.tone(if newest { Tone::Strong } else { Tone::Faint }, &heading);
        text += &format!("{heading}\n{}\n", paint.wrapped(2, &hint.text));
    }
    let closing = match hints.len() - shown.len() {
        0 => learner::last_hint(exercise),
        left => learner::more_hints(exercise, left),
    };
    text + &paint.wrapped(0, &closing)
}
