//! What is said of an answer whose public items are not those of the stub.

use crate::contract::{Breach, How};

/// How many promises are named.
pub(crate) const LINES: usize = 5;

/// A sentence for each promise that is not kept.
pub(crate) fn broken(breaches: &[&Breach]) -> String {
    let mut said: Vec<String> = breaches.iter().take(LINES).map(|breach| one(breach)).collect();
    match breaches.len().saturating_sub(LINES) {
        0 => {}
        1 => said.push("And 1 more.".into()),
        more => said.push(format!("And {more} more.")),
    }
    said.join("\n")
}

fn one(breach: &Breach) -> String {
    let (of, text) = (&breach.promise.of, &breach.promise.text);
    let at = breach.at.as_ref().map(|(file, line)| format!(" ({}:{line})", file.display()));
    let at = at.unwrap_or_default();
    let a_trait = text.trim_start_matches("impl ");
    match &breach.how {
        How::Missing => format!("`{of}` is missing: `{text}`."),
        How::Private => format!("`{of}` is not public here{at}. Callers need `{text}`."),
        How::Inside => format!(
            "`{of}` stands in a module{at} where callers do not see it. Bring it to the top of src/lib.rs with `pub use`."
        ),
        How::Other(theirs) => {
            format!("`{of}` is `{theirs}` here{at}, and callers need `{text}`.")
        }
        How::ByHand => format!(
            "`{of}` must derive `PartialEq`, as the stub does: here it is written by hand{at}."
        ),
        How::Hides(method) => format!(
            "`{of}::{method}`{at} stands before the method of `{a_trait}`, and is of another type. Call it otherwise."
        ),
        How::Without if text.starts_with('#') => {
            format!("`{of}` must derive `PartialEq`, as the stub does{at}.")
        }
        How::Without => format!("`{of}` must have `{a_trait}`, as in the stub{at}."),
        How::Unread => {
            format!("`{of}` is not what callers need: `{text}`.")
        }
        How::Narrow => format!(
            "`{of}` is not there for every type{at}: its `impl` asks for more than callers have. They need `{text}`."
        ),
        How::Unclear => format!(
            "`{of}` reads right{at}, and a type in it is not the one that callers know by this name: `{text}`."
        ),
    }
}
