//! What the language allows: every execution of a litmus test that C11's axioms admit.
//!
//! The axioms are those of RC11 (Lahav, Vafeiadis, Kang, Hur, Dreyer: Repairing Sequential
//! Consistency in C/C++11, PLDI 2017), whose rules for `SeqCst` C++20 and thereby Rust took over.
//! RC11 also forbids that a thread's later write is read by what it read before (load buffering).
//! C++20 allows that, and so the two sets differ.

use std::collections::BTreeSet;
use std::sync::atomic::Ordering;

use crate::litmus::{Access, Observed, Test};
use crate::program::VARIABLES;
use crate::relation::{MAX_EVENTS, Relation};

/// What a test may show.
#[derive(Debug, Default)]
pub(crate) struct Allowed {
    /// By C++20, so by Rust.
    pub by_language: BTreeSet<Observed>,
    /// By RC11: without load buffering.
    pub by_rc11: BTreeSet<Observed>,
}

/// An access of a thread, or the first write of a variable (by thread `None`).
#[derive(Debug, Clone, Copy)]
struct Event {
    thread: Option<usize>,
    access: Access,
}

impl Event {
    fn variable(&self) -> Option<usize> {
        match self.access {
            Access::Read(x, _) | Access::Write(x, ..) | Access::Add(x, _) => Some(x),
            Access::Fence(_) => None,
        }
    }

    fn ordering(&self) -> Ordering {
        match self.access {
            Access::Read(_, it) | Access::Write(_, _, it) | Access::Add(_, it) => it,
            Access::Fence(it) => it,
        }
    }

    fn writes(&self) -> bool {
        matches!(self.access, Access::Write(..) | Access::Add(..))
    }

    fn reads(&self) -> bool {
        matches!(self.access, Access::Read(..) | Access::Add(..))
    }

    fn updates(&self) -> bool {
        matches!(self.access, Access::Add(..))
    }

    fn is_fence(&self) -> bool {
        matches!(self.access, Access::Fence(_))
    }

    fn is_sequential(&self) -> bool {
        self.ordering() == Ordering::SeqCst
    }

    fn acquires(&self) -> bool {
        matches!(self.ordering(), Ordering::Acquire | Ordering::AcqRel | Ordering::SeqCst)
    }

    fn releases(&self) -> bool {
        matches!(self.ordering(), Ordering::Release | Ordering::AcqRel | Ordering::SeqCst)
    }
}

/// One candidate: which write each read reads, and the order of each variable's writes.
#[derive(Debug)]
struct Candidate<'a> {
    events: &'a [Event],
    /// For each event that reads, the write.
    source: [usize; MAX_EVENTS],
    /// For each variable, its writes, oldest first.
    writes: [Vec<usize>; VARIABLES],
}

/// All that `test` may show.
pub(crate) fn allowed(test: &Test) -> Allowed {
    let first = |x| Event { thread: None, access: Access::Write(x, 0, Ordering::Relaxed) };
    let mut events: Vec<Event> = (0..VARIABLES).map(first).collect();
    for (thread, accesses) in test.threads.iter().enumerate() {
        events.extend(accesses.iter().map(|&access| Event { thread: Some(thread), access }));
    }
    assert!(events.len() <= MAX_EVENTS, "{}: too many events", test.name);
    let mut allowed = Allowed::default();
    let orders: [_; VARIABLES] = std::array::from_fn(|x| orders(&events, x));
    for xs in &orders[0] {
        for ys in &orders[1] {
            let writes = [xs.clone(), ys.clone()];
            let mut candidate = Candidate { events: &events, source: [0; MAX_EVENTS], writes };
            read_all(&mut candidate, 0, &mut allowed);
        }
    }
    allowed
}

/// Every order of the writes of `variable`, its first one at the head.
fn orders(events: &[Event], variable: usize) -> Vec<Vec<usize>> {
    let later = (VARIABLES..events.len())
        .filter(|&event| events[event].writes() && events[event].variable() == Some(variable));
    let mut orders = vec![vec![variable]];
    for write in later {
        let inserted = |order: &Vec<usize>| {
            let order = order.clone();
            (1..=order.len()).map(move |at| {
                let mut order = order.clone();
                order.insert(at, write);
                order
            })
        };
        orders = orders.iter().flat_map(inserted).collect();
    }
    orders
}

/// Lets each read from `event` on read each write it can.
fn read_all(candidate: &mut Candidate<'_>, event: usize, allowed: &mut Allowed) {
    let Some(reader) = candidate.events.get(event) else { return candidate.judge(allowed) };
    let Some(variable) = reader.variable().filter(|_| reader.reads()) else {
        return read_all(candidate, event + 1, allowed);
    };
    let order = candidate.writes[variable].clone();
    // An update reads the write just before its own: no other comes between.
    let own = order.iter().position(|&write| write == event);
    let sources = own.map_or(&order[..], |own| &order[own - 1..own]);
    for &write in sources {
        candidate.source[event] = write;
        read_all(candidate, event + 1, allowed);
    }
}

