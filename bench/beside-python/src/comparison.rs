//! What is compared, and how: all contenders take turns, round by round, so that whatever else the
//! machine does meets them alike. A ratio is the median of the ratios within each round.

use std::io;
use std::time::Duration;

use crate::python::Python;
use crate::workloads;

/// Who does the work.
#[derive(Clone, Copy)]
pub enum Side {
    /// A workload in `workloads.py`.
    Python(&'static str),
    /// A workload in `workloads.rs`.
    Rust(fn(usize) -> Duration),
}

/// One who takes part in a comparison.
pub struct Contender {
    pub name: &'static str,
    pub side: Side,
    /// Operations in a round: enough to be measured, and no more.
    pub count: usize,
}

/// The course's answer beside others that do the same.
pub struct Comparison {
    /// One operation, in words.
    pub operation: &'static str,
    pub ours: Contender,
    pub others: Vec<Contender>,
}

/// What was measured.
pub struct Measured {
    pub operation: &'static str,
    /// Ours first.
    pub entries: Vec<Entry>,
}

/// What was measured of one contender.
pub struct Entry {
    pub name: &'static str,
    /// Median nanoseconds of one operation.
    pub nanos: f64,
    /// How many times as long as ours it takes.
    pub ratio: f64,
}

impl Comparison {
    /// Has all contenders take turns, `rounds` times.
    ///
    /// # Errors
    /// Python fails.
    pub fn measure(&self, python: &mut Python, rounds: usize) -> io::Result<Measured> {
        let contenders: Vec<_> = [&self.ours].into_iter().chain(&self.others).collect();
        let mut samples = vec![Vec::new(); contenders.len()];
        for round in 0..=rounds {
            for (contender, samples) in contenders.iter().zip(&mut samples) {
                let took = match contender.side {
                    Side::Python(workload) => python.run(workload, contender.count)?,
                    Side::Rust(workload) => workload(contender.count),
                };
                // The first round only warms up.
                if round > 0 {
                    samples.push(took.as_secs_f64() * 1e9 / contender.count as f64);
                }
            }
        }
        let entries = contenders.iter().zip(&samples).map(|(contender, own)| Entry {
            name: contender.name,
            nanos: median(own.clone()),
            ratio: median(own.iter().zip(&samples[0]).map(|(own, ours)| own / ours).collect()),
        });
        Ok(Measured { operation: self.operation, entries: entries.collect() })
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn rust(name: &'static str, workload: fn(usize) -> Duration, count: usize) -> Contender {
    Contender { name, side: Side::Rust(workload), count }
}

fn python(name: &'static str, workload: &'static str, count: usize) -> Contender {
    Contender { name, side: Side::Python(workload), count }
}

/// Everything that is compared.
pub fn all() -> Vec<Comparison> {
    vec![
        Comparison {
            operation: "a task of a pool of 2 processes",
            ours: rust("12-process-pool", workloads::pool_task, 10_000),
            others: vec![
                python("multiprocessing.Pool", "pool_task", 5_000),
                python("ProcessPoolExecutor", "executor_task", 2_000),
            ],
        },
        Comparison {
            operation: "a pool from start to end: 2 processes, 2 tasks",
            ours: rust("12-process-pool", workloads::pool_start, 40),
            others: vec![python("multiprocessing.Pool", "pool_start", 10)],
        },
        Comparison {
            operation: "a message to another process",
            ours: rust("11-pipes", workloads::pipe_message, 50_000),
            others: vec![python("multiprocessing.Pipe", "pipe_message", 20_000)],
        },
        Comparison {
            operation: "a message to another process and back",
            ours: rust("11-pipes", workloads::pipe_round_trip, 5_000),
            others: vec![python("multiprocessing.Pipe", "pipe_round_trip", 3_000)],
        },
        Comparison {
            operation: "an item through a queue of 100, between two threads",
            ours: rust("06-producer-consumer", workloads::queue_item, 200_000),
            others: vec![
                python("queue.Queue", "queue_item", 30_000),
                rust("crossbeam-channel", workloads::crossbeam_item, 500_000),
            ],
        },
        Comparison {
            operation: "acquire and release a semaphore that is free",
            ours: rust("04-bounded-semaphore", workloads::semaphore, 500_000),
            others: vec![
                python("threading.BoundedSemaphore", "semaphore", 50_000),
                rust("tokio Semaphore (try_acquire)", workloads::tokio_semaphore, 500_000),
            ],
        },
        Comparison {
            operation: "acquire and release a reentrant lock that is free",
            ours: rust("03-rlock", workloads::rlock, 500_000),
            others: vec![
                python("threading.RLock", "rlock", 200_000),
                rust("parking_lot ReentrantMutex", workloads::parking_lot_rlock, 500_000),
            ],
        },
    ]
}
