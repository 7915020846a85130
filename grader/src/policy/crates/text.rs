//! What a text literal says. Pure.

/// The text of a literal as it is written, quotes and all. An escape of a character that no path has
/// becomes a space.
pub(super) fn of(literal: &str) -> String {
    let Some((before, inside)) = literal.split_once('"') else { return literal.to_owned() };
    let inside = inside.trim_end_matches('#').trim_end_matches('"');
    if before.contains('r') { inside.to_owned() } else { unescaped(inside) }
}

fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, escape)) = rest.split_once('\\') {
        plain += before;
        let mut characters = escape.chars();
        match characters.next() {
            Some('x') => {
                plain.push(character(escape.get(1..3)));
                rest = escape.get(3..).unwrap_or_default();
            }
            Some('u') => {
                let (code, after) = escape.split_once('}').unwrap_or((escape, ""));
                plain.push(character(code.get(2..)));
                rest = after;
            }
            // The line goes on below.
            Some('\n' | '\r') => rest = escape.trim_start(),
            _ => {
                plain.push(' ');
                rest = characters.as_str();
            }
        }
    }
    plain + rest
}

fn character(code: Option<&str>) -> char {
    let code = code.map(|code| code.replace('_', ""));
    let number = code.and_then(|code| u32::from_str_radix(&code, 16).ok());
    number.and_then(char::from_u32).unwrap_or(' ')
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn is_what_the_compiler_makes_of_it() {
        for (literal, text) in [
            (r#""plain""#, "plain"),
            (r#""""#, ""),
            (r###"r#"a\x41"#"###, r"a\x41"),
            (r#""\x6eix""#, "nix"),
            (r#""\u{6e}i\u{00_78}""#, "nix"),
            ("\"ni\\\n   x\"", "nix"),
            ("\"ni\\\r\n x\"", "nix"),
            (r#""a\nb\\c\"d""#, "a b c d"),
            (r#""\u{110000}é\x""#, " é "),
            ("7", "7"),
            ("'n'", "'n'"),
        ] {
            assert_eq!(of(literal), text, "{literal}");
        }
    }
}
