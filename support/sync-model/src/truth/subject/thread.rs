//! What a thread of a program does.

use std::sync::Arc;

use super::super::program::{
    AtomicOp, LOCKS, LoopOp, OnceOp, Op, Pause, SleepOp, ThreadOp, WENT_WELL,
};
use super::locked::Held;
use super::sent::ChannelEnd;
use super::shared::{Child, Shared};
use crate::atomic::Ordering::SeqCst;
use crate::time::Duration;
use crate::{MutexGuard, hint, thread};

const SECOND: Duration = Duration::from_secs(1);

/// A thread that runs, and what it owns.
pub(super) struct Runner<'a> {
    pub shared: &'a Arc<Shared>,
    thread: usize,
    pub guards: [Option<MutexGuard<'a, ()>>; LOCKS],
    pub held: [Vec<Held<'a>>; LOCKS],
    pub end: Option<ChannelEnd>,
}

impl<'a> Runner<'a> {
    pub(super) fn new(shared: &'a Arc<Shared>, thread: usize) -> Self {
        let (guards, held) = ([None, None], [Vec::new(), Vec::new()]);
        Self { shared, thread, guards, held, end: shared.take_end(thread) }
    }

    /// Runs the thread, which has started these `children`, to its end.
    pub(super) fn run(mut self, mut children: Vec<(usize, Child<'_>)>) {
        for &op in &self.shared.program.threads[self.thread] {
            match op {
                Op::Atomic(op) => self.access(op),
                Op::Loop(op) => self.go_round(op),
                Op::Mutex(op) => self.lock_mutex(op),
                Op::RwLock(op) => self.lock_rwlock(op),
                Op::Sleep(op) => self.sleep_or_wake(op),
                Op::Once(op) => self.do_once(op),
                Op::Meet => {
                    let result = self.shared.barrier.wait();
                    self.note(u8::from(result.is_leader()));
                }
                Op::Channel(op) => self.send_or_receive(op),
                Op::Thread(op) => self.start_or_join(op, &mut children),
            }
        }
        drop(self.end.take());
        children.into_iter().for_each(|(_, child)| child.join());
    }

    pub(super) fn note(&self, value: u8) {
        self.shared.note(self.thread, value);
    }

    fn access(&self, op: AtomicOp) {
        let variables = &self.shared.variables;
        match op {
            AtomicOp::Load(x) => self.note(variables[x].load(SeqCst)),
            AtomicOp::Store(x, value) => {
                variables[x].store(value, SeqCst);
                self.shared.wrote(x, value);
            }
            AtomicOp::Add(x) => self.note(self.shared.add(x)),
            AtomicOp::Swap(x, value) => {
                self.note(variables[x].swap(value, SeqCst));
                self.shared.wrote(x, value);
            }
            AtomicOp::Or(x, value) => {
                let old = variables[x].fetch_or(value, SeqCst);
                self.note(old);
                self.shared.wrote(x, old | value);
            }
            AtomicOp::Exchange(x, old, new) => {
                self.exchanged(x, new, variables[x].compare_exchange(old, new, SeqCst, SeqCst));
            }
            AtomicOp::ExchangeWeak(x, old, new) => {
                let result = variables[x].compare_exchange_weak(old, new, SeqCst, SeqCst);
                self.exchanged(x, new, result);
            }
        }
    }

    fn exchanged(&self, x: usize, new: u8, result: Result<u8, u8>) {
        match result {
            Ok(old) => {
                self.shared.wrote(x, new);
                self.note(old + WENT_WELL);
            }
            Err(old) => self.note(old),
        }
    }

    fn go_round(&self, op: LoopOp) {
        let variables = &self.shared.variables;
        match op {
            LoopOp::Until(x, value, Pause::Nothing) => while variables[x].load(SeqCst) != value {},
            LoopOp::Until(x, value, Pause::Yield) => {
                while variables[x].load(SeqCst) != value {
                    thread::yield_now();
                }
            }
            LoopOp::Until(x, value, Pause::Spin) => {
                while variables[x].load(SeqCst) != value {
                    hint::spin_loop();
                }
            }
            LoopOp::SpinLock(x) => {
                while variables[x].compare_exchange(0, 1, SeqCst, SeqCst).is_err() {}
                self.shared.wrote(x, 1);
            }
            LoopOp::Update(x) => {
                let next = |old: u8| old.wrapping_mul(2).wrapping_add(1);
                let old = variables[x].fetch_update(SeqCst, SeqCst, |old| Some(next(old))).unwrap();
                self.shared.wrote(x, next(old));
                self.note(old);
            }
            LoopOp::Loads(x, times) => {
                let mut sum = 0_u8;
                for _ in 0..times {
                    sum = sum.wrapping_add(variables[x].load(SeqCst));
                }
                self.note(sum);
            }
            LoopOp::Adds(x, times) => {
                for _ in 0..times {
                    self.shared.add(x);
                }
            }
        }
    }

    fn sleep_or_wake(&mut self, op: SleepOp) {
        let condvar = &self.shared.condvar;
        match op {
            SleepOp::Wait => {
                let guard = self.guards[0].take().expect("the program holds mutex 0");
                self.guards[0] = Some(condvar.wait(guard).unwrap());
            }
            SleepOp::WaitTimeout => {
                let guard = self.guards[0].take().expect("the program holds mutex 0");
                let (guard, result) = condvar.wait_timeout(guard, SECOND).unwrap();
                self.guards[0] = Some(guard);
                self.note(u8::from(result.timed_out()));
            }
            SleepOp::WaitIfZero(x) => {
                if self.shared.variables[x].load(SeqCst) == 0 {
                    let guard = self.guards[0].take().expect("the program holds mutex 0");
                    self.guards[0] = Some(condvar.wait(guard).unwrap());
                }
            }
            SleepOp::WaitWhileZero(x) => {
                let guard = self.guards[0].take().expect("the program holds mutex 0");
                let is_zero = |_: &mut ()| self.shared.variables[x].load(SeqCst) == 0;
                self.guards[0] = Some(condvar.wait_while(guard, is_zero).unwrap());
            }
            SleepOp::NotifyOne => condvar.notify_one(),
            SleepOp::NotifyAll => condvar.notify_all(),
            SleepOp::Park => thread::park(),
            SleepOp::ParkIfZero(x) => {
                if self.shared.variables[x].load(SeqCst) == 0 {
                    thread::park();
                }
            }
            SleepOp::ParkTimeout => thread::park_timeout(SECOND),
            SleepOp::Unpark(other) => {
                // Its own statement: the borrow must end before the step begins.
                let handle = self.shared.handles.borrow()[other].clone();
                handle.expect("all are started before any runs").unpark();
            }
        }
    }

    fn do_once(&self, op: OnceOp) {
        let (onces, cells) = (&self.shared.onces, &self.shared.cells);
        match op {
            OnceOp::Call(once, x) => onces[once].call_once(|| self.note(self.shared.add(x))),
            OnceOp::IsCompleted(once) => self.note(u8::from(onces[once].is_completed())),
            OnceOp::Set(cell, value) => self.note(u8::from(cells[cell].set(value).is_ok())),
            OnceOp::Get(cell) => self.note(cells[cell].get().copied().unwrap_or(0)),
            OnceOp::GetOrInit(cell, x) => {
                self.note(*cells[cell].get_or_init(|| 10 + self.shared.add(x)));
            }
        }
    }

    fn start_or_join(&self, op: ThreadOp, children: &mut Vec<(usize, Child<'_>)>) {
        let place = |child: usize| children.iter().position(|&(other, _)| other == child);
        match op {
            ThreadOp::Spawn(child) => children.push((child, self.shared.start(child))),
            ThreadOp::Join(child) => {
                let place = place(child).expect("it was started here, and is joined once");
                children.remove(place).1.join();
            }
            ThreadOp::IsFinished(child) => {
                let place = place(child).expect("it was started here, and was not joined");
                self.note(u8::from(children[place].1.is_finished()));
            }
        }
    }
}