impl Candidate<'_> {
    fn judge(&self, allowed: &mut Allowed) {
        let (before, reads) = (self.program_order(), self.reads_from());
        if !self.is_consistent(&before, &reads) {
            return;
        }
        let observed = self.observed();
        if before.or(&reads).is_acyclic() {
            allowed.by_rc11.insert(observed.clone());
        }
        allowed.by_language.insert(observed);
    }

    fn relation(&self, holds: impl Fn(usize, usize) -> bool) -> Relation {
        Relation::of(self.events.len(), holds)
    }

    /// Sequenced before; the first writes come before all.
    fn program_order(&self) -> Relation {
        self.relation(|from, to| match (self.events[from].thread, self.events[to].thread) {
            (None, Some(_)) => true,
            (one, other) => one.is_some() && one == other && from < to,
        })
    }

    fn reads_from(&self) -> Relation {
        self.relation(|from, to| self.events[to].reads() && self.source[to] == from)
    }

    fn modification_order(&self) -> Relation {
        let place = |write: usize, order: &Vec<usize>| order.iter().position(|&it| it == write);
        self.relation(|from, to| {
            self.writes.iter().any(|order| {
                let places = (place(from, order), place(to, order));
                matches!(places, (Some(from), Some(to)) if from < to)
            })
        })
    }

    fn is_consistent(&self, before: &Relation, reads: &Relation) -> bool {
        let newer = self.modification_order();
        let overtaken = self.relation(|from, to| {
            self.events[from].reads() && from != to && newer.has(self.source[from], to)
        });
        let happens = before.or(&self.synchronises(before)).closure();
        let extended = reads.or(&newer).or(&overtaken).closure();
        happens.is_irreflexive()
            && happens.then(&extended.reflexive()).is_irreflexive()
            && extended.is_irreflexive()
            && self.sequential(before, &happens, &newer.or(&overtaken), &extended).is_acyclic()
    }

    /// Synchronises with: from a release to the acquire that reads it, or reads an update of it.
    fn synchronises(&self, before: &Relation) -> Relation {
        let mut relation = Relation::default();
        for reader in (0..self.events.len()).filter(|&event| self.events[event].reads()) {
            let ends = self.with_fences(reader, |fence| before.has(reader, fence), Event::acquires);
            let mut head = self.source[reader];
            loop {
                let fences = |fence| before.has(fence, head);
                for start in self.with_fences(head, fences, Event::releases) {
                    ends.iter().for_each(|&end| relation.insert(start, end));
                }
                if !self.events[head].updates() {
                    break;
                }
                head = self.source[head];
            }
        }
        relation
    }

    /// `event`, and the fences that `stand` on the right side of it, as far as they are `strong`.
    fn with_fences(
        &self,
        event: usize,
        stand: impl Fn(usize) -> bool,
        strong: fn(&Event) -> bool,
    ) -> Vec<usize> {
        let fits = |&it: &usize| it == event || self.events[it].is_fence() && stand(it);
        (0..self.events.len()).filter(fits).filter(|&it| strong(&self.events[it])).collect()
    }

    /// The partial order of what is `SeqCst`: RC11's `psc`.
    fn sequential(
        &self,
        before: &Relation,
        happens: &Relation,
        memory: &Relation,
        extended: &Relation,
    ) -> Relation {
        let all = |holds: &dyn Fn(&Event) -> bool| {
            self.relation(|from, to| from == to && holds(&self.events[from]))
        };
        let strong = all(&Event::is_sequential);
        let fences = all(&|event| event.is_sequential() && event.is_fence());
        let same = self.relation(|from, to| {
            let (from, to) = (self.events[from].variable(), self.events[to].variable());
            from.is_some() && from == to
        });
        let elsewhere = self.relation(|from, to| before.has(from, to) && !same.has(from, to));
        let around = elsewhere.then(happens).then(&elsewhere);
        let steps = before.or(&around).or(&happens.and(&same)).or(memory);
        let maybe = happens.reflexive();
        let (enter, leave) = (strong.or(&fences.then(&maybe)), strong.or(&maybe.then(&fences)));
        let far = happens.or(&happens.then(extended).then(happens));
        enter.then(&steps).then(&leave).or(&fences.then(&far).then(&fences))
    }

    fn observed(&self) -> Observed {
        let mut values = [0; MAX_EVENTS];
        for &write in self.writes.iter().flatten() {
            values[write] = match self.events[write].access {
                Access::Write(_, value, _) => value,
                _ => values[self.source[write]] + 1,
            };
        }
        let readers = (0..self.events.len()).filter(|&event| self.events[event].reads());
        let newest = |x: usize| *self.writes[x].last().expect("a variable has its first write");
        Observed {
            registers: readers.map(|reader| values[self.source[reader]]).collect(),
            variables: std::array::from_fn(|x| values[newest(x)]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::litmus;

    /// The outcome for which a test is known, by its registers; the papers say whether it may be.
    #[test]
    fn the_axioms_agree_with_the_literature() {
        for (name, registers, expected) in [
            ("MP relaxed", &[1, 0][..], true),
            ("MP release/acquire", &[1, 0], false),
            ("MP fences", &[1, 0], false),
            ("SB release/acquire", &[0, 0], true),
            ("SB SeqCst", &[0, 0], false),
            ("SB SeqCst fences", &[0, 0], false),
            ("LB relaxed", &[1, 1], true),
            ("LB release/acquire", &[1, 1], false),
            ("CoRR", &[2, 1], false),
            ("two updates", &[0, 0], false),
            ("IRIW release/acquire", &[1, 0, 1, 0], true),
            ("IRIW SeqCst", &[1, 0, 1, 0], false),
            ("IRIW SeqCst fences", &[1, 0, 1, 0], false),
            ("WRC relaxed", &[1, 1, 0], true),
            ("WRC release/acquire", &[1, 1, 0], false),
            ("RWC SeqCst", &[1, 0, 0], false),
            ("release sequence: update", &[1, 2, 0], false),
            ("release sequence: store", &[2, 0], true),
        ] {
            let published = litmus::published();
            let test = published.iter().find(|test| test.name == name).expect(name);
            let outcomes = allowed(test).by_language;
            let found = outcomes.iter().any(|outcome| outcome.registers == registers);
            assert_eq!(found, expected, "{name}: {registers:?}");
        }
    }
}
