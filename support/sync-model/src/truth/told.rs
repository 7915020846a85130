//! What is told of each step of random programs is what the engine lets happen.

use std::rc::Rc;

use super::program::{self, Feature, Random};
use super::subject;
use crate::engine::{self, Path, Settings};
use crate::explain::laws;
use crate::trace::Trace;

/// Programs of each feature.
const PROGRAMS: u64 = 25;

/// Executions of each program.
const EXECUTIONS: usize = 60;

/// Returns how many executions ended with a stop.
fn check(feature: Feature) -> usize {
    let mut stopped = 0;
    for seed in 0..PROGRAMS {
        let program = program::random(feature, &mut Random::new(seed));
        let scenario = subject::scenario(&program, &Rc::default());
        let (mut path, mut trace) = (Path::new(None), Trace::default());
        let session = engine::Session::begin();
        let spurious = program.spurious;
        let settings = Settings { spurious, look_inside: true, ..Settings::default() };
        for _ in 0..EXECUTIONS {
            let run = Rc::clone(&scenario);
            let ending = engine::run(&session, run, &mut path, &mut trace, settings);
            stopped += usize::from(ending.stop.is_some());
            if let Err(why) = laws::hold(&ending, trace.clone()) {
                panic!("{feature:?}, seed {seed}: {why}\n{program:?}");
            }
            if !path.advance() {
                break;
            }
        }
    }
    stopped
}

macro_rules! features {
    ($($name:ident $feature:ident),* $(,)?) => { $(
        #[test]
        fn $name() {
            check(Feature::$feature);
        }
    )* };
}

features! {
    atomics Atomics, weak_exchanges WeakExchanges, timeouts Timeouts, spurious_wakes SpuriousWakes,
    park_timeouts ParkTimeouts, spurious_parks SpuriousParks, bounded_channels BoundedChannels,
    receive_timeouts ReceiveTimeouts, threads Threads, rounds Rounds, spins Spins, retries Retries,
    try_lock TryLock, once Once, channels Channels, rendezvous Rendezvous,
}

/// Here some executions end in a deadlock, so that what is told of it is looked at, too.
#[test]
fn some_get_stuck() {
    use Feature::{Barriers, Condvars, Mutexes, Park, RwLocks};
    for feature in [Barriers, Condvars, Mutexes, Park, RwLocks] {
        assert!(check(feature) > 0, "no deadlock of {feature:?} was looked at");
    }
}
