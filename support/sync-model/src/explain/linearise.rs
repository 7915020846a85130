//! The same steps, in an order with the fewest switches between threads.
//!
//! The order in which the search found a failure jumps between threads more than it has to. Any
//! order that keeps each thread's own, and the order of steps on the same object, is the same
//! execution; the one with the fewest switches is the easiest to read.

use std::collections::{HashMap, VecDeque};

use super::owners;
use crate::engine::{Stop, ThreadId};
use crate::trace::{Detail, Event, Kind};

/// Longer executions stay as they are: nobody reads them, and the search would take long.
const MAX_EVENTS: usize = 150;

/// States of the search after which the order stays as it is.
const MAX_STATES: usize = 200_000;

/// The numbers of the events that explain something, in their new order. All that came before event
/// `cut` stays before what came after it.
pub(super) fn fewest_switches(events: &[Event], cut: usize) -> Vec<usize> {
    let telling = owners::telling(events);
    let (before, after) = telling.split_at(telling.partition_point(|&index| index < cut));
    let in_order = |telling: &[usize]| {
        let shown: Vec<Event> = telling.iter().map(|&index| events[index]).collect();
        let order = order(&shown).unwrap_or_else(|| (0..shown.len()).collect());
        order.into_iter().map(|index| telling[index]).collect::<Vec<_>>()
    };
    [in_order(before), in_order(after)].concat()
}

/// The stop, with its event's new number.
pub(super) fn renumbered(stop: &Stop, order: &[usize]) -> Stop {
    let place = |event: usize| order.iter().position(|&old| old == event).unwrap_or(event);
    match stop {
        Stop::DataRace { earlier } => Stop::DataRace { earlier: place(*earlier) },
        other => other.clone(),
    }
}

/// How many events of each thread are placed, and whose came last.
type State = (Vec<u8>, Option<ThreadId>);

fn order(events: &[Event]) -> Option<Vec<usize>> {
    if events.len() > MAX_EVENTS {
        return None;
    }
    let lanes = Lanes::new(events);
    let start: State = (vec![0; lanes.events.len()], None);
    // A breadth-first search in which a step without a switch costs nothing.
    let mut best: HashMap<State, (u32, Option<State>)> =
        HashMap::from([(start.clone(), (0, None))]);
    let mut queue = VecDeque::from([start]);
    while let Some(state) = queue.pop_front() {
        if lanes.complete(&state.0) {
            return Some(lanes.trace_back(&best, state));
        }
        if best.len() > MAX_STATES {
            return None;
        }
        let cost = best[&state].0;
        for thread in lanes.ready(&state.0) {
            let switches = state.1.is_some_and(|last| last != thread);
            let mut placed = state.0.clone();
            placed[thread] += 1;
            let next = (placed, Some(thread));
            let next_cost = cost + u32::from(switches);
            if best.get(&next).is_none_or(|(known, _)| next_cost < *known) {
                best.insert(next.clone(), (next_cost, Some(state.clone())));
                if switches { queue.push_back(next) } else { queue.push_front(next) }
            }
        }
    }
    None
}

struct Lanes {
    /// Each thread's events, in order.
    events: Vec<Vec<usize>>,
    /// For each event: how many events of each thread must come before it.
    needs: Vec<Vec<u8>>,
}

impl Lanes {
    fn new(events: &[Event]) -> Self {
        let threads = events.iter().map(|event| event.thread + 1).max().unwrap_or(0);
        let mut lanes = vec![Vec::new(); threads];
        let mut needs = Vec::with_capacity(events.len());
        for (index, event) in events.iter().enumerate() {
            let mut need = vec![0; threads];
            for (earlier, before) in events[..index].iter().enumerate() {
                if keep_order(before, event) {
                    let lane: &Vec<usize> = &lanes[before.thread];
                    let rank = lane.iter().position(|&i| i == earlier).expect("it is there") + 1;
                    need[before.thread] = need[before.thread].max(rank as u8);
                }
            }
            lanes[event.thread].push(index);
            needs.push(need);
        }
        // What the execution ended with stays last.
        if let (Some(last), Some(need)) = (events.last(), needs.last_mut())
            && last.kind == Kind::Panic
        {
            *need = lanes.iter().map(|lane| lane.len() as u8).collect();
            need[last.thread] -= 1;
        }
        Self { events: lanes, needs }
    }

    fn complete(&self, placed: &[u8]) -> bool {
        self.events.iter().zip(placed).all(|(lane, &placed)| lane.len() == usize::from(placed))
    }

    fn ready<'a>(&'a self, placed: &'a [u8]) -> impl Iterator<Item = ThreadId> + 'a {
        (0..self.events.len()).filter(move |&thread| {
            let next = self.events[thread].get(usize::from(placed[thread]));
            next.is_some_and(|&event| {
                self.needs[event].iter().zip(placed).all(|(need, placed)| need <= placed)
            })
        })
    }

    fn trace_back(&self, best: &HashMap<State, (u32, Option<State>)>, end: State) -> Vec<usize> {
        let mut order = Vec::new();
        let mut state = end;
        while let Some(before) = &best[&state].1 {
            let thread = state.1.expect("only the start comes after nothing");
            order.push(self.events[thread][usize::from(before.0[thread])]);
            state = before.clone();
        }
        order.reverse();
        order
    }
}

/// Whether two events must stay in this order.
fn keep_order(before: &Event, after: &Event) -> bool {
    if before.thread == after.thread {
        return true;
    }
    match (before.kind, before.detail, after.kind, after.detail) {
        (Kind::Spawn, Detail::Thread(child), ..) if child == after.thread => return true,
        (.., Kind::Join, Detail::Thread(child)) if child == before.thread => return true,
        // A call that was over before another one began is so in the table, too.
        (Kind::Return, _, Kind::Call, _) => return true,
        _ => {}
    }
    let shared = [before.object, before.also]
        .into_iter()
        .flatten()
        .any(|object| [after.object, after.also].contains(&Some(object)));
    let reads = |kind| matches!(kind, Kind::Load | Kind::CellRead) || owners::comes_or_goes(kind);
    shared && !(reads(before.kind) && reads(after.kind))
}
