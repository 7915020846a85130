//! Random programs, run with the model's `Arc` and with one that is made of an atomic, each of whose
//! steps competes with all others: both must have the same outcomes, or clones and drops were taken
//! to commute where they do not.

use sync_model::atomic::{AtomicUsize, Ordering::SeqCst};
use sync_model::{Arc, Weak, model, thread};

use super::explore;

type Notes = std::sync::Arc<std::sync::Mutex<Vec<String>>>;

/// A value that tells which thread drops it.
struct Loud(Notes);

impl Drop for Loud {
    fn drop(&mut self) {
        let name = thread::current().name().unwrap_or("main").to_owned();
        self.0.lock().unwrap().push(name);
    }
}

/// What programs do with their pointers.
trait Pointer: Sized + Send + 'static {
    type Weak: Send + 'static;
    fn another(&self) -> Self;
    fn strong(&self) -> usize;
    fn weak(&self) -> usize;
    fn down(&self) -> Self::Weak;
    fn up(weak: &Self::Weak) -> Option<Self>;
    fn alone(&mut self) -> bool;
    fn unwrap(self) -> Result<(), Self>;
    fn take(self) -> bool;
}

impl<T: Send + Sync + 'static> Pointer for Arc<T> {
    type Weak = Weak<T>;

    fn another(&self) -> Self {
        Arc::clone(self)
    }

    fn strong(&self) -> usize {
        Arc::strong_count(self)
    }

    fn weak(&self) -> usize {
        Arc::weak_count(self)
    }

    fn down(&self) -> Weak<T> {
        Arc::downgrade(self)
    }

    fn up(weak: &Weak<T>) -> Option<Self> {
        weak.upgrade()
    }

    fn alone(&mut self) -> bool {
        Arc::get_mut(self).is_some()
    }

    fn unwrap(self) -> Result<(), Self> {
        Arc::try_unwrap(self).map(drop)
    }

    fn take(self) -> bool {
        Arc::into_inner(self).is_some()
    }
}

/// Strong ones count 1, weak ones 100.
struct Plain<T> {
    counts: std::sync::Arc<AtomicUsize>,
    value: std::sync::Arc<std::sync::Mutex<Option<T>>>,
    adds: usize,
}

impl<T> Plain<T> {
    fn new(value: T) -> Self {
        let value = std::sync::Arc::new(std::sync::Mutex::new(Some(value)));
        Self { counts: std::sync::Arc::new(AtomicUsize::new(1)), value, adds: 1 }
    }

    fn with(&self, adds: usize) -> Self {
        Self { counts: self.counts.clone(), value: self.value.clone(), adds }
    }

    /// Another one, if the counts are as they should be.
    fn grow(&self, adds: usize, fits: fn(usize) -> bool) -> Option<Self> {
        let grown = self.counts.fetch_update(SeqCst, SeqCst, |now| fits(now).then_some(now + adds));
        grown.is_ok().then(|| self.with(adds))
    }

    /// Takes what it adds away, and the value, if it was the last.
    fn leave(&mut self) -> Option<T> {
        let adds = std::mem::take(&mut self.adds);
        let before = self.counts.fetch_sub(adds, SeqCst);
        let value = (adds == 1 && before % 100 == 1).then(|| self.value.lock().unwrap().take());
        value.flatten()
    }
}

impl<T> Drop for Plain<T> {
    fn drop(&mut self) {
        if self.adds > 0 {
            drop(self.leave());
        }
    }
}

impl<T: Send + 'static> Pointer for Plain<T> {
    type Weak = Plain<T>;

    fn another(&self) -> Self {
        self.grow(1, |_| true).unwrap()
    }

    fn strong(&self) -> usize {
        self.counts.load(SeqCst) % 100
    }

    fn weak(&self) -> usize {
        self.counts.load(SeqCst) / 100
    }

    fn down(&self) -> Self {
        self.grow(100, |_| true).unwrap()
    }

    fn up(weak: &Self) -> Option<Self> {
        weak.grow(1, |now| now % 100 > 0)
    }

    fn alone(&mut self) -> bool {
        self.counts.load(SeqCst) == 1
    }

    fn unwrap(mut self) -> Result<(), Self> {
        let last = |now| (now % 100 == 1).then(|| now - 1);
        if self.counts.fetch_update(SeqCst, SeqCst, last).is_err() {
            return Err(self);
        }
        self.adds = 0;
        drop(self.value.lock().unwrap().take());
        Ok(())
    }

    fn take(mut self) -> bool {
        self.leave().is_some()
    }
}

