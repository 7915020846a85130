//! The smallest scenario that breaks each, as a learner sees it under plain `cargo test`.

use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::time::Duration;

use sync_model::Mutex;
use sync_model::model::{Model, Operations};

use super::subject::{Place, Served, TwoSteps};
use super::{lists, said};

macro_rules! golden {
    ($name:ident, $check:expr) => {
        #[test]
        fn $name() {
            insta::assert_snapshot!(said(|| $check).expect("it fails"));
        }
    };
}

golden!(lost_update, lists::counter().check());

golden!(
    shown_at_the_end,
    lists::counter().at_the_end("get()", TwoSteps::get, |count| *count).check()
);

golden!(
    a_subject_with_a_thread,
    Operations::new()
        .start("Served::start()", Served::start, || 0)
        .call("incr()", Served::incr, |count| {
            *count += 1;
            Some(())
        })
        .at_the_end("get()", Served::get, |count| *count)
        .check()
);

golden!(looks_before_it_takes, lists::stack().check());

// The two calls touch nothing in common: that one was over before the other began is all that speaks
// against it.
golden!(one_after_the_other, lists::halves().check());

golden!(nobody_is_woken, lists::place(Place::put_silently, Place::get).check());

golden!(does_not_wait, lists::place(Place::put, Place::get_at_once).check());

golden!(
    wrong_alone,
    Operations::new()
        .start("Mutex::new(0)", || Mutex::new(0), || 0)
        .call(
            "next()",
            |number| *number.lock().unwrap(),
            |number| {
                *number += 1;
                Some(*number)
            }
        )
        .check()
);

golden!(
    panics,
    Operations::new()
        .start("Mutex::new(1)", || Mutex::new(1_u32), || 1_u32)
        .call(
            "take()",
            |left| {
                let mut left = left.lock().unwrap();
                *left = left.checked_sub(1).expect("there is one");
            },
            |left| {
                *left = left.saturating_sub(1);
                Some(())
            }
        )
        .check()
);

golden!(
    unseen,
    Operations::new()
        .start("AtomicU32::new(0)", || AtomicU32::new(0), || 0)
        .call("load()", |atomic| atomic.load(SeqCst), |value| Some(*value))
        .check()
);

golden!(
    too_many_steps,
    Operations::new()
        .start("Mutex::new(0)", || Mutex::new(0), || 0)
        .call(
            "count()",
            |number| (0..40).for_each(|_| *number.lock().unwrap() += 1),
            |number| {
                *number += 40;
                Some(())
            }
        )
        .check_with(Model::new().steps(50))
);

#[test]
fn without_time_for_every_two_it_says_nothing() {
    let said = said(|| lists::counter().check_with(Model::new().budget(Duration::ZERO)));
    let said = said.expect("it does not pass");
    assert!(
        said.starts_with("inconclusive: The model checker did not finish within 0 s"),
        "{said}"
    );
}
