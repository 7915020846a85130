//! `map` should use all of its workers, all of the time.

mod behaviour;
mod contract;
mod labour;

use std::thread;

use behaviour::{Tested, run_errand};
use checks::{Speedup, step};
use evidence::SpeedupRound;
use evidence::found::Rendezvous;
use labour::lane::Lane;
use labour::{Item, Measured};
use process_pool as answer;
use process_pool as pool;
use witness::{PATIENCE, Turnstile};

/// Rounds before an answer is found wanting.
const ROUNDS: usize = 5;

/// Two questions that no busy machine can disturb. Do items of one `map` come to be at work at the
/// same time? And, when the items take unequally long, does each worker get its part of the work?
#[test]
fn map_shares_the_work() {
    let speedup = Speedup::new();
    let workers = speedup.threads();
    speedup.of_measurement(|| {
        let met = meet(workers);
        let mut measured = speedup.measured(Some(met.clone()), Vec::new());
        // One convincing round is enough to pass.
        while met.met >= met.wanted
            && measured.rounds.len() < ROUNDS
            && measured.balance() < measured.threshold
        {
            measured.rounds.push(round(workers));
        }
        measured
    });
}

/// Every item waits until as many as there are workers, four at most, are in progress.
fn meet(workers: usize) -> Rendezvous {
    step("map, with items that wait for each other");
    let (wanted, items) = (workers.min(4), 8 * workers);
    let mut turnstile = Turnstile::new();
    let args = (0..items as u64).map(|item| (turnstile.ticket(), item)).collect();
    let mapping = thread::spawn(move || Tested::new(workers, run_errand).map(args, 1));
    let met = (0..wanted).take_while(|_| turnstile.next_within(PATIENCE).is_some()).count();
    turnstile.admit(items);
    let mapped = mapping.join().expect("map does not panic");
    assert_eq!(mapped.map(|done| done.len()), Ok(items), "the length of what map gives");
    Rendezvous { wanted, met }
}

/// Maps unequal items: once freely, for the clock on the wall; once with all workers on one CPU,
/// where they get equal parts of it whatever else the machine does, for the balance.
fn round(workers: usize) -> SpeedupRound {
    step("map, with items that take unequally long");
    let items = labour::items(workers);
    let plain = labour::measure(&items, || items.iter().copied().map(labour::run).collect());
    let free = labour::measure(&items, || map(workers, &items));
    let lane = Lane::enter();
    let shared = labour::measure(&items, || map(workers, &items));
    drop(lane);
    SpeedupRound {
        work: shared.work(),
        span: shared.busiest_process(),
        reference_work: plain.work(),
        wall: free.wall,
        reference_wall: plain.wall,
    }
}

fn map(workers: usize, items: &[Item]) -> Vec<Measured> {
    let pool = Tested::new(workers, labour::run);
    let done = pool.map(items.to_vec(), 1).expect("no item fails");
    pool.finish();
    done
}
