//! Threads that wait by looking again and again: what is right passes, however it pauses, and what
//! goes round for ever is a livelock.

use std::panic::{AssertUnwindSafe, catch_unwind};

use sync_model::atomic::{AtomicBool, AtomicUsize, Ordering};
use sync_model::model::{Model, RaceCell};
use sync_model::time::Duration;
use sync_model::{Arc, Mutex, hint, thread};

/// How a thread pauses before it looks again.
type Pause = fn();

const PAUSES: [(&str, Pause); 4] = [
    ("yield", || thread::yield_now()),
    ("spin", || hint::spin_loop()),
    ("sleep", || thread::sleep(Duration::from_millis(1))),
    ("none", || ()),
];

/// So many threads share this, and each does the same with its number. Returns what they shared.
fn together<T: Send + Sync + 'static>(
    threads: usize,
    shared: T,
    act: impl Fn(&T, usize) + Copy + Send + 'static,
) -> Arc<T> {
    let shared = Arc::new(shared);
    let others: Vec<_> = (1..threads)
        .map(|id| {
            let theirs = Arc::clone(&shared);
            thread::spawn(move || act(&theirs, id))
        })
        .collect();
    act(&shared, 0);
    others.into_iter().for_each(|other| other.join().unwrap());
    shared
}

/// In which ways each scenario is checked.
const KINDS: [&str; 3] = ["plain", "weak", "random"];

