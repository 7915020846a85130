//! Killing workers at random moments, and seeing what becomes of their tasks.

use checks::{Fault, require, step};
use witness::{Arrival, Dice, Ticket, Turnstile, processes};

use crate::behaviour::{Tested, outcome};
use crate::pool::TaskError;

/// How many workers the pool has.
pub const WORKERS: usize = 3;

/// Tasks in one round.
const TASKS: u64 = 6;

/// Where to arrive, the task's number, and whether it waits there.
pub type Task = (Ticket, u64, bool);

/// The task.
pub fn run((ticket, number, waits): Task) -> u64 {
    ticket.arrive(number);
    if waits {
        ticket.pass();
    }
    number * 2
}

/// Queues some tasks, kills a worker at a random moment, and sees what becomes of each task.
pub fn round(pool: &Tested<Task, u64>, turnstile: &mut Turnstile, dice: &mut Dice) {
    step("kill a worker at a random moment");
    // In one round of two, the first task waits: then its worker is surely in the middle of it.
    let one_waits = dice.roll(2) == 0;
    let results: Vec<_> = (0..TASKS)
        .map(|number| (number, pool.queue((turnstile.ticket(), number, one_waits && number == 0))))
        .collect();
    let moment = 1 + dice.roll(if one_waits { 2 } else { TASKS as usize });
    let mut arrivals = turnstile.expect(moment, Fault::LostTask, "tasks that were queued");
    let victim = arrivals[dice.roll(moment)].process;
    processes::kill(victim);
    turnstile.admit(usize::from(one_waits));

    let results: Vec<_> = results.into_iter().map(|(n, result)| (n, outcome(result, n))).collect();
    arrivals.extend(turnstile.arrived());
    turnstile.shut();
    for (number, result) in &results {
        let ran_in: Vec<u64> = processes_of(&arrivals, *number);
        require!(Fault::RepeatedTask, ran_in.len() <= 1, "task {number} ran twice, in {ran_in:?}");
        match result {
            Ok(double) => assert_eq!(*double, number * 2, "the result of task {number}"),
            Err(TaskError::WorkerDied(_)) => require!(
                Fault::LostTask,
                ran_in.iter().all(|&process| process == victim),
                "task {number} failed although its worker {ran_in:?} lives: {victim} was killed"
            ),
            other => panic!("task {number} of a pool with a dead worker gave {other:?}"),
        }
    }
    let failed = results.iter().filter(|(_, result)| result.is_err()).count();
    require!(Fault::LostTask, failed <= 1, "one worker was killed, and {failed} tasks failed");
}

fn processes_of(arrivals: &[Arrival], task: u64) -> Vec<u64> {
    arrivals.iter().filter(|arrival| arrival.task == task).map(|arrival| arrival.process).collect()
}

/// Sees that the pool still has all its workers: so many tasks run side by side.
pub fn count_workers(pool: &Tested<Task, u64>, turnstile: &mut Turnstile) {
    step("see that every dead worker has been replaced");
    let results: Vec<_> =
        (0..WORKERS as u64).map(|n| (n, pool.queue((turnstile.ticket(), n, true)))).collect();
    let expected = "as many tasks run side by side as the pool had workers at first";
    turnstile.expect(WORKERS, Fault::LostWorker, expected);
    turnstile.admit(WORKERS);
    for (number, result) in results {
        assert_eq!(outcome(result, number), Ok(number * 2), "nobody is killed now");
    }
}
