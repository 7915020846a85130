//! SHA-256 over named contents: what a cached verdict is keyed by.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

/// A digest that is being made.
#[derive(Debug, Clone, Default)]
pub struct Digest(Sha256);

impl Digest {
    /// Adds one named content. Lengths go in as well, so that no two lists of contents look alike.
    pub fn add(&mut self, name: &str, bytes: &[u8]) {
        for part in [name.as_bytes(), bytes] {
            self.0.update((part.len() as u64).to_le_bytes());
            self.0.update(part);
        }
    }

    /// The digest as 64 hexadecimal digits.
    pub fn hex(&self) -> String {
        self.0.clone().finalize().iter().fold(String::new(), |mut hex, byte| {
            write!(hex, "{byte:02x}").expect("a String takes all that is written to it");
            hex
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(parts: &[(&str, &str)]) -> String {
        let mut digest = Digest::default();
        for (name, text) in parts {
            digest.add(name, text.as_bytes());
        }
        digest.hex()
    }

    #[test]
    fn differs_by_name_content_and_boundary() {
        let all = [
            of(&[]),
            of(&[("a", "bc")]),
            of(&[("ab", "c")]),
            of(&[("a", "b"), ("c", "")]),
            of(&[("a", "bd")]),
        ];
        for (i, one) in all.iter().enumerate() {
            assert_eq!(one.len(), 64);
            assert!(!all[..i].contains(one));
        }
    }
}
