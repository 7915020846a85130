//! Keys and sizes of the terminal, as events.

use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crossterm::event::{self, Event as Terminal, KeyEventKind};

use super::Event;

/// How long the terminal is listened to before a wish to pause is looked at.
const LISTEN: Duration = Duration::from_millis(100);

/// A thread that listens to the terminal.
pub struct Input(Arc<Gate>);

#[derive(Default)]
struct Gate {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    wanted: bool,
    resting: bool,
}

impl Input {
    /// Listens from now on.
    pub fn start(events: Sender<Event>) -> Self {
        let gate = Arc::new(Gate::default());
        let input = Self(Arc::clone(&gate));
        std::thread::spawn(move || {
            loop {
                gate.pass();
                let event = match listen() {
                    Ok(None) => continue,
                    Ok(Some(event)) => event,
                    // The terminal is gone.
                    Err(_) => Event::Stop,
                };
                let last = matches!(event, Event::Stop);
                if events.send(event).is_err() || last {
                    return;
                }
            }
        });
        input
    }

    /// Leaves the terminal to somebody else; returns when no key will be taken from them.
    pub fn pause(&self) {
        let mut state = self.0.state();
        state.wanted = true;
        while !state.resting {
            let waited = self.0.changed.wait_timeout(state, LISTEN * 10);
            let (again, timeout) = waited.unwrap_or_else(PoisonError::into_inner);
            state = again;
            if timeout.timed_out() {
                // The thread ended: it takes nothing any more.
                return;
            }
        }
    }

    /// Listens again.
    pub fn resume(&self) {
        self.0.state().wanted = false;
        self.0.changed.notify_all();
    }
}

impl Gate {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Rests while a pause is wanted.
    fn pass(&self) {
        let mut state = self.state();
        while state.wanted {
            state.resting = true;
            self.changed.notify_all();
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.resting = false;
    }
}

fn listen() -> std::io::Result<Option<Event>> {
    if !event::poll(LISTEN)? {
        return Ok(None);
    }
    Ok(match event::read()? {
        Terminal::Key(key) if key.kind != KeyEventKind::Release => Some(Event::Key(key)),
        Terminal::Resize(..) => Some(Event::Resized),
        _ => None,
    })
}
