//! What only processes can do: share nothing, be killed, and be left behind.

mod behaviour;
mod contract;
mod kills;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use behaviour::{Errand, Tested, muster, outcome, run_errand};
use checks::{Fault, process, require, seed, step, within};
use pool::{PoolError, TaskError};
use process_pool as answer;
use process_pool as pool;
use witness::{Arrival, Dice, PATIENCE, Peer, Ticket, Turnstile, descriptors, processes};

/// Memory that a thread would share, and a process does not.
static COUNTER: AtomicU64 = AtomicU64::new(0);

fn count_in_own_memory(ticket: Ticket) -> u64 {
    ticket.arrive(0);
    ticket.pass();
    COUNTER.fetch_add(1, Ordering::SeqCst);
    std::process::id().into()
}

#[test]
fn tasks_run_in_worker_processes() {
    process(|| {
        within(PATIENCE, || {
            let mut turnstile = Turnstile::new();
            let pool = Tested::new(2, count_in_own_memory);
            let results: Vec<_> = (0..2).map(|_| pool.queue(turnstile.ticket())).collect();
            turnstile.expect(2, Fault::Serial, "two workers take two tasks");
            turnstile.admit(2);
            let ran_in: Vec<u64> =
                results.into_iter().map(|r| r.get(None).expect("an id")).collect();
            let ids = pool.worker_ids();
            assert_eq!(
                BTreeSet::from_iter(&ran_in),
                BTreeSet::from_iter(&ids),
                "tasks should run in the processes of worker_ids"
            );
            let here = u64::from(std::process::id());
            assert!(
                !ran_in.contains(&here),
                "the tasks ran in the process {here}, which owns the pool"
            );
            let count = COUNTER.load(Ordering::SeqCst);
            assert_eq!(count, 0, "the tasks changed the memory of the process that owns the pool");
            pool.finish();
        });
    });
}

/// One of two workers is killed in the middle of its task, and four more tasks wait in the queue.
#[test]
fn killed_worker_fails_only_its_task() {
    process(|| {
        within(PATIENCE * 3, || {
            let mut turnstile = Turnstile::new();
            let pool = Tested::new(2, run_errand);
            let results: Vec<_> = (0..6).map(|n| pool.queue((turnstile.ticket(), n))).collect();
            let first = turnstile.expect(2, Fault::Serial, "two workers take two tasks");
            let Arrival { task: doomed, process, .. } = first[0];
            step("kill one of two workers, with four tasks in the queue");
            processes::kill(process);
            // The pool should have noticed before the other worker goes on.
            results[doomed as usize].wait(Duration::from_secs(1));
            // One pass for each task but the doomed one, and one more for a task that runs twice.
            turnstile.admit(6);
            let results: Vec<_> = (0..).zip(results).map(|(n, r)| (n, outcome(r, n))).collect();
            let again = turnstile.arrived().into_iter().find(|a| a.task == doomed);
            require!(Fault::RepeatedTask, again.is_none(), "a task ran twice: {again:?}");
            for (number, result) in results {
                if number == doomed {
                    let died = matches!(result, Err(TaskError::WorkerDied(_)));
                    assert!(died, "the worker of task {number} was killed: {result:?}");
                } else {
                    assert_eq!(result, Ok(number), "nobody killed the worker of task {number}");
                }
            }

            let mut turnstile = Turnstile::new();
            let arrivals = muster(&pool, &mut turnstile, 2, Fault::LostWorker);
            let old = arrivals.iter().find(|arrival| arrival.process == process);
            assert_eq!(old, None, "a dead worker cannot work");
            assert_eq!(pool.worker_ids().len(), 2, "the pool keeps its size");
            processes::require_no_zombie("a worker was killed and replaced");
            pool.finish();
        });
    });
}

/// Workers may also die while they have nothing to do. Then no task may fail.
#[test]
fn idle_worker_is_replaced() {
    process(|| {
        within(PATIENCE * 3, || {
            let mut turnstile = Turnstile::new();
            let pool = Tested::new(2, run_errand);
            for round in 0..3 {
                let idle = muster(&pool, &mut turnstile, 2, Fault::LostWorker);
                step("kill workers that have nothing to do");
                idle[round % 2..].iter().for_each(|arrival| processes::kill(arrival.process));
                turnstile.admit(2);
                for (number, result) in [0, 1].map(|n| (n, pool.queue((turnstile.ticket(), n)))) {
                    let result = outcome(result, number);
                    assert_eq!(result, Ok(number), "no task was at work when workers were killed");
                }
                turnstile.arrived();
            }
            muster(&pool, &mut turnstile, 2, Fault::LostWorker);
            processes::require_no_zombie("idle workers were killed and replaced");
            pool.finish();
        });
    });
}

