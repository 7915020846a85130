//! What the compiler says of `sync::Arc`, in the model build.
//!
//! The standard library's `Arc` can do two things that the compiler lets no other type do: become an
//! `Arc` of a trait or a slice, and stand before `self`. The model checker's cannot, so an answer that
//! does that compiles with the one and not with the other. There the standard library's does as well.

use crate::wording;

/// The message as it is shown: what only the standard library's `Arc` can do is explained.
pub(super) fn explained(code: Option<&str>, rendered: &str) -> String {
    let becomes = ["sync_model::Arc<dyn ", "sync_model::Arc<(dyn ", "sync_model::Arc<["];
    let concerns_arc = match code {
        Some("E0308") => becomes.iter().any(|shape| rendered.contains(shape)),
        Some("E0658" | "E0307") => rendered.contains("sync_model::Arc<"),
        _ => false,
    };
    if !concerns_arc {
        return rendered.to_owned();
    }
    // The compiler's advice names a feature that its stable version has not.
    let kept = rendered.trim_end().lines();
    let kept: Vec<&str> = kept.filter(|line| !line.contains("issues/44874")).collect();
    format!("{}\n   = help: {}\n\n", kept.join("\n"), wording::takes_the_arc_of_std())
        .replace("sync_model::", "sync::")
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECEIVER: &str = "\
error[E0658]: `sync_model::Arc<Pool>` cannot be used as the type of `self` without the `arbitrary_self_types` feature
 --> exercises/02-race-fix/src/lib.rs:7:25
  |
7 |     pub fn run(self: Arc<Self>) {}
  |                      ^^^^^^^^^
  |
  = note: see issue #44874 <https://github.com/rust-lang/rust/issues/44874> for more information

";

    const TRAIT: &str = "\
error[E0308]: mismatched types
 --> exercises/02-race-fix/src/lib.rs:5:29
  |
5 | pub fn job() -> Arc<dyn Fn()> { Arc::new(|| ()) }
  |                                 ^^^^^^^^^^^^^^^ expected `Arc<dyn Fn()>`, found `Arc<{closure}>`
  |
  = note: expected struct `sync_model::Arc<(dyn Fn() + 'static)>`

";

    #[test]
    fn what_only_the_standard_librarys_can_do_is_explained() {
        for (code, rendered) in [("E0658", RECEIVER), ("E0308", TRAIT)] {
            let said = explained(Some(code), rendered);
            assert!(said.ends_with("take `Arc` from `std::sync` there\n\n"), "{said}");
            assert!(!said.contains("sync_model") && !said.contains("44874"), "{said}");
        }
    }

    #[test]
    fn other_messages_stay_as_they_are() {
        let mismatch = TRAIT.replace("sync_model::Arc<(dyn Fn() + 'static)>", "u8");
        assert_eq!(explained(Some("E0308"), &mismatch), mismatch);
        assert_eq!(explained(Some("E0599"), RECEIVER), RECEIVER);
    }
}
