//! A state after a row is the same, however one came to the row.

use proptest::prelude::*;

use super::{Act, Change, Condition, Deed, ObjectState, Spot, State, ThreadState};
use crate::Interleaving;
use crate::interleaving::{Lane, Row, Step};

fn act() -> impl Strategy<Value = Act> {
    let deed = prop_oneof![Just(Deed::Reads), Just(Deed::Writes), Just(Deed::Takes)];
    (deed, 0..3_usize, proptest::option::of("[0-9]")).prop_map(|(deed, object, value)| Act {
        deed,
        object: Some(object),
        called: None,
        lock: None,
        value,
        was: None,
        who: Vec::new(),
    })
}

fn condition() -> impl Strategy<Value = Condition> {
    prop_oneof![
        Just(Condition::NotStarted),
        proptest::option::of(act()).prop_map(|next| Condition::Ready { next }),
        (0..3_usize).prop_map(|object| Condition::Waits { object, called: None }),
        (0..3_usize).prop_map(|object| Condition::Sleeps { object }),
        "[AB]".prop_map(|thread| Condition::Joins { thread }),
        Just(Condition::Done),
    ]
}

fn thread() -> impl Strategy<Value = ThreadState> {
    let spot = (1..4_u32, any::<bool>());
    let at = spot.prop_map(|(line, scenario)| Spot { line, file: String::new(), scenario });
    (proptest::option::of(at), condition())
        .prop_map(|(at, condition)| ThreadState { at, condition })
}

fn object() -> impl Strategy<Value = ObjectState> {
    let value = || proptest::option::of("[0-3]");
    (proptest::collection::vec("[AB]", 0..3), value(), value()).prop_map(|(holders, value, was)| {
        ObjectState { holders, value, was, ..ObjectState::default() }
    })
}

fn state() -> impl Strategy<Value = State> {
    let threads = proptest::collection::vec(thread(), 2);
    let objects = proptest::collection::vec(object(), 3);
    (threads, objects).prop_map(|(threads, objects)| State { threads, objects })
}

/// A schedule in which things stand like this, one after the other: before each row, and after it.
fn schedule(start: &State, moments: &[(State, State)]) -> Interleaving {
    let mut before = start;
    let mut rows = Vec::new();
    for (number, (reached, after)) in moments.iter().enumerate() {
        rows.push(Row {
            lane: number % 2,
            file: "src/lib.rs".into(),
            line: 1,
            text: String::new(),
            value: String::new(),
            note: String::new(),
            step: Step::Done,
            scenario: false,
            act: None,
            meanwhile: before.changes(reached),
            changes: reached.changes(after),
            times: 1,
            folds: 0,
        });
        before = after;
    }
    let lanes = ["A", "B"].map(|name| Lane { name: name.into() }).to_vec();
    Interleaving { lanes, rows, start: start.clone(), ..Interleaving::default() }
}

proptest! {
    #[test]
    fn each_row_leads_to_its_state(
        start in state(),
        moments in proptest::collection::vec((state(), state()), 0..8),
    ) {
        let table = schedule(&start, &moments);
        let json = serde_json::to_string(&table).unwrap();
        let table: Interleaving = serde_json::from_str(&json).unwrap();
        let states = table.states();
        let expected: Vec<&State> =
            std::iter::once(&start).chain(moments.iter().map(|(_, after)| after)).collect();
        prop_assert_eq!(states.iter().collect::<Vec<_>>(), expected);
        for (row, (reached, _)) in moments.iter().enumerate().skip(1) {
            let (lane, at) = table.switch(&states, row).expect("another thread's turn");
            prop_assert_eq!((lane, &at), ((row - 1) % 2, reached));
        }
    }

    /// Back and forth: what leads from one state to another, in either direction.
    #[test]
    fn a_step_can_be_taken_back(one in state(), other in state()) {
        let mut state = one.clone();
        state.apply(&one.changes(&other));
        prop_assert_eq!(&state, &other);
        state.apply(&other.changes(&one));
        prop_assert_eq!(&state, &one);
        prop_assert!(one.changes(&one).is_empty());
    }
}

#[test]
fn a_record_without_states_has_none() {
    let old = r#"{"lanes":[{"name":"main"}],"file":"src/lib.rs","rows":[
        {"lane":0,"file":"src/lib.rs","line":3,"text":"load()","step":"done"}]}"#;
    let table: Interleaving = serde_json::from_str(old).unwrap();
    assert!(table.states().is_empty());
    assert_eq!(table.switch(&table.states(), 0), None);
}

#[test]
fn a_change_of_what_is_not_there_is_none() {
    let mut state = State::default();
    let now = ObjectState::default();
    state.apply(&[Change::Object { object: 7, now }]);
    let condition = Condition::Done;
    state.apply(&[Change::Thread { lane: 7, now: ThreadState { at: None, condition } }]);
    assert_eq!(state, State::default());
}

#[test]
fn who_waits_and_who_sleeps_is_found() {
    let thread = |condition| ThreadState { at: None, condition };
    let threads = [
        Condition::Waits { object: 1, called: None },
        Condition::Sleeps { object: 1 },
        Condition::Waits { object: 0, called: None },
        Condition::Done,
    ];
    let state = State { threads: threads.map(thread).to_vec(), objects: Vec::new() };
    assert_eq!(state.waiters(1).collect::<Vec<_>>(), [0, 1]);
}
