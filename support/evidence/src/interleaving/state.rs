//! How things stand at one moment of a schedule: where each thread is and what it waits for, who
//! holds which lock, what each value is and what it was before.
//!
//! A row says what it changes, so that the state after any row is a fold over the rows up to it.

use serde::{Deserialize, Serialize};

/// Something that threads share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Object {
    /// What the learner calls it: `self.count`. Two that are called the same get a number. Empty if it
    /// has no name there.
    pub name: String,
    /// What it is.
    pub sort: Sort,
    /// For how many it is: items in a channel that has a bound, threads at a barrier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<usize>,
}

/// What an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// A `Mutex`.
    Mutex,
    /// An `RwLock`.
    RwLock,
    /// A `Condvar`.
    Condvar,
    /// An atomic number, flag or pointer.
    Atomic,
    /// A channel: its value is the number of items in it.
    Channel,
    /// A `Barrier`: its value is how many wait there.
    Barrier,
    /// A `Once`, or a cell that is filled once. Whoever is at it holds it; its value is whether it is
    /// done: `true` or `false`.
    Once,
}

/// Everything at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// One per lane.
    pub threads: Vec<ThreadState>,
    /// One per object of the table.
    pub objects: Vec<ObjectState>,
}

/// A thread at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadState {
    /// Where it is: at what it does next; if there is nothing more, at what it did last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Spot>,
    /// Whether it goes on.
    pub condition: Condition,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spot {
    /// From 1.
    pub line: u32,
    /// The file's name if it is another one than most rows are from, else empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub file: String,
    /// Whether it is the check's own line, not one of the code that is checked.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub scenario: bool,
}

/// Whether a thread goes on, and if not, why. Objects are indices into the table's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Condition {
    /// Nobody has started it.
    NotStarted,
    /// It can go on.
    Ready {
        /// What it is about to do, if it is of interest to others.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next: Option<Act>,
    },
    /// It waits for what this object's holders, readers or contents keep from it.
    Waits {
        /// The object.
        object: usize,
        /// What it is called where the thread waits, if it goes by another name in the table.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        called: Option<String>,
    },
    /// It sleeps until it is woken by way of this condition variable.
    Sleeps {
        /// The condition variable.
        object: usize,
    },
    /// It is parked.
    Parked,
    /// It lets time pass.
    Pauses,
    /// It waits for another thread's end.
    Joins {
        /// The other thread's name.
        thread: String,
    },
    /// It has failed: the schedule ends with it.
    Failed,
    /// It is done.
    Done,
}

/// An object at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectState {
    /// The threads that hold it, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holders: Vec<String>,
    /// Whether they share it: readers.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub shared: bool,
    /// Its value, if that can be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// What its value was before it was last written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// Who last changed what it protects, if its value cannot be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed_by: Option<String>,
}

/// What a thread did or is about to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Act {
    /// What is done.
    pub deed: Deed,
    /// To which object: an index into the table's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<usize>,
    /// What the object is called where this is done, if it goes by another name in the table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called: Option<String>,
    /// The lock that a step of a condition variable gives back or takes: an index, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lock: Option<usize>,
    /// The value that is read, written, or left behind in a lock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// What the value was before it was written; for what is read, the newest one if that is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// Which threads it has to do with, by name: who is woken, or holds what cannot be had.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub who: Vec<String>,
}

/// What is done to an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deed {
    /// Reads its value.
    Reads,
    /// Writes its value.
    Writes,
    /// Reads its value and writes another, in one step.
    Updates,
    /// Writes its value only if it is what was expected.
    Exchanges,
    /// Found another value than it expected, and wrote nothing.
    LeavesAlone,
    /// Takes a lock for itself.
    Takes,
    /// Takes a lock to read, with others.
    Shares,
    /// Takes a lock if nobody holds it.
    Tries,
    /// Found a lock held, and did not take it.
    FindsHeld,
    /// Gives a lock back.
    GivesBack,
    /// Gives a lock back, having changed what it protects.
    GivesBackChanged,
    /// Gives its lock back and falls asleep, in one step.
    FallsAsleep,
    /// Wakes up and has its lock again.
    WakesUp,
    /// Wakes one that sleeps.
    NotifiesOne,
    /// Wakes all that sleep.
    NotifiesAll,
    /// Sends an item.
    Sends,
    /// Could not send: there is no room, or nobody will receive.
    CannotSend,
    /// Receives an item.
    Receives,
    /// Got nothing: there is no item.
    ReceivesNothing,
    /// Comes to a barrier, and waits.
    Arrives,
    /// Comes to a barrier as the last one: all go on.
    ArrivesLast,
    /// Comes to what is done once.
    Comes,
    /// Begins what is done once.
    Begins,
    /// Found what is done once done.
    FindsDone,
    /// Found what is done once not yet done.
    FindsUndone,
    /// Wakes a thread that is parked, or keeps it from parking.
    Unparks,
    /// Parks; done: goes on.
    Parks,
    /// Panics, or fails an assertion.
    Fails,
}

/// What is different after a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "kebab-case")]
pub enum Change {
    /// A thread.
    Thread {
        /// Its lane.
        lane: usize,
        /// How it stands now.
        now: ThreadState,
    },
    /// An object.
    Object {
        /// Its index.
        object: usize,
        /// How it stands now.
        now: ObjectState,
    },
}

impl State {
    /// Whether nothing was recorded.
    pub fn is_empty(&self) -> bool {
        self.threads.is_empty()
    }

    /// What leads from this state to the next.
    pub fn changes(&self, next: &State) -> Vec<Change> {
        let threads = next.threads.iter().enumerate();
        let threads = threads
            .filter(|(lane, now)| self.threads.get(*lane) != Some(now))
            .map(|(lane, now)| Change::Thread { lane, now: now.clone() });
        let objects = next.objects.iter().enumerate();
        let objects = objects
            .filter(|(object, now)| self.objects.get(*object) != Some(now))
            .map(|(object, now)| Change::Object { object, now: now.clone() });
        threads.chain(objects).collect()
    }

    /// Makes these changes. One of a thread or an object that the state does not have is none.
    pub fn apply(&mut self, changes: &[Change]) {
        for change in changes {
            match change {
                Change::Thread { lane, now } => {
                    if let Some(thread) = self.threads.get_mut(*lane) {
                        *thread = now.clone();
                    }
                }
                Change::Object { object, now } => {
                    if let Some(state) = self.objects.get_mut(*object) {
                        *state = now.clone();
                    }
                }
            }
        }
    }

    /// The lanes of those who wait for this object, or sleep in it.
    pub fn waiters(&self, object: usize) -> impl Iterator<Item = usize> {
        let lanes = self.threads.iter().enumerate();
        lanes
            .filter(move |(_, thread)| match thread.condition {
                Condition::Waits { object: wanted, .. } | Condition::Sleeps { object: wanted } => {
                    wanted == object
                }
                _ => false,
            })
            .map(|(lane, _)| lane)
    }
}

#[cfg(test)]
mod tests;
