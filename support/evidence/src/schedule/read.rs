//! From text to a schedule.

use super::{Schedule, Turns, USUAL, Unreadable, VERSION, checksum};

pub(super) fn schedule(text: &str) -> Result<Schedule, Unreadable> {
    let text = text.trim();
    let (said, sum) = text.rsplit_once('.').ok_or(Unreadable::Shape)?;
    let (check, said_of_it) = said.rsplit_once(':').ok_or(Unreadable::Shape)?;
    if check.is_empty() {
        return Err(Unreadable::Shape);
    }
    if sum != format!("{:06x}", checksum(said)) {
        return Err(Unreadable::Mistyped);
    }
    let mut parts = said_of_it.split('.');
    let version = parts.next().and_then(number).ok_or(Unreadable::Shape)?;
    if version != VERSION {
        return Err(Unreadable::Version(version));
    }
    let mut schedule = Schedule { check: check.to_owned(), ..Schedule::default() };
    for part in parts {
        add(&mut schedule, part).ok_or(Unreadable::Shape)?;
    }
    Ok(schedule)
}

fn add(schedule: &mut Schedule, part: &str) -> Option<()> {
    let mut letters = part.chars();
    let letter = letters.next()?;
    let rest = letters.as_str();
    match letter {
        't' => schedule.turns = turns(rest)?,
        'o' => schedule.outcomes = rest.split('-').map(outcomes).collect::<Option<_>>()?,
        'p' => {
            let poll =
                |text: &str| text.split_once('x').and_then(|(a, b)| number(a).zip(number(b)));
            schedule.polls = rest.split('-').map(poll).collect::<Option<_>>()?;
        }
        'q' => schedule.readers_queue = (rest == "1").then_some(true)?,
        'm' => {
            let (sign, digits) = rest.strip_prefix('n').map_or((1, rest), |digits| (-1, digits));
            schedule.lag = Some(sign * i32::try_from(number(digits)?).ok()?);
        }
        _ => return None,
    }
    Some(())
}

fn turns(mut text: &str) -> Option<Vec<Turns>> {
    let mut turns = Vec::new();
    while let Some(letter) = text.chars().next() {
        let (entry, rest) = text.split_at(end_of_entry(text)?);
        let (head, prints) = entry.split_at(entry.find(|it: char| it.is_ascii_uppercase())?);
        let digits = head.get(1..)?;
        let prints: Vec<u8> = prints.bytes().map(|letter| letter - b'A').collect();
        let thread = match letter {
            USUAL => None,
            'a'..='y' => Some(letter as u8 - b'a'),
            _ => return None,
        };
        let steps = if digits.is_empty() { 1 } else { number(digits)? };
        let fits = steps > 0 && prints.len() as u32 == steps.div_ceil(Turns::stride(steps));
        turns.push(fits.then_some(Turns { thread, steps, prints })?);
        text = rest;
    }
    Some(turns)
}

/// It ends with its letters of upper case.
fn end_of_entry(text: &str) -> Option<usize> {
    let prints = text.find(|char: char| char.is_ascii_uppercase())?;
    let after = text[prints..].find(|char: char| !char.is_ascii_uppercase());
    Some(after.map_or(text.len(), |after| prints + after))
}

fn outcomes(text: &str) -> Option<(u32, u32)> {
    match text.split_once('x') {
        None => Some((number(text)?, 1)),
        Some((which, count)) => number(which).zip(number(count)),
    }
}

/// Digits alone: no sign, no blank.
fn number(digits: &str) -> Option<u32> {
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
}
