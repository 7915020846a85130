//! Checks that compare what a value says of itself: that is the answer's to choose.

use proc_macro2::{TokenStream, TokenTree};

/// The lines at which a check file compares text that `format!` makes.
pub fn compared(source: &str) -> Vec<usize> {
    let mut lines = Vec::new();
    if let Ok(tokens) = source.parse::<TokenStream>() {
        look(tokens, &mut lines);
    }
    lines
}

fn look(tokens: TokenStream, lines: &mut Vec<usize>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let name = index.checked_sub(2).map(|at| tokens[at].to_string()).unwrap_or_default();
        // The message that follows is for people.
        let compared = match &*name {
            "assert_eq" | "assert_ne" => 2,
            "assert" | "matches" => 1,
            _ => 0,
        };
        let inside: Vec<TokenTree> = group.stream().into_iter().collect();
        let comma = |token: &TokenTree| matches!(token, TokenTree::Punct(p) if p.as_char() == ',');
        for argument in inside.split(comma).take(compared) {
            if argument.iter().any(|token| token.to_string() == "format") {
                lines.push(group.span_open().start().line);
            }
        }
        look(group.stream(), lines);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_compared_counts() {
        let source = "fn a() {\n    assert_eq!(format!(\"{x:?}\"), \"Closed\");\n    assert!(x, format!(\"{x:?}\"));\n    step(format!(\"{x:?}\"));\n    if y { assert!(format!(\"{x}\") == \"y\"); }\n}";
        assert_eq!(compared(source), [2, 5]);
    }
}
