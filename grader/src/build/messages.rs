//! What cargo and its compilers say, line by line, whatever they say: a line takes little memory,
//! however long it is.

use std::io::{BufRead, BufReader, Read};

use evidence::bounds;

use crate::text::harmless;

/// Bytes of one text in a message that are kept.
const TEXT: usize = 16 * 1024;

/// Bytes of a message that are kept.
const MESSAGE: usize = 1024 * 1024;

/// Bytes of a line of cargo's own words that are kept.
const WORDS: usize = 4 * 1024;

/// The messages, each a line of JSON in which long texts have only their beginning. A message of which
/// that is not enough ends where it says what it points to, at nothing.
pub(super) fn messages(output: impl Read) -> impl Iterator<Item = Vec<u8>> {
    lines(output, Message::default).map(Message::into_json)
}

/// Lines of plain words, each with its beginning alone, and harmless: people see them as they come.
pub(super) fn words(output: impl Read) -> impl Iterator<Item = String> {
    lines(output, Words::default).map(|Words(kept)| harmless(&String::from_utf8_lossy(&kept)))
}

/// What is kept of a line.
trait Line {
    fn take(&mut self, byte: u8);
}

fn lines<L: Line>(output: impl Read, begin: fn() -> L) -> impl Iterator<Item = L> {
    let mut output = BufReader::new(output);
    std::iter::from_fn(move || {
        let mut line = begin();
        let mut any = false;
        loop {
            let bytes = match output.fill_buf() {
                Ok([]) => return any.then_some(line),
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(_) => return any.then_some(line),
                Ok(bytes) => bytes,
            };
            any = true;
            let end = bytes.iter().position(|&byte| byte == b'\n');
            let length = end.unwrap_or(bytes.len());
            bytes[..length].iter().for_each(|&byte| line.take(byte));
            output.consume(length + usize::from(end.is_some()));
            if end.is_some() {
                return Some(line);
            }
        }
    })
}

#[derive(Default)]
struct Words(Vec<u8>);

impl Line for Words {
    fn take(&mut self, byte: u8) {
        if self.0.len() < WORDS {
            self.0.push(byte);
        }
    }
}

/// A message while it is read.
#[derive(Default)]
struct Message {
    kept: Vec<u8>,
    /// The text that is being read; `None`: between texts.
    text: Option<Text>,
}

#[derive(Default)]
struct Text {
    kept: usize,
    left_out: usize,
    /// Bytes of an escape sequence that are still to come.
    escape: u8,
}

impl Text {
    /// Whether the byte is kept; `None`: the text is at its end. What is begun is completed: an escape
    /// sequence, a character of several bytes.
    fn takes(&mut self, byte: u8) -> Option<bool> {
        let begins = self.escape == 0 && byte & 0xc0 != 0x80;
        if begins && byte == b'"' {
            return None;
        }
        self.escape = match (self.escape, byte) {
            (0, b'\\') => 1,
            // Four digits come, of which none is a `u`.
            (1, b'u') => 4,
            (left, _) => left.saturating_sub(1),
        };
        let keeps = self.left_out == 0 && (self.kept < TEXT || !begins);
        *(if keeps { &mut self.kept } else { &mut self.left_out }) += 1;
        Some(keeps)
    }
}

impl Message {
    fn keep(&mut self, byte: u8) {
        if self.kept.len() <= MESSAGE {
            self.kept.push(byte);
        }
    }

    fn into_json(self) -> Vec<u8> {
        if self.kept.len() <= MESSAGE {
            return self.kept;
        }
        // Quotes within a text are escaped, so this can be none.
        let spans = br#","spans":["#;
        let end = self.kept.windows(spans.len()).position(|bytes| bytes == spans);
        let nothing = br#","spans":[{"file_name":"","line_start":0,"is_primary":true}]}}"#;
        end.map_or_else(Vec::new, |end| [&self.kept[..end], nothing].concat())
    }
}

impl Line for Message {
    fn take(&mut self, byte: u8) {
        let Some(text) = &mut self.text else {
            self.text = (byte == b'"').then(Text::default);
            return self.keep(byte);
        };
        match text.takes(byte) {
            Some(true) => self.keep(byte),
            Some(false) => {}
            None => {
                if let left_out @ 1.. = text.left_out {
                    let told = format!("\\n… {} left out …\\n", bounds::size(left_out));
                    told.bytes().for_each(|byte| self.keep(byte));
                }
                self.text = None;
                self.keep(byte);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::repeat;

    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn read(text: &str) -> Vec<Vec<u8>> {
        messages(text.as_bytes()).collect()
    }

    #[test]
    fn a_line_that_never_ends_takes_little_memory() {
        let endless = || repeat(b'x').take(4 << 20);
        let line = messages(br#"{"message":""#.chain(endless())).next().unwrap();
        assert!(line.len() < 2 * TEXT, "{}", line.len());
        assert_eq!(words(endless()).next().unwrap().len(), WORDS);
    }

    #[test]
    fn a_message_with_too_many_notes_still_says_what_is_wrong() {
        let note = json!({ "message": "a note", "spans": [] });
        let begin = r#"{"package_id":"p","message":{"message":"it is \"wrong\"""#;
        let notes = vec![note.to_string(); 100_000].join(",");
        let line = format!("{begin},\"level\":\"error\",\"spans\":[],\"children\":[{notes}]}}}}\n");
        let kept: Value = serde_json::from_slice(&read(&line)[0]).unwrap();
        assert_eq!(kept["message"]["message"], "it is \"wrong\"");
        assert_eq!(kept["message"]["level"], "error");
        assert_eq!(kept["message"]["spans"][0]["file_name"], "");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]
        #[test]
        fn whatever_is_cut_is_json_and_what_is_short_stays(
            unit in "(a|é|\u{10ffff}|\n|\"|\\\\|\u{1}){1,6}",
            times in prop_oneof![0usize..20, 2_000usize..9_000],
        ) {
            let text = unit.repeat(times);
            let line = json!({ "rendered": text, "level": [1, "x\\"], "a": { "b": "\\\"" } }).to_string();
            let kept = read(&format!("{line}\n{line}"));
            prop_assert_eq!(kept.len(), 2);
            let json: Value = serde_json::from_slice(&kept[0]).unwrap();
            let rendered = json["rendered"].as_str().unwrap();
            if line.len() < TEXT {
                prop_assert_eq!(&kept[0], line.as_bytes());
            } else if rendered != text {
                let (head, told) = rendered.rsplit_once("\n… ").unwrap();
                prop_assert!(text.starts_with(head) && told.ends_with(" left out …\n"));
                prop_assert!(kept[0].len() < 2 * TEXT);
            }
            prop_assert_eq!(&json["level"], &json!([1, "x\\"]));
        }
    }
}
