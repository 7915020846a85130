//! A number behind a lock.

use sync::Mutex;

#[derive(Debug)]
pub(super) struct Cell(Mutex<i64>);

impl Cell {
    pub(super) fn new(number: i64) -> Self {
        Self(Mutex::new(number))
    }

    pub(super) fn add(&self, delta: i64) {
        let mut number = self.0.lock().unwrap();
        *number = number.wrapping_add(delta);
    }

    pub(super) fn get(&self) -> i64 {
        *self.0.lock().unwrap()
    }
}
