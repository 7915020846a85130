//! The facade has std's names, signatures and traits: each item of std's list is coerced, in the
//! facade of normal builds and in the model's, to the type that it must have. What is missing or
//! differs does not compile.
//!
//! - `std-1.95.txt`: the list, an item a line, and for each whether it is there;
//! - `arcs`, `atomics`, `channels`, `locks`, `threads`, `waiting`: the coercions, compiled once for
//!   each facade; each records the item's name, and the names must be those that the list calls there;
//! - `consts`: what is made at compile time;
//! - `shown`: what the types show of themselves;
//! - `auto_traits`: which types may be sent, shared and unwound past;
//! - `docs`: the list is read again from std's documentation, where that is installed.

// The same source for each facade is the point, and so are the types in full.
#![allow(clippy::duplicate_mod, clippy::type_complexity, clippy::extra_unused_lifetimes)]

use std::collections::{BTreeMap, BTreeSet};

mod docs;

/// Items that were seen to be there.
pub(crate) type Names = BTreeSet<String>;

/// What a macro was given, as the list spells it: without the spaces that a macro in between leaves,
/// and without lifetimes.
pub(crate) fn spelled(given: &str) -> String {
    given.replace(" <", "<").replace("< ", "<").replace(" >", ">").replace("&'static ", "&")
}

/// The auto traits that hold for each type.
pub(crate) type Traits = BTreeMap<String, Vec<&'static str>>;

/// A type: `Mutex<T>` is recorded as `Mutex`.
macro_rules! types {
    ($names:ident, $module:literal; $($type:ty),+ $(,)?) => { $(
        let _: Option<&$type> = None;
        let of = crate::spelled(stringify!($type));
        $names.insert(format!("{}::{}", $module, crate::docs::bare(&of)));
    )+ };
}

/// Functions, methods and variants, each coerced to its type.
macro_rules! values {
    ($names:ident, $module:literal; $($($segment:ident)::+ => $type:ty),+ $(,)?) => { $(
        let _: $type = $($segment)::+;
        $names.insert(concat!($module, $("::", stringify!($segment)),+).to_owned());
    )+ };
    // Methods that the type has with these parameters only.
    ($names:ident, $module:literal, $whose:ty; $($method:ident => $type:ty),+ $(,)?) => { $(
        let _: $type = <$whose>::$method;
        let of = crate::spelled(stringify!($whose));
        let of = crate::docs::bare(&of);
        $names.insert(format!("{}::{of}::{}", $module, stringify!($method)));
    )+ };
}

/// Implementations of traits. Their parameters are recorded: `From<T>`, whatever `T` is here.
macro_rules! implementations {
    ($names:ident, $module:literal; $($type:ty: $($bound:path),+);+ $(;)?) => { $( $( {
        fn ask<A: $bound>(_: Option<&A>) {}
        ask(None::<&$type>);
        let (of, what) = (crate::spelled(stringify!($type)), crate::spelled(stringify!($bound)));
        $names.insert(format!("{}::{}: {what}", $module, crate::docs::bare(&of)));
    } )+ )+ };
    // Where the list has names that stable code does not.
    ($names:ident, $module:literal; $($name:literal = $type:ty: $bound:path);+ $(;)?) => { $( {
        fn ask<A: $bound>(_: Option<&A>) {}
        ask(None::<&$type>);
        $names.insert(concat!($module, "::", $name).to_owned());
    } )+ };
}

/// Whether a trait holds for a type, as a constant: that of those with the trait comes before that of
/// all.
macro_rules! holds {
    ($type:ty: $bound:path) => {{
        struct Asked<A: ?Sized>(std::marker::PhantomData<A>);
        #[allow(dead_code)]
        trait No {
            const HOLDS: bool = false;
        }
        impl<A: ?Sized> No for Asked<A> {}
        #[allow(dead_code)]
        impl<A: ?Sized + $bound> Asked<A> {
            const HOLDS: bool = true;
        }
        Asked::<$type>::HOLDS
    }};
}

/// The same source, compiled against one facade.
macro_rules! parity {
    ($flavour:ident, $facade:path) => {
        #[path = "."]
        mod $flavour {
            pub(crate) use $facade as facade;

            #[path = "arcs.rs"]
            mod arcs;
            #[path = "atomics.rs"]
            mod atomics;
            #[path = "auto_traits.rs"]
            pub(crate) mod auto_traits;
            #[path = "channels.rs"]
            mod channels;
            #[path = "consts.rs"]
            mod consts;
            #[path = "locks.rs"]
            mod locks;
            #[path = "shown.rs"]
            pub(crate) mod shown;
            #[path = "threads.rs"]
            mod threads;
            #[path = "waiting.rs"]
            mod waiting;

            pub(crate) fn items() -> crate::Names {
                let parts = [
                    arcs::items(),
                    atomics::items(),
                    channels::items(),
                    locks::items(),
                    threads::items(),
                    waiting::items(),
                ];
                parts.into_iter().flatten().collect()
            }
        }
    };
}

parity!(standard, ::sync);
parity!(model, ::sync_model);

