//! Evidence: what was seen, so that a verdict need not be believed.

use serde::{Deserialize, Serialize};

use crate::Interleaving;

/// One thing that was seen. Every renderer draws it from this data alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Evidence {
    /// The schedule that breaks the code.
    Interleaving(Interleaving),
    /// How far the model checker searched.
    Search(Search),
    /// The smallest random input that breaks a law.
    Counterexample(Counterexample),
    /// The smallest of the generated scenarios that breaks the code.
    Scenario {
        /// A line for each thread: its name, its calls and what they returned.
        text: String,
        /// Scenarios that passed before the first one that failed.
        passed: u32,
    },
    /// What a speed-up check measured.
    Speedup(Speedup),
    /// A panic, and where.
    Panic {
        /// The panic's message.
        message: String,
        /// Where it was raised, if known.
        at: Option<Place>,
    },
    /// A message of the compiler.
    Compiler {
        /// The message as the compiler prints it, with the learner's own paths.
        rendered: String,
        /// Where it points to, if anywhere.
        at: Option<Place>,
    },
    /// A line of the answer that says enough by itself.
    Source {
        /// Where it is.
        at: Place,
        /// The line as it is written.
        text: String,
    },
    /// What the process printed, shortened in the middle.
    Output {
        /// Standard output and standard error, as they came.
        text: String,
    },
    /// The last thing that the check said it was about to do.
    LastStep {
        /// The step, in words: "the second acquire of the same thread".
        step: String,
    },
    /// Anything that is best said in one sentence.
    Note {
        /// The sentence.
        text: String,
    },
}

/// A place in a source file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Path as the compiler saw it; the grader turns it into the learner's own.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
}

/// How far a model checker's search went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Search {
    /// Executions that were run, over all bounds.
    pub executions: u64,
    /// Which schedules were explored to their end; `None`: not even those of the lowest bound.
    pub schedules: Option<Schedules>,
    /// Whether the search stopped before the bound that the check declares.
    pub truncated: bool,
    /// What was tried beyond them, at random, when the search stopped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sampled: Option<Sampled>,
    /// What a limit left out of the schedules above: with it, "all" is not all.
    pub cut: Cut,
    /// Milliseconds that it took.
    pub millis: u64,
    /// How many scenarios were generated, if they were: what is said of schedules holds for each of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scenarios: Option<u32>,
}

/// Schedules that were drawn at random, after a search that did not come to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sampled {
    /// How many.
    pub count: u64,
    /// Where they came from.
    pub seed: u64,
}

/// A set of schedules, each of which was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Schedules {
    /// Every schedule that there is.
    All,
    /// Every schedule with so many preemptions at most.
    Bounded {
        /// How often a thread that could go on is interrupted.
        preemptions: usize,
    },
    /// Schedules that were drawn at random.
    Random {
        /// How many.
        count: u64,
        /// Where they came from: the same seed draws the same schedules.
        seed: u64,
    },
}

/// How often a limit ended what would have gone on. Zeros: nothing was left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cut {
    /// Rounds of waiting loops, and of timeouts that run out again and again.
    pub rounds: u64,
    /// Executions that were given up after too many steps.
    pub steps: u64,
}

/// A shrunk random input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counterexample {
    /// The smallest input found, as `Debug` prints it.
    pub input: String,
    /// What went wrong with it.
    pub message: String,
    /// Cases that passed before this one.
    pub passed: u32,
    /// Where the assertion or panic was raised, if known.
    pub at: Option<Place>,
}

/// What a speed-up check measured. Times are milliseconds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Speedup {
    /// Threads that the answer was given.
    pub threads: usize,
    /// CPUs that the check may use (affinity and quota), as a fraction of CPUs.
    pub usable_cpus: f64,
    /// Items that had to be in flight at once, and whether they were. `None`: not tried.
    pub rendezvous: Option<Rendezvous>,
    /// `work / span` that the answer must reach.
    pub threshold: f64,
    /// The rounds, as they were measured.
    pub rounds: Vec<SpeedupRound>,
}

/// Items that block until enough of them are in flight: noise cannot fake it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rendezvous {
    /// How many had to be in flight at once.
    pub wanted: usize,
    /// How many were, at most.
    pub met: usize,
}

/// One round of a speed-up measurement, in milliseconds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SpeedupRound {
    /// CPU time of all threads together.
    pub work: f64,
    /// CPU time of the busiest thread.
    pub span: f64,
    /// CPU time that a plain loop needs for the same items.
    pub reference_work: f64,
    /// Wall clock of the answer.
    pub wall: f64,
    /// Wall clock of the plain loop.
    pub reference_wall: f64,
}

impl Speedup {
    /// The best `work / span` of all rounds; 0 without rounds.
    pub fn balance(&self) -> f64 {
        self.rounds.iter().map(SpeedupRound::balance).fold(0.0, f64::max)
    }
}

impl SpeedupRound {
    /// `work / span`: how many threads' worth of work ran side by side.
    pub fn balance(&self) -> f64 {
        if self.span > 0.0 { self.work / self.span } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_in_json_names_the_kind_of_schedules() {
        let search = |schedules| {
            let cut = Cut { rounds: 1, steps: 2 };
            let search = Search {
                executions: 3,
                schedules,
                truncated: false,
                sampled: Some(Sampled { count: 2, seed: 1 }),
                cut,
                millis: 4,
                scenarios: None,
            };
            let json = serde_json::to_value(&search).unwrap();
            assert_eq!(serde_json::from_value::<Search>(json.clone()).unwrap(), search);
            json["schedules"].to_string()
        };
        assert_eq!(search(None), "null");
        assert_eq!(search(Some(Schedules::All)), r#"{"kind":"all"}"#);
        let bounded = Schedules::Bounded { preemptions: 2 };
        assert_eq!(search(Some(bounded)), r#"{"kind":"bounded","preemptions":2}"#);
        let random = Schedules::Random { count: 5, seed: u64::MAX };
        assert_eq!(
            search(Some(random)),
            r#"{"count":5,"kind":"random","seed":18446744073709551615}"#
        );
    }
}
