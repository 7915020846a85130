//! Tables in Markdown, row by row: they can be watched, and pasted.

use std::time::Duration;

use crate::search::Seen;

/// There is no such search.
pub(crate) const NOTHING: &str = "–";

/// A table whose head is printed.
pub(crate) struct Table {
    columns: usize,
}

impl Table {
    /// Prints the title and the head.
    pub(crate) fn begin(title: &str, columns: &[&str]) -> Self {
        println!("\n### {title}\n");
        println!("| | {} |", columns.join(" | "));
        println!("|---|{}", "---:|".repeat(columns.len()));
        Self { columns: columns.len() }
    }

    /// Prints a row.
    ///
    /// # Panics
    /// If there are not as many cells as columns.
    pub(crate) fn row(&self, name: &str, cells: &[String]) {
        assert_eq!(cells.len(), self.columns, "{name}");
        println!("| {name} | {} |", cells.join(" | "));
    }
}

/// With a comma before each three digits.
pub(crate) fn number(value: u64) -> String {
    let digits = value.to_string();
    let (head, rest) = digits.split_at(digits.len() % 3);
    let groups = rest.as_bytes().chunks(3).map(|group| String::from_utf8_lossy(group).into_owned());
    let head = (!head.is_empty()).then(|| head.to_owned());
    head.into_iter().chain(groups).collect::<Vec<_>>().join(",")
}

/// The time of a search in milliseconds, those below ten with a decimal.
pub(crate) fn millis(seen: &Seen<()>) -> String {
    let millis = seen.elapsed.as_secs_f64() * 1e3;
    if seen.elapsed < Duration::from_millis(10) {
        format!("{millis:.1}")
    } else {
        number(millis.round() as u64)
    }
}

/// The executions of a search a second.
pub(crate) fn rate(seen: &Seen<()>) -> String {
    number(seen.rate().round() as u64)
}

/// A ratio.
pub(crate) fn times(ratio: f64) -> String {
    format!("× {ratio:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        let numbers = [0, 7, 999, 1_000, 45_600, 2_000_000].map(number);
        assert_eq!(numbers, ["0", "7", "999", "1,000", "45,600", "2,000,000"]);
    }
}
