//! Which threads do the same: those with the same code and the same captured values.

use std::hint::black_box;

use crate::engine::Body;
use crate::trace::Source;

/// Larger bodies are taken to differ.
const MAX_BYTES: usize = 256;

/// What `body` does, if another one can be seen to do the same: `None` for one with a result, which tells
/// whoever gets it from whom it is.
pub(super) fn body<F: FnOnce() -> T, T>(
    body: &F,
    source: Source,
    stack_bytes: usize,
) -> Option<Body> {
    let bytes = size_of::<F>();
    if size_of::<T>() > 0 || bytes > MAX_BYTES {
        return None;
    }
    let start = black_box(std::ptr::from_ref(body).cast::<u8>());
    // SAFETY: `start` points to `bytes` bytes that are borrowed. Some of them may be padding, which holds
    // whatever was there before. `black_box` keeps the compiler from knowing which, so it reads them as
    // they are. Two bodies that differ in their padding alone are taken to differ, which costs schedules
    // and hides none.
    let captured = unsafe { std::slice::from_raw_parts(start, bytes) }.into();
    // Two bodies of different types have the same address if the compiler has found their code to be
    // the same, so that they do the same, too.
    let code: fn(F) -> T = call::<F, T>;
    let (code, source) = (code as usize, std::ptr::from_ref(source).addr());
    Some(Body { code, captured, source, stack_bytes })
}

#[inline(never)]
fn call<F: FnOnce() -> T, T>(body: F) -> T {
    body()
}
