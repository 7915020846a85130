//! Which function has used up a stack: a backtrace tells.

use std::backtrace::Backtrace;
use std::fmt;

use crate::engine;

/// Calls that are looked at, from the innermost on.
const CALLS: usize = 200;

/// How often a function must be among them to be one that calls itself.
const REPEATED: usize = 5;

/// Who has used up a stack.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Culprit {
    /// A function that calls itself, directly or through others, and the line.
    Recursion { function: String, line: String },
    /// Values of this type, each in another one, are dropped.
    Drops { of: String },
    /// A function that does not, so its values are large.
    Large { function: String },
    #[default]
    Unknown,
}

impl fmt::Display for Culprit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Recursion { function, line } => {
                write!(f, ": {} calls itself over and over (line {line}).", named(function))
            }
            Self::Drops { of } => write!(
                f,
                ": a `{of}` is dropped, which drops the `{of}` that it holds, and so on, each inside \
                 the call before."
            ),
            Self::Large { function } => {
                write!(f, ": {} keeps large values on it.", named(function))
            }
            Self::Unknown => f.write_str("."),
        }
    }
}

fn named(function: &str) -> String {
    if function.starts_with('{') { "a closure".to_owned() } else { format!("`{function}`") }
}

impl Culprit {
    /// Who has used up the stack of the thread that runs.
    ///
    /// # Safety
    /// The calling function must not return to the thread's code, ever: the calls of which there are
    /// too many to look at are cut off.
    pub(super) unsafe fn find() -> Self {
        // There may be a million calls, and looking up one takes a microsecond and 1.6 kB.
        #[cfg(target_arch = "x86_64")]
        // SAFETY: as this function demands, nothing returns to the frame that is cut off.
        unsafe {
            cut::off(CALLS + 50);
        }
        Self::parse(&Backtrace::force_capture().to_string())
    }

    fn parse(backtrace: &str) -> Self {
        let calls = calls(backtrace);
        let own = || calls.iter().filter(|call| !call.is_foreign());
        if let Some((call, count)) = most_frequent(own())
            && count >= REPEATED
        {
            return Self::Recursion { function: call.function(), line: call.line().to_owned() };
        }
        let drops = calls.iter().filter(|call| call.dropped().is_some());
        if let Some((call, count)) = most_frequent(drops)
            && count >= REPEATED
        {
            return Self::Drops { of: call.dropped().unwrap_or_default() };
        }
        // The code that touches a large frame for the first time belongs to no line.
        let large = calls.iter().find(|call| !call.is_foreign() || call.is_named_only());
        large.map_or(Self::Unknown, |call| Self::Large { function: call.function() })
    }
}

/// One call of a backtrace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Call<'a> {
    name: &'a str,
    /// File, line and column, if known.
    place: &'a str,
}

fn calls(backtrace: &str) -> Vec<Call<'_>> {
    let mut calls: Vec<Call<'_>> = Vec::new();
    for line in backtrace.lines().map(str::trim) {
        if let Some(place) = line.strip_prefix("at ") {
            if let Some(call) = calls.last_mut() {
                call.place = place;
            }
        } else {
            let name = line.split_once(": ").map_or(line, |(_number, name)| name);
            calls.push(Call { name, place: "" });
        }
    }
    calls.truncate(CALLS);
    calls
}

