//! Of the failures with equally few preemptions, the one that is read fastest.

use std::mem::discriminant;
use std::rc::Rc;

use super::Search;
use crate::engine::{self, Ending, Path, Stop};
use crate::trace::Trace;

/// Executions in which a shorter failure is looked for. Nearly always the first hundred have it.
const EXECUTIONS: usize = 300;

/// What a failure says, but for how it came about.
#[derive(PartialEq)]
struct Account {
    stop: std::mem::Discriminant<Stop>,
    panic: Option<(String, u32, String)>,
}

impl Account {
    /// `None`: of no failure, or of one that is as good as any other.
    fn of(ending: &Ending, trace: &Trace) -> Option<Self> {
        let stop = ending.stop.as_ref()?;
        // How often somebody goes round in vain is nothing to choose by.
        if matches!(stop, Stop::Livelock | Stop::Endless) {
            return None;
        }
        let panic = match stop {
            Stop::Panic(index) => {
                let panicked = &trace.panics[*index];
                Some((panicked.file.clone(), panicked.line, panicked.message.clone()))
            }
            _ => None,
        };
        Some(Account { stop: discriminant(stop), panic })
    }
}

impl Search<'_> {
    /// Goes on from this path, which fails, and shows a failure of fewer steps, if there is one that says the
    /// same.
    pub(super) fn find_fewer_rows(&mut self, path: &mut Path) {
        // A thread that was cut off while it panicked leaves the real thread panicking.
        if std::thread::panicking() {
            return;
        }
        let Some((ending, trace)) = &self.found.stopped else { return };
        let Some(account) = Account::of(ending, trace) else { return };
        let mut fewest = trace.events.len();
        let mut best = None;
        for _ in 0..EXECUTIONS {
            if self.is_spent() || self.is_late() || !path.advance() {
                break;
            }
            let mut trace = std::mem::take(&mut self.trace);
            let scenario = Rc::clone(&self.scenario);
            let ending = engine::run(self.session, scenario, path, &mut trace, self.settings);
            self.count(path, &ending);
            self.is_stale = true;
            if trace.events.len() < fewest
                && Account::of(&ending, &trace).as_ref() == Some(&account)
            {
                fewest = trace.events.len();
                best = Some(path.clone());
            }
            self.trace = trace;
        }
        if let Some(mut path) = best {
            path.rewind();
            self.run(&mut path, self.settings);
        }
    }
}
