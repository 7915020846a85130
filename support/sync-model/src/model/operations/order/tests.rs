//! The search for an order against all orders that there are.

use std::panic::Location;

use super::super::history::{Called, History};
use super::super::operation::{Answer, Call, Operation};
use super::explains;
use crate::random::Random;

/// A place for one number, and how many were put into it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
struct Place {
    item: Option<usize>,
    put: usize,
    done: usize,
}

fn operation(
    name: &str,
    begin: Option<fn(&mut Place) -> Option<usize>>,
    end: fn(&mut Place, usize, usize) -> Option<usize>,
) -> Operation<(), Place> {
    Operation {
        name: name.to_owned(),
        source: Location::caller(),
        arguments: vec!["1".to_owned(), "2".to_owned()],
        on_subject: Box::new(|(), _| unreachable!("only the model is asked")),
        begin: begin.map(|begin| Box::new(move |place: &mut Place, _| begin(place)) as _),
        end: Box::new(move |place, argument, noted| {
            Some(Box::new(end(place, argument, noted)?) as Box<dyn Answer>)
        }),
    }
}

/// What it is like to call `put`, `get`, `look`, `done`, and `join`, which takes two moments.
fn operations() -> Vec<Operation<(), Place>> {
    vec![
        operation("put", None, |place, argument, _| {
            let is_free = place.item.is_none();
            place.put += usize::from(is_free);
            is_free.then(|| *place.item.insert(argument + 1))
        }),
        operation("get", None, |place, _, _| place.item.take()),
        operation("look", None, |place, _, _| Some(place.item.unwrap_or(0))),
        operation("done", None, |place, _, _| {
            let is_work = place.done < place.put;
            place.done += usize::from(is_work);
            Some(usize::from(is_work))
        }),
        operation("join", Some(|place| Some(place.put)), |place, _, put| {
            (place.done >= put).then_some(put)
        }),
    ]
}

/// A history of two or three threads with up to two calls each, and any answers.
fn history(random: &mut Random) -> History {
    let threads = 2 + random.below(2);
    let mut left: Vec<usize> = (0..threads).map(|_| 1 + random.below(2)).collect();
    let mut open: Vec<Option<usize>> = vec![None; threads];
    let mut history = History::default();
    while history.calls.len() < 4 && left.iter().any(|left| *left > 0) {
        let thread = random.below(threads);
        match open[thread].take() {
            Some(number) => history.end(number, Box::new(random.below(3))),
            None if left[thread] > 0 => {
                let call = Call { operation: random.below(5), argument: random.below(2) };
                open[thread] = Some(history.begin(thread, call));
                left[thread] -= 1;
            }
            None => {}
        }
    }
    for number in open.into_iter().flatten() {
        if !random.once_in(4) {
            history.end(number, Box::new(random.below(3)));
        }
    }
    history
}

/// Whether one of all sequences of moments explains the history.
fn by_hand(operations: &[Operation<(), Place>], history: &History) -> bool {
    let moments: Vec<(usize, bool)> = history
        .calls
        .iter()
        .enumerate()
        .flat_map(|(number, called)| {
            let first = operations[called.call.operation].begin.is_some().then_some((number, true));
            // A call that has not returned has no last moment.
            let last = called.answer.is_some().then_some((number, false));
            first.into_iter().chain(last)
        })
        .collect();
    sequences(&moments).iter().any(|sequence| plays(operations, history, sequence))
}

/// All sequences of these. The first moment of a call that has not returned may be missing: whether it has
/// come makes no difference here, where it never has to wait.
fn sequences(moments: &[(usize, bool)]) -> Vec<Vec<(usize, bool)>> {
    if moments.is_empty() {
        return vec![Vec::new()];
    }
    (0..moments.len())
        .flat_map(|first| {
            let mut rest = moments.to_vec();
            let first = rest.remove(first);
            sequences(&rest).into_iter().map(move |rest| [&[first], &*rest].concat())
        })
        .collect()
}

fn plays(
    operations: &[Operation<(), Place>],
    history: &History,
    sequence: &[(usize, bool)],
) -> bool {
    let mut place = Place::default();
    let mut noted = vec![None; history.calls.len()];
    let at = |number: usize, begin| sequence.iter().position(|moment| *moment == (number, begin));
    for (position, &(number, begins)) in sequence.iter().enumerate() {
        let Called { call, after, answer, .. } = &history.calls[number];
        let operation = &operations[call.operation];
        let before = (0..history.calls.len()).filter(|other| after & 1 << other != 0);
        if before.into_iter().any(|other| at(other, false) > Some(position)) {
            return false;
        }
        if begins {
            noted[number] =
                operation.begin.as_ref().expect("it has two")(&mut place, call.argument);
            continue;
        }
        if operation.begin.is_some() && noted[number].is_none() {
            return false;
        }
        let right = (operation.end)(&mut place, call.argument, noted[number].unwrap_or(0));
        let answer = answer.as_ref().expect("it has returned");
        if !right.is_some_and(|right| answer.equals(&*right)) {
            return false;
        }
    }
    let mut open = history.calls.iter().enumerate().filter(|(_, called)| called.answer.is_none());
    open.all(|(number, called)| {
        let operation = &operations[called.call.operation];
        (operation.end)(&mut place.clone(), called.call.argument, noted[number].unwrap_or(0))
            .is_none()
    })
}

#[test]
fn it_finds_an_order_where_there_is_one() {
    let operations = operations();
    let mut random = Random::new(1);
    let mut explained = [0, 0];
    for round in 0..20_000 {
        let history = history(&mut random);
        let found = explains(&operations, &history, Place::default());
        assert_eq!(found, by_hand(&operations, &history), "round {round}: {history:?}");
        let waits = history.calls.iter().any(|called| called.answer.is_none());
        explained[usize::from(waits)] += u32::from(found);
    }
    // Of both kinds there are many: some calls that wait, or none.
    assert!(explained.iter().all(|count| *count > 100), "{explained:?}");
}

#[test]
fn what_was_tried_is_not_tried_again() {
    // Twelve calls that say nothing: half a billion orders, and a few thousand states.
    let mut history = History::default();
    let look = Call { operation: 2, argument: 0 };
    let calls: Vec<usize> = (0..12).map(|thread| history.begin(thread, look)).collect();
    calls.into_iter().for_each(|number| history.end(number, Box::new(0_usize)));
    history.calls[11].answer = Some(Box::new(1_usize));
    assert!(!explains(&operations(), &history, Place::default()));
}
