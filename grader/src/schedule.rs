//! Which check may run now. Pure: the threads that run them are [`crate::run`]'s.

/// What is known of a check before it runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Indices of the tasks that must not fail before it; each smaller than its own.
    pub needs: Vec<usize>,
    /// Whether nothing else may run beside it: it measures time.
    pub alone: bool,
}

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Run this task; then call [`Schedule::finish`].
    Run(usize),
    /// Skip the first task because the second one failed. It is finished by this.
    Skip(usize, usize),
    /// Nothing until a running task finishes.
    Wait,
    /// Every task is finished.
    Finished,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Waiting,
    Running,
    Good,
    Bad,
}

/// Hands out tasks: prerequisites first, those that run alone last.
#[derive(Debug)]
pub struct Schedule {
    tasks: Vec<Task>,
    states: Vec<State>,
}

impl Schedule {
    /// A schedule in which nothing has run yet.
    pub fn new(tasks: Vec<Task>) -> Self {
        let states = vec![State::Waiting; tasks.len()];
        Self { tasks, states }
    }

    /// Decides on the next task, and takes it to be begun (or skipped) from now on.
    pub fn advance(&mut self) -> Next {
        let waiting = |(_, state): &(usize, &State)| **state == State::Waiting;
        let waiting: Vec<usize> =
            self.states.iter().enumerate().filter(waiting).map(|(index, _)| index).collect();
        for &task in &waiting {
            if let Some(&need) =
                self.tasks[task].needs.iter().find(|&&need| self.states[need] == State::Bad)
            {
                self.states[task] = State::Bad;
                return Next::Skip(task, need);
            }
        }
        let running = self.states.iter().filter(|&&state| state == State::Running).count();
        let alone_runs =
            (0..self.tasks.len()).any(|t| self.states[t] == State::Running && self.tasks[t].alone);
        let ready = |&&task: &&usize| {
            self.tasks[task].needs.iter().all(|&need| self.states[need] == State::Good)
        };
        let shared = waiting.iter().filter(ready).find(|&&task| !self.tasks[task].alone);
        let alone = waiting.iter().filter(ready).find(|&&task| self.tasks[task].alone);
        let task = match (shared, alone) {
            _ if alone_runs => None,
            (Some(&task), _) => Some(task),
            (None, Some(&task)) if running == 0 => Some(task),
            _ => None,
        };
        match task {
            Some(task) => {
                self.states[task] = State::Running;
                Next::Run(task)
            }
            None if running > 0 => Next::Wait,
            None => Next::Finished,
        }
    }

    /// A task is done, and those that need it may go on, or not.
    pub fn finish(&mut self, task: usize, good: bool) {
        self.states[task] = if good { State::Good } else { State::Bad };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tasks() -> impl Strategy<Value = Vec<(Vec<prop::sample::Index>, bool, bool)>> {
        let task = (
            prop::collection::vec(any::<prop::sample::Index>(), 0..3),
            any::<bool>(),
            any::<bool>(),
        );
        prop::collection::vec(task, 0..9)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Whatever the order in which running tasks finish: every task ends exactly once, no task
        /// runs before or despite a need that is not good, and none runs beside one that is alone.
        #[test]
        fn laws(raw in tasks(), picks in prop::collection::vec(any::<prop::sample::Index>(), 40)) {
            let tasks: Vec<Task> = raw.iter().enumerate().map(|(i, (needs, alone, _))| Task {
                needs: if i == 0 { vec![] } else { needs.iter().map(|n| n.index(i)).collect() },
                alone: *alone,
            }).collect();
            let good: Vec<bool> = raw.iter().map(|(_, _, good)| *good).collect();
            let mut schedule = Schedule::new(tasks.clone());
            let mut running: Vec<usize> = vec![];
            let mut ended: Vec<Option<bool>> = vec![None; tasks.len()];
            let mut picks = picks.into_iter();
            loop {
                match schedule.advance() {
                    Next::Run(task) => {
                        prop_assert!(tasks[task].needs.iter().all(|&n| ended[n] == Some(true)));
                        running.push(task);
                        prop_assert!(running.len() == 1 || running.iter().all(|&t| !tasks[t].alone));
                    }
                    Next::Skip(task, need) => {
                        prop_assert_eq!(ended[task].replace(false), None);
                        prop_assert_eq!(ended[need], Some(false));
                    }
                    Next::Wait => {
                        let pick = picks.next().unwrap().index(running.len());
                        let task = running.swap_remove(pick);
                        prop_assert_eq!(ended[task].replace(good[task]), None);
                        schedule.finish(task, good[task]);
                    }
                    Next::Finished => break,
                }
            }
            prop_assert!(running.is_empty() && ended.iter().all(Option::is_some));
        }
    }
}
