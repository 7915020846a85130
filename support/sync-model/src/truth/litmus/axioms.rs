//! All outcomes of a litmus program by the axioms of RC11, without the checker.
//!
//! Every candidate is built: which write each read reads from, and in which order the writes of each
//! atomic come. Those that satisfy the axioms are kept: coherence, atomicity, no cycle in `sb ∪ rf`,
//! no cycle in `psc` (Lahav, Vafeiadis, Kang, Hur, Dreyer, PLDI 2017, figure 1; release sequences as in
//! C++20, without later stores of the same thread). Relations are tables of bits.

use std::collections::BTreeSet;
use std::sync::atomic::Ordering;

use super::notation::{LOCATIONS, Outcome, Program, Step};
use super::relation::Relation;

#[derive(Debug, Clone, Copy)]
struct Event {
    /// `None`: it gives an atomic its first value.
    step: Option<Step>,
    thread: usize,
    at: Option<usize>,
    ordering: Ordering,
    /// What it reads, and what it writes, in this candidate.
    read: Option<u8>,
    written: Option<u8>,
}

/// All outcomes that the axioms allow.
pub(super) fn outcomes(program: &Program) -> BTreeSet<Outcome> {
    let mut events: Vec<Event> = (0..LOCATIONS).map(first_value).collect();
    for (thread, steps) in program.iter().enumerate() {
        events.extend(steps.iter().map(|&step| event(thread, step)));
    }
    let mut sb = Relation::new(events.len());
    for (a, first) in events.iter().enumerate() {
        for (b, second) in events.iter().enumerate().skip(a + 1) {
            if second.step.is_some() && (first.step.is_none() || first.thread == second.thread) {
                sb.add(a, b);
            }
        }
    }
    let mut search = Search { rf: Relation::new(events.len()), events, sb, found: BTreeSet::new() };
    search.choose_reads(LOCATIONS);
    search.found
}

fn first_value(at: usize) -> Event {
    let (at, ordering) = (Some(at), Ordering::Relaxed);
    Event { step: None, thread: usize::MAX, at, ordering, read: None, written: Some(0) }
}

fn event(thread: usize, step: Step) -> Event {
    let (at, ordering) = match step {
        Step::Load(at, ordering)
        | Step::Store(at, _, ordering)
        | Step::Swap(at, _, ordering)
        | Step::Add(at, _, ordering)
        | Step::CompareExchange(at, _, _, ordering, _) => (Some(at), ordering),
        Step::Fence(ordering) => (None, ordering),
    };
    Event { step: Some(step), thread, at, ordering, read: None, written: None }
}

struct Search {
    events: Vec<Event>,
    sb: Relation,
    /// From a write to what reads it.
    rf: Relation,
    found: BTreeSet<Outcome>,
}

impl Search {
    /// Tries every source for each read from `event` on.
    fn choose_reads(&mut self, event: usize) {
        let Some(&Event { step, at, .. }) = self.events.get(event) else {
            return self.choose_order();
        };
        if !step.expect("the first values come first").reads() {
            return self.choose_reads(event + 1);
        }
        for source in 0..self.events.len() {
            let other = &self.events[source];
            let may_write = !matches!(other.step, Some(Step::Load(..) | Step::Fence(_)));
            if source == event || other.at != at || !may_write {
                continue;
            }
            self.rf.add(source, event);
            if self.sb.union(&self.rf).closure().is_irreflexive() {
                self.choose_reads(event + 1);
            }
            self.rf.remove(source, event);
        }
    }

    /// Gives each event its values, then tries every order of the writes.
    fn choose_order(&mut self) {
        let sb_rf = self.sb.union(&self.rf).closure();
        let mut order: Vec<usize> = (0..self.events.len()).collect();
        order.sort_by_key(|&event| sb_rf.before(event).count());
        for event in order {
            if !self.evaluate(event) {
                return;
            }
        }
        self.extend_order(&mut vec![Vec::new(); LOCATIONS]);
    }

    /// False: the event reads from one that writes nothing.
    fn evaluate(&mut self, event: usize) -> bool {
        let Some(step) = self.events[event].step else { return true };
        let source = self.rf.before(event).next();
        let read = source.map(|source| self.events[source].written);
        if read == Some(None) {
            return false;
        }
        let old = read.flatten();
        let this = &mut self.events[event];
        this.read = old;
        this.written = match step {
            Step::Load(..) | Step::Fence(_) => None,
            Step::Store(_, value, _) | Step::Swap(_, value, _) => Some(value),
            Step::Add(_, by, _) => old.map(|old| old.wrapping_add(by)),
            Step::CompareExchange(_, expected, new, success, failure) => {
                let succeeds = old == Some(expected);
                this.ordering = if succeeds { success } else { failure };
                succeeds.then_some(new)
            }
        };
        true
    }

