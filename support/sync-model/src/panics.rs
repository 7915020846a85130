//! Panics of the model's threads: noted where they happen, and kept off standard error.

use std::panic::PanicHookInfo;
use std::sync::Once;

use evidence::Broken;

use crate::engine;
use crate::trace::Panicked;

/// From now on panics of the model's threads are noted instead of printed.
pub(crate) fn watch() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let print = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if engine::is_running() { engine::panicked(noted(info)) } else { print(info) }
        }));
    });
}

fn noted(info: &PanicHookInfo<'_>) -> Panicked {
    let broken = info.payload().downcast_ref::<Broken>().cloned();
    let message = match (&broken, info.payload_as_str()) {
        (Some(broken), _) => broken.message.clone(),
        (None, Some(message)) => message.to_owned(),
        (None, None) => "a value that is no text".to_owned(),
    };
    let (file, line, column) = info
        .location()
        .map_or((String::new(), 1, 1), |at| (at.file().to_owned(), at.line(), at.column()));
    Panicked { thread: 0, message, file, line, column, broken }
}
