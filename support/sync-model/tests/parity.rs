//! The facade has std's names and signatures: one body, compiled against both, coerces every item to
//! the type that it must have. What is missing or differs does not compile.

#![allow(unused_imports)]

/// Uses `sync` as exercises do. Never run: that it compiles is the test.
macro_rules! parity {
    ($flavour:ident, $root:path) => {
        mod $flavour {
            use std::fmt::Debug;
            use sync::atomic::{self, Ordering};
            use sync::time::{Duration, Instant};
            use sync::{
                Arc, Barrier, BarrierWaitResult, Condvar, LockResult, Mutex, MutexGuard, Once,
                OnceLock, OnceState, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
                TryLockError, TryLockResult, WaitTimeoutResult, Weak, hint, mpsc, thread,
            };
            use $root as sync;

            sync::thread_local! {
                static COUNT: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
                static NAMES: std::cell::RefCell<Vec<String>> = std::cell::RefCell::default();
            }

            fn shared<T: Send + Sync + Debug>() {}

            #[test]
            fn types_can_be_shared() {
                shared::<Mutex<u8>>();
                shared::<RwLock<u8>>();
                shared::<Condvar>();
                shared::<Barrier>();
                shared::<Once>();
                shared::<OnceLock<u8>>();
                shared::<atomic::AtomicBool>();
                shared::<atomic::AtomicUsize>();
                shared::<atomic::AtomicPtr<u8>>();
                shared::<thread::Thread>();
                shared::<thread::JoinHandle<u8>>();
                shared::<mpsc::Sender<u8>>();
                shared::<mpsc::SyncSender<u8>>();
            }

            #[test]
            fn locks_have_the_same_signatures() {
                let _: fn(u8) -> Mutex<u8> = Mutex::new;
                let _: fn(&Mutex<u8>) -> LockResult<MutexGuard<'_, u8>> = Mutex::lock;
                let _: fn(&Mutex<u8>) -> TryLockResult<MutexGuard<'_, u8>> = Mutex::try_lock;
                let _: fn(&Mutex<u8>) -> bool = Mutex::is_poisoned;
                let _: fn(&Mutex<u8>) = Mutex::clear_poison;
                let _: fn(&mut Mutex<u8>) -> LockResult<&mut u8> = Mutex::get_mut;
                let _: fn(Mutex<u8>) -> LockResult<u8> = Mutex::into_inner;
                let _: fn(u8) -> RwLock<u8> = RwLock::new;
                let _: fn(&RwLock<u8>) -> LockResult<RwLockReadGuard<'_, u8>> = RwLock::read;
                let _: fn(&RwLock<u8>) -> LockResult<RwLockWriteGuard<'_, u8>> = RwLock::write;
                let _: fn(&RwLock<u8>) -> TryLockResult<RwLockReadGuard<'_, u8>> = RwLock::try_read;
                let _: fn(&RwLock<u8>) -> TryLockResult<RwLockWriteGuard<'_, u8>> =
                    RwLock::try_write;
                let _: fn(RwLock<u8>) -> LockResult<u8> = RwLock::into_inner;
            }

            #[test]
            fn waiting_has_the_same_signatures() {
                type Guard<'a> = MutexGuard<'a, u8>;
                type Timed<'a> = LockResult<(Guard<'a>, WaitTimeoutResult)>;
                let _: fn() -> Condvar = Condvar::new;
                let _: for<'a> fn(&Condvar, Guard<'a>) -> LockResult<Guard<'a>> = Condvar::wait;
                let _: for<'a> fn(
                    &Condvar,
                    Guard<'a>,
                    fn(&mut u8) -> bool,
                ) -> LockResult<Guard<'a>> = Condvar::wait_while;
                let _: for<'a> fn(&Condvar, Guard<'a>, Duration) -> Timed<'a> =
                    Condvar::wait_timeout;
                let _: for<'a> fn(&Condvar, Guard<'a>, Duration, fn(&mut u8) -> bool) -> Timed<'a> =
                    Condvar::wait_timeout_while;
                let _: fn(&Condvar) = Condvar::notify_one;
                let _: fn(&Condvar) = Condvar::notify_all;
                let _: fn(&WaitTimeoutResult) -> bool = WaitTimeoutResult::timed_out;
                let _: fn(usize) -> Barrier = Barrier::new;
                let _: fn(&Barrier) -> BarrierWaitResult = Barrier::wait;
                let _: fn(&BarrierWaitResult) -> bool = BarrierWaitResult::is_leader;
                let _: fn(&Once, fn()) = Once::call_once;
                let _: fn(&Once, fn(&OnceState)) = Once::call_once_force;
                let _: fn(&Once) -> bool = Once::is_completed;
                let _: fn() -> OnceLock<u8> = OnceLock::new;
                let _: fn(&OnceLock<u8>) -> Option<&u8> = OnceLock::get;
                let _: fn(&OnceLock<u8>, u8) -> Result<(), u8> = OnceLock::set;
                let _: fn(&OnceLock<u8>, fn() -> u8) -> &u8 = OnceLock::get_or_init;
                let _: fn(OnceLock<u8>) -> Option<u8> = OnceLock::into_inner;
            }

            #[test]
            fn atomics_have_the_same_signatures() {
                use atomic::{AtomicBool, AtomicI64, AtomicPtr};
                type Exchange<T, V> = fn(&T, V, V, Ordering, Ordering) -> Result<V, V>;
                type Update<T, V> = fn(&T, Ordering, Ordering, fn(V) -> Option<V>) -> Result<V, V>;
                let _: fn(i64) -> AtomicI64 = AtomicI64::new;
                let _: fn(&AtomicI64, Ordering) -> i64 = AtomicI64::load;
                let _: fn(&AtomicI64, i64, Ordering) = AtomicI64::store;
                let _: fn(&AtomicI64, i64, Ordering) -> i64 = AtomicI64::swap;
                let _: Exchange<AtomicI64, i64> = AtomicI64::compare_exchange;
                let _: Exchange<AtomicI64, i64> = AtomicI64::compare_exchange_weak;
                let _: Update<AtomicI64, i64> = AtomicI64::fetch_update;
                let _: [fn(&AtomicI64, i64, Ordering) -> i64; 8] = [
                    AtomicI64::fetch_add,
                    AtomicI64::fetch_sub,
                    AtomicI64::fetch_and,
                    AtomicI64::fetch_nand,
                    AtomicI64::fetch_or,
                    AtomicI64::fetch_xor,
                    AtomicI64::fetch_max,
                    AtomicI64::fetch_min,
                ];
                let _: fn(&mut AtomicI64) -> &mut i64 = AtomicI64::get_mut;
                let _: fn(AtomicI64) -> i64 = AtomicI64::into_inner;
                let _: Update<AtomicBool, bool> = AtomicBool::fetch_update;
                let _: fn(&AtomicBool, Ordering) -> bool = AtomicBool::fetch_not;
                let _: Exchange<AtomicPtr<u8>, *mut u8> = AtomicPtr::compare_exchange;
                let _: fn(Ordering) = atomic::fence;
            }

            #[test]
            fn threads_have_the_same_signatures() {
                use thread::{Builder, JoinHandle, Thread, ThreadId};
                let _: fn(fn() -> u8) -> JoinHandle<u8> = thread::spawn;
                let _: fn(JoinHandle<u8>) -> thread::Result<u8> = JoinHandle::join;
                let _: fn(&JoinHandle<u8>) -> bool = JoinHandle::is_finished;
                let _: fn(&JoinHandle<u8>) -> &Thread = JoinHandle::thread;
                let _: fn(Builder, String) -> Builder = Builder::name;
                let _: fn(Builder, fn() -> u8) -> std::io::Result<JoinHandle<u8>> = Builder::spawn;
                let _: fn(&Thread) -> ThreadId = Thread::id;
                let _: fn(&Thread) -> Option<&str> = Thread::name;
                let _: fn(&Thread) = Thread::unpark;
                let _: fn() -> Thread = thread::current;
                let _: fn() = thread::park;
                let _: fn(Duration) = thread::park_timeout;
                let _: fn(Duration) = thread::sleep;
                let _: fn() = thread::yield_now;
                let _: fn() -> bool = thread::panicking;
                let _: fn() = hint::spin_loop;
                let _: fn() -> Instant = Instant::now;
                let _: fn(&Instant) -> Duration = Instant::elapsed;
            }

            #[test]
            fn channels_have_the_same_signatures() {
                use mpsc::{Receiver, RecvError, RecvTimeoutError, SendError, Sender, SyncSender};
                use mpsc::{TryRecvError, TrySendError};
                let _: fn() -> (Sender<u8>, Receiver<u8>) = mpsc::channel;
                let _: fn(usize) -> (SyncSender<u8>, Receiver<u8>) = mpsc::sync_channel;
                let _: fn(&Sender<u8>, u8) -> Result<(), SendError<u8>> = Sender::send;
                let _: fn(&SyncSender<u8>, u8) -> Result<(), SendError<u8>> = SyncSender::send;
                let _: fn(&SyncSender<u8>, u8) -> Result<(), TrySendError<u8>> =
                    SyncSender::try_send;
                let _: fn(&Receiver<u8>) -> Result<u8, RecvError> = Receiver::recv;
                let _: fn(&Receiver<u8>) -> Result<u8, TryRecvError> = Receiver::try_recv;
                let _: fn(&Receiver<u8>, Duration) -> Result<u8, RecvTimeoutError> =
                    Receiver::recv_timeout;
                let _: fn(Receiver<u8>) -> mpsc::IntoIter<u8> = Receiver::into_iter;
            }

            /// What cannot be coerced to a function pointer: scopes borrow, and keys are statics.
            #[allow(dead_code)]
            fn scopes_and_keys() -> u32 {
                let mut sum = 0;
                let names = ["a", "b"];
                thread::scope(|scope| {
                    let worker = scope.spawn(|| names.len());
                    sum += worker.join().unwrap();
                });
                COUNT.set(COUNT.get() + 1);
                NAMES.with_borrow_mut(|names| names.push(String::new()));
                COUNT.with(|count| count.get()) + sum as u32
            }
        }
    };
}

parity!(standard, ::sync);
parity!(model, ::sync_model);
