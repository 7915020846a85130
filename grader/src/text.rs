//! Text that is what it looks like: nothing in it is invisible, moves other text or steers a reader.
//! Pure.
//!
//! One table for all that people and programs read of a report, and for the sources that are taken.
//! It holds what Unicode (16.0) itself calls invisible: control characters, line and paragraph
//! separators, `Default_Ignorable_Code_Point` (which has all of `Bidi_Control`, the tags and what is
//! reserved for their like), interlinear annotations and non-characters.
//!
//! The first sixteen variation selectors stay: they choose between two pictures of one character, as in
//! ✔️, and hide no more than the next bound lets them. A zero-width joiner goes, although families of
//! emoji fall apart without it: it takes two texts apart that look the same. Marks that stand above each
//! other stay as long as some script needs so many; what is beyond would write over the lines around.

use textwrap::core::display_width;

/// Marks on one character: more than any script needs.
const MARKS: usize = 8;

/// The text with nothing deceptive in it but line feeds. Tabs become spaces, carriage returns go, the
/// rest becomes U+FFFD.
pub fn harmless(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut marks = 0;
    for character in text.chars() {
        let is_mark = takes_no_room(character);
        marks = if is_mark { marks + 1 } else { 0 };
        match character {
            '\n' => clean.push('\n'),
            '\t' => clean.push_str("    "),
            '\r' => {}
            hidden if is_deceptive(hidden) => clean.push('\u{fffd}'),
            _ if marks == MARKS + 1 => clean.push('\u{fffd}'),
            _ if marks > MARKS => {}
            plain => clean.push(plain),
        }
    }
    clean
}

/// Whether the character is invisible, moves other text or steers a reader, or is none. Line feeds and
/// tabs are among them.
pub fn is_deceptive(character: char) -> bool {
    character.is_control() || is_ignorable(character) || {
        let code = u32::from(character);
        // Non-characters: the last two of each plane, and 32 more.
        code & 0xfffe == 0xfffe || (0xfdd0..=0xfdef).contains(&code)
    }
}

/// `Default_Ignorable_Code_Point` without U+FE00 to U+FE0F, and what separates or annotates lines.
fn is_ignorable(character: char) -> bool {
    matches!(character,
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'..='\u{1160}'
        | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Whether the character is drawn onto the one before it.
fn takes_no_room(character: char) -> bool {
    !character.is_ascii() && display_width(character.encode_utf8(&mut [0; 4])) == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use regex_syntax::ParserBuilder;
    use regex_syntax::hir::{Class, HirKind};

    /// Every character with this property, as another crate's tables have it.
    fn unicode(property: &str) -> Vec<char> {
        let parsed = ParserBuilder::new().build().parse(&format!(r"\p{{{property}}}")).unwrap();
        match parsed.into_kind() {
            HirKind::Class(Class::Unicode(class)) => {
                class.iter().flat_map(|range| range.start()..=range.end()).collect()
            }
            // Of some kinds there is just one character.
            HirKind::Literal(one) => String::from_utf8_lossy(&one.0).chars().collect(),
            other => panic!("{property}: {other:?}"),
        }
    }

    #[test]
    fn the_table_is_that_of_unicode() {
        let selectors = '\u{fe00}'..='\u{fe0f}';
        for property in [
            "Default_Ignorable_Code_Point",
            "Bidi_Control",
            "Noncharacter_Code_Point",
            "Cc",
            "Zl",
            "Zp",
        ] {
            let characters = unicode(property);
            assert!(!characters.is_empty(), "{property}");
            for character in characters.into_iter().filter(|c| !selectors.contains(c)) {
                assert!(is_deceptive(character), "U+{:04X}: {property}", u32::from(character));
            }
        }
    }

    #[test]
    fn what_people_write_stays() {
        for text in [
            "größe ✓ ✔\u{fe0f} — “x”",
            "日本語 हिन्दी ไทยนี้ 한국어 עברית العربية",
            "a\u{301}\u{302} 🦀",
        ] {
            assert_eq!(harmless(text), text);
        }
        assert_eq!(harmless("a\tb\r\nc"), "a    b\nc");
    }

    #[test]
    fn marks_do_not_pile_up() {
        let clean = harmless(&format!("z{}algo", "\u{336}".repeat(1000)));
        assert_eq!(clean, format!("z{}\u{fffd}algo", "\u{336}".repeat(MARKS)));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn nothing_deceptive_is_left_and_nothing_is_left_to_do(
            text in prop::collection::vec(
                prop_oneof![
                    any::<char>(),
                    prop::sample::select(vec!['\u{200b}', '\u{e0041}', '\u{301}', '\n', '\t', 'a']),
                ],
                0..200,
            )
        ) {
            let clean = harmless(&text.into_iter().collect::<String>());
            prop_assert!(!clean.contains(|c| c != '\n' && is_deceptive(c)), "{:?}", clean);
            prop_assert_eq!(harmless(&clean), clean);
        }
    }
}