impl Call<'_> {
    /// Whether it is of the standard library, of this crate or of another one that the learner did
    /// not write.
    fn is_foreign(&self) -> bool {
        let foreign = ["/rustc/", "sync-model/src/", "/.cargo/registry/", "./src/overflow"];
        self.place.is_empty() || foreign.iter().any(|part| self.place.contains(part))
    }

    fn is_named_only(&self) -> bool {
        self.place.is_empty() && !self.name.starts_with(['<', '_'])
    }

    /// The function's name, with its type but without its crate, modules and generics.
    fn function(&self) -> String {
        // `<a::Node as core::ops::Drop>::drop`
        let name = match self.name.strip_prefix('<').and_then(|rest| rest.split_once(" as ")) {
            Some((of, rest)) => {
                let method = rest.rsplit_once(">::").map_or(rest, |(_, method)| method);
                format!("{}::{method}", without_generics(of))
            }
            None => without_generics(self.name),
        };
        let parts: Vec<&str> =
            name.split("::").filter(|part| !part.is_empty() && !part.starts_with('{')).collect();
        let is_type = |part: &&&str| part.starts_with(char::is_uppercase);
        match parts.as_slice() {
            [] => name,
            [.., of, method] if is_type(&of) => format!("{of}::{method}"),
            [.., function] => (*function).to_owned(),
        }
    }

    fn line(&self) -> &str {
        self.place.rsplit(':').nth(1).unwrap_or_default()
    }

    /// The learner's type that is dropped here, by code that the compiler wrote.
    fn dropped(&self) -> Option<String> {
        let (_, of) = self.name.split_once("drop_in_place<")?;
        let of = without_generics(of.strip_suffix('>')?);
        let library = ["core::", "alloc::", "std::", "sync_model::", "dyn ", "(", "[", "&"];
        let foreign = library.iter().any(|library| of.starts_with(library));
        (!foreign).then(|| of.rsplit("::").next().unwrap_or_default().to_owned())
    }
}

/// Without what is between `<` and `>`.
fn without_generics(name: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::new();
    for c in name.chars() {
        match c {
            '<' => depth += 1,
            '>' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// The call that occurs most often, of several the innermost, and how often.
fn most_frequent<'a>(
    calls: impl Iterator<Item = &'a Call<'a>> + Clone,
) -> Option<(&'a Call<'a>, usize)> {
    let counted = calls.clone().map(|call| {
        let same = |other: &&Call<'_>| other.name == call.name && other.line() == call.line();
        (call, calls.clone().filter(same).count())
    });
    counted.fold(None, |best, now| match best {
        Some((_, count)) if count >= now.1 => best,
        _ => Some(now),
    })
}

#[cfg(target_arch = "x86_64")]
mod cut {
    use std::ffi::{c_int, c_void};

    use super::engine;

    const GO_ON: c_int = 0;
    const STOP: c_int = 5;

    type Visit = unsafe extern "C" fn(*mut c_void, *mut c_void) -> c_int;

    // What the standard library makes its own backtraces with.
    unsafe extern "C" {
        fn _Unwind_Backtrace(visit: Visit, argument: *mut c_void) -> c_int;
        fn _Unwind_GetCFA(context: *mut c_void) -> usize;
    }

    /// Makes the innermost `calls` calls look like all that there are.
    ///
    /// # Safety
    /// Nothing may return to the calls that are cut off.
    pub(super) unsafe fn off(calls: usize) {
        let mut left = calls;
        // SAFETY: `visit` takes the counter, which lives until this call is done.
        unsafe { _Unwind_Backtrace(visit, (&raw mut left).cast()) };
    }

    unsafe extern "C" fn visit(context: *mut c_void, left: *mut c_void) -> c_int {
        // SAFETY: `off` gives its counter.
        let left = unsafe { &mut *left.cast::<usize>() };
        *left -= 1;
        if *left > 0 {
            return GO_ON;
        }
        // SAFETY: the unwinder gives a context that is good during this call.
        let frame = unsafe { _Unwind_GetCFA(context) };
        // The address to which the call below this frame returns lies next to it. Without one, all
        // who follow the calls take it for the outermost.
        let address = frame.wrapping_sub(size_of::<usize>());
        if engine::running_stack().is_some_and(|room| room.holds(address)) {
            // SAFETY: it lies in the stack, and who calls `off` never returns as far as this.
            unsafe { *std::ptr::with_exposed_provenance_mut::<usize>(address) = 0 };
        }
        STOP
    }
}

#[cfg(test)]
#[path = "culprit_tests.rs"]
mod tests;
