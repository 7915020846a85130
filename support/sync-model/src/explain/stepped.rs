//! How things stand after each row, for everything that threads can share.

use std::fmt::Write;
use std::rc::Rc;
use std::time::Duration;

use evidence::interleaving::{Act, Condition, Interleaving, State};

use crate::atomic::{AtomicU32, Ordering};
use crate::engine::{Session, Settings};
use crate::mpsc::sync_channel;
use crate::search::{self, Plan};
use crate::{Arc, Barrier, Condvar, Mutex, Once, RwLock, RwLockWriteGuard, model, panics, thread};

/// The schedule of a scenario that fails.
fn schedule(scenario: impl Fn() + 'static) -> Interleaving {
    schedule_with(Settings::default(), scenario)
}

fn schedule_with(settings: Settings, scenario: impl Fn() + 'static) -> Interleaving {
    panics::watch();
    let plan = Plan {
        required: Some(2),
        random: None,
        seed: 0,
        spare: 1_000,
        budget: Duration::from_secs(60),
        fallback: None,
    };
    let session = Session::begin();
    let found = search::search(&session, Rc::new(scenario), plan, settings);
    drop(session);
    let (ending, trace) = found.stopped.expect("it fails");
    super::explain(&ending, trace, "", None).1
}

/// Everything but the lines.
fn text(table: &Interleaving) -> String {
    let mut out = String::new();
    let states = table.states();
    let number = |index: usize| if index == 0 { "start".to_owned() } else { index.to_string() };
    for (index, state) in states.iter().enumerate() {
        let row = index.checked_sub(1).map(|row| &table.rows[row]);
        let did = row.map_or_else(String::new, |row| {
            let act = row.act.as_ref().map_or_else(|| row.text.clone(), |act| said(table, act));
            format!(" {} {act}", table.lanes[row.lane].name)
        });
        writeln!(out, "{}{did}", number(index)).unwrap();
        write(table, state, &mut out);
    }
    out
}

fn write(table: &Interleaving, state: &State, out: &mut String) {
    for (lane, thread) in table.lanes.iter().zip(&state.threads) {
        let condition = match &thread.condition {
            Condition::Ready { next: Some(next) } => format!("before {}", said(table, next)),
            Condition::Waits { object, called } => {
                let called = called.as_ref().map_or(String::new(), |called| format!(" ({called})"));
                format!("waits for {}{called}", table.objects[*object].name)
            }
            Condition::Sleeps { object } => format!("sleeps in {}", table.objects[*object].name),
            other => format!("{other:?}"),
        };
        writeln!(out, "    {}: {condition}", lane.name).unwrap();
    }
    for (object, state) in table.objects.iter().zip(&state.objects) {
        let shared = if state.shared { " shared" } else { "" };
        let room = object.room.map_or_else(String::new, |room| format!(" of {room}"));
        let value =
            state.value.as_ref().map_or_else(String::new, |value| format!(" = {value}{room}"));
        let was = state.was.as_ref().map_or_else(String::new, |was| format!(" was {was}"));
        let changed = state.changed_by.as_ref().map_or_else(String::new, |by| format!(" by {by}"));
        let holders = state.holders.join(",");
        let (name, sort) = (&object.name, object.sort);
        writeln!(out, "    {sort:?} {name} [{holders}{shared}]{value}{was}{changed}").unwrap();
    }
}