/// A closed pool takes no more work, and still has to do what is queued: it needs its workers.
#[test]
fn closed_pool_replaces_workers() {
    process(|| {
        within(PATIENCE * 3, || {
            let mut turnstile = Turnstile::new();
            let pool = Tested::new(1, run_errand);
            let results: Vec<_> = (0..3).map(|n| pool.queue((turnstile.ticket(), n))).collect();
            let first = turnstile.expect(1, Fault::LostTask, "the first task");
            step("close a pool, and kill its only worker, with two tasks in the queue");
            pool.close();
            processes::kill(first[0].process);
            turnstile.admit(2);
            for (number, result) in (0..).zip(results) {
                let result = outcome(result, number);
                match number {
                    0 => assert!(
                        matches!(result, Err(TaskError::WorkerDied(_))),
                        "the worker of task 0 was killed: {result:?}"
                    ),
                    _ => assert_eq!(result, Ok(number), "a task that was queued before close"),
                }
            }
            pool.finish();
            processes::require_no_child("a worker was killed in a closed pool");
        });
    });
}

fn end_yourself(how: u64) -> u64 {
    match how {
        0 => std::process::exit(0),
        1 => std::process::exit(7),
        2 => std::process::abort(),
        _ => how,
    }
}

/// A task may end its own process: by `exit`, or by a crash.
#[test]
fn worker_may_end_itself() {
    process(|| {
        within(PATIENCE, || {
            let pool = Tested::new(2, end_yourself);
            step("tasks that end their process");
            for how in [0, 3, 1, 4, 2, 5] {
                let result = pool.apply(how);
                let expected = if how < 3 {
                    matches!(result, Err(TaskError::WorkerDied(_)))
                } else {
                    result == Ok(how)
                };
                assert!(expected, "apply({how}), where 0, 1 and 2 end the worker: {result:?}");
            }
            let mapped = pool.map(vec![5, 2, 4], 1);
            assert!(
                matches!(mapped, Err(TaskError::WorkerDied(_))),
                "map with a crash: {mapped:?}"
            );
            assert_eq!(pool.map(vec![4, 5, 6], 2), Ok(vec![4, 5, 6]), "map after a crash");
            pool.finish();
        });
    });
}

/// 200 times a worker is killed at a random moment. `kills` tells what is done and seen.
#[test]
fn random_kills_lose_nothing() {
    process(|| {
        let mut dice = Dice::new(seed());
        within(PATIENCE * 5, move || {
            let mut turnstile = Turnstile::new();
            let pool = Tested::new(kills::WORKERS, kills::run);
            let before = descriptors::now();
            for round in 1..=200 {
                kills::round(&pool, &mut turnstile, &mut dice);
                if round % 25 == 0 {
                    kills::count_workers(&pool, &mut turnstile);
                }
            }
            processes::require_no_zombie("200 workers were killed");
            before.require_no_growth("200 workers were killed");
            pool.finish();
        });
    });
}

#[test]
fn nothing_is_left_behind() {
    process(|| {
        within(PATIENCE * 3, || {
            let mut turnstile = Turnstile::new();
            let mut idle_pool = || {
                let pool = Tested::new(3, run_errand);
                muster(&pool, &mut turnstile, 3, Fault::Serial);
                pool
            };
            idle_pool().finish();
            let before = descriptors::now();
            step("close and join");
            idle_pool().finish();
            processes::require_no_child("close and join");
            step("terminate and join");
            let pool = idle_pool();
            pool.terminate();
            assert!(pool.into_inner().join().is_ok(), "join after terminate");
            processes::require_no_child("terminate and join");
            step("drop a pool");
            drop(idle_pool());
            processes::require_no_child("a pool was dropped");
            before.require_no_growth("three pools came and went");
        });
    });
}

