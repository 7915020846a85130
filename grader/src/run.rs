//! Runs checks side by side, as the schedule allows.

use std::sync::{Condvar, Mutex, PoisonError};

use crate::schedule::{Next, Schedule, Task};

/// How one task ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Ended<T> {
    /// It ran.
    Ran(T),
    /// It did not run, because this task (by index) did not end well.
    Skipped(usize),
}

/// Runs every task that the schedule lets run, `jobs` at a time at most, and returns how each
/// ended, in order. `work` gets a task's index; `good` tells whether those that need it may run.
pub fn run<T: Send>(
    tasks: Vec<Task>,
    jobs: usize,
    work: impl Fn(usize) -> T + Sync,
    good: impl Fn(&T) -> bool + Sync,
) -> Vec<Ended<T>> {
    let count = tasks.len();
    let ended = (0..count).map(|_| None).collect();
    let board = Mutex::new(Board { schedule: Schedule::new(tasks), ended });
    let changed = Condvar::new();
    std::thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, count.max(1)) {
            scope.spawn(|| run_some(&board, &changed, &work, &good));
        }
    });
    let board = board.into_inner().unwrap_or_else(PoisonError::into_inner);
    board.ended.into_iter().map(|end| end.expect("the schedule ends every task")).collect()
}

struct Board<T> {
    schedule: Schedule,
    ended: Vec<Option<Ended<T>>>,
}

fn run_some<T>(
    board: &Mutex<Board<T>>,
    changed: &Condvar,
    work: impl Fn(usize) -> T,
    good: impl Fn(&T) -> bool,
) {
    let mut guard = board.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        match guard.schedule.advance() {
            Next::Finished => return,
            Next::Wait => guard = changed.wait(guard).unwrap_or_else(PoisonError::into_inner),
            Next::Skip(task, need) => guard.ended[task] = Some(Ended::Skipped(need)),
            Next::Run(task) => {
                drop(guard);
                let result = work(task);
                guard = board.lock().unwrap_or_else(PoisonError::into_inner);
                guard.schedule.finish(task, good(&result));
                guard.ended[task] = Some(Ended::Ran(result));
                changed.notify_all();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_all_but_what_needs_a_failure() {
        let task = |needs: &[usize]| Task { needs: needs.to_vec(), alone: false };
        let tasks = vec![task(&[]), task(&[0]), task(&[]), task(&[2]), task(&[3])];
        let ended = run(tasks, 3, |index| index * 10, |&result| result != 20);
        let expected =
            [Ended::Ran(0), Ended::Ran(10), Ended::Ran(20), Ended::Skipped(2), Ended::Skipped(3)];
        assert_eq!(ended, expected);
    }
}
