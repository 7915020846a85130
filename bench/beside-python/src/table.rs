//! What was measured, as a Markdown table.

use std::fmt::Write;

use crate::comparison::Measured;

/// The table.
pub fn markdown(measured: &[Measured], python: &str) -> String {
    let mut text = format!(
        "| operation (CPython {python}) | by | one takes | × ours |\n|---|---|---:|---:|\n"
    );
    for Measured { operation, entries } in measured {
        for (row, entry) in entries.iter().enumerate() {
            let operation = if row == 0 { operation } else { "" };
            let (name, time, ratio) = (entry.name, time(entry.nanos), ratio(entry.ratio));
            writeln!(text, "| {operation} | {name} | {time} | {ratio} |").expect("a string grows");
        }
    }
    text
}

/// Nanoseconds in the unit that fits.
pub fn time(nanos: f64) -> String {
    match nanos {
        ..1e3 => format!("{nanos:.0} ns"),
        ..1e6 => format!("{:.1} µs", nanos / 1e3),
        _ => format!("{:.2} ms", nanos / 1e6),
    }
}

/// A ratio, no more exact than it is known.
pub fn ratio(ratio: f64) -> String {
    if ratio < 9.5 { format!("{ratio:.1}") } else { format!("{ratio:.0}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_in_the_unit_that_fits() {
        assert_eq!(time(12.4), "12 ns");
        assert_eq!(time(12_340.0), "12.3 µs");
        assert_eq!(time(7_890_000.0), "7.89 ms");
    }

    #[test]
    fn ratios_are_rounded() {
        assert_eq!(ratio(0.52), "0.5");
        assert_eq!(ratio(33.7), "34");
    }
}
