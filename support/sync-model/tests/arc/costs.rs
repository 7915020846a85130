//! What an `Arc` costs in executions, beside std's.

use sync_model::atomic::{AtomicUsize, Ordering::SeqCst};
use sync_model::{Condvar, Mutex, thread};

use super::explore;

/// How many executions a scenario takes with `Arc`s of either kind.
macro_rules! cost {
    ($scenario:expr) => {{
        mod standard {
            pub use std::sync::Arc;
        }
        let model = {
            use sync_model::Arc;
            explore($scenario).1
        };
        let standard = {
            use standard::Arc;
            explore($scenario).1
        };
        (model, standard)
    }};
}

#[test]
fn what_is_only_shared_costs_no_executions() {
    let (model, standard) = cost!(|| {
        let count = Arc::new(AtomicUsize::new(0));
        let others = [(); 2].map(|()| {
            let theirs = Arc::clone(&count);
            thread::spawn(move || theirs.fetch_add(1, SeqCst))
        });
        count.fetch_add(1, SeqCst);
        drop(count);
        for other in others {
            other.join().unwrap();
        }
    });
    println!("three updates: {model} with the model's Arc, {standard} with std's");
    assert_eq!(model, standard);
    let (model, standard) = cost!(|| {
        let lock = Arc::new(Mutex::new(0));
        let others = [(); 3].map(|()| {
            let theirs = Arc::clone(&lock);
            thread::spawn(move || *Arc::clone(&theirs).lock().unwrap() += 1)
        });
        for other in others {
            other.join().unwrap();
        }
        assert_eq!(*lock.lock().unwrap(), 3);
    });
    println!("three sections: {model} with the model's Arc, {standard} with std's");
    assert_eq!(model, standard);
    let (model, standard) = cost!(|| {
        let shared = Arc::new(0);
        let others = [(); 4].map(|()| {
            let theirs = Arc::clone(&shared);
            thread::spawn(move || drop((Arc::clone(&theirs), Arc::downgrade(&theirs))))
        });
        for other in others {
            other.join().unwrap();
        }
    });
    println!("four that clone and drop: {model} with the model's Arc, {standard} with std's");
    assert_eq!(model, standard);
}

/// The orders of the drops are tried, because it could be seen who is last: no others.
#[test]
fn what_a_destructor_costs() {
    let (model, standard) = cost!(|| {
        let lock = Arc::new(Mutex::new(vec![0]));
        let others = [(); 2].map(|()| {
            let theirs = Arc::clone(&lock);
            thread::spawn(move || theirs.lock().unwrap().push(1))
        });
        for other in others {
            other.join().unwrap();
        }
        assert_eq!(lock.lock().unwrap().len(), 3);
    });
    println!("two pushes: {model} with the model's Arc, {standard} with std's");
    assert!(model <= 4 * standard, "{model}, {standard}");
    let (model, standard) = cost!(|| {
        let event = Arc::new((Mutex::new(false), Condvar::new()));
        let theirs = Arc::clone(&event);
        let other = thread::spawn(move || {
            *theirs.0.lock().unwrap() = true;
            theirs.1.notify_one();
        });
        let set = event.1.wait_while(event.0.lock().unwrap(), |set| !*set);
        drop(set);
        other.join().unwrap();
    });
    println!("an event: {model} with the model's Arc, {standard} with std's");
    assert_eq!(model, standard);
    let (model, standard) = cost!(|| {
        let boxed = Arc::new(Box::new(0));
        let others = [(); 3].map(|()| {
            let theirs = Arc::clone(&boxed);
            thread::spawn(move || assert_eq!(**theirs, 0))
        });
        for other in others {
            other.join().unwrap();
        }
    });
    println!("three that drop a box: {model} with the model's Arc, {standard} with std's");
    assert!(model <= 100 * standard, "{model}, {standard}");
}
