//! Operations of the subjects, and their models.

use std::collections::VecDeque;

use sync_model::model::Operations;

use super::subject::{Halves, LooksFirst, Place, TwoSteps};

pub fn counter() -> Operations<TwoSteps, u32> {
    Operations::new()
        .start("TwoSteps::default()", TwoSteps::default, || 0)
        .call("incr()", TwoSteps::incr, |count| {
            *count += 1;
            Some(())
        })
        .call("get()", TwoSteps::get, |count| Some(*count))
}

pub fn stack() -> Operations<LooksFirst, Vec<u32>> {
    Operations::new()
        .start("LooksFirst::default()", LooksFirst::default, Vec::new)
        .call_with("push", [1, 2, 3], LooksFirst::push, |stack, item| {
            stack.push(item);
            Some(())
        })
        .call("pop()", LooksFirst::pop, |stack| Some(stack.pop()))
}

pub fn halves() -> Operations<Halves, VecDeque<u32>> {
    Operations::new()
        .start("Halves::default()", Halves::default, VecDeque::new)
        .call_with("put", [1, 2, 3], Halves::put, |queue, item| {
            queue.push_back(item);
            Some(())
        })
        .call("get()", Halves::get, |queue| Some(queue.pop_front()))
}

/// `put` and `get` are the subject's, as they are to be checked.
pub fn place(put: fn(&Place, u32), get: fn(&Place) -> u32) -> Operations<Place, Option<u32>> {
    Operations::new()
        .start("Place::default()", Place::default, || None)
        .call_with("put", [1, 2, 3], put, |place: &mut Option<u32>, item| match place {
            Some(_) => None,
            None => {
                *place = Some(item);
                Some(())
            }
        })
        .call("get()", get, Option::take)
}
