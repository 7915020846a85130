//! The hints shown so far, and the next one.

use super::paint::{Paint, Tone};
use crate::course::Exercise;
use crate::progress::ladder::Rung;
use crate::wording::learner;

/// Every hint up to this rung, the newest last, and what to do when it does not help.
pub fn render(exercise: &Exercise, rung: &Rung<'_>, paint: Paint) -> String {
    if rung.of == 0 {
        return paint.wrapped(0, &learner::no_hints(exercise));
    }
    let mut text = String::new();
    for (index, hint) in rung.before.iter().copied().chain(rung.next).enumerate() {
        let heading = learner::hint_heading(exercise, index + 1, rung.of);
        let tone = if rung.next == Some(hint) { Tone::Strong } else { Tone::Faint };
        text += &format!("{}\n{}\n", paint.tone(tone, &heading), paint.wrapped(2, &hint.text));
    }
    let shown = rung.before.len() + usize::from(rung.next.is_some());
    let closing = match rung.of - shown {
        0 => learner::last_hint(exercise),
        left => learner::more_hints(exercise, left),
    };
    text + &paint.wrapped(0, &closing)
}