/// Whoever drops a pool does not want its results any more. To join one that is open drops it.
#[test]
fn drop_stops_what_is_running() {
    process(|| {
        within(PATIENCE * 3, || {
            for joined in [false, true] {
                let mut turnstile = Turnstile::new();
                let pool = Tested::new(2, run_errand);
                let results: Vec<_> = (0..4).map(|n| pool.queue((turnstile.ticket(), n))).collect();
                turnstile.expect(2, Fault::Serial, "two workers take two tasks");
                step("drop a pool whose tasks would wait for ever");
                let pool = pool.into_inner();
                if joined {
                    let joined = pool.join();
                    assert!(matches!(joined, Err(PoolError::StillOpen)), "join: {joined:?}");
                } else {
                    drop(pool);
                }
                for (number, result) in (0..).zip(results) {
                    let result = outcome(result, number);
                    assert_eq!(result, Err(TaskError::Terminated), "task {number}");
                }
                processes::require_no_child("a pool was dropped whose tasks were running");
            }
        });
    });
}

/// The errand that ends its worker.
const LAST: u64 = 0;

fn stay((ticket, number): Errand) {
    if number == LAST {
        ticket.arrive(number);
        ticket.pass();
        std::process::abort();
    }
    ticket.stay();
    ticket.arrive(number);
    if number < 3 {
        thread::sleep(Duration::MAX);
    }
}

/// The owner of a pool is killed, so it cannot tidy up. Two of its workers are in the middle of a
/// task that never ends, one has nothing to do. The same with workers that have replaced others.
#[test]
fn nothing_outlives_the_owner() {
    process(|| {
        for replaced in [false, true] {
            let mut turnstile = Turnstile::new();
            let (owner, ()) = Peer::start((), turnstile.ticket(), move |ticket| {
                let pool = Tested::new(3, stay);
                if replaced {
                    let last = [(); 3].map(|()| pool.queue((ticket.clone(), LAST)));
                    last.into_iter().for_each(|result| drop(result.get(None)));
                }
                let busy = [pool.queue((ticket.clone(), 1)), pool.queue((ticket.clone(), 2))];
                pool.apply((ticket.clone(), 3)).expect("the third worker is free");
                ticket.arrive(4);
                busy.map(|result| result.get(None).is_ok())
            });
            if replaced {
                turnstile.expect(3, Fault::Serial, "three workers take three tasks");
                turnstile.admit(3);
            }
            let arrivals = turnstile.expect(4, Fault::LostWorker, "three workers take three tasks");
            step("kill the process that owns the pool");
            processes::kill(owner.id());
            let gone = turnstile.is_deserted();
            if !gone {
                arrivals.iter().for_each(|arrival| processes::put_down(arrival.process));
            }
            require!(Fault::LeftBehind, gone, "the owner was killed, and a worker lives on");
        }
    });
}

/// A pool can be made in one thread and used in another, also after the first one has ended.
#[test]
fn pool_outlives_the_thread_that_made_it() {
    process(|| {
        within(PATIENCE * 2, || {
            let mut turnstile = Turnstile::new();
            let ticket = turnstile.ticket();
            let (introduce, introduced) = mpsc::channel();
            let (dismiss, dismissed) = mpsc::channel();
            let maker = thread::spawn(move || {
                introduce.send(std::fs::read_link("/proc/thread-self").ok()).expect("the check");
                let pool = Tested::new(2, run_errand);
                let results = [1, 2].map(|number| (number, pool.queue((ticket.clone(), number))));
                dismissed.recv().expect("the check");
                (pool, results)
            });
            let maker_in_proc = introduced.recv().expect("the thread says who it is");
            turnstile.expect(2, Fault::Serial, "two workers take two tasks");
            dismiss.send(()).expect("the thread waits for this");
            let (pool, results) = maker.join().expect("a pool can be made in any thread");
            step("use a pool whose thread has ended");
            // A thread that has been joined may still be in the middle of its end.
            let maker_in_proc = maker_in_proc.map(|link| std::path::Path::new("/proc").join(link));
            let ended = witness::eventually(|| !maker_in_proc.as_ref().is_some_and(|p| p.exists()));
            assert!(ended, "a thread that has been joined ends");
            turnstile.admit(2);
            for (number, result) in results {
                let message = "its worker should outlive the thread that made the pool";
                assert_eq!(outcome(result, number), Ok(number), "{message}");
            }
            muster(&pool, &mut turnstile, 2, Fault::LostWorker);
            pool.finish();
        });
    });
}
