//! What is said of an answer that goes around `sync`.

use crate::policy::facade::Bypass;

/// How many lines are named.
pub(crate) const LINES: usize = 5;

/// A sentence for each line; what stands on one line comes together.
pub(crate) fn hides(lines: &[&[Bypass]]) -> String {
    let mut said: Vec<String> = lines.iter().take(LINES).map(|line| of_line(line)).collect();
    match lines.len().saturating_sub(LINES) {
        0 => {}
        1 => said.push("And 1 more line.".into()),
        more => said.push(format!("And {more} more lines.")),
    }
    said.join("\n")
}

fn of_line(line: &[Bypass]) -> String {
    let [first, ..] = line else { return String::new() };
    let hide = if line.len() == 1 { "hides" } else { "hide" };
    format!(
        "Line {} of {}: {} {hide} from the model checker. Write {}.",
        first.line,
        first.file.display(),
        listed(line.iter().map(|bypass| &*bypass.name)),
        listed(line.iter().map(|bypass| &*bypass.instead)),
    )
}

/// `` `a`, `b` and `c` ``, each once.
fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut all: Vec<String> = Vec::new();
    for name in names.map(|name| format!("`{name}`")) {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    match &all[..] {
        [before @ .., last] if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => all.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bypass(line: u32, name: &str, instead: &str) -> Bypass {
        Bypass {
            file: "src/lib.rs".into(),
            shown: "exercises/02-race-fix/src/lib.rs".into(),
            line,
            name: name.into(),
            instead: instead.into(),
            text: String::new(),
        }
    }

    #[test]
    fn each_line_is_named_with_all_that_stands_there() {
        let lock = bypass(3, "std::sync::Mutex", "sync::Mutex");
        let lazy = bypass(3, "std::sync::LazyLock", "sync::OnceLock");
        let once = bypass(3, "std::sync::OnceLock", "sync::OnceLock");
        let thread = |line| vec![bypass(line, "std::thread", "sync::thread")];
        let mut all = vec![vec![lock.clone()]];
        all.extend([vec![lazy, lock, once], thread(5), thread(6), thread(7), thread(8), thread(9)]);
        let lines: Vec<&[Bypass]> = all.iter().map(|line| &line[..]).collect();
        let said = [&lines[..1], &lines[..6], &lines].map(hides).join("\n---\n");
        insta::assert_snapshot!(said);
    }
}