fn said(table: &Interleaving, act: &Act) -> String {
    let name = |object: Option<usize>| object.map_or("", |object| &*table.objects[object].name);
    let called = act.called.as_ref().map_or_else(String::new, |called| format!("({called})"));
    let mut text = format!("{:?} {} {called} {}", act.deed, name(act.object), name(act.lock));
    for (label, value) in [("", &act.value), ("was ", &act.was)] {
        value.iter().for_each(|value| write!(text, " {label}{value}").unwrap());
    }
    act.who.iter().for_each(|name| write!(text, " {name}").unwrap());
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

macro_rules! golden {
    ($name:ident, $scenario:expr) => {
        #[test]
        fn $name() {
            insta::assert_snapshot!(text(&schedule($scenario)));
        }
    };
}

golden!(a_value_that_is_read_and_then_written, || {
    let count = Arc::new(AtomicU32::new(5));
    let theirs = Arc::clone(&count);
    let add = |count: &AtomicU32| {
        let old = count.load(Ordering::SeqCst);
        count.store(old + 1, Ordering::SeqCst);
    };
    let adder = model::spawn("adder", move || add(&theirs));
    add(&count);
    adder.join().unwrap();
    assert_eq!(count.load(Ordering::SeqCst), 7);
});

golden!(a_store_that_never_came, || {
    let pair = Arc::new((AtomicU32::new(0), AtomicU32::new(0)));
    let theirs = Arc::clone(&pair);
    model::spawn("writer", move || {
        theirs.0.store(8, Ordering::SeqCst);
        theirs.1.store(9, Ordering::SeqCst);
    });
    let both = [pair.0.load(Ordering::SeqCst), pair.1.load(Ordering::SeqCst)];
    assert_ne!(both, [8, 0]);
});

golden!(a_number_behind_a_lock, || {
    let lock = Arc::new(Mutex::new(1));
    let theirs = Arc::clone(&lock);
    let other = model::spawn("other", move || *theirs.lock().unwrap() += 1);
    *lock.lock().unwrap() *= 5;
    other.join().unwrap();
    let _held = lock.lock().unwrap();
    assert!(lock.try_lock().is_ok());
});

golden!(a_struct_behind_a_lock, || {
    let lock = Mutex::new(vec![1]);
    lock.lock().unwrap().push(2);
    let _held = lock.lock().unwrap();
    drop(lock.lock());
});

golden!(one_lock_with_two_names, || {
    let forks = [Arc::new(Mutex::new(())), Arc::new(Mutex::new(()))];
    let eat = |left: &Mutex<()>, right: &Mutex<()>| {
        let _left = left.lock();
        let _right = right.lock();
    };
    let theirs = forks.clone();
    let other = model::spawn("other", move || eat(&theirs[1], &theirs[0]));
    eat(&forks[0], &forks[1]);
    other.join().unwrap();
});

golden!(readers_and_a_writer, || {
    let lock = Arc::new(RwLock::new(0));
    let theirs = Arc::clone(&lock);
    let _reader = lock.read().unwrap();
    let writer = model::spawn("writer", move || *theirs.write().unwrap() = 1);
    let _other = lock.try_read().unwrap();
    writer.join().unwrap();
});

golden!(a_writer_that_goes_on_as_a_reader, || {
    let lock = RwLock::new('a');
    let mut writer = lock.write().unwrap();
    *writer = 'b';
    let _reader = RwLockWriteGuard::downgrade(writer);
    drop(lock.write());
});

golden!(sleepers, || {
    let pair = Arc::new((Mutex::new(false), Condvar::new()));
    let sleep = |pair: &(Mutex<bool>, Condvar)| {
        let (ready, changed) = pair;
        let mut guard = ready.lock().unwrap();
        while !*guard {
            guard = changed.wait(guard).unwrap();
        }
    };
    let [one, two] = ["sleeper", "sleeper"].map(|name| {
        let pair = Arc::clone(&pair);
        model::spawn(name, move || sleep(&pair))
    });
    let (ready, changed) = &*pair;
    *ready.lock().unwrap() = true;
    changed.notify_one();
    one.join().unwrap();
    two.join().unwrap();
});

golden!(a_channel_that_is_full, || {
    let (sender, receiver) = sync_channel(1);
    let sends = model::spawn("sends", move || {
        for item in 0..3 {
            sender.send(item).unwrap();
        }
    });
    receiver.recv().unwrap();
    sends.join().unwrap();
});

golden!(a_barrier_for_one_too_many, || {
    let barrier = Arc::new(Barrier::new(3));
    let theirs = Arc::clone(&barrier);
    model::spawn("other", move || theirs.wait().is_leader());
    barrier.wait();
});

golden!(what_is_done_once, || {
    let once = Arc::new((Once::new(), Mutex::new(())));
    let theirs = Arc::clone(&once);
    let make = |(once, lock): &(Once, Mutex<()>)| once.call_once(|| drop(lock.lock()));
    let other = model::spawn("other", move || make(&theirs));
    let _held = once.1.lock();
    make(&once);
    other.join().unwrap();
});

golden!(parked, || {
    let other = model::spawn("other", || {
        thread::park();
        thread::park();
    });
    other.thread().unpark();
    other.join().unwrap();
});

/// An old value is read, and the newest one stands there.
#[test]
fn memory_that_is_weak() {
    let settings = Settings { weak: true, ..Settings::default() };
    let table = schedule_with(settings, || {
        let slot = Arc::new((AtomicU32::new(0), AtomicU32::new(0)));
        let theirs = Arc::clone(&slot);
        let writer = model::spawn("writer", move || {
            theirs.0.store(7, Ordering::Relaxed);
            theirs.1.store(1, Ordering::Relaxed);
        });
        if slot.1.load(Ordering::Relaxed) == 1 {
            assert_eq!(slot.0.load(Ordering::Relaxed), 7);
        }
        writer.join().unwrap();
    });
    insta::assert_snapshot!(text(&table));
}