#[derive(Debug, Clone, Copy)]
enum Op {
    Clone,
    Drop,
    Strong,
    Weak,
    Down,
    DropWeak,
    Up,
    Alone,
    Unwrap,
    Take,
}

const ALL: &[Op] = {
    use Op::*;
    &[Clone, Drop, Strong, Weak, Down, DropWeak, Up, Alone, Unwrap, Take]
};

/// After one of them a thread has at most one step left: enough for three threads.
const SHORT: &[Op] = &[Op::Drop, Op::Strong, Op::Alone, Op::Unwrap, Op::Take];

fn run<P: Pointer>(ops: &[Op], first: P, weak: Option<P::Weak>) -> Vec<usize> {
    let (mut arcs, mut weaks) = (vec![first], Vec::from_iter(weak));
    let act = |op| match op {
        Op::DropWeak => weaks.pop().map(|_| 0),
        Op::Up => weaks.last().map(|weak| {
            let up = P::up(weak);
            let success = up.is_some();
            arcs.extend(up);
            usize::from(success)
        }),
        Op::Drop => arcs.pop().map(|_| 0),
        Op::Take => arcs.pop().map(|arc| usize::from(arc.take())),
        Op::Unwrap => arcs.pop().map(|arc| match arc.unwrap() {
            Ok(()) => 1,
            Err(back) => {
                arcs.push(back);
                0
            }
        }),
        _ => arcs.pop().map(|mut arc| {
            let outcome = match op {
                Op::Strong => arc.strong(),
                Op::Weak => arc.weak(),
                Op::Alone => usize::from(arc.alone()),
                Op::Down => {
                    weaks.push(arc.down());
                    0
                }
                _ => {
                    arcs.push(arc.another());
                    0
                }
            };
            arcs.push(arc);
            outcome
        }),
    };
    ops.iter().copied().map(act).map(|outcome| outcome.unwrap_or(9)).collect()
}

/// What each thread saw, and who dropped the value.
type Outcome = (Vec<Vec<usize>>, Vec<String>);

fn program<P: Pointer>(threads: &[Vec<Op>], weak: bool, notes: Notes, first: P) -> Outcome {
    let parts: Vec<_> =
        threads.iter().map(|_| (first.another(), weak.then(|| first.down()))).collect();
    drop(first);
    let running: Vec<_> = std::iter::zip(threads.to_vec(), parts)
        .zip(["a", "b", "c"])
        .map(|((ops, (arc, weak)), role)| model::spawn(role, move || run(&ops, arc, weak)))
        .collect();
    let seen = running.into_iter().map(|thread| thread.join().unwrap()).collect();
    (seen, notes.lock().unwrap().clone())
}

/// Compares `count` programs of so many threads with so many of these operations each.
fn compare(threads: u64, ops: u64, choice: &[Op], count: u64) {
    let (mut model_runs, mut plain_runs) = (0, 0);
    let number = threads;
    for seed in 0..count {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) + threads;
        let mut random = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) as usize % below
        };
        let weak = choice.len() == ALL.len() && random(2) == 0;
        let threads: Vec<Vec<Op>> = (0..threads)
            .map(|_| (0..ops).map(|_| choice[random(choice.len())]).collect())
            .collect();
        for loud in [true, false] {
            let (mine, theirs) = (threads.clone(), threads.clone());
            let with_model = explore(move || {
                let notes = Notes::default();
                if loud {
                    program(&mine, weak, notes.clone(), Arc::new(Loud(notes)))
                } else {
                    program(&mine, weak, notes, Arc::new(0))
                }
            });
            let with_plain = explore(move || {
                let notes = Notes::default();
                if loud {
                    program(&theirs, weak, notes.clone(), Plain::new(Loud(notes)))
                } else {
                    program(&theirs, weak, notes, Plain::new(0))
                }
            });
            let what = format!("{threads:?} weak: {weak}, loud: {loud}");
            assert_eq!(with_model.0, with_plain.0, "{what}");
            model_runs += with_model.1;
            plain_runs += with_plain.1;
        }
    }
    println!("{number} × {ops}: {model_runs} executions, {plain_runs} if all competes");
}

#[test]
fn two_threads_have_the_same_outcomes() {
    compare(2, 2, ALL, 40);
    compare(2, 3, ALL, 8);
}

#[test]
fn three_threads_have_the_same_outcomes() {
    compare(3, 1, SHORT, 20);
}
