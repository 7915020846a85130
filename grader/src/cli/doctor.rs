//! `cargo grade doctor`: what works on this machine, and what to do about the rest.

use super::{Trouble, find_course, home, print};
use crate::doctor::{self, Finding};
use crate::exit::Exit;
use crate::render::paint::{Paint, Tone};
use crate::terminal::Style;
use crate::wording::doctor as says;

/// Looks at toolchain, processors, disk, isolation, Git and terminal.
pub(super) fn run(style: Style) -> Result<Exit, Trouble> {
    let course = find_course()?;
    let paint = Paint { style };
    let findings = doctor::examine(&course, &home(&course));
    for finding in &findings {
        let (tone, text) = match finding {
            Finding::Good(text) => (Tone::Good, text),
            Finding::Limited(text) => (Tone::Unsure, text),
            Finding::Broken(text) => (Tone::Bad, text),
        };
        let lines = paint.wrapped(2, text);
        print(&format!("{} {}", paint.mark(tone), lines.trim_start()))?;
    }
    let broken = findings.iter().any(|finding| matches!(finding, Finding::Broken(_)));
    print(&format!("\n{}\n", if broken { says::BROKEN } else { says::READY }))?;
    Ok(if broken { Exit::Fault } else { Exit::Passed })
}
