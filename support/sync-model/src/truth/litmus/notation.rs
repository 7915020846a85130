//! Litmus programs, and how they are written.
//!
//! Threads are parted by `||`, steps by `;`. `x`, `y` and `z` are atomics that are 0 at first, other
//! words are registers:
//!
//! ```text
//! x.rel = 1                    a store
//! a = x.acq                    a load
//! a = x.swap(2).acqrel         an exchange
//! a = x.add(1).rlx             fetch_add
//! a = x.cas(0,2).acqrel.acq    compare_exchange, with its two orderings
//! fence.sc                     a fence
//! ```
//!
//! A condition on the outcome names some registers, and atomics at the end: `a=1 b=0 x=2`.

use std::sync::atomic::Ordering;

use super::super::Random;

pub(super) const LOCATIONS: usize = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Load(usize, Ordering),
    Store(usize, u8, Ordering),
    Swap(usize, u8, Ordering),
    Add(usize, u8, Ordering),
    CompareExchange(usize, u8, u8, Ordering, Ordering),
    Fence(Ordering),
}

impl Step {
    /// Whether it reads: the value goes into the next register.
    pub(super) fn reads(self) -> bool {
        !matches!(self, Step::Store(..) | Step::Fence(_))
    }
}

/// The steps of each thread.
pub(super) type Program = Vec<Vec<Step>>;

/// What the registers hold at the end, thread by thread and step by step, and then the atomics.
pub(super) type Outcome = Vec<u8>;

/// A program, and the names of its registers in the order of an outcome.
pub(super) struct Litmus {
    pub program: Program,
    registers: Vec<String>,
}

pub(super) fn parse(text: &str) -> Litmus {
    let mut registers = Vec::new();
    let thread = |text: &str| text.split(';').map(|it| step(it.trim(), &mut registers)).collect();
    Litmus { program: text.split("||").map(thread).collect(), registers }
}

impl Litmus {
    /// Whether the outcome meets the condition.
    pub(super) fn meets(&self, outcome: &Outcome, condition: &str) -> bool {
        condition.split_whitespace().all(|part| {
            let (name, value) = part.split_once('=').expect("a condition is name=value");
            let register = self.registers.iter().position(|register| register == name);
            let place = register.unwrap_or_else(|| self.registers.len() + location(name));
            outcome[place] == number(value)
        })
    }
}

fn step(text: &str, registers: &mut Vec<String>) -> Step {
    if let Some(name) = text.strip_prefix("fence.") {
        return Step::Fence(ordering(name));
    }
    let (left, right) = text.split_once('=').unwrap_or_else(|| panic!("no step: {text}"));
    let (left, right) = (left.trim(), right.trim());
    if let Some((name, order)) = left.split_once('.') {
        return Step::Store(location(name), number(right), ordering(order));
    }
    registers.push(left.to_owned());
    let words: Vec<&str> = right.split(['.', '(', ')', ',']).filter(|it| !it.is_empty()).collect();
    let place = location(words[0]);
    match words[1..] {
        [order] => Step::Load(place, ordering(order)),
        ["swap", new, order] => Step::Swap(place, number(new), ordering(order)),
        ["add", by, order] => Step::Add(place, number(by), ordering(order)),
        ["cas", old, new, success, failure] => Step::CompareExchange(
            place,
            number(old),
            number(new),
            ordering(success),
            ordering(failure),
        ),
        _ => panic!("no step: {text}"),
    }
}

fn location(name: &str) -> usize {
    ["x", "y", "z"].iter().position(|it| *it == name).unwrap_or_else(|| panic!("no name: {name}"))
}

fn number(text: &str) -> u8 {
    text.trim().parse().unwrap_or_else(|_| panic!("no number: {text}"))
}

fn ordering(name: &str) -> Ordering {
    match name {
        "rlx" => Ordering::Relaxed,
        "acq" => Ordering::Acquire,
        "rel" => Ordering::Release,
        "acqrel" => Ordering::AcqRel,
        "sc" => Ordering::SeqCst,
        _ => panic!("no ordering: {name}"),
    }
}

/// Small: two or three threads, at most six steps, two atomics. One in four is large: up to four
/// threads, nine steps, three atomics.
pub(super) fn random(random: &mut Random) -> Program {
    let is_large = random.below(4) == 0;
    let (most_threads, steps, places) = if is_large { (4, 9, LOCATIONS) } else { (3, 6, 2) };
    let threads = 2 + random.below(most_threads - 1);
    let thread = |random: &mut Random| {
        let length = 1 + random.below(steps / threads);
        (0..length).map(|_| random_step(random, places)).collect()
    };
    let mut program: Program = (0..threads).map(|_| thread(random)).collect();
    if threads == 3 && random.below(2) == 0 {
        // A long thread beside short ones.
        program[1].truncate(1);
        program[2].truncate(1);
        program[0].extend([random_step(random, places), random_step(random, places)]);
    }
    program
}

fn random_step(random: &mut Random, places: usize) -> Step {
    use Ordering::{AcqRel, Acquire, Relaxed, Release, SeqCst};
    let place = random.below(places);
    let loads = [Relaxed, Acquire, SeqCst, SeqCst][random.below(4)];
    let stores = [Relaxed, Release, SeqCst, SeqCst][random.below(4)];
    let both = [Relaxed, Acquire, Release, AcqRel, SeqCst][random.below(5)];
    match random.below(12) {
        0..=3 => Step::Load(place, loads),
        4..=7 => Step::Store(place, 1 + random.below(2) as u8, stores),
        8 => Step::Swap(place, 3, both),
        9 => Step::Add(place, 1, both),
        10 => Step::CompareExchange(place, random.below(2) as u8, 2, both, loads),
        _ => Step::Fence([Acquire, Release, AcqRel, SeqCst, SeqCst, SeqCst][random.below(6)]),
    }
}
