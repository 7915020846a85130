//! Steps on locks.

use super::super::program::{MutexOp, RwLockOp};
use super::thread::Runner;
use crate::atomic::Ordering;
use crate::{RwLockReadGuard, RwLockWriteGuard};

/// What a thread holds of a lock for readers and writers.
pub(super) enum Held<'a> {
    Shared(#[expect(dead_code, reason = "it is there to be dropped")] RwLockReadGuard<'a, ()>),
    Alone(#[expect(dead_code, reason = "it is there to be dropped")] RwLockWriteGuard<'a, ()>),
}

impl Runner<'_> {
    pub(super) fn lock_mutex(&mut self, op: MutexOp) {
        let mutexes = &self.shared.mutexes;
        match op {
            MutexOp::Lock(lock) => self.guards[lock] = Some(mutexes[lock].lock().unwrap()),
            MutexOp::TryUntil(lock) => loop {
                if let Ok(guard) = mutexes[lock].try_lock() {
                    self.guards[lock] = Some(guard);
                    break;
                }
            },
            MutexOp::Unlock(lock) => self.guards[lock] = None,
            MutexOp::Try(lock, x, times) => {
                let mut tries = 0;
                let mut guard = mutexes[lock].try_lock();
                tries += 1;
                while tries < times && guard.is_err() {
                    guard = mutexes[lock].try_lock();
                    tries += 1;
                }
                self.note(u8::from(guard.is_ok()));
                if guard.is_ok() {
                    self.shared.add(x);
                }
            }
        }
    }

    pub(super) fn lock_rwlock(&mut self, op: RwLockOp) {
        let locks = &self.shared.rwlocks;
        match op {
            RwLockOp::Read(lock) => {
                self.held[lock].push(Held::Shared(locks[lock].read().unwrap()));
            }
            RwLockOp::Write(lock) => {
                self.held[lock].push(Held::Alone(locks[lock].write().unwrap()));
            }
            RwLockOp::Release(lock) => drop(self.held[lock].pop()),
            RwLockOp::TryRead(lock, x) => {
                let guard = locks[lock].try_read();
                self.note(u8::from(guard.is_ok()));
                if guard.is_ok() {
                    self.note(self.shared.variables[x].load(Ordering::SeqCst));
                }
            }
            RwLockOp::TryWrite(lock, x) => {
                let guard = locks[lock].try_write();
                self.note(u8::from(guard.is_ok()));
                if guard.is_ok() {
                    self.shared.add(x);
                }
            }
        }
    }
}
