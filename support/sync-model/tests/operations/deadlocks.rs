//! Whichever two of five methods take two locks in opposite orders: they are found, and shown alone.

use sync_model::model::Operations;

use super::said;
use super::subject::Locks;

const METHODS: [&str; 5] = ["a()", "b()", "c()", "d()", "e()"];

fn operations(forth: usize, back: usize) -> Operations<Locks, ()> {
    let all = Operations::new().start("Locks::default()", Locks::default, || ());
    METHODS.iter().enumerate().fold(all, |all, (number, name)| {
        let method = match number {
            number if number == forth => Locks::first_then_second,
            number if number == back => Locks::second_then_first,
            _ => Locks::first,
        };
        all.call(name, method, |()| Some(()))
    })
}

#[test]
fn between_any_two_of_five_methods() {
    for forth in 0..METHODS.len() {
        for back in (0..METHODS.len()).filter(|back| *back != forth) {
            let said = said(|| operations(forth, back).check()).expect("it fails");
            let (one, other) = (METHODS[forth.min(back)], METHODS[forth.max(back)]);
            assert!(said.starts_with("deadlock: "), "{said}");
            let scenario = format!(
                "\n  main: Locks::default()\n  T1: {one} does not return\n  T2: {other} does not return\n"
            );
            assert!(said.contains(&scenario), "{one} and {other}: {said}");
        }
    }
}
