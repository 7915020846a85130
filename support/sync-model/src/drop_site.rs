//! Where a guard is dropped: `Drop` does not know its caller, but a backtrace does.

use std::backtrace::Backtrace;

/// The line that drops a guard, if it is in the file where the lock was taken. Called from the
/// guard's `drop`.
///
/// Slow, so only the one execution that is shown pays for it.
pub(crate) fn find(lock_file: &str) -> Option<u32> {
    let (file, line) = parse(&Backtrace::force_capture().to_string())?;
    // A guard that was handed on may be dropped in another file: then the line would mislead.
    let name = |path: &str| path.rsplit('/').next().map(str::to_owned);
    (name(&file) == name(lock_file)).then_some(line)
}

/// The first frame after those of this crate and of the standard library.
fn parse(backtrace: &str) -> Option<(String, u32)> {
    let places = backtrace.lines().filter_map(|line| line.trim().strip_prefix("at "));
    let mut in_drop = false;
    for place in places {
        let own = place.contains("sync-model/src/")
            || place.starts_with("./src/mutex.rs")
            || place.starts_with("./src/rwlock.rs")
            || place.starts_with("./src/arc");
        in_drop |= own;
        if own || !in_drop || place.starts_with("/rustc/") {
            continue;
        }
        let (rest, _column) = place.rsplit_once(':')?;
        let (file, line) = rest.rsplit_once(':')?;
        return Some((file.trim_start_matches("./").to_owned(), line.parse().ok()?));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_frame_outside_is_the_place() {
        let backtrace = "   0: force_capture
             at /rustc/0123/library/std/src/backtrace.rs:300:18
   1: drop
             at /home/a/course/support/sync-model/src/mutex.rs:180:9
   2: drop_in_place<sync_model::mutex::MutexGuard<i64>>
             at /rustc/0123/library/core/src/ptr/mod.rs:524:1
   3: incr
             at ./../src/lib.rs:27:5
   4: main
             at ./tests/model.rs:9:5";
        assert_eq!(parse(backtrace), Some(("../src/lib.rs".to_owned(), 27)));
    }
}
