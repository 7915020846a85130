//! What is tried of a small list, and what of it always.

use std::collections::HashSet;

use super::super::Operations;
use super::*;

/// A place for one number: `put` fills it, `get` empties it, `look` and `none` change nothing, `flip` does
/// either.
fn place() -> Operations<(), Option<u32>> {
    Operations::new()
        .start("place()", || (), || None)
        .call_with(
            "put",
            [1, 2],
            |(), _| (),
            |place: &mut Option<u32>, item| place.is_none().then(|| *place = Some(item)),
        )
        .call("get()", |()| Some(0), |place| place.take().map(Some))
        .call("look()", |()| None, |place| Some(*place))
        .call("none()", |()| (), |_| Some(()))
        .call(
            "flip()",
            |()| (),
            |place| {
                *place = if place.is_some() { None } else { Some(1) };
                Some(())
            },
        )
        .at_the_end("look()", |()| None, |place| *place)
}

fn operations(calls: &[Call]) -> Vec<usize> {
    calls.iter().map(|call| call.operation).collect()
}

#[test]
fn every_two_operations_meet_in_every_state_that_one_call_leads_to() {
    let list = place();
    let mut met = HashSet::new();
    for pair in Generator::new(&list).pairs() {
        let [one, other] = &pair.threads[..] else { panic!("{pair:?}") };
        let ([one], [other]) = (&one[..], &other[..]) else { panic!("{pair:?}") };
        met.insert((operations(&pair.before), one.operation, other.operation));
    }
    // The place is empty or, after `put`, full: `flip` leads to nothing else.
    for before in [vec![], vec![0]] {
        for one in 0..5 {
            for other in one..5 {
                assert!(met.contains(&(before.clone(), one, other)), "{before:?} {one} {other}");
            }
        }
    }
    assert_eq!(met.len(), 30);
}

#[test]
fn two_puts_put_what_is_told_apart_and_the_same() {
    let list = place();
    let puts: Vec<Vec<usize>> = Generator::new(&list)
        .pairs()
        .into_iter()
        .filter(|pair| pair.before.is_empty())
        .map(|pair| pair.threads.concat())
        .filter(|calls| operations(calls) == [0, 0])
        .map(|calls| calls.iter().map(|call| call.argument).collect())
        .collect();
    assert_eq!(puts, [[0, 0], [0, 1]]);
}

#[test]
fn two_calls_beside_one_change_the_model_twice() {
    let list = place();
    let programs = Generator::new(&list).two_against_one(&mut Random::new(1));
    // To full and to empty; to empty and to full, with the same number or another; beside each of five.
    assert_eq!(programs.len(), 3 * 5);
    for program in programs {
        let [two, one] = &program.threads[..] else { panic!("{program:?}") };
        assert_eq!((two.len(), one.len()), (2, 1), "{program:?}");
        let changes = [0, 1, 4];
        assert!(two.iter().all(|call| changes.contains(&call.operation)), "{program:?}");
    }
}

#[test]
fn two_that_wait_are_beside_one_that_changes_the_model() {
    let list = place();
    let programs = Generator::new(&list).two_waiting(&mut Random::new(1));
    let threads: Vec<Vec<usize>> =
        programs.iter().map(|program| operations(&program.threads.concat())).collect();
    // An empty place, two that get, and one that fills it; a full one, two that put, and one that empties it.
    let [[1, 1, 0 | 4], [0, 0, 1 | 4]] = [&threads[0][..], &threads[1][..]] else {
        panic!("{threads:?}")
    };
    assert_eq!(threads.len(), 2);
}

#[test]
fn random_programs_are_small_and_the_same_for_the_same_seed() {
    let list = place();
    let generator = Generator::new(&list);
    let draw = |seed| {
        let mut random = Random::new(seed);
        (0..200).map(|_| generator.random(&mut random)).collect::<Vec<_>>()
    };
    assert_eq!(draw(1), draw(1));
    assert_ne!(draw(1), draw(2));
    let (mut threads, mut calls) = (HashSet::new(), HashSet::new());
    for program in draw(1) {
        threads.insert(program.threads.len());
        calls.extend(program.threads.iter().map(Vec::len));
        assert!(program.threads.concat().len() <= MOST_CALLS, "{program:?}");
        assert_eq!(operations(&program.after), [5]);
    }
    assert_eq!((threads, calls), (HashSet::from([2, 3]), HashSet::from([1, 2, 3])));
}
