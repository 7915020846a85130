//! Text that means nothing but itself in HTML.

use crate::text::harmless;

/// The text for use between tags and in quoted attributes. Whatever a learner's code printed stays
/// text.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in harmless(text).chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            plain => escaped.push(plain),
        }
    }
    escaped
}

/// A sentence: what stands between backquotes is code.
pub fn prose(text: &str) -> String {
    let escaped = escape(text);
    let mut parts = escaped.split('`');
    let mut prose = parts.next().unwrap_or_default().to_owned();
    while let Some(code) = parts.next() {
        match parts.next() {
            Some(rest) => prose += &format!("<code>{code}</code>{rest}"),
            None => prose += &format!("`{code}"),
        }
    }
    prose
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_what_stands_between_two_backquotes() {
        assert_eq!(
            prose("`a` < `b`, a lone ` too"),
            "<code>a</code> &lt; <code>b</code>, a lone ` too"
        );
    }

    #[test]
    fn nothing_becomes_a_tag_or_leaves_an_attribute() {
        assert_eq!(
            escape("<b a='1' c=\"2\">&\x1b"),
            "&lt;b a=&#39;1&#39; c=&quot;2&quot;&gt;&amp;\u{fffd}"
        );
    }
}
