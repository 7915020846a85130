//! What the compiler says of a lock in a `static`, in the model build.
//!
//! The standard library's locks may stand there, the model checker's may not. The compiler's own
//! advice, a `LazyLock`, would only hide that.

use crate::wording;

/// The message as it is shown: a lock, an atomic or the like of `sync` that is made at compile time
/// is explained.
pub(super) fn explained(code: Option<&str>, message: &str, rendered: &str) -> String {
    if code != Some("E0015") || !message.contains("sync_model::") {
        return rendered.to_owned();
    }
    let kept = rendered.trim_end().lines().filter(|line| !line.contains("LazyLock"));
    let kept: Vec<&str> = kept.collect();
    format!("{}\n   = help: {}\n\n", kept.join("\n"), wording::outlives_a_run())
        .replace("sync_model::", "sync::")
}

#[cfg(test)]
mod tests {
    use super::*;

    const RENDERED: &str = "\
error[E0015]: cannot call non-const associated function `sync_model::Mutex::<i32>::new` in statics
 --> exercises/02-race-fix/src/lib.rs:2:27
  |
2 | static LOCK: Mutex<i32> = Mutex::new(0);
  |                           ^^^^^^^^^^^^^
  |
  = note: calls in statics are limited to constant functions, tuple structs and tuple variants
  = note: consider wrapping this expression in `std::sync::LazyLock::new(|| ...)`

";

    #[test]
    fn a_static_lock_is_explained() {
        let message = "cannot call non-const associated function `sync_model::Mutex::<i32>::new`";
        let said = explained(Some("E0015"), message, RENDERED);
        assert!(
            said.starts_with("error[E0015]: cannot call non-const associated function `sync::")
        );
        assert!(said.contains(" = help: the model checker runs your code"), "{said}");
        assert!(said.contains("2 | static LOCK: Mutex<i32> = Mutex::new(0);"), "{said}");
        assert!(!said.contains("LazyLock"), "{said}");
    }

    #[test]
    fn other_messages_stay_as_they_are() {
        let of_std = "cannot call non-const method `Vec::<i32>::push` in statics";
        assert_eq!(explained(Some("E0015"), of_std, RENDERED), RENDERED);
        let other_code = "no method `push` found for struct `sync_model::Mutex<i32>`";
        assert_eq!(explained(Some("E0599"), other_code, RENDERED), RENDERED);
    }
}
