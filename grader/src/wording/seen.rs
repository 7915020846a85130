//! How evidence is introduced, wherever it is shown.

use evidence::found::Rendezvous;
use evidence::{Cut, Place, Sampled, Schedules, Search, Speedup};

pub(crate) const PRINTED: &str = "It printed:";

pub(crate) const SMALLEST_SCENARIO: &str =
    "The smallest scenario that breaks it, and what its calls returned:";

/// How far the model checker searched. What was left out is said in the same breath as "all".
pub(crate) fn searched(search: &Search) -> String {
    let far = match (search.schedules, search.truncated) {
        (Some(explored), false) => schedules(explored),
        (Some(explored), true) => format!("stopped early; finished {}", schedules(explored)),
        (None, false) => "some schedules".to_owned(),
        (None, true) => "stopped early; some schedules".to_owned(),
    };
    let executions = counted(search.executions, "execution", "executions");
    let cut = cut(search.cut);
    let random = search.sampled.map_or_else(String::new, |Sampled { count, seed }| {
        let drawn = counted(count, "random schedule", "random schedules");
        format!(", then {drawn} (seed {seed})")
    });
    let scenarios = match search.scenarios {
        None => String::new(),
        Some(1) => " of one scenario".to_owned(),
        Some(count) => format!(" of each of {} scenarios", grouped(count.into())),
    };
    let millis = grouped(search.millis);
    format!("Searched: {far}{scenarios}{cut}; {executions}{random} in {millis} ms")
}

fn schedules(explored: Schedules) -> String {
    match explored {
        Schedules::All => "all schedules".to_owned(),
        Schedules::Bounded { preemptions: 0 } => {
            "all schedules in which no thread is interrupted".to_owned()
        }
        Schedules::Bounded { preemptions } => {
            let most = counted(preemptions as u64, "interruption", "interruptions");
            format!("all schedules with at most {most}")
        }
        Schedules::Random { count, seed } => {
            format!("{}, seed {seed}", counted(count, "random schedule", "random schedules"))
        }
    }
}

/// What "all" does not mean, in the same breath.
fn cut(cut: Cut) -> String {
    let left_out = [
        ("rounds of waiting loops beyond some", cut.rounds),
        ("the rest of executions that were too long", cut.steps),
    ];
    let told = left_out.iter().filter(|(_, times)| *times > 0).map(|(what, times)| {
        let times = counted(*times, "time", "times");
        format!("{what} (cut {times})")
    });
    let told: Vec<String> = told.collect();
    if told.is_empty() { String::new() } else { format!(", except {}", told.join(" and ")) }
}

fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// `5,000`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

pub(crate) fn place(at: &Place) -> String {
    format!("{}:{}", at.file, at.line)
}

pub(crate) fn smallest_input(at: Option<&Place>) -> String {
    let place = at.map_or(String::new(), |at| format!(" ({}:{})", at.file, at.line));
    format!("The smallest input that breaks it{place}:")
}

pub(crate) fn with_input(message: &str) -> String {
    format!("With it: {message}")
}

pub(crate) fn panicked(at: Option<&Place>) -> String {
    let place = at.map_or(String::new(), |at| format!(" at {}:{}", at.file, at.line));
    format!("Panicked{place}:")
}

pub(crate) fn last_step(step: &str) -> String {
    format!("The last step begun: {step}")
}

pub(crate) fn met(met: &Rendezvous) -> String {
    format!(
        "At the same time: {} of {} items that were made to wait for each other",
        met.met, met.wanted
    )
}

/// The columns of the table of a speed-up check.
pub(crate) const ROUND: [&str; 7] =
    ["round", "work ms", "busiest ms", "work/busiest", "plain loop ms", "wall ms", "speed-up"];

pub(crate) fn needed(measured: &Speedup) -> String {
    format!(
        "Needed: work/busiest of at least {:.2} with {} threads; the best round has {:.2}. The wall clock is shown, not judged.",
        measured.threshold,
        measured.threads,
        measured.balance()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every form of the statement, one a line.
    #[test]
    fn the_statement_says_what_was_searched_and_what_was_not() {
        let whole = Search {
            executions: 38,
            schedules: Some(Schedules::All),
            truncated: false,
            sampled: None,
            cut: Cut::default(),
            millis: 2,
            scenarios: None,
        };
        let bounded = |preemptions| Some(Schedules::Bounded { preemptions });
        let random = Some(Schedules::Random { count: 5000, seed: 7 });
        let sampled = Some(Sampled { count: 6_000, seed: 7 });
        let rounds = Cut { rounds: 12, steps: 0 };
        let both = Cut { rounds: 1, steps: 1_204_000 };
        let forms = [
            whole.clone(),
            Search { executions: 1, ..whole.clone() },
            Search { schedules: bounded(0), ..whole.clone() },
            Search { schedules: bounded(1), ..whole.clone() },
            Search { schedules: bounded(2), executions: 12_345, millis: 1_234, ..whole.clone() },
            Search { schedules: random, executions: 5000, ..whole.clone() },
            Search { schedules: bounded(1), scenarios: Some(144), ..whole.clone() },
            Search { scenarios: Some(1), cut: rounds, ..whole.clone() },
            Search { schedules: None, ..whole.clone() },
            Search { schedules: None, truncated: true, ..whole.clone() },
            Search { schedules: bounded(1), truncated: true, ..whole.clone() },
            Search { schedules: random, truncated: true, ..whole.clone() },
            Search { cut: rounds, ..whole.clone() },
            Search { schedules: bounded(2), cut: both, ..whole.clone() },
            Search { schedules: bounded(0), truncated: true, sampled, ..whole.clone() },
            Search { schedules: None, truncated: true, cut: both, ..whole },
        ];
        let said: Vec<String> = forms.iter().map(searched).collect();
        insta::assert_snapshot!(said.join("\n"));
    }
}
