use std::fmt::{self, Debug, Display, Formatter};
use sync::{Mutex, MutexGuard, PoisonError};

/// A counter.
#[derive(Default)]
#[must_use]
pub struct SharedCounter {
    value: Mutex<i64>,
}

impl SharedCounter {
    pub fn new(initial: i64) -> Self {
        Self { value: Mutex::new(initial) }
    }
    fn locked(&self) -> MutexGuard<'_, i64> {
        self.value.lock().unwrap_or_else(PoisonError::into_inner)
    }
    fn update(&self, f: impl FnOnce(i64) -> i64) {
        let mut value = self.locked();
        *value = f(*value);
    }
    pub fn incr(&self, delta: i64) {
        self.update(|v| v.wrapping_add(delta));
    }
    pub fn decr(&self, delta: i64) {
        self.update(|v| v.wrapping_sub(delta));
    }
    #[must_use]
    pub fn get(&self) -> i64 {
        *self.locked()
    }
}
impl Debug for SharedCounter {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("SharedCounter").field("value", &self.get()).finish()
    }
}
impl Display for SharedCounter {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.get())
    }
}
impl From<i64> for SharedCounter {
    fn from(v: i64) -> Self {
        Self::new(v)
    }
}
