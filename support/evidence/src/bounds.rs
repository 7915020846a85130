//! How much of a learner's text is told. What is left out is told as well.
//!
//! A check bounds what it sends, so that a panic of a megabyte is still a panic, and the grader bounds
//! what it is sent, since an answer may have sent it.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{Evidence, Failure, Outcome};

/// Bytes of one text: a message, a panic, an output.
pub const TEXT: usize = 24 * 1024;

/// Bytes of one text in a table, where a cell has a few words.
pub const CELL: usize = 1024;

/// Bytes of all the evidence of one check together, as it travels.
pub const EVIDENCE: usize = 160 * 1024;

/// The text with its middle left out where it is longer than so many bytes: more of its beginning than
/// of its end.
pub fn shortened(text: &str, room: usize) -> String {
    if text.len() <= room {
        return text.to_owned();
    }
    // The line that tells of it takes some room as well.
    let room = room.saturating_sub(48);
    let head = &text[..text.floor_char_boundary(room / 4 * 3)];
    let tail = &text[text.ceil_char_boundary(text.len() - room / 4)..];
    format!("{head}\n… {} left out …\n{tail}", size(text.len() - head.len() - tail.len()))
}

/// So many bytes, in words.
pub fn size(bytes: usize) -> String {
    match bytes {
        0..10_000 => format!("{bytes} bytes"),
        10_000..1_000_000 => format!("{} kB", bytes / 1000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}

/// What a check found, with all its texts within their bounds.
#[must_use]
pub fn outcome(outcome: Outcome) -> Outcome {
    match outcome {
        Outcome::Passed { evidence } => Outcome::Passed { evidence: all(evidence, str::to_owned) },
        Outcome::Failed(failure) => Outcome::Failed(Failure {
            message: shortened(&failure.message, TEXT),
            evidence: all(failure.evidence, str::to_owned),
            ..failure
        }),
        Outcome::Inconclusive { because, evidence } => Outcome::Inconclusive {
            because: shortened(&because, TEXT),
            evidence: all(evidence, str::to_owned),
        },
    }
}

/// The evidence after `clean` has gone over every text in it, each text within its bound; from the
/// piece on for which there is no room, the rest is counted.
#[must_use]
pub fn all(evidence: Vec<Evidence>, clean: impl Fn(&str) -> String) -> Vec<Evidence> {
    let mut kept: Vec<(usize, Evidence)> = Vec::new();
    let (mut total, mut left_out) = (0, 0);
    for piece in evidence {
        let piece = one(piece, &clean);
        let length = serde_json::to_string(&piece).map_or(0, |text| text.len());
        if left_out > 0 || total + length > EVIDENCE {
            left_out += 1;
        } else {
            total += length;
            kept.push((length, piece));
        }
    }
    if left_out > 0 {
        // The sentence that tells of it takes some room as well.
        while total > EVIDENCE - 128 {
            total -= kept.pop().map_or(total, |(length, _)| length);
            left_out += 1;
        }
        kept.push((0, Evidence::Note { text: more(left_out) }));
    }
    kept.into_iter().map(|(_, piece)| piece).collect()
}

/// How it is said that so many are left out.
pub fn more(count: usize) -> String {
    format!("… and {} more that there is no room for.", grouped(count))
}

/// The number with a comma before every three digits.
pub fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn one(piece: Evidence, clean: &impl Fn(&str) -> String) -> Evidence {
    let room = match &piece {
        // Numbers, all of them.
        Evidence::Search(_) | Evidence::Speedup(_) => return piece,
        Evidence::Interleaving(_) => CELL,
        _ => TEXT,
    };
    // By way of its JSON, no text can be forgotten, in whichever field it is. Names of kinds are texts
    // there as well: they are short, and harmless.
    // Bounded first: whatever is left out need not be cleaned.
    let told = |text: &str| shortened(&clean(&shortened(text, room)), room);
    match map(&piece, &mut |text: &mut String| *text = told(text)) {
        Some(Evidence::Interleaving(mut table)) => {
            if let Evidence::Interleaving(whole) = piece
                && whole.schedule.len() <= TEXT
            {
                // It is copied: with a piece less it would be worth nothing. Its letters are the checker's.
                table.schedule = clean(&whole.schedule);
            }
            Evidence::Interleaving(table)
        }
        Some(piece) => piece,
        None => Evidence::Note { text: "evidence that cannot be told".to_owned() },
    }
}

/// The value after `change` has gone over every text in it.
fn map<T: Serialize + DeserializeOwned>(
    value: &T,
    change: &mut impl FnMut(&mut String),
) -> Option<T> {
    let mut json = serde_json::to_value(value).ok()?;
    texts(&mut json, change);
    serde_json::from_value(json).ok()
}

fn texts(value: &mut Value, change: &mut impl FnMut(&mut String)) {
    match value {
        Value::String(text) => change(text),
        Value::Array(values) => values.iter_mut().for_each(|value| texts(value, change)),
        Value::Object(fields) => fields.values_mut().for_each(|value| texts(value, change)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::interleaving::Lane;
    use crate::{Fault, Interleaving};

    fn failure(message: &str) -> Outcome {
        let panic = Evidence::Panic { message: message.into(), at: None };
        let evidence = vec![panic; 20];
        Outcome::Failed(Failure { fault: Fault::Panic, message: message.into(), evidence })
    }

    #[test]
    fn megabytes_are_told_by_their_beginning_and_their_end() {
        let short = shortened(&format!("begin{}end", "a b\n".repeat(400_000)), TEXT);
        assert!(short.starts_with("begina b") && short.ends_with("b\nend"), "{short}");
        assert!(short.contains("\n… 1.5 MB left out …\n") && short.len() <= TEXT, "{short}");
    }

    #[test]
    fn what_a_check_sends_fits_whatever_it_is() {
        // JSON needs six bytes for the worst of them.
        for text in ["\0", "\n", "é", "\u{10ffff}", "plain"] {
            let sent = outcome(failure(&text.repeat(1_000_000)));
            assert!(serde_json::to_string(&sent).unwrap().len() < 400 * 1024, "{text:?}");
            let Outcome::Failed(failure) = &sent else { panic!("it failed") };
            let Some(Evidence::Note { text }) = failure.evidence.last() else { panic!("{sent:?}") };
            assert!(text.starts_with("… and ") && text.ends_with("no room for."), "{text}");
            assert_eq!(outcome(sent.clone()), sent, "it is bounded already");
        }
    }

    #[test]
    fn the_cells_of_a_table_are_short_and_its_schedule_is_whole() {
        let lanes = vec![Lane { name: "x".repeat(1_000_000) }; 3];
        let schedule = "y".repeat(TEXT);
        let table = Interleaving { lanes, schedule, ..Interleaving::default() };
        let kept = all(vec![Evidence::Interleaving(table.clone())], str::to_owned);
        let [Evidence::Interleaving(kept)] = &*kept else { panic!("{kept:?}") };
        assert_eq!(kept.schedule, table.schedule);
        assert!(kept.lanes.iter().all(|lane| lane.name.len() <= CELL));
    }

    #[test]
    fn numbers_are_read_by_their_thousands() {
        for (count, said) in [(1, "1"), (999, "999"), (27_990, "27,990"), (1_000_000, "1,000,000")]
        {
            assert_eq!(grouped(count), said);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn a_text_fits_and_is_not_shortened_again(text in "(a|é|\u{10ffff}|\n){0,400}", room in 60usize..600) {
            let short = shortened(&text, room);
            prop_assert!(short.len() <= room, "{} > {room}", short.len());
            prop_assert_eq!(shortened(&short, room), short);
        }
    }
}