    /// Tries every order of the writes that keeps updates next to what they read.
    fn extend_order(&mut self, orders: &mut Vec<Vec<usize>>) {
        let placed =
            |event: usize, orders: &[Vec<usize>]| orders.iter().flatten().any(|&it| it == event);
        let next = (0..LOCATIONS).find(|&at| {
            let mut writes = (0..self.events.len()).filter(|&event| {
                self.events[event].at == Some(at) && self.events[event].written.is_some()
            });
            writes.any(|event| !placed(event, orders))
        });
        let Some(at) = next else { return self.judge(orders) };
        for event in 0..self.events.len() {
            let Event { at: here, written, .. } = self.events[event];
            if here != Some(at) || written.is_none() || placed(event, orders) {
                continue;
            }
            let comes_first = orders[at].is_empty() == self.events[event].step.is_none();
            let source = self.rf.before(event).next();
            if comes_first && (source.is_none() || source == orders[at].last().copied()) {
                orders[at].push(event);
                self.extend_order(orders);
                orders[at].pop();
            }
        }
    }

    fn judge(&mut self, orders: &[Vec<usize>]) {
        let mut mo = Relation::new(self.events.len());
        for order in orders {
            for (index, &earlier) in order.iter().enumerate() {
                order[index + 1..].iter().for_each(|&later| mo.add(earlier, later));
            }
        }
        if self.is_consistent(&mo) {
            let mut outcome: Outcome = self.events.iter().filter_map(|event| event.read).collect();
            let last = |order: &Vec<usize>| self.events[order[order.len() - 1]].written;
            outcome.extend(orders.iter().filter_map(last));
            self.found.insert(outcome);
        }
    }

    fn is_consistent(&self, mo: &Relation) -> bool {
        let (sb, rf) = (&self.sb, &self.rf);
        let rb = rf.inverse().then(mo).without_identity();
        let hb = sb.union(&self.synchronizes()).closure();
        let eco = rf.union(mo).union(&rb).closure();
        if !hb.is_irreflexive() || !hb.then(&eco).is_irreflexive() {
            return false;
        }
        let size = self.events.len();
        let is_sequential = |event: usize| {
            self.events[event].step.is_some() && self.events[event].ordering == Ordering::SeqCst
        };
        let one_place = |a: usize, b: usize| {
            self.events[a].at.is_some() && self.events[a].at == self.events[b].at
        };
        let all = Relation::identity(size, is_sequential);
        let fences =
            Relation::identity(size, |it| is_sequential(it) && self.events[it].at.is_none());
        let apart = sb.filter(|a, b| !one_place(a, b));
        let scb = sb.union(&apart.then(&hb).then(&apart)).union(&hb.filter(one_place));
        let scb = scb.union(mo).union(&rb);
        let maybe_hb = hb.union(&Relation::identity(size, |_| true));
        let from = all.union(&fences.then(&maybe_hb));
        let to = all.union(&maybe_hb.then(&fences));
        let base = from.then(&scb).then(&to);
        let between = hb.union(&hb.then(&eco).then(&hb));
        base.union(&fences.then(&between).then(&fences)).closure().is_irreflexive()
    }

    /// `sw`: from a release, perhaps over a fence after it, along a release sequence, to an acquire.
    fn synchronizes(&self) -> Relation {
        use Ordering::{AcqRel, Acquire, Release, SeqCst};
        let (size, events) = (self.events.len(), &self.events);
        let has = |event: &Event, orderings: [Ordering; 3]| orderings.contains(&event.ordering);
        let released = |it: usize| has(&events[it], [Release, AcqRel, SeqCst]);
        let acquired = |it: usize| has(&events[it], [Acquire, AcqRel, SeqCst]);
        let fences = Relation::identity(size, |it| events[it].at.is_none());
        let any = Relation::identity(size, |_| true);
        let writes = Relation::identity(size, |it| events[it].written.is_some());
        let updates = |it: usize| events[it].written.is_some() && events[it].read.is_some();
        let chain = self.rf.filter(|_, it| updates(it)).closure().union(&any);
        let sequence = writes.then(&chain);
        let from = Relation::identity(size, released).then(&any.union(&fences.then(&self.sb)));
        let to = any.union(&self.sb.then(&fences)).then(&Relation::identity(size, acquired));
        from.then(&sequence).then(&self.rf).then(&to)
    }
}
