//! The course's reference answers, as they stand in `solutions/`.
#![allow(dead_code)] // only a part of each is measured

#[path = "../../../solutions/04-bounded-semaphore/lib.rs"]
pub mod bounded_semaphore;
#[path = "../../../solutions/11-pipes/lib.rs"]
pub mod pipes;
#[path = "../../../solutions/12-process-pool/lib.rs"]
pub mod process_pool;
#[path = "../../../solutions/06-producer-consumer/lib.rs"]
pub mod producer_consumer;
#[path = "../../../solutions/03-rlock/lib.rs"]
pub mod rlock;
