use super::*;

const STUB: &str = r#"
use std::fmt::{self, Debug as Shown};
use std::time::Duration;

/// How many.
pub const MOST: usize = { 3 };

/// What goes wrong.
#[derive(Debug, Clone, PartialEq)]
pub enum Error<T> {
    /// It says why.
    Said(String),
    Back(T),
    Late { by: Duration },
}

#[derive(PartialEq)]
pub struct Pair<T>(pub T, pub u64);

#[derive(Debug)]
pub struct Guard<'a, T: Shown> {
    inside: &'a T,
}

impl<T: Shown> Drop for Guard<'_, T> {
    fn drop(&mut self) {}
}

impl<'a, T: Shown> Guard<'a, T> {
    pub fn new(inside: &'a T, mut wait: Duration) -> Result<Self, Error<Vec<T>>> { todo!() }
    pub fn with<R>(&mut self, work: impl FnOnce(&T) -> R) -> R where R: Send { todo!() }
    fn hidden(&self) {}
    pub(crate) fn inner(&self) {}
}

impl<T> fmt::Display for Error<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { todo!() }
}
"#;

#[test]
fn every_public_item_has_its_words() {
    insta::assert_snapshot!(write(STUB).unwrap());
}

#[test]
fn what_has_no_words_is_named() {
    assert_eq!(write("pub trait Work { fn work(&self); }"), Err(vec!["pub trait Work".into()]));
    let by_hand = "pub struct A; impl PartialEq for A { fn eq(&self, _: &A) -> bool { true } }";
    assert_eq!(write(by_hand), Err(vec!["pub struct A".into()]));
}
