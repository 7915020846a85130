//! Work to be shared out, and how much of it each process did.

pub mod lane;

use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};
use std::hint::black_box;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use checks::{Fault, require};
use nix::time::{ClockId, clock_gettime};

/// An item: its place in the list, and how many steps it takes.
pub type Item = (u64, u64);

/// What an item took: the process that did it, nanoseconds of CPU time, and a seal on all that.
pub type Measured = (u32, u64, u64);

/// Measurements come back by way of the answer, which can make any value that can be sent. But not
/// its seal: for that it would need this secret, which workers have from the process that forked them.
static SECRET: LazyLock<RandomState> = LazyLock::new(RandomState::new);

/// CPU time of a light item.
const LIGHT: Duration = Duration::from_millis(1);

/// How many light items a heavy one weighs.
const HEAVY: u64 = 10;

/// Items for so many workers, with all the heavy ones in places that a split made beforehand would
/// give to one worker: in the first part, and there in every `workers`th place.
pub fn items(workers: usize) -> Vec<Item> {
    let light = steps_of(LIGHT);
    let is_heavy = |place: usize| place < 8 * workers && place.is_multiple_of(workers);
    let steps = |place| if is_heavy(place) { HEAVY * light } else { light };
    (0..16 * workers).map(|place| (place as u64, steps(place))).collect()
}

/// Does an item.
pub fn run((place, steps): Item) -> Measured {
    let start = cpu_time();
    let mut x = black_box(88_172_645_463_325_252_u64);
    for _ in 0..steps {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
    }
    black_box(x);
    let (process, nanos) = (std::process::id(), (cpu_time() - start).as_nanos() as u64);
    (process, nanos, seal(place, process, nanos))
}

fn seal(place: u64, process: u32, nanos: u64) -> u64 {
    SECRET.hash_one((place, process, nanos))
}

/// How many steps fill so much CPU time.
fn steps_of(time: Duration) -> u64 {
    let trial = 100_000;
    // The best of some trials: the first one still warms up.
    let nanos = (0..5).map(|_| run((0, trial)).1).min().expect("there were some trials").max(1);
    trial * time.as_nanos() as u64 / nanos
}

fn cpu_time() -> Duration {
    clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).expect("threads have a CPU clock").into()
}

/// A list of items that has been worked through.
pub struct Done {
    /// Milliseconds by the clock on the wall.
    pub wall: f64,
    items: Vec<Measured>,
}

/// Has a list of items done, and takes the time.
pub fn measure(list: &[Item], work: impl FnOnce() -> Vec<Measured>) -> Done {
    let start = Instant::now();
    let items = work();
    let wall = start.elapsed().as_secs_f64() * 1e3;
    let is_of = |(&(place, _), &(process, nanos, mark)): (&Item, &Measured)| {
        mark == seal(place, process, nanos)
    };
    require!(
        Fault::WrongAnswer,
        items.len() == list.len() && list.iter().zip(&items).all(is_of),
        "what `map` gives is not what the task gave for each of the items, in their order"
    );
    Done { wall, items }
}

impl Done {
    /// Milliseconds of CPU time of all items.
    pub fn work(&self) -> f64 {
        self.items.iter().map(|&(_, nanos, _)| nanos as f64 / 1e6).sum()
    }

    /// Milliseconds of CPU time that the items of the busiest process took.
    pub fn busiest_process(&self) -> f64 {
        let mut by_process = BTreeMap::<u32, f64>::new();
        for &(process, nanos, _) in &self.items {
            *by_process.entry(process).or_default() += nanos as f64 / 1e6;
        }
        by_process.into_values().fold(0.0, f64::max)
    }
}
