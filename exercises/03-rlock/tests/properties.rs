//! Any order of calls, against a model that is only a number.

mod contract;

use std::thread;

use checks::property;
use checks::proptest::prelude::*;
use rlock as answer;
use rlock::{NotOwner, RLock};

/// One call, by the thread that runs the property or by another one.
#[derive(Debug, Clone, Copy)]
enum Call {
    Acquire,
    TryAcquire,
    Release,
    Lock,
    DropGuard,
    OtherTriesAndReleases,
    OtherReleases,
}

#[test]
fn any_order_of_calls() {
    property(calls(), |calls| {
        let lock = RLock::new();
        let mut guards = Vec::new();
        // Levels that this thread owns by `acquire` and `try_acquire`; each guard is one more.
        let mut levels = 0;
        for call in calls {
            let owned = levels + guards.len() > 0;
            match call {
                Call::Acquire => {
                    lock.acquire();
                    levels += 1;
                }
                Call::TryAcquire => {
                    assert!(lock.try_acquire(), "nobody else owns the lock");
                    levels += 1;
                }
                // A guard's own level is for the guard to release.
                Call::Release if levels == 0 && owned => {}
                Call::Release => {
                    assert_eq!(lock.release(), if owned { Ok(()) } else { Err(NotOwner) });
                    levels -= usize::from(owned);
                }
                Call::Lock => guards.push(lock.lock()),
                Call::DropGuard => drop(guards.pop()),
                Call::OtherTriesAndReleases => {
                    let tried = elsewhere(|| lock.try_acquire().then(|| lock.release()));
                    assert_eq!(tried, (!owned).then_some(Ok(())), "owned by this thread: {owned}");
                }
                Call::OtherReleases => {
                    assert_eq!(elsewhere(|| lock.release()), Err(NotOwner));
                }
            }
        }
    });
}

fn calls() -> impl Strategy<Value = Vec<Call>> {
    let call = prop_oneof![
        3 => Just(Call::Acquire),
        2 => Just(Call::TryAcquire),
        4 => Just(Call::Release),
        2 => Just(Call::Lock),
        2 => Just(Call::DropGuard),
        2 => Just(Call::OtherTriesAndReleases),
        1 => Just(Call::OtherReleases),
    ];
    prop::collection::vec(call, 1..30)
}

fn elsewhere<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| scope.spawn(work).join().unwrap())
}
