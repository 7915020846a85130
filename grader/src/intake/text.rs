//! What a source file may look like. Pure.

/// The text without the mark that editors on Windows put at the beginning: the compiler skips it too.
pub fn without_mark(mut bytes: Vec<u8>) -> Vec<u8> {
    if bytes.starts_with(MARK) {
        bytes.drain(..MARK.len());
    }
    bytes
}

/// U+FEFF in UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Refuses what is not text, and text that reads otherwise than it compiles. The line, from 1, and
/// the reason.
pub fn check(bytes: &[u8]) -> Result<(), (u32, String)> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            return Err((
                line(&bytes[..error.valid_up_to()]),
                "it is not UTF-8: save it with this encoding".into(),
            ));
        }
    };
    match text.char_indices().find(|(_, character)| is_deceptive(*character)) {
        None => Ok(()),
        Some((at, character)) => {
            let code = u32::from(character);
            let because = format!("it holds the invisible character U+{code:04X}");
            Err((line(&bytes[..at]), because))
        }
    }
}

/// What reorders or hides text ("Trojan Source", CVE-2021-42574), and control characters.
fn is_deceptive(character: char) -> bool {
    !['\n', '\r', '\t'].contains(&character) && crate::text::is_deceptive(character)
}

fn line(before: &[u8]) -> u32 {
    let feeds = before.iter().filter(|&&byte| byte == b'\n').count();
    u32::try_from(feeds + 1).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_of_an_editor_is_no_part_of_the_text() {
        assert_eq!(without_mark("\u{feff}fn".into()), b"fn");
        assert_eq!(without_mark(b"fn".into()), b"fn");
    }

    #[test]
    fn text_is_taken_and_tricks_are_refused_with_their_line() {
        assert_eq!(check("fn größe() {}\r\n\t// ✓\n".as_bytes()), Ok(()));
        for (bytes, at) in [
            (&b"a\nb\xff"[..], 2),
            (b"\0", 1),
            ("x\n\ny\u{202e}".as_bytes(), 3),
            (&without_mark("\u{feff}\u{feff}fn".into()), 1),
            ("\u{1b}[2J".as_bytes(), 1),
        ] {
            assert_eq!(check(bytes).unwrap_err().0, at, "{bytes:?}");
        }
    }
}
