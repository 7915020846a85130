//! toy
use sync_model::Mutex;
use sync_model::model::Operations;
use sync_model::atomic::{AtomicU32, Ordering::SeqCst};

#[test]
fn right() {
    Operations::new()
        .start("Counter::new()", || Mutex::new(0_u32), || 0_u32)
        .call("incr()", |c| { *c.lock().unwrap() += 1 }, |m| { *m += 1; Some(()) })
        .call("get()", |c| *c.lock().unwrap(), |m| Some(*m))
        .check();
}
#[test]
fn wrong() {
    Operations::new()
        .start("Counter::new()", || AtomicU32::new(0), || 0_u32)
        .call("incr()", |c| { let old = c.load(SeqCst); c.store(old + 1, SeqCst) }, |m| { *m += 1; Some(()) })
        .call("get()", |c| c.load(SeqCst), |m| Some(*m))
        .check();
}
#[test]
fn dead() {
    Operations::new()
        .start("Two::new()", || (Mutex::new(0), Mutex::new(0)), || 0_u32)
        .call("incr()", |c| { let a = c.0.lock().unwrap(); *c.1.lock().unwrap() += 1; drop(a) }, |m| { *m += 1; Some(()) })
        .call("get()", |c| { let a = c.1.lock().unwrap(); let _b = *c.0.lock().unwrap(); *a}, |m| Some(*m))
        .check();
}
