//! Output, bounded: the head and the tail are kept, the middle is counted.

use serde::{Deserialize, Serialize};

/// Bytes kept from the beginning, and as many from the end.
const KEPT: usize = 16 * 1024;

/// What a process printed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Captured {
    head: Vec<u8>,
    tail: Vec<u8>,
    /// All bytes that were printed.
    pub total: u64,
}

impl Captured {
    /// Takes in what was just printed.
    pub fn add(&mut self, bytes: &[u8]) {
        self.total += bytes.len() as u64;
        let room = (KEPT - self.head.len()).min(bytes.len());
        let (head, rest) = bytes.split_at(room);
        self.head.extend_from_slice(head);
        self.tail.extend_from_slice(&rest[rest.len().saturating_sub(KEPT)..]);
        let surplus = self.tail.len().saturating_sub(KEPT);
        self.tail.drain(..surplus);
    }

    /// As text, with a line that tells how much is left out.
    pub fn text(&self) -> String {
        let left_out = self.total - (self.head.len() + self.tail.len()) as u64;
        let head = String::from_utf8_lossy(&self.head);
        let tail = String::from_utf8_lossy(&self.tail);
        match left_out {
            0 => format!("{head}{tail}"),
            bytes => format!("{head}\n… {bytes} bytes left out …\n{tail}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn keeps_head_and_tail_however_it_comes(parts in prop::collection::vec(0usize..30_000, 0..6)) {
            let mut captured = Captured::default();
            let mut all = Vec::new();
            for (i, &length) in parts.iter().enumerate() {
                let bytes: Vec<u8> = (0..length).map(|j| b'a' + ((i + j) % 26) as u8).collect();
                captured.add(&bytes);
                all.extend(bytes);
            }
            prop_assert_eq!(captured.total, all.len() as u64);
            prop_assert!(all.starts_with(&captured.head) && all.ends_with(&captured.tail));
            prop_assert!(captured.head.len() <= KEPT && captured.tail.len() <= KEPT);
            if all.len() <= 2 * KEPT {
                prop_assert_eq!(captured.text().into_bytes(), all);
            }
        }
    }
}
