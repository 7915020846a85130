//! How many executions each checker needs for the same programs, and how many it makes a second.

use std::time::Duration;

use crate::ours::programs::Program;
use crate::search::{Ending, Seen};
use crate::table::{self, Table};
use crate::{ours, sampling, theirs};

/// When a search is given up.
const BUDGET: Duration = Duration::from_secs(60);

/// When a search without a reduction is: few of them end at all.
const BUDGET_WITHOUT_REDUCTION: Duration = Duration::from_secs(10);

/// When loom's is, too.
const MAX_EXECUTIONS: usize = 2_000_000;

/// Random schedules of a program.
const SAMPLE: usize = 5_000;

/// Short searches are run again, for so long together: the fastest one counts, because only noise makes
/// one slower.
const REPEAT_FOR: Duration = Duration::from_millis(500);

/// Most runs of one search.
const MAX_REPEATS: usize = 20;

/// The same program on the types of each checker.
struct Subject {
    ours: Program,
    theirs: fn(),
    sampled: fn(),
}

/// The programs whose names hold one of these words; all, if there is none.
fn subjects(words: &[String]) -> Vec<Subject> {
    let (theirs, sampled) = (theirs::programs::ALL, sampling::programs::ALL);
    let all = ours::programs::ALL.into_iter().zip(theirs).zip(sampled);
    all.filter(|((ours, _), _)| {
        words.is_empty() || words.iter().any(|word| ours.name.contains(word))
    })
    .map(|((ours, theirs), sampled)| Subject { ours, theirs: theirs.run, sampled: sampled.run })
    .collect()
}

/// Prints the tables, each when it is done.
pub(crate) fn compare(words: &[String]) {
    let (wrong, right): (Vec<_>, Vec<_>) =
        subjects(words).into_iter().partition(|subject| subject.ours.is_wrong);
    if !right.is_empty() {
        complete(&right);
        sampled(&right);
    }
    if !wrong.is_empty() {
        found(&wrong);
    }
}

/// Searches of every schedule.
fn complete(subjects: &[Subject]) {
    let table = Table::begin(
        "Every schedule",
        &[
            "threads",
            "ours, as by default",
            "ms",
            "ours, every schedule",
            "ms",
            "a second",
            "loom",
            "ms",
            "a second",
            "shuttle's DFS",
            "a second",
            "executions, of loom's",
            "a second, of loom's",
        ],
    );
    for Subject { ours: Program { name, threads, run, .. }, theirs, sampled } in subjects {
        let by_default = fastest(|| ours::by_default(*run));
        let mine = fastest(|| ours::every(*run, BUDGET));
        // Its own thread counts.
        let loom = (*threads < theirs::MAX_THREADS)
            .then(|| fastest(|| theirs::every(*theirs, MAX_EXECUTIONS, BUDGET)));
        let shuttle = sampling::every(*sampled, BUDGET_WITHOUT_REDUCTION);
        let mut row =
            vec![threads.to_string(), executions(&by_default), table::millis(&by_default)];
        // A search of a few executions takes longer to begin and to end than to run.
        let longer = if mine.executions > by_default.executions { &mine } else { &by_default };
        row.extend([executions(&mine), table::millis(&mine), table::rate(longer)]);
        match &loom {
            Some(loom) => row.extend([executions(loom), table::millis(loom), table::rate(loom)]),
            None => row.extend(std::array::from_fn::<_, 3, _>(|_| table::NOTHING.to_owned())),
        }
        row.extend([executions(&shuttle), table::rate(&shuttle)]);
        row.extend(match &loom {
            Some(loom) => [share(&mine, loom), table::times(longer.rate() / loom.rate())],
            None => std::array::from_fn(|_| table::NOTHING.to_owned()),
        });
        table.row(name, &row);
    }
}

/// So many random schedules.
fn sampled(subjects: &[Subject]) {
    let table = Table::begin(
        &format!("{SAMPLE} random schedules"),
        &[
            "ours, ms",
            "a second",
            "shuttle, by chance, ms",
            "a second",
            "shuttle, PCT, ms",
            "a second",
            "a second, of shuttle's by chance",
        ],
    );
    for Subject { ours: program, sampled, .. } in subjects {
        let mine = fastest(|| ours::random(program.run, SAMPLE as u64));
        let chance = fastest(|| sampling::random(*sampled, SAMPLE));
        let priorities = fastest(|| sampling::priorities(*sampled, SAMPLE));
        let all = [&mine, &chance, &priorities];
        let mut row: Vec<String> =
            all.iter().flat_map(|seen| [table::millis(seen), table::rate(seen)]).collect();
        row.push(table::times(mine.rate() / chance.rate()));
        table.row(program.name, &row);
    }
}

/// Programs that are wrong.
fn found(subjects: &[Subject]) {
    let table = Table::begin(
        "Executions up to the first that fails",
        &["threads", "ours", "loom", "shuttle's DFS", "shuttle, by chance", "shuttle, PCT"],
    );
    for Subject { ours: program, theirs, sampled } in subjects {
        let all = [
            ours::by_default(program.run),
            theirs::every(*theirs, MAX_EXECUTIONS, BUDGET),
            sampling::every(*sampled, BUDGET_WITHOUT_REDUCTION),
            sampling::random(*sampled, SAMPLE),
            sampling::priorities(*sampled, SAMPLE),
        ];
        let mut row = vec![program.threads.to_string()];
        row.extend(all.iter().map(|seen| match seen.ending {
            Ending::Crashed(_) | Ending::Stuck => table::number(seen.executions),
            Ending::Complete => format!("not in {}", table::number(seen.executions)),
            Ending::Unfinished => format!("not in the first {}", table::number(seen.executions)),
        }));
        table.row(program.name, &row);
    }
}

/// The fastest of several runs, if they are short.
fn fastest(mut search: impl FnMut() -> Seen<()>) -> Seen<()> {
    let mut best = search();
    let mut spent = best.elapsed;
    for _ in 1..MAX_REPEATS {
        if spent >= REPEAT_FOR {
            break;
        }
        let next = search();
        spent += next.elapsed;
        if next.elapsed < best.elapsed {
            best = next;
        }
    }
    best
}

/// How many there were, and how they ended if that was not the end of the search.
fn executions(seen: &Seen<()>) -> String {
    let count = table::number(seen.executions);
    match &seen.ending {
        Ending::Complete => count,
        Ending::Unfinished => format!("> {count}"),
        Ending::Stuck => format!("{count}, deadlock"),
        Ending::Crashed(message) => {
            format!("{count}, failed: {}", message.lines().next().unwrap_or_default())
        }
    }
}

/// Executions, beside the other's. If that was given up, it would have needed more.
fn share(mine: &Seen<()>, other: &Seen<()>) -> String {
    let share = mine.executions as f64 / other.executions as f64;
    match (&mine.ending, &other.ending) {
        (Ending::Complete, Ending::Complete) => format!("{share:.4}"),
        (Ending::Complete, Ending::Unfinished) => format!("< {share:.4}"),
        _ => table::NOTHING.to_owned(),
    }
}
