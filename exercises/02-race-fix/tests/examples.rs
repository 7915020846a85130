//! What one thread alone can expect of the counter.

use checks::example;
use race_fix::SharedCounter;

#[test]
fn counts_alone() {
    example(|| {
        let counter = SharedCounter::new(40);
        counter.incr(3);
        counter.decr(1);
        assert_eq!(counter.get(), 42);
    });
}
