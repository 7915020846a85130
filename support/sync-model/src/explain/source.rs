//! The text of an operation, as it stands in the source.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::PathBuf;
use std::rc::Rc;

use crate::trace::Source;

/// Arguments longer than this are left out.
const MAX_ARGUMENTS: usize = 40;

std::thread_local! {
    static FILES: RefCell<HashMap<String, Option<Rc<str>>>> = RefCell::default();
}

/// The expression at this place: the receiver, the method and its arguments. `None` if the source
/// cannot be read.
pub(super) fn expression(at: Source) -> Option<String> {
    expression_at(at.file(), at.line(), at.column())
}

/// See [`expression`].
pub(super) fn expression_at(file: &str, line: u32, column: u32) -> Option<String> {
    let text = read(file)?;
    let start = offset(&text, line, column)?;
    Some(cut(&text, start))
}

/// The receiver of the method call at this place: `self.state` for `self.state.lock()`.
pub(super) fn receiver(at: Source) -> Option<String> {
    let text = read(at.file())?;
    let start = offset(&text, at.line(), at.column())?;
    let receiver = squeeze(&text[receiver_start(&text, start)..start]);
    let receiver = receiver.trim_end_matches('.').to_owned();
    (!receiver.is_empty()).then_some(receiver)
}

/// The method at this place: `lock` for `self.state.lock()`.
pub(super) fn method(at: Source) -> Option<String> {
    let text = read(at.file())?;
    let rest = &text[offset(&text, at.line(), at.column())?..];
    let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
    Some(rest[..end].to_owned())
}

fn read(file: &str) -> Option<Rc<str>> {
    FILES.with_borrow_mut(|files| {
        let text = || find(file).map(|text| without_comments(&text).into());
        files.entry(file.to_owned()).or_insert_with(text).clone()
    })
}

/// The compiler names a file as it was told to, mostly from the workspace's root; a check may run
/// anywhere below it.
fn find(file: &str) -> Option<String> {
    let places = [std::env::current_dir(), std::env::current_exe()];
    let roots = places.iter().flatten().flat_map(|place| place.ancestors());
    roots.map(|root| root.join(file)).find_map(|path: PathBuf| std::fs::read_to_string(path).ok())
}

/// The same with blanks for comments, all else in its place: a sentence that ends in front of an
/// expression looks like a part of it.
fn without_comments(text: &str) -> String {
    let line = |line: &str| {
        let mut comments = line.match_indices("//").map(|(at, _)| at);
        let is_code = |at: &usize| line[..*at].matches('"').count().is_multiple_of(2);
        let end = comments.find(is_code).unwrap_or(line.trim_end().len());
        let blanks = line.trim_end().len().saturating_sub(end);
        format!("{}{}{}", &line[..end], " ".repeat(blanks), &line[line.trim_end().len()..])
    };
    text.split_inclusive('\n').map(line).collect()
}

fn offset(text: &str, line: u32, column: u32) -> Option<usize> {
    let before: usize = text.split_inclusive('\n').take(line as usize - 1).map(str::len).sum();
    let line = text[before..].lines().next()?;
    let inside = line.char_indices().nth(column as usize - 1).map_or(line.len(), |(at, _)| at);
    Some(before + inside)
}

fn cut(text: &str, start: usize) -> String {
    let receiver = squeeze(&text[receiver_start(text, start)..start]);
    let call = &text[start..];
    let name_end = call.find(|c: char| !(c.is_alphanumeric() || "_:!<>".contains(c)));
    let name_end = name_end.unwrap_or(call.len());
    let arguments = match call[name_end..].chars().next() {
        Some('(') => arguments(&call[name_end..]),
        _ => String::new(),
    };
    let call = format!("{receiver}{}{arguments}", &call[..name_end]);
    call.replace("Ordering::", "").replace("atomic::", "")
}

/// The arguments with their parentheses; `(…)` if they are long.
fn arguments(text: &str) -> String {
    let mut depth = 0;
    let end = text.char_indices().find(|(_, char)| {
        match char {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    let whole = squeeze(&text[..end.map_or(text.len(), |(at, _)| at + 1)]);
    let plain = whole.replace("Ordering::", "");
    let plain = plain.replace("( ", "(").replace(", )", ")");
    if plain.chars().count() > MAX_ARGUMENTS || plain.contains('{') {
        "(…)".to_owned()
    } else {
        plain
    }
}

/// Where the receiver of the method named at `end` begins: walks back over names, dots, calls and
/// the line breaks of a chain.
fn receiver_start(text: &str, end: usize) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut depth) = (end, 0_u32);
    let mut start = end;
    while at > 0 {
        let byte = bytes[at - 1];
        match byte {
            b')' | b']' => depth += 1,
            b'(' | b'[' if depth > 0 => depth -= 1,
            _ if depth > 0 => {}
            b'.' | b'?' | b'_' | b':' => {}
            _ if byte.is_ascii_alphanumeric() || !byte.is_ascii() => {}
            // White space belongs to the chain only before or after its dots.
            _ if byte.is_ascii_whitespace() => {
                let after = text[at..end].trim_start().starts_with('.');
                let before = text[..at].trim_end().ends_with('.');
                if !(after || before) {
                    break;
                }
                at -= 1;
                continue;
            }
            _ => break,
        }
        at -= 1;
        start = at;
    }
    start
}

/// On one line: no line breaks, and no blanks around a chain's dots.
fn squeeze(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").replace(" .", ".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, expected: &str) {
        let start = source.find('^').expect("the place is marked");
        let text = without_comments(&source.replacen('^', "", 1));
        assert_eq!(cut(&text, start), expected);
    }

    #[test]
    fn a_call_with_its_receiver() {
        check("let old = self.count.^load(Ordering::SeqCst);", "self.count.load(SeqCst)");
        check("*self.slots[i].^lock().unwrap() += 1;", "self.slots[i].lock()");
        check("    thread::^yield_now();", "thread::yield_now()");
    }

    #[test]
    fn a_chain_over_several_lines() {
        let source = "let state = self\n    .state\n    .^lock()\n    .unwrap();";
        check(source, "self.state.lock()");
    }

    #[test]
    fn comments_are_no_part_of_it() {
        check(
            "// It wakes nobody for nothing.\n    self.free.^notify_one();",
            "self.free.notify_one()",
        );
        check("self // Ours.\n    .free // „Frei“.\n    .^wait(state)", "self.free.wait(state)");
        check("get(\"http://x\").^lock()", "get(\"http://x\").lock()");
    }

    #[test]
    fn long_arguments_are_left_out() {
        check("free.^wait_while(state, |state| { state.held })", "free.wait_while(…)");
        check("^assert_eq!(counter.get(), 2, \"two threads added 1 each\");", "assert_eq!(…)");
    }
}
