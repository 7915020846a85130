//! The time of a grading, at whose end a pristine stage has no trace of any answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use super::pristine::Traces;

/// A grading that goes on. Whether it ends well, by an error or by Ctrl-C, the traces go; what a
/// grader that was killed leaves, the next one removes before it begins.
#[derive(Debug)]
pub struct Grading {
    /// What is to be removed.
    traces: Option<Arc<Traces>>,
    /// From then on the stage may be somebody else's.
    over: Arc<AtomicBool>,
}

impl Grading {
    /// Begins; `None`: nothing is to be removed.
    pub(super) fn begin(traces: Option<Arc<Traces>>) -> Self {
        let over = Arc::new(AtomicBool::new(false));
        if let Some(traces) = &traces {
            clear_when_signalled(Arc::clone(traces), Arc::clone(&over));
        }
        Self { traces, over }
    }
}

impl Drop for Grading {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        if let Some(traces) = &self.traces {
            // The next grading begins with the same, and says what is wrong.
            let _ = traces.clear();
        }
    }
}

/// The signal then ends this process as it would have without us. What cargo still writes, when the
/// signal was not meant for it as well, is left to the next grading.
fn clear_when_signalled(traces: Arc<Traces>, over: Arc<AtomicBool>) {
    let Ok(mut signals) = Signals::new([SIGHUP, SIGINT, SIGTERM]) else { return };
    thread::spawn(move || {
        for signal in signals.forever() {
            if !over.load(Ordering::SeqCst) {
                let _ = traces.clear();
            }
            let _ = emulate_default_handler(signal);
        }
    });
}
