//! Every way in which the threads can take turns.

use race_fix_model::SharedCounter;
use sync::model::{self, Fault, require};
use sync::Arc;

#[test]
fn two_threads_lose_nothing() {
    model::check(|| {
        let counter = Arc::new(SharedCounter::new(0));
        let adder = model::spawn("adder", {
            let counter = Arc::clone(&counter);
            move || counter.incr(1)
        });
        counter.incr(1);
        adder.join().unwrap();
        let count = counter.get();
        require!(Fault::LostUpdate, count == 2, "two threads added 1 each: 2 expected, {count} found");
    });
}
