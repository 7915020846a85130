//! A program at random.

use super::blocks;
use super::{Op, Program, Random, ThreadOp};

/// What programs are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Feature {
    Atomics,
    WeakExchanges,
    Mutexes,
    TryLock,
    RwLocks,
    Condvars,
    Timeouts,
    SpuriousWakes,
    Park,
    ParkTimeouts,
    SpuriousParks,
    Once,
    Barriers,
    Channels,
    BoundedChannels,
    Rendezvous,
    ReceiveTimeouts,
    Threads,
    /// Loops that end by themselves.
    Rounds,
    /// Loops that wait for another thread.
    Spins,
    /// Loops that give up.
    Retries,
    /// Threads that do the same, of one of the other features.
    Twins,
}

/// What twins do.
const OF_TWINS: [Feature; 9] = [
    Feature::Atomics,
    Feature::WeakExchanges,
    Feature::Mutexes,
    Feature::TryLock,
    Feature::RwLocks,
    Feature::Condvars,
    Feature::Once,
    Feature::Barriers,
    Feature::Rounds,
];

impl Feature {
    /// Whether a search with a limit on preemptions finds just what the interpreter does with so
    /// many. Time that passes, and waking without reason, have their own price there.
    pub(crate) fn counts_preemptions(self) -> bool {
        use Feature::*;
        !matches!(self, Timeouts | SpuriousWakes | ParkTimeouts | SpuriousParks | ReceiveTimeouts)
    }

    /// How many operations a thread has, at least, in a program of so many threads. Three threads
    /// have many more orders than two.
    fn length(self, threads: usize) -> usize {
        use Feature::*;
        let (of_two, of_three) = match self {
            Atomics => (4, 2),
            Mutexes | Park | ParkTimeouts | Threads => (4, 3),
            RwLocks | Condvars | Once | Barriers => (4, 2),
            TryLock | Timeouts | SpuriousWakes => (4, 1),
            SpuriousParks => (3, 2),
            WeakExchanges | Rounds => (3, 1),
            Channels | BoundedChannels | ReceiveTimeouts => (3, 1),
            Rendezvous | Spins | Retries => (2, 1),
            Twins => unreachable!("twins do what another feature says"),
        };
        if threads == 2 { of_two } else { of_three }
    }

    fn is_about_channels(self) -> bool {
        use Feature::*;
        matches!(self, Channels | BoundedChannels | Rendezvous | ReceiveTimeouts)
    }
}

/// A program of two or three threads.
pub(crate) fn random(feature: Feature, random: &mut Random) -> Program {
    if feature == Feature::Twins {
        return twins(random);
    }
    let count = 2 + random.below(2);
    let mut program = Program {
        parties: if count == 3 && random.once_in(2) { 3 } else { 2 },
        scoped: feature == Feature::Threads && random.once_in(2),
        spurious: matches!(feature, Feature::SpuriousWakes | Feature::SpuriousParks),
        ..Program::default()
    };
    if feature.is_about_channels() {
        program.receiver = Some(random.below(count));
        program.capacity = match feature {
            Feature::BoundedChannels => Some(1),
            Feature::Rendezvous => Some(0),
            // Both kinds of time that is over.
            Feature::ReceiveTimeouts => [None, Some(1), Some(0)][random.below(3)],
            _ => None,
        };
    }
    for thread in 0..count {
        let receives = program.receiver == Some(thread);
        let is_last = thread + 1 == count;
        let mut ops = Vec::new();
        // The receiver has more to do: it is alone. But a hand-over is many steps.
        let more = receives && feature != Feature::Rendezvous;
        let length = feature.length(count) + usize::from(more);
        while ops.len() < length {
            part(feature, Place { count, receives, is_last }, &mut ops, random);
        }
        program.threads.push(ops);
    }
    if feature == Feature::Threads {
        start_late(&mut program, random);
    }
    program
}

