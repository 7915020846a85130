//! From what was measured to an outcome: pure.

use evidence::{Evidence, Failure, Fault, Outcome, Speedup, SpeedupRound};

/// How much more CPU time than a plain loop an answer may use in its best round.
pub(crate) const WASTE: f64 = 1.5;

/// The outcome of a speed-up check that measured `found`.
///
/// The wall clock takes no part: on a busy machine it says nothing about the answer.
pub fn judge(found: Speedup) -> Outcome {
    let verdict = verdict(&found);
    let evidence = vec![Evidence::Speedup(found)];
    match verdict {
        Verdict::Passed => Outcome::Passed { evidence },
        Verdict::Inconclusive(because) => Outcome::Inconclusive { because, evidence },
        Verdict::Failed(fault, message) => Outcome::Failed(Failure { fault, message, evidence }),
    }
}

/// Whether a round shows all that a speed-up check promises.
pub(crate) fn is_convincing(round: &SpeedupRound, threshold: f64) -> bool {
    round.balance() >= threshold && waste(round) <= WASTE
}

enum Verdict {
    Passed,
    Inconclusive(String),
    Failed(Fault, String),
}

fn verdict(found: &Speedup) -> Verdict {
    if found.usable_cpus < 2.0 {
        return Verdict::Inconclusive(format!(
            "this machine lets the check use {} CPU: a speed-up needs two",
            found.usable_cpus
        ));
    }
    if let Some(met) = found.rendezvous.as_ref().filter(|meeting| meeting.met < meeting.wanted) {
        let message = format!(
            "{} threads had to be at work at the same time; there was never more than {}.",
            met.wanted, met.met
        );
        return Verdict::Failed(Fault::Serial, message);
    }
    if found.rounds.is_empty() {
        let because = "the machine was too busy for a single good measurement".to_owned();
        return Verdict::Inconclusive(because);
    }
    // One round must show both: balance is easily had by work that is done twice.
    let balanced = found.rounds.iter().filter(|round| round.balance() >= found.threshold);
    match balanced.min_by(|a, b| waste(a).total_cmp(&waste(b))) {
        None => Verdict::Failed(Fault::Unbalanced, unbalanced(found)),
        Some(round) if is_convincing(round, found.threshold) => Verdict::Passed,
        Some(round) => Verdict::Failed(Fault::Wasteful, wasteful(round)),
    }
}

fn waste(round: &SpeedupRound) -> f64 {
    round.work / round.reference_work
}

fn unbalanced(found: &Speedup) -> String {
    format!(
        "With {} threads, the work of all must be at least {:.2} times that of the busiest one. \
         In the best of {} rounds it was {:.2} times: the busiest thread did {:.0} % of everything.",
        found.threads,
        found.threshold,
        found.rounds.len(),
        found.balance(),
        100.0 / found.balance().max(1.0)
    )
}

fn wasteful(round: &SpeedupRound) -> String {
    format!(
        "All threads together used {:.0} ms of CPU time where a plain loop needs {:.0} ms: \
         at most {WASTE} times as much is allowed.",
        round.work, round.reference_work
    )
}

#[cfg(test)]
mod tests {
    use evidence::found::Rendezvous;

    use super::*;

    fn found() -> Speedup {
        Speedup {
            threads: 2,
            usable_cpus: 2.0,
            rendezvous: Some(Rendezvous { wanted: 2, met: 2 }),
            threshold: 1.5,
            rounds: vec![round(200.0, 105.0)],
        }
    }

    fn round(work: f64, span: f64) -> SpeedupRound {
        SpeedupRound { work, span, reference_work: 190.0, wall: 300.0, reference_wall: 190.0 }
    }

    fn fault(found: Speedup) -> Option<Fault> {
        match judge(found) {
            Outcome::Failed(failure) => Some(failure.fault),
            _ => None,
        }
    }

    #[test]
    fn a_balanced_answer_passes_although_the_wall_clock_is_bad() {
        assert!(matches!(judge(found()), Outcome::Passed { .. }));
    }

    #[test]
    fn one_good_round_is_enough() {
        let mut found = found();
        found.rounds.insert(0, round(200.0, 190.0));
        assert!(matches!(judge(found), Outcome::Passed { .. }));
    }

    #[test]
    fn two_rounds_that_show_half_of_it_each_are_not_one_that_shows_all() {
        let (wasteful, unbalanced) = (round(300.0, 150.0), round(200.0, 190.0));
        for rounds in [vec![wasteful.clone(), unbalanced.clone()], vec![unbalanced, wasteful]] {
            assert_eq!(fault(Speedup { rounds, ..found() }), Some(Fault::Wasteful));
        }
    }

    #[test]
    fn each_fault_has_its_cause() {
        let serial = Speedup { rendezvous: Some(Rendezvous { wanted: 2, met: 1 }), ..found() };
        let unbalanced = Speedup { rounds: vec![round(200.0, 140.0)], ..found() };
        let wasteful = Speedup { rounds: vec![round(300.0, 150.0)], ..found() };
        assert_eq!(fault(serial), Some(Fault::Serial));
        assert_eq!(fault(unbalanced), Some(Fault::Unbalanced));
        assert_eq!(fault(wasteful), Some(Fault::Wasteful));
    }

    #[test]
    fn what_cannot_be_measured_is_no_fault() {
        let one_cpu = Speedup { usable_cpus: 1.0, rounds: Vec::new(), ..found() };
        let busy = Speedup { rounds: Vec::new(), ..found() };
        assert!(matches!(judge(one_cpu), Outcome::Inconclusive { .. }));
        assert!(matches!(judge(busy), Outcome::Inconclusive { .. }));
    }
}
