//! Any order of calls, against a model that is only a number.

mod contract;

use std::time::Duration;

use bounded_semaphore as answer;
use bounded_semaphore::{BoundedSemaphore, TooManyReleases};
use checks::proptest::prelude::*;
use checks::{Fault, property, require};

#[derive(Debug, Clone, Copy)]
enum Call {
    /// Skipped where it would wait.
    Acquire,
    TryAcquire,
    AcquireTimeout,
    Release,
    /// Skipped where it would wait.
    Permit,
    DropPermit,
}

#[test]
fn any_order_of_calls() {
    property((0..5_usize, calls()), |(permits, calls)| {
        let semaphore = BoundedSemaphore::new(permits);
        let mut held = Vec::new();
        // Taken by hand; each `Permit` that is held is one more.
        let mut taken = 0;
        for call in calls {
            let some = taken + held.len() < permits;
            match call {
                Call::Acquire if some => {
                    semaphore.acquire();
                    taken += 1;
                }
                Call::TryAcquire => {
                    assert_eq!(semaphore.try_acquire(), some, "a permit was there: {some}");
                    taken += usize::from(some);
                }
                Call::AcquireTimeout => {
                    let result = semaphore.acquire_timeout(Duration::ZERO);
                    assert_eq!(result, some, "a permit was there: {some}");
                    taken += usize::from(some);
                }
                // What a `Permit` holds is for the permit to release.
                Call::Release if taken == 0 && !held.is_empty() => {}
                Call::Release => {
                    let expected = if taken > 0 { Ok(()) } else { Err(TooManyReleases) };
                    assert_eq!(semaphore.release(), expected, "{taken} permits were taken");
                    taken = taken.saturating_sub(1);
                }
                Call::Permit if some => held.push(semaphore.permit()),
                Call::DropPermit => drop(held.pop()),
                Call::Acquire | Call::Permit => {}
            }
            let (left, found) = (permits - taken - held.len(), semaphore.available());
            require!(
                Fault::LostPermit,
                found == left,
                "after {call:?} there should be {left} permits, not {found}"
            );
        }
    });
}

fn calls() -> impl Strategy<Value = Vec<Call>> {
    let call = prop_oneof![
        Just(Call::Acquire),
        Just(Call::TryAcquire),
        Just(Call::AcquireTimeout),
        Just(Call::Release),
        Just(Call::Permit),
        Just(Call::DropPermit),
    ];
    prop::collection::vec(call, 1..30)
}