/// What the list says of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict<'a> {
    There,
    LeftOut(&'a str),
}

/// The list: an item a line, and after two spaces what is said of it.
fn list() -> BTreeMap<&'static str, Verdict<'static>> {
    let lines = include_str!("std-1.95.txt").lines();
    let items = lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| {
        let (name, verdict) = line.split_once("  ").expect("two spaces before the verdict");
        let verdict = match verdict.split_once(": ") {
            None if verdict == "there" => Verdict::There,
            Some(("left out", why)) => Verdict::LeftOut(why),
            _ => panic!("neither `there` nor `left out: ...`: {line}"),
        };
        (name, verdict)
    });
    items.collect()
}

#[test]
fn both_facades_have_what_the_list_calls_there() {
    let list = list();
    let there = list.iter().filter(|(_, verdict)| **verdict == Verdict::There);
    let there: Names = there.map(|(name, _)| (*name).to_owned()).collect();
    for (flavour, seen) in [("sync", standard::items()), ("sync-model", model::items())] {
        let untested: Vec<_> = there.difference(&seen).collect();
        assert!(untested.is_empty(), "called there, but not compiled in {flavour}: {untested:#?}");
        let unlisted: Vec<_> = seen.difference(&there).collect();
        assert!(unlisted.is_empty(), "compiled in {flavour}, but not called there: {unlisted:#?}");
    }
}

#[test]
fn auto_traits_hold_for_the_same_types() {
    let (standard, model) = (standard::auto_traits::table(), model::auto_traits::table());
    // That the table can tell.
    assert_eq!(standard["Receiver<Unshareable>"], ["Send", "Unpin", "UnwindSafe", "RefUnwindSafe"]);
    assert_eq!(
        standard["MutexGuard<'static, Pinned>"],
        ["Sync", "Unpin", "UnwindSafe", "RefUnwindSafe"]
    );
    let differ = |name: &&String| standard[*name] != model[*name];
    let differences: Vec<_> = standard
        .keys()
        .filter(differ)
        .map(|name| format!("{name}: std {:?}, model {:?}", standard[name], model[name]))
        .collect();
    assert!(differences.is_empty(), "{differences:#?}");
}

/// The list and the documentation of the Rust that runs this test: what only one of them has.
fn compare_with_docs(docs: &docs::Docs) -> Vec<String> {
    let (list, items) = (list(), docs.items());
    let new = items.iter().filter(|(name, _)| !list.contains_key(name.as_str()));
    let new = new.map(|(name, standing)| match standing.deprecated {
        true => format!("not in the list: {name}  left out: deprecated"),
        false => format!("not in the list: {name}  there"),
    });
    let gone = list.keys().filter(|name| !items.contains_key(**name));
    let gone = gone.map(|name| format!("not in the documentation: {name}"));
    let left_out = |name: &str| list.get(name) == Some(&Verdict::LeftOut("deprecated"));
    let deprecated = items.iter().filter(|(name, standing)| {
        list.contains_key(name.as_str()) && standing.deprecated != left_out(name)
    });
    let deprecated = deprecated.map(|(name, standing)| {
        format!(
            "deprecated only in {}: {name}",
            if standing.deprecated { "std" } else { "the list" }
        )
    });
    new.chain(gone).chain(deprecated).collect()
}

#[test]
fn types_show_themselves_alike() {
    let (send, receive) = std::sync::mpsc::channel();
    sync_model::model::Model::new().at_least(1).check(move || {
        send.send(model::shown::everything()).expect("the test waits for it");
    });
    let (shown, standard) = (receive.recv().expect("it was sent"), standard::shown::everything());
    for (model, standard) in shown.iter().zip(&standard) {
        assert_eq!(model, standard);
    }
    assert_eq!(shown.len(), standard.len());
}

#[test]
fn a_cell_that_lends_itself_out_is_shared_only_if_its_value_may_be() {
    use std::cell::Cell;

    use sync_model::model::RaceCell;

    assert!(holds!(RaceCell<u8>: Sync) && holds!(RaceCell<Cell<u8>>: Send));
    assert!(!holds!(RaceCell<Cell<u8>>: Sync));
    assert!(!holds!(RaceCell<std::rc::Rc<u8>>: Send));
}

#[test]
fn the_list_is_that_of_the_documentation() {
    match docs::Docs::find() {
        None => eprintln!("skipped: `rustup component add rust-docs` installs the documentation"),
        Some(docs) if !docs.version.starts_with("1.95.") => {
            eprintln!("skipped: the documentation is that of Rust {}", docs.version);
        }
        Some(docs) => {
            let differences = compare_with_docs(&docs);
            assert!(differences.is_empty(), "{differences:#?}");
        }
    }
}

/// To be run by hand when a new Rust is out: its items may join the list once it is the oldest Rust
/// that the course supports.
#[test]
#[ignore = "shows what is new in a newer Rust than that of the list"]
fn news_since_the_list() {
    let docs = docs::Docs::find().expect("`rustup component add rust-docs` installs them");
    let differences = compare_with_docs(&docs);
    assert!(differences.is_empty(), "Rust {}: {differences:#?}", docs.version);
}
