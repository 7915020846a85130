//! Work to be shared out, and how much of it each process did.

pub mod lane;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

use nix::time::{ClockId, clock_gettime};

/// An item: how many steps it takes.
pub type Item = u64;

/// What an item took: the process that did it, and nanoseconds of CPU time.
pub type Measured = (u32, u64);

/// CPU time of a light item.
const LIGHT: Duration = Duration::from_millis(1);

/// How many light items a heavy one weighs.
const HEAVY: u64 = 10;

/// Items for so many workers, with all the heavy ones in places that a split made beforehand would
/// give to one worker: in the first part, and there in every `workers`th place.
pub fn items(workers: usize) -> Vec<Item> {
    let light = steps_of(LIGHT);
    let is_heavy = |place: usize| place < 8 * workers && place.is_multiple_of(workers);
    (0..16 * workers).map(|place| if is_heavy(place) { HEAVY * light } else { light }).collect()
}

/// Does an item.
pub fn run(item: Item) -> Measured {
    let start = cpu_time();
    let mut x = black_box(88_172_645_463_325_252_u64);
    for _ in 0..item {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
    }
    black_box(x);
    (std::process::id(), (cpu_time() - start).as_nanos() as u64)
}

/// How many steps fill so much CPU time.
fn steps_of(time: Duration) -> u64 {
    let trial = 100_000;
    // The best of some trials: the first one still warms up.
    let nanos = (0..5).map(|_| run(trial).1).min().expect("there were some trials").max(1);
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
pub fn measure(work: impl FnOnce() -> Vec<Measured>) -> Done {
    let start = Instant::now();
    let items = work();
    Done { wall: start.elapsed().as_secs_f64() * 1e3, items }
}

impl Done {
    /// Milliseconds of CPU time of all items.
    pub fn work(&self) -> f64 {
        self.items.iter().map(|&(_, nanos)| nanos as f64 / 1e6).sum()
    }

    /// Milliseconds of CPU time that the items of the busiest process took.
    pub fn busiest_process(&self) -> f64 {
        let mut by_process = BTreeMap::<u32, f64>::new();
        for &(process, nanos) in &self.items {
            *by_process.entry(process).or_default() += nanos as f64 / 1e6;
        }
        by_process.into_values().fold(0.0, f64::max)
    }
}
