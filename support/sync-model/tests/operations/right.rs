//! What is right passes, also if calls wait for ever that may.

use sync_model::Mutex;
use sync_model::atomic::{AtomicU32, Ordering::SeqCst};
use sync_model::model::{Model, Operations};

use super::subject::{Locks, Place};
use super::{lists, said};

#[test]
fn a_counter() {
    let check = || {
        Operations::new()
            .start("AtomicU32::new(0)", || AtomicU32::new(0), || 0)
            .start("AtomicU32::new(7)", || AtomicU32::new(7), || 7)
            .call(
                "incr()",
                |count| count.fetch_add(1, SeqCst),
                |count| {
                    *count += 1;
                    Some(*count - 1)
                },
            )
            .call("get()", |count| count.load(SeqCst), |count| Some(*count))
            .check();
    };
    assert_eq!(said(check), None);
}

#[test]
fn a_stack() {
    let check = || {
        Operations::new()
            .start("Mutex::new(vec![])", || Mutex::new(Vec::new()), Vec::new)
            .call_with("push", [1, 2, 3], |stack, item| stack.lock().unwrap().push(item), {
                |stack: &mut Vec<u32>, item| {
                    stack.push(item);
                    Some(())
                }
            })
            .call("pop()", |stack| stack.lock().unwrap().pop(), |stack| Some(stack.pop()))
            .at_the_end("take()", |stack| stack.lock().unwrap().clone(), |stack| stack.clone())
            .check();
    };
    assert_eq!(said(check), None);
}

#[test]
fn who_may_wait_for_ever_does() {
    assert_eq!(said(|| lists::place(Place::put, Place::get).check()), None);
}

#[test]
fn waking_up_for_no_reason_changes_nothing() {
    let check =
        || lists::place(Place::put, Place::get).check_with(Model::new().spurious().bound(1));
    assert_eq!(said(check), None);
}

#[test]
fn a_call_that_takes_two_moments() {
    let check = |atomic: bool| {
        let both = |count: &AtomicU32| {
            count.fetch_add(1, SeqCst);
            count.fetch_add(1, SeqCst);
        };
        let operations = Operations::new()
            .start("AtomicU32::new(0)", || AtomicU32::new(0), || 0_u32)
            .call("get()", |count| count.load(SeqCst), |count| Some(*count));
        let add = |by| {
            move |count: &mut u32| {
                *count += by;
                Some(0)
            }
        };
        let (first, second) = if atomic { (2, 0) } else { (1, 1) };
        let end = move |count: &mut u32, _| add(second)(count).map(|_| ());
        said(|| operations.call_in_two("twice()", both, add(first), end).check())
    };
    assert_eq!(check(false), None);
    let wrong = check(true).expect("get can see the 1 in between");
    assert!(wrong.starts_with("not-linearizable: "), "{wrong}");
}

#[test]
fn random_schedules_alone() {
    let check = || lists::place(Place::put, Place::get).check_with(Model::new().random(3));
    assert_eq!(said(check), None);
}

#[test]
fn locks_in_one_order() {
    let check = || {
        Operations::new()
            .start("Locks::default()", Locks::default, || ())
            .call("both()", Locks::first_then_second, |()| Some(()))
            .call("one()", Locks::first, |()| Some(()))
            .check();
    };
    assert_eq!(said(check), None);
}
