use super::*;

fn backtrace(calls: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for (number, (name, place)) in calls.iter().enumerate() {
        out += &format!("{number:4}: {name}\n");
        if !place.is_empty() {
            out += &format!("             at {place}\n");
        }
    }
    out
}

const STD: &str = "/rustc/0123/library/core/src/ptr/mod.rs:524:1";
const OWN: &str = "/home/a/course/support/sync-model/src/engine/control.rs:10:5";

fn repeated(calls: &[(&str, &str)], times: usize) -> String {
    let inner = [("capture", STD), ("find", OWN), ("<unknown>", "")];
    backtrace(&[&inner[..], &calls.repeat(times)].concat())
}

#[test]
fn a_function_that_calls_itself_is_named() {
    for (name, expected) in [
        ("recurse", "recurse"),
        ("blocked::deep::recurse", "recurse"),
        ("blocked::Tree<u64>::depth", "Tree::depth"),
        ("<blocked::Tree<u64> as core::clone::Clone>::clone", "Tree::clone"),
        ("blocked::walk::{{closure}}", "walk"),
        ("visit<blocked::Tree>", "visit"),
    ] {
        let culprit = Culprit::parse(&repeated(&[(name, "./src/lib.rs:14:5"), ("call", STD)], 9));
        let (function, line) = (expected.to_owned(), "14".to_owned());
        assert_eq!(culprit, Culprit::Recursion { function, line });
    }
    let closure = Culprit::parse(&repeated(&[("{closure#0}", "./src/lib.rs:14:5")], 9));
    assert_eq!(closure.to_string(), ": a closure calls itself over and over (line 14).");
}

#[test]
fn of_two_that_call_each_other_the_inner_one_is_named() {
    let calls = [("is_even", "./src/lib.rs:3:5"), ("is_odd", "./src/lib.rs:7:5")];
    let culprit = Culprit::parse(&repeated(&calls, 9));
    assert_eq!(culprit.to_string(), ": `is_even` calls itself over and over (line 3).");
}

#[test]
fn values_in_values_are_named() {
    let calls = [
        ("drop_in_place<alloc::boxed::Box<list::Node<u8>>>", STD),
        ("drop_in_place<core::option::Option<alloc::boxed::Box<list::Node<u8>>>>", STD),
        ("drop_in_place<list::Node<u8>>", STD),
    ];
    let culprit = Culprit::parse(&repeated(&calls, 9));
    assert_eq!(culprit, Culprit::Drops { of: "Node".to_owned() });
}

#[test]
fn large_values_are_named() {
    let culprit = Culprit::parse(&repeated(&[("fill", "./src/lib.rs:3:5")], 1));
    assert_eq!(culprit.to_string(), ": `fill` keeps large values on it.");
    assert_eq!(Culprit::parse(&repeated(&[("perform", OWN)], 9)), Culprit::Unknown);
    let touched = [("<unknown>", ""), ("large<700>", ""), ("{closure#0}", "./src/lib.rs:9:1")];
    let culprit = Culprit::parse(&repeated(&touched, 1));
    assert_eq!(culprit, Culprit::Large { function: "large".to_owned() });
    assert_eq!(Culprit::parse("").to_string(), ".");
}
