//! Laws that hold for all numbers.

mod contract;

use checks::property;
use checks::proptest::collection::vec;
use checks::proptest::prelude::any;
use race_fix as answer;
use race_fix::SharedCounter;

/// Each step is added if `up`, and subtracted if not: as with an ordinary number that wraps around.
#[test]
fn counts_like_a_number() {
    property((any::<i64>(), vec((any::<bool>(), any::<i64>()), 0..20)), |(initial, steps)| {
        let counter = SharedCounter::new(initial);
        let mut number = initial;
        for (up, delta) in steps {
            if up {
                counter.incr(delta);
                number = number.wrapping_add(delta);
            } else {
                counter.decr(delta);
                number = number.wrapping_sub(delta);
            }
            assert_eq!(counter.get(), number);
        }
    });
}
