//! What is written down of an execution leads to the same one again, whatever the program does.

use std::rc::Rc;

use evidence::Schedule;

use super::program::{self, Feature, Program, Random};
use super::subject;
use crate::engine::{self, Path, Script, Session, Settings, Stop};
use crate::explain;
use crate::trace::Trace;

/// Of each feature.
const PROGRAMS: u64 = 25;

/// Of each program, one random schedule after the other.
const SCHEDULES: u64 = 12;

const FEATURES: [Feature; 21] = [
    Feature::Atomics,
    Feature::WeakExchanges,
    Feature::Mutexes,
    Feature::TryLock,
    Feature::RwLocks,
    Feature::Condvars,
    Feature::Timeouts,
    Feature::SpuriousWakes,
    Feature::Park,
    Feature::ParkTimeouts,
    Feature::SpuriousParks,
    Feature::Once,
    Feature::Barriers,
    Feature::Channels,
    Feature::BoundedChannels,
    Feature::Rendezvous,
    Feature::ReceiveTimeouts,
    Feature::Threads,
    Feature::Rounds,
    Feature::Spins,
    Feature::Retries,
];

/// How an execution of a program went.
struct Went {
    stop: Option<Stop>,
    trace: Trace,
    path: Path,
}

fn run(session: &Session, program: &Program, mut path: Path, settings: Settings) -> Went {
    let settings = Settings { spurious: program.spurious, ..settings };
    let scenario = subject::scenario(program, &Rc::default());
    let mut trace = Trace::default();
    let ending = engine::run(session, scenario, &mut path, &mut trace, settings);
    Went { stop: ending.stop, trace, path }
}

/// What is written down, once on its way as text and back.
fn on_paper(went: &Went, lag: Option<i64>) -> Schedule {
    let check = "a_check".to_owned();
    let schedule = Schedule { check, ..engine::recorded(&went.trace, &went.path.outcomes(), lag) };
    Schedule::parse(&schedule.to_string()).expect("it was just written")
}

fn follow(session: &Session, program: &Program, schedule: Schedule, settings: Settings) -> Went {
    let settings = Settings { march: schedule.lag.map(i64::from), ..settings };
    run(session, program, Path::new(None).scripted(Script::new(schedule)), settings)
}

fn departed(went: &Went) -> Option<usize> {
    went.path.script().and_then(|script| script.departed(went.stop.is_none()))
}

#[test]
fn a_schedule_leads_to_the_same_execution() {
    let session = Session::begin();
    for feature in FEATURES {
        for number in 1..=PROGRAMS {
            let seed = (feature as u64) << 32 | number;
            let program = program::random(feature, &mut Random::new(seed));
            let weak = number % 2 == 0;
            let settings = Settings { weak, ..Settings::default() };
            let mut path = Path::new(None).random(seed, 0);
            for round in 0..SCHEDULES {
                let march = (round == 0).then_some(number as i64 % 4 - 1);
                let went = run(&session, &program, path, Settings { march, ..settings });
                let schedule = on_paper(&went, march);
                let again = follow(&session, &program, schedule.clone(), settings);
                let told =
                    || format!("{feature:?}, seed {seed}, round {round}: {schedule}\n{program}");
                assert_eq!(departed(&again), None, "{}", told());
                assert_eq!(again.stop, went.stop, "{}", told());
                assert!(explain::are_alike(&again.trace, &went.trace), "{}", told());
                path = went.path;
                path.advance();
            }
        }
    }
}

/// A schedule of one program leads another one as far as it fits: that is no reason to panic, and no
/// reason to go on for ever.
#[test]
fn a_schedule_of_another_program_is_left() {
    let session = Session::begin();
    let (mut fits, mut left) = (0, 0);
    for feature in FEATURES {
        let mut random = Random::new(feature as u64 + 1);
        let [one, other] = [(); 2].map(|()| program::random(feature, &mut random));
        let mut path = Path::new(None).random(7, 0);
        for _ in 0..SCHEDULES {
            let went = run(&session, &one, path, Settings::default());
            let again = follow(&session, &other, on_paper(&went, None), Settings::default());
            *if departed(&again).is_some() { &mut left } else { &mut fits } += 1;
            path = went.path;
            path.advance();
        }
    }
    assert!(left > 4 * fits, "{left} were left, {fits} fit");
}
