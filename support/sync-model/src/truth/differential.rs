//! Thousands of random programs: the search finds every outcome that brute force finds, and no
//! other; and with a limit on preemptions, exactly those that need no more of them.
//!
//! `LOCKSTEP_FUZZ=100000` tries so many programs in all.

use std::collections::BTreeSet;
use std::iter::once;
use std::ops::Range;

use super::interpreter::{self, Semantics};
use super::program::{self, End, Feature, Outcome, Program, Random};
use super::subject;
use crate::engine::Bound;

/// Programs whose schedules are more than these are left out: they would take too long.
const MAX_EXECUTIONS: u64 = 1_000;

/// What the checker tries of that which the standard library leaves open.
const TODAY: Semantics = Semantics {
    writers_first: true,
    weak_exchanges_fail: true,
    spurious_parks: true,
    receivers_come_in_a_step: true,
};

/// All programs of the tests below, if the environment asks for no other number.
const PROGRAMS: u64 = 4_600;

/// How the search and the interpreter differ.
#[derive(Debug, Default)]
struct Difference {
    missed: Vec<Outcome>,
    invented: Vec<Outcome>,
}

impl Difference {
    fn is_none(&self) -> bool {
        self.missed.is_empty() && self.invented.is_empty()
    }
}

/// `None`: the program is too large.
fn compare(program: &Program, bound: Bound) -> Option<Difference> {
    let told = |outcome: Outcome| if program.twins { outcome.of_twins() } else { outcome };
    let seen = subject::outcomes(program, bound, MAX_EXECUTIONS)?.outcomes;
    let seen: BTreeSet<Outcome> = seen.into_iter().map(told).collect();
    let all = interpreter::outcomes(program, TODAY).into_iter();
    let all = all.map(|(outcome, fewest)| (told(outcome), fewest));
    let within = all.filter(|&(_, fewest)| bound.is_none_or(|bound| fewest <= bound));
    let expected: BTreeSet<Outcome> = within.map(|(outcome, _)| outcome).collect();
    let invented = seen.difference(&expected).cloned().collect();
    let is_stuck = |outcome: &&Outcome| outcome.end == End::Stuck;
    // Where nobody can move except without reason, the search says so and ends. A program for which
    // it says so is wrong, whatever else it may do.
    let missed = if program.spurious && expected.iter().any(|outcome| is_stuck(&outcome)) {
        let stuck = expected.iter().find(is_stuck).filter(|_| !seen.iter().any(|o| is_stuck(&o)));
        stuck.into_iter().cloned().collect()
    } else {
        expected.difference(&seen).cloned().collect()
    };
    Some(Difference { missed, invented })
}

/// What became of the programs of a feature.
#[derive(Default)]
struct Tally {
    compared: u64,
    missed: u64,
    invented: u64,
    /// The seed of the first program that differs, the program, and the bound.
    first: Option<(u64, Program, Bound)>,
}

impl Tally {
    /// Compares all outcomes, and those that these bounds allow.
    fn add(&mut self, seed: u64, program: &Program, bounds: Range<usize>) {
        let (mut missed, mut invented) = (false, false);
        for bound in once(None).chain(bounds.map(Some)) {
            let Some(difference) = compare(program, bound) else { break };
            self.compared += u64::from(bound.is_none());
            missed |= !difference.missed.is_empty();
            invented |= !difference.invented.is_empty();
            if !difference.is_none() && self.first.is_none() {
                self.first = Some((seed, program.clone(), bound));
            }
        }
        self.missed += u64::from(missed);
        self.invented += u64::from(invented);
    }
}

fn check(feature: Feature, count: u64) {
    let wanted = std::env::var("LOCKSTEP_FUZZ").ok().and_then(|number| number.parse::<u64>().ok());
    let count = wanted.map_or(count, |wanted| (count * wanted).div_ceil(PROGRAMS));
    let mut tally = Tally::default();
    for number in 1..=count {
        let seed = (feature as u64) << 32 | number;
        let program = program::random(feature, &mut Random::new(seed));
        assert!(program.is_valid(), "seed {seed} breaks the rules:\n{program}");
        let bounded = feature.counts_preemptions() && number % 4 == 0;
        tally.add(seed, &program, if bounded { 0..3 } else { 0..0 });
    }
    let Tally { compared, missed, invented, first } = tally;
    println!(
        "{feature:?}: {count} programs, {compared} compared, {} too large, {missed} missed, \
         {invented} invented",
        count - compared
    );
    if let Some((seed, program, bound)) = first {
        panic!("{}", account(feature, seed, program, bound));
    }
    assert!(compared * 10 >= count * 8, "only {compared} of {count} programs were small enough");
}

/// The program that differs, as short as it can be.
fn account(feature: Feature, seed: u64, program: Program, bound: Bound) -> String {
    let differs =
        |program: &Program| compare(program, bound).is_some_and(|difference| !difference.is_none());
    let short = program::shrink(program, differs);
    let difference = compare(&short, bound).expect("it was small enough before");
    format!("{feature:?}, seed {seed}, bound {bound:?}:\n{short}\n{difference:#?}")
}

macro_rules! features {
    ($($name:ident: $feature:ident, $count:expr;)*) => { $(
        #[test]
        fn $name() {
            check(Feature::$feature, $count);
        }
    )*

        #[test]
        fn no_feature_was_forgotten_in_the_sum() {
            assert_eq!(PROGRAMS, 0 $( + $count )*);
        }
    };
}

features! {
    atomics: Atomics, 300;
    weak_exchanges: WeakExchanges, 200;
    mutexes: Mutexes, 300;
    try_lock: TryLock, 200;
    locks_for_readers_and_writers: RwLocks, 300;
    condition_variables: Condvars, 200;
    timeouts: Timeouts, 150;
    spurious_wakes: SpuriousWakes, 150;
    park_and_unpark: Park, 300;
    park_with_a_timeout: ParkTimeouts, 150;
    spurious_parks: SpuriousParks, 150;
    done_once: Once, 200;
    barriers: Barriers, 150;
    channels: Channels, 250;
    bounded_channels: BoundedChannels, 250;
    rendezvous: Rendezvous, 250;
    receive_with_a_timeout: ReceiveTimeouts, 100;
    threads: Threads, 250;
    loops_that_end: Rounds, 150;
    loops_that_wait: Spins, 100;
    loops_that_give_up: Retries, 100;
    threads_that_do_the_same: Twins, 400;
}
