//! Small things that all markup needs.

/// `text` as HTML or XML text, and as the value of an attribute in double quotes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
    out
}

/// `text` where backticks mark code: `<code>` instead of them.
pub fn inline_code(text: &str) -> String {
    let mut out = String::new();
    for (index, part) in text.split('`').enumerate() {
        match index % 2 {
            0 => out += &escape(part),
            _ => out += &format!("<code>{}</code>", escape(part)),
        }
    }
    out
}

/// Data for a script, safe within a `<script>` element.
pub fn json_script(data: &serde_json::Value) -> String {
    let json = data.to_string().replace("</", "<\\/").replace("<!--", "<\\u0021--");
    format!("<script type=\"application/json\">{json}</script>")
}

/// A figure that a widget takes over: `still` is what readers without scripts see. It is one block of
/// HTML to Markdown, so it must not hold an empty line.
pub fn figure(widget: &str, still: &str, caption: &str) -> String {
    let still: String = still
        .lines()
        .filter(|line| !line.trim().is_empty())
        .flat_map(|line| [line, "\n"])
        .collect();
    format!(
        "\n<figure data-widget=\"{widget}\">\n{still}<figcaption>{}</figcaption>\n</figure>\n",
        inline_code(caption)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out() {
        assert_eq!(escape("a < \"b\" & c"), "a &lt; &quot;b&quot; &amp; c");
        assert_eq!(inline_code("run `a<b` now"), "run <code>a&lt;b</code> now");
        let script = json_script(&serde_json::json!("</script><!--"));
        assert_eq!(script.matches("</script>").count(), 1);
        assert!(!figure("gil", "<svg>\n\n</svg>", "c").trim().contains("\n\n"));
    }
}
