//! Rust's side: each workload does so many operations, and tells how long they took.

use std::hint::black_box;
use std::thread;
use std::time::{Duration, Instant};

use crate::answers::bounded_semaphore::BoundedSemaphore;
use crate::answers::pipes::{Connection, duplex};
use crate::answers::process_pool::Pool;
use crate::answers::producer_consumer::Queue;
use crate::answers::rlock::RLock;

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

pub fn pool_task(count: usize) -> Duration {
    let pool = Pool::new(2, |number: usize| number + 1).expect("two workers");
    pool.map((0..100).collect(), 1).expect("no task fails");
    timed(|| {
        black_box(pool.map((0..count).collect(), 1).expect("no task fails"));
    })
}

pub fn pool_start(count: usize) -> Duration {
    timed(|| {
        for _ in 0..count {
            let pool = Pool::new(2, |number: usize| number + 1).expect("two workers");
            black_box(pool.map(vec![0, 1], 1).expect("no task fails"));
            pool.close();
            pool.join().expect("a closed pool can be joined");
        }
    })
}

/// Runs `body` in a child process with one end of a connection, and `work` here with the other.
fn in_a_child(body: impl FnOnce(Connection) + 'static, work: impl FnOnce(Connection)) -> Duration {
    let (mine, theirs) = duplex().expect("a pair of connections");
    let (mut child, mine) = fork::split(mine, theirs, |theirs| {
        body(theirs);
        0
    })
    .expect("a child process");
    let took = timed(|| work(mine));
    child.wait().expect("nobody else waits for this child");
    took
}

pub fn pipe_message(count: usize) -> Duration {
    let send = move |mut connection: Connection| {
        connection.recv::<String>().expect("the signal to begin");
        (0..count).for_each(|number| connection.send(&number).expect("somebody listens"));
    };
    in_a_child(send, |mut connection| {
        connection.send("go").expect("the child is there");
        for _ in 0..count {
            black_box(connection.recv::<usize>().expect("a number"));
        }
    })
}

pub fn pipe_round_trip(count: usize) -> Duration {
    let echo = move |mut connection: Connection| {
        for _ in 0..count {
            let number: usize = connection.recv().expect("a number");
            connection.send(&number).expect("somebody listens");
        }
    };
    in_a_child(echo, |mut connection| {
        for number in 0..count {
            connection.send(&number).expect("the child is there");
            black_box(connection.recv::<usize>().expect("the number comes back"));
        }
    })
}

pub fn queue_item(count: usize) -> Duration {
    let queue = Queue::bounded(100);
    timed(|| {
        thread::scope(|scope| {
            scope.spawn(|| (0..count).for_each(|item| queue.put(item).expect("it is open")));
            for _ in 0..count {
                black_box(queue.get());
            }
        });
    })
}

pub fn crossbeam_item(count: usize) -> Duration {
    let (sender, receiver) = crossbeam_channel::bounded(100);
    timed(|| {
        thread::scope(|scope| {
            scope.spawn(|| (0..count).for_each(|item| sender.send(item).expect("it is open")));
            for _ in 0..count {
                black_box(receiver.recv().expect("the other thread sends"));
            }
        });
    })
}

pub fn semaphore(count: usize) -> Duration {
    let semaphore = BoundedSemaphore::new(5);
    timed(|| {
        for _ in 0..count {
            black_box(&semaphore).acquire();
            black_box(&semaphore).release().expect("a permit was taken");
        }
    })
}

pub fn tokio_semaphore(count: usize) -> Duration {
    let semaphore = tokio::sync::Semaphore::new(5);
    timed(|| {
        for _ in 0..count {
            // Released when it is dropped.
            drop(black_box(&semaphore).try_acquire().expect("nobody else takes permits"));
        }
    })
}

pub fn rlock(count: usize) -> Duration {
    let lock = RLock::new();
    timed(|| {
        for _ in 0..count {
            black_box(&lock).acquire();
            black_box(&lock).release().expect("it is ours");
        }
    })
}

pub fn parking_lot_rlock(count: usize) -> Duration {
    let lock = parking_lot::ReentrantMutex::new(());
    timed(|| {
        for _ in 0..count {
            drop(black_box(&lock).lock());
        }
    })
}
