//! Addresses get names. An address is another number in each run and tells a reader nothing, but
//! whether two are the same one does: so they are numbered in the order in which they appear.

use std::fs;
use std::ops::Range;

use crate::trace::{Began, Detail, Event, Trace, Value};

/// Names every address that was read or written.
pub(super) fn name(events: &mut [Event]) {
    Names::new().name(events.iter_mut().flat_map(|event| values(&mut event.detail)));
}

/// Names every address of the trace.
pub(super) fn name_all(trace: &mut Trace) {
    let mut names = Names::new();
    names.name(trace.events.iter_mut().flat_map(|event| values(&mut event.detail)));
    names.name(trace.values.iter_mut());
    names.name(trace.pending.iter_mut().filter_map(|pending| pending.writes.as_mut()));
    names.name(trace.began.iter_mut().filter_map(|(_, made)| match made {
        Began::With(value) => Some(value),
        Began::For(_) => None,
    }));
}

/// The names that were given.
struct Names {
    memory: Vec<Range<u64>>,
    known: Vec<u64>,
}

impl Names {
    fn new() -> Self {
        Self { memory: memory(), known: Vec::new() }
    }

    fn name<'a>(&mut self, values: impl Iterator<Item = &'a mut Value>) {
        for value in values {
            let Some(address) = address(*value, &self.memory) else { continue };
            let position = self.known.iter().position(|it| *it == address);
            let position = position.unwrap_or_else(|| {
                self.known.push(address);
                self.known.len() - 1
            });
            *value = Value::Address(position + 1);
        }
    }
}

fn values(detail: &mut Detail) -> Vec<&mut Value> {
    match detail {
        Detail::Read { value, newest } => std::iter::once(value).chain(newest).collect(),
        Detail::Replaced { old, new } => vec![old, new],
        Detail::Wrote(value) | Detail::Refused(value) => vec![value],
        _ => Vec::new(),
    }
}

/// A pointer is an address; a number is one if something lies there. Learners take the address of a
/// thread's own variable as a name for the thread.
fn address(value: Value, memory: &[Range<u64>]) -> Option<u64> {
    match value {
        Value::Pointer(address) if address != 0 => Some(address as u64),
        Value::Int(number) => {
            let number = u64::try_from(number).ok()?;
            memory.iter().any(|mapping| mapping.contains(&number)).then_some(number)
        }
        _ => None,
    }
}

/// Where this process has memory, as `/proc/self/maps` lists it; nothing where there is no such file.
fn memory() -> Vec<Range<u64>> {
    let maps = fs::read_to_string("/proc/self/maps").unwrap_or_default();
    let mapping = |line: &str| {
        let (start, end) = line.split_once(' ')?.0.split_once('-')?;
        let number = |text| u64::from_str_radix(text, 16).ok();
        Some(number(start)?..number(end)?)
    };
    maps.lines().filter_map(mapping).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_in_memory_is_an_address() {
        let [one, other] = [&Box::new(1), &Box::new(2)].map(|it| std::ptr::from_ref(&**it).addr());
        let memory = memory();
        for number in [one, other] {
            assert_eq!(address(Value::Int(number as i128), &memory), Some(number as u64));
        }
        for number in [-1, 0, 1, 1_000_000, i128::from(i64::MAX), i128::from(u64::MAX)] {
            assert_eq!(address(Value::Int(number), &memory), None, "{number}");
        }
        assert_eq!(address(Value::Pointer(0), &memory), None);
    }
}