/// What is said of a scenario, for each pause, checked in all ways; `None`: it is right.
fn verdicts(scenario: fn(Pause)) -> Vec<(&'static str, &'static str, Option<String>)> {
    let kinds = PAUSES.into_iter().flat_map(|pause| KINDS.map(|kind| (pause, kind)));
    let verdict = |((name, pause), kind): ((&'static str, Pause), &'static str)| {
        let model = match kind {
            "weak" => Model::new().weak(),
            // Of these, too, nobody may be kept waiting for ever.
            "random" => Model::new().random(100),
            _ => Model::new(),
        };
        let result = catch_unwind(AssertUnwindSafe(|| model.check(move || scenario(pause))));
        let said = result.err().map(|panic| *panic.downcast::<String>().expect("it is text"));
        (name, kind, said)
    };
    kinds.map(verdict).collect()
}

#[track_caller]
fn is_right(scenario: fn(Pause)) {
    for (pause, kind, said) in verdicts(scenario) {
        assert_eq!(said, None, "pause: {pause}, {kind}");
    }
}

/// A livelock, with a table that fits on a screen.
#[track_caller]
fn is_a_livelock(scenario: fn(Pause)) {
    // To keep in step for ever is not what random schedules do.
    let searched = verdicts(scenario).into_iter().filter(|(_, kind, _)| *kind != "random");
    for (pause, kind, said) in searched {
        let said = said.unwrap_or_else(|| panic!("pause: {pause}, {kind}: it passes"));
        assert!(said.starts_with("livelock: "), "pause: {pause}, {kind}: {said}");
        assert!(said.lines().count() <= 32, "pause: {pause}, {kind}: {said}");
    }
}

#[test]
fn a_lock_of_three_that_swap() {
    is_right(|pause| {
        let shared = (AtomicBool::new(false), RaceCell::new(0));
        let shared = together(3, shared, move |(locked, visits), _| {
            let (ok, failed) = (Ordering::Acquire, Ordering::Relaxed);
            while locked.compare_exchange(false, true, ok, failed).is_err() {
                pause();
            }
            visits.with_mut(|visits| *visits += 1);
            locked.store(false, Ordering::Release);
        });
        assert_eq!(shared.1.get(), 3);
    });
}

/// Two who wait for later turns may not keep the one waiting whose turn has come, and who has not yet
/// seen it.
#[test]
fn a_ticket_lock() {
    is_right(|pause| {
        let shared = (AtomicUsize::new(0), AtomicUsize::new(0), RaceCell::new(0));
        let shared = together(3, shared, move |(tickets, turn, visits), _| {
            let ticket = tickets.fetch_add(1, Ordering::Relaxed);
            while turn.load(Ordering::Acquire) != ticket {
                pause();
            }
            visits.with_mut(|visits| *visits += 1);
            turn.store(ticket + 1, Ordering::Release);
        });
        assert_eq!(shared.2.get(), 3);
    });
}

/// Each round changes something: it is polling all the same.
#[test]
fn who_waits_may_count_its_rounds() {
    is_right(|pause| {
        let shared = (AtomicBool::new(false), AtomicUsize::new(0), RaceCell::new(0));
        let shared = together(2, shared, move |(locked, rounds, visits), _| {
            while locked.swap(true, Ordering::Acquire) {
                rounds.fetch_add(1, Ordering::Relaxed);
                pause();
            }
            visits.with_mut(|visits| *visits += 1);
            thread::yield_now();
            locked.store(false, Ordering::Release);
        });
        assert_eq!(shared.2.get(), 2);
    });
}

#[test]
fn who_waits_may_count_its_rounds_while_another_one_sleeps() {
    is_right(|pause| {
        let shared = (AtomicBool::new(false), AtomicUsize::new(0));
        together(2, shared, move |(set, rounds), id| {
            if id == 0 {
                thread::sleep(Duration::from_millis(20));
                set.store(true, Ordering::Release);
            }
            while !set.load(Ordering::Acquire) {
                rounds.fetch_add(1, Ordering::Relaxed);
                pause();
            }
        });
    });
}

#[test]
fn a_mutex_that_is_tried() {
    is_right(|pause| {
        let count = together(3, Mutex::new(0), move |count, _| {
            loop {
                if let Ok(mut count) = count.try_lock() {
                    *count += 1;
                    break;
                }
                pause();
            }
        });
        assert_eq!(*count.lock().unwrap(), 3);
    });
}

#[test]
fn a_token_that_was_left_before_wakes_too_early() {
    is_right(|_| {
        let shared = (AtomicBool::new(false), Mutex::new(Vec::<thread::Thread>::new()));
        together(3, shared, |(set, sleepers), id| {
            if id == 0 {
                set.store(true, Ordering::SeqCst);
                let sleepers = std::mem::take(&mut *sleepers.lock().unwrap());
                sleepers.iter().for_each(thread::Thread::unpark);
                return;
            }
            thread::current().unpark();
            sleepers.lock().unwrap().push(thread::current());
            while !set.load(Ordering::SeqCst) {
                thread::park();
            }
        });
    });
}

#[test]
fn each_waits_for_the_other() {
    is_a_livelock(|pause| {
        let flags = [AtomicBool::new(false), AtomicBool::new(false)];
        together(2, flags, move |flags, id| {
            while !flags[1 - id].load(Ordering::SeqCst) {
                pause();
            }
            flags[id].store(true, Ordering::SeqCst);
        });
    });
}

#[test]
fn nobody_saw_what_is_over() {
    is_a_livelock(|pause| {
        together(3, AtomicUsize::new(0), move |phase, id| {
            if id == 0 {
                phase.store(1, Ordering::SeqCst);
                phase.store(2, Ordering::SeqCst);
            }
            while id > 0 && phase.load(Ordering::SeqCst) != 1 {
                pause();
            }
        });
    });
}

/// All orders that end, end well; but the two may keep in step for ever.
#[test]
fn both_give_way() {
    is_a_livelock(|pause| {
        let flags = [AtomicBool::new(false), AtomicBool::new(false)];
        together(2, flags, move |flags, id| {
            loop {
                flags[id].store(true, Ordering::SeqCst);
                if !flags[1 - id].load(Ordering::SeqCst) {
                    break;
                }
                flags[id].store(false, Ordering::SeqCst);
                pause();
            }
            flags[id].store(false, Ordering::SeqCst);
        });
    });
}

#[test]
fn both_take_one_lock_and_give_it_back() {
    is_a_livelock(|pause| {
        let locks = [Mutex::new(0), Mutex::new(0)];
        together(2, locks, move |locks, id| {
            loop {
                let mut mine = locks[id].lock().unwrap();
                if let Ok(mut theirs) = locks[1 - id].try_lock() {
                    (*mine, *theirs) = (*theirs, *mine);
                    break;
                }
                drop(mine);
                pause();
            }
        });
    });
}

#[test]
fn a_loop_that_only_looks_at_a_cell_ends() {
    is_a_livelock(|_| {
        together(2, RaceCell::new(false), |set, id| while id == 1 && !set.get() {});
    });
}
