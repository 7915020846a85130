//! What a finished graph tells about its schedules.

use std::collections::BTreeMap;

use crate::graph::{End, Graph};

impl Graph {
    /// The ends that some schedule reaches, in the order of [`End`].
    pub fn reached(&self) -> Vec<End> {
        let mut reached: Vec<_> = self.ends.iter().flatten().copied().collect();
        reached.sort_unstable();
        reached.dedup();
        reached
    }

    /// A shortest schedule (the threads, in turn) that ends so.
    pub fn shortest(&self, end: End) -> Option<Vec<usize>> {
        // The walk was breadth first: the first such state is a nearest one.
        let mut at = self.ends.iter().position(|&found| found == Some(end))?;
        let mut turns = Vec::new();
        while let Some((before, thread)) = self.before[at] {
            turns.push(thread);
            at = before;
        }
        turns.reverse();
        Some(turns)
    }

    /// How many schedules lead to each end; empty if a schedule can run for ever.
    pub fn schedules(&self) -> BTreeMap<End, u128> {
        let Some(order) = self.topological() else { return BTreeMap::new() };
        let mut counts: Vec<BTreeMap<End, u128>> = vec![BTreeMap::new(); self.states.len()];
        for &state in order.iter().rev() {
            if let Some(end) = self.ends[state] {
                counts[state].insert(end, 1);
            }
            for &to in self.next[state].iter().flatten() {
                for (end, count) in counts[to].clone() {
                    let sum = counts[state].entry(end).or_insert(0);
                    *sum = sum.saturating_add(count);
                }
            }
        }
        counts.swap_remove(0)
    }

    /// Whether some schedule never ends: a cycle of states.
    pub fn can_run_for_ever(&self) -> bool {
        self.topological().is_none()
    }

    /// The states so that every step leads to a later one; `None` if there is a cycle.
    fn topological(&self) -> Option<Vec<usize>> {
        let mut incoming = vec![0_usize; self.states.len()];
        for &to in self.next.iter().flatten().flatten() {
            incoming[to] += 1;
        }
        let mut order: Vec<usize> = (0..incoming.len()).filter(|&s| incoming[s] == 0).collect();
        let mut done = 0;
        while let Some(&state) = order.get(done) {
            done += 1;
            for &to in self.next[state].iter().flatten() {
                incoming[to] -= 1;
                if incoming[to] == 0 {
                    order.push(to);
                }
            }
        }
        (order.len() == self.states.len()).then_some(order)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{explore, parse};

    fn walk(source: &str) -> Graph {
        explore(&parse(source).unwrap()).unwrap()
    }

    #[test]
    fn two_locks_in_two_orders_deadlock() {
        let graph = walk(
            "thread A\n acquire p\n acquire q\n release q\n release p
             thread B\n acquire q\n acquire p\n release p\n release q",
        );
        assert_eq!(graph.reached(), [End::Ok, End::Deadlock]);
        assert_eq!(graph.shortest(End::Deadlock), Some(vec![0, 1]));
    }

    #[test]
    fn a_lock_repairs_the_lost_update() {
        let graph = walk(
            "init count = 0\ncheck count == 2
             thread A\n acquire m\n a = count\n count = a + 1\n release m
             thread B\n acquire m\n b = count\n count = b + 1\n release m",
        );
        assert_eq!(graph.reached(), [End::Ok]);
        assert_eq!(graph.schedules(), BTreeMap::from([(End::Ok, 2)]));
    }

    #[test]
    fn peterson_excludes() {
        let half = |me: &str, other: &str, turn: u8| {
            format!(
                "{me} = 1\n turn = {turn}\n wait !{other} || turn != {turn}
                 inside = inside + 1\n assert inside == 1\n inside = inside - 1\n {me} = 0"
            )
        };
        let (a, b) = (half("fa", "fb", 2), half("fb", "fa", 1));
        let init = "init fa = 0, fb = 0, turn = 0, inside = 0";
        assert_eq!(walk(&format!("{init}\nthread A\n{a}\nthread B\n{b}")).reached(), [End::Ok]);
        // Without the turn both may wait for each other.
        let (a, b) = (a.replace("|| turn != 2", ""), b.replace("|| turn != 1", ""));
        let reached = walk(&format!("{init}\nthread A\n{a}\nthread B\n{b}")).reached();
        assert_eq!(reached, [End::Ok, End::Deadlock]);
    }

    #[test]
    fn a_violation_ends_the_schedule() {
        let graph = walk("init x = 0\nthread A\n assert x == 1\nthread B\n x = 1\n x = 2");
        // A may assert first, in the middle, or last; only in the middle is all well.
        assert_eq!(graph.schedules(), BTreeMap::from([(End::Ok, 1), (End::Violates, 2)]));
        assert_eq!(graph.shortest(End::Violates), Some(vec![0]));
        assert_eq!(walk("thread A\n release m").reached(), [End::Violates]);
    }

    #[test]
    fn loops_are_walked_but_not_counted() {
        let graph = walk("init x = 0\nthread A\n l:\n if x == 0 goto l\nthread B\n x = 1");
        assert_eq!(graph.reached(), [End::Ok]);
        assert!(graph.can_run_for_ever());
        assert!(graph.schedules().is_empty());
    }

    #[test]
    fn refuses_what_it_cannot_walk() {
        let why = |source| explore(&parse(source).unwrap()).unwrap_err().to_string();
        assert_eq!(
            why("thread A\n x = 1\nthread B\n y = x"),
            "some schedule reads `x` before it is set: give it a value by `init x = 0`"
        );
        assert!(why("init x = 0\nthread A\n l:\n x = x + 1\n goto l").contains("4000 states"));
    }
}