/// Two or three threads that do the same, and the one that starts them.
fn twins(random: &mut Random) -> Program {
    let feature = OF_TWINS[random.below(OF_TWINS.len())];
    let count = 3 + random.below(2);
    let mut ops = |length: usize, is_last: bool| {
        let mut ops = Vec::new();
        while ops.len() < length {
            part(feature, Place { count, receives: false, is_last }, &mut ops, random);
        }
        ops
    };
    let of_main = ops(1, false);
    let of_twins = ops(if count == 3 { 2 } else { 1 }, true);
    let mut threads = vec![of_twins; count];
    threads[0] = if random.once_in(2) { of_main } else { Vec::new() };
    if random.once_in(4) {
        // Some are joined before the first thread does the rest.
        let child = 1 + random.below(count - 1);
        threads[0].insert(0, Op::Thread(ThreadOp::Join(child)));
    }
    Program {
        threads,
        parties: 2 + random.below(count - 1),
        scoped: random.once_in(2),
        twins: true,
        ..Program::default()
    }
}

/// A thread of a program.
struct Place {
    /// Of all threads.
    count: usize,
    /// It has the channel's receiver.
    receives: bool,
    is_last: bool,
}

/// Adds an operation or a few that belong together.
fn part(feature: Feature, place: Place, ops: &mut Vec<Op>, random: &mut Random) {
    let Place { count, receives, is_last } = place;
    match feature {
        Feature::Atomics => ops.push(blocks::atomic(random)),
        Feature::WeakExchanges => blocks::weak_exchange(ops, random),
        Feature::Mutexes => blocks::mutex(ops, random),
        Feature::TryLock => blocks::try_lock(ops, random),
        Feature::RwLocks => blocks::rwlock(ops, random),
        Feature::Condvars => blocks::condvar(1, ops, random),
        Feature::SpuriousWakes => blocks::wait_for_variable(ops, random),
        Feature::Timeouts => blocks::condvar(2, ops, random),
        Feature::Park => blocks::park(1, count, ops, random),
        Feature::SpuriousParks => blocks::park_for_variable(count, ops, random),
        Feature::ParkTimeouts => blocks::park(2, count, ops, random),
        Feature::Once => blocks::once(ops, random),
        Feature::Barriers => blocks::barrier(ops, random),
        Feature::ReceiveTimeouts => blocks::channel(receives, true, ops, random),
        Feature::Channels | Feature::BoundedChannels | Feature::Rendezvous => {
            blocks::channel(receives, false, ops, random);
        }
        Feature::Threads => ops.push(blocks::atomic(random)),
        Feature::Rounds => blocks::rounds(is_last, ops, random),
        Feature::Spins => blocks::spin(ops, random),
        Feature::Retries => blocks::retry(ops, random),
        Feature::Twins => unreachable!("twins do what another feature says"),
    }
}

/// The last thread is started by one of the others, in the middle of what that does. All who start
/// a thread may look whether it is done, and join it early.
fn start_late(program: &mut Program, random: &mut Random) {
    let last = program.threads.len() - 1;
    if random.below(3) > 0 {
        let parent = random.below(last);
        // Short, because it comes on top.
        program.threads[last].truncate(2);
        program.threads[parent].truncate(2);
        let at = random.below(3);
        program.threads[parent].insert(at, Op::Thread(ThreadOp::Spawn(last)));
    }
    for child in 1..=last {
        let parent = program.parent(child).expect("only the first thread has none");
        let ops = &mut program.threads[parent];
        let spawn = ops.iter().position(|&op| op == Op::Thread(ThreadOp::Spawn(child)));
        let first = spawn.map_or(0, |at| at + 1);
        let mut at = || first + random.below(ops.len() - first + 1);
        let (look, join) = (at(), at());
        if random.below(3) > 0 {
            ops.insert(join, Op::Thread(ThreadOp::Join(child)));
        }
        if random.below(2) > 0 {
            ops.insert(look.min(join), Op::Thread(ThreadOp::IsFinished(child)));
        }
    }
}
