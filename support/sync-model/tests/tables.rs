//! One table per fault, as a learner sees it under plain `cargo test`. Reviewed by eye: each must
//! explain the mistake to somebody who meets it for the first time.

use std::panic::{AssertUnwindSafe, catch_unwind};

use sync_model::Arc;
use sync_model::model::{self, Fault, Model, RaceCell, require};

#[path = "tables/subject.rs"]
mod subject;

/// What a check says that fails.
fn report(check: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(check)).expect_err("the check fails");
    *panic.downcast::<String>().expect("a report is text")
}

/// Two threads share a subject and do the same: `main` and `other`.
fn both<T: Send + Sync + 'static>(make: fn() -> T, act: fn(&T)) -> Arc<T> {
    let shared = Arc::new(make());
    let theirs = Arc::clone(&shared);
    let other = model::spawn("other", move || act(&theirs));
    act(&shared);
    other.join().unwrap();
    shared
}

macro_rules! golden {
    ($name:ident, $check:expr) => {
        #[test]
        fn $name() {
            insta::assert_snapshot!(report(|| $check));
        }
    };
}

golden!(
    lost_update,
    model::check(|| {
        let counter = both(subject::Counter::new, subject::Counter::incr);
        let count = counter.get();
        require!(Fault::LostUpdate, count == 2, "two threads added 1 each; the counter is {count}");
    })
);

golden!(
    deadlock,
    model::check(|| {
        let accounts = Arc::new(subject::Accounts::new());
        let theirs = Arc::clone(&accounts);
        let back = model::spawn("back", move || theirs.back());
        accounts.forth();
        back.join().unwrap();
    })
);

golden!(self_deadlock, model::check(|| subject::Accounts::new().twice()));

golden!(
    lost_wakeup,
    model::check(|| {
        let event = Arc::new(subject::Event::new());
        let theirs = Arc::clone(&event);
        let waiter = model::spawn("waiter", move || theirs.wait());
        event.set();
        waiter.join().unwrap();
    })
);

golden!(
    nobody_notifies,
    model::check(|| {
        let event = Arc::new(subject::Event::new());
        let theirs = Arc::clone(&event);
        let waiter = model::spawn("waiter", move || theirs.wait());
        waiter.join().unwrap();
    })
);

golden!(
    livelock,
    model::check(|| {
        let flag = Arc::new(subject::Flag::new());
        let theirs = Arc::clone(&flag);
        let poller = model::spawn("poller", move || theirs.poll());
        poller.join().unwrap();
    })
);

golden!(
    data_race,
    model::check(|| {
        let lock = Arc::new(subject::BrokenLock::new());
        let cell = Arc::new(RaceCell::new(0));
        let theirs = (Arc::clone(&lock), Arc::clone(&cell));
        let other = model::spawn("other", move || theirs.0.with(|| theirs.1.set(1)));
        lock.with(|| cell.set(2));
        other.join().unwrap();
    })
);

golden!(
    panic_in_a_thread,
    model::check(|| {
        both(subject::Stack::one, subject::Stack::take);
    })
);

golden!(
    wrong_answer,
    model::check(|| {
        let counter = both(subject::Counter::new, subject::Counter::incr);
        assert_eq!(counter.get(), 3, "an assertion of the check's own");
    })
);

golden!(
    spurious_wakeup,
    Model::new().spurious().check(|| {
        let event = Arc::new(subject::Event::new());
        let theirs = Arc::clone(&event);
        let waiter = model::spawn("waiter", move || theirs.wait_once());
        event.set_under_the_lock();
        let saw = waiter.join().unwrap();
        require!(Fault::WrongAnswer, saw, "wait returned, and the event was not set");
    })
);

golden!(
    old_value,
    Model::new().weak().check(|| {
        let slot = Arc::new(subject::Slot::new());
        let theirs = Arc::clone(&slot);
        let writer = model::spawn("writer", move || theirs.publish(7));
        let seen = slot.read();
        require!(
            Fault::WrongAnswer,
            seen != Some(0),
            "the slot was marked as full, and held nothing"
        );
        writer.join().unwrap();
    })
);

golden!(
    unseen,
    model::check(|| {
        let counter = Arc::new(std::sync::atomic::AtomicU32::new(0));
        let theirs = Arc::clone(&counter);
        let add = |counter: &std::sync::atomic::AtomicU32| {
            counter.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        };
        let other = model::spawn("other", move || add(&theirs));
        add(&counter);
        other.join().unwrap();
    })
);

golden!(
    too_many_threads,
    model::check(|| {
        let threads: Vec<_> = (0..20).map(|_| model::spawn("worker", || ())).collect();
        threads.into_iter().for_each(|thread| thread.join().unwrap());
    })
);

golden!(nondeterminism, {
    let runs = std::sync::atomic::AtomicU32::new(0);
    model::check(move || {
        let odd = runs.fetch_add(1, std::sync::atomic::Ordering::Relaxed) % 2 == 1;
        let act = if odd { subject::Counter::incr } else { subject::Counter::incr_twice };
        both(subject::Counter::new, act);
    });
});

golden!(outlived, {
    static STACK: std::sync::LazyLock<subject::Stack> =
        std::sync::LazyLock::new(subject::Stack::one);
    model::check(|| {
        let other = model::spawn("other", || STACK.take());
        other.join().unwrap();
    });
});

golden!(
    stack_overflow,
    model::check(|| {
        subject::Counter::new().incr_for_ever(0);
    })
);

#[test]
fn the_same_table_every_time() {
    let once = || {
        report(|| {
            model::check(|| {
                let event = Arc::new(subject::Event::new());
                let theirs = Arc::clone(&event);
                let waiter = model::spawn("waiter", move || theirs.wait());
                event.set();
                waiter.join().unwrap();
            });
        })
    };
    let first = once();
    for _ in 1..100 {
        assert_eq!(once(), first);
    }
}
