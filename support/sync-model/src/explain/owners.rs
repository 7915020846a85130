//! Which steps of `Arc`s explain something.

use crate::engine::ObjectId;
use crate::trace::{Event, Kind};

/// The numbers of all events but those in which an `Arc` or a `Weak` comes or goes and nobody looks at
/// the counts afterwards. They are many, and a panic adds one for each that it drops.
pub(super) fn telling(events: &[Event]) -> Vec<usize> {
    let mut looked_at: Vec<ObjectId> = Vec::new();
    let mut telling = Vec::with_capacity(events.len());
    for (index, event) in events.iter().enumerate().rev() {
        let is_seen = |object| looked_at.contains(&object);
        if !comes_or_goes(event.kind) || event.object.is_some_and(is_seen) {
            telling.push(index);
        }
        if looks(event.kind) {
            looked_at.extend(event.object);
        }
    }
    telling.reverse();
    telling
}

/// Whether an owner comes or goes, without asking who else there is.
pub(super) fn comes_or_goes(kind: Kind) -> bool {
    matches!(kind, Kind::ArcClone | Kind::ArcDrop | Kind::WeakDrop)
}

/// Whether the step's outcome depends on who owns the value.
pub(super) fn looks(kind: Kind) -> bool {
    use Kind::{ArcCount, ArcGetMut, ArcMakeMut, ArcTake, ArcUnwrap, ArcUpgrade};
    matches!(kind, ArcCount | ArcGetMut | ArcMakeMut | ArcTake | ArcUnwrap | ArcUpgrade)
}
