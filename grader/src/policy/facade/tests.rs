use super::*;

fn answer(files: &[(&str, &str)]) -> Answer {
    let file = |(path, text): &(&str, &str)| SourceFile {
        path: path.into(),
        shown: format!("exercises/02-race-fix/{path}"),
        bytes: text.as_bytes().to_vec(),
    };
    Answer {
        exercise: "02-race-fix".into(),
        label: String::new(),
        files: files.iter().map(file).collect(),
        refused: vec![],
    }
}

/// `line: name, instead`, for each.
fn found(source: &str) -> Vec<String> {
    let found = bypasses(&answer(&[("src/lib.rs", source)]));
    found.iter().map(|b| format!("{}: {}, {}", b.line, b.name, b.instead)).collect()
}

fn assert_found(source: &str, expected: &[&str]) {
    assert_eq!(found(source), expected, "{source}");
}

#[test]
fn each_name_has_what_to_write_instead() {
    for (name, instead) in [
        ("std::sync::Mutex", "sync::Mutex"),
        ("std::sync::MutexGuard", "sync::MutexGuard"),
        ("std::sync::RwLock", "sync::RwLock"),
        ("std::sync::Condvar", "sync::Condvar"),
        ("std::sync::Barrier", "sync::Barrier"),
        ("std::sync::Once", "sync::Once"),
        ("std::sync::OnceLock", "sync::OnceLock"),
        ("std::sync::LazyLock", "sync::OnceLock"),
        ("std::sync::mpsc::channel", "sync::mpsc::channel"),
        ("std::sync::atomic::AtomicI64", "sync::atomic::AtomicI64"),
        ("core::sync::atomic::AtomicBool", "sync::atomic::AtomicBool"),
        ("std::sync::atomic::fence", "sync::atomic::fence"),
        ("std::sync::*", "sync::*"),
        ("std::sync::atomic::*", "sync::atomic::*"),
        ("std::thread::*", "sync::thread::*"),
        ("std::thread::spawn", "sync::thread::spawn"),
        ("std::thread::Builder", "sync::thread::Builder"),
        ("std::thread::panicking", "sync::thread::panicking"),
        ("std::thread::ThreadId", "sync::thread::ThreadId"),
        ("std::time::Instant", "sync::time::Instant"),
        ("std::time::SystemTime", "sync::time::Instant"),
        ("std::hint::spin_loop", "sync::hint::spin_loop"),
        ("core::hint::spin_loop", "sync::hint::spin_loop"),
    ] {
        assert_found(&format!("\nuse {name};"), &[&format!("2: {name}, {instead}")]);
    }
    assert_found("use std::thread_local;", &["1: std::thread_local!, sync::thread_local!"]);
}

#[test]
fn what_hides_nothing_is_not_named() {
    for source in [
        "use std::sync::Arc;",
        "use std::sync::{Arc, Weak, LockResult, PoisonError, TryLockError, TryLockResult};",
        "use std::sync::mpsc::{SendError, RecvError, TryRecvError, RecvTimeoutError};",
        "use std::sync::mpsc::{self, TrySendError}; fn f(e: mpsc::RecvError) {}",
        "use std::sync::atomic::Ordering; use Ordering::SeqCst;",
        "use std::sync::atomic::Ordering::*;",
        "use std::time::Duration; use std::thread::{Result, available_parallelism};",
        "use std::{cell::Cell, mem, fmt, hint::black_box}; fn f() { std::panic::panic_any(1) }",
        "extern crate alloc; use alloc::sync::Arc; fn f() { alloc::vec::Vec::<u8>::new(); }",
        "use std::thread; fn f() -> thread::Result<()> { Ok(()) }",
        "use std::time; fn f(d: time::Duration) {}",
        "use std::sync; fn f() { sync::Arc::new(1); }",
        "use sync::{Mutex, thread, time::Instant, atomic::AtomicBool}; use sync::thread::spawn;",
        "use sync; fn f() { sync::Mutex::new(0); ::sync::Condvar::new(); }",
        "use sync::thread; fn f() { thread::spawn(|| {}); thread::sleep(d); Instant::now(); }",
        "mod thread { pub fn spawn() {} } fn f() { thread::spawn() }",
        "mod sync { pub struct Mutex; } use self::sync::Mutex; fn f() { crate::sync::Mutex; }",
        "// std::sync::Mutex\n/* std::thread::spawn() */ fn f() {}",
        "//! `std::sync::Mutex`\n/// use std::sync::Mutex;\nfn f() {}",
        "const X: &str = \"std::sync::Mutex\"; const Y: &str = r#\"std::thread\"#;",
        "sync::thread_local! { static X: u8 = 0; }",
        "use sync::thread_local; thread_local! { static X: u8 = 0; }",
        "use sync::*; fn f() { thread_local! { static X: u8 = 0; } }",
        "macro_rules! thread_local { () => {} } thread_local!();",
        "fn f(x: impl Sized) -> impl use<> Sized { x }",
        "struct S { thread: u8 } fn f(s: S) { s.thread; s.sync.lock(); }",
        "this is } not Rust",
    ] {
        assert_found(source, &[]);
    }
}

#[test]
fn groups_are_looked_through_line_by_line() {
    assert_found(
        "use std::{\n    fmt,\n    sync::{\n        Arc, Mutex,\n        atomic::{AtomicBool, Ordering},\n    },\n    thread::{self, sleep},\n};\nfn f() { thread::spawn(|| {}); }",
        &[
            "4: std::sync::Mutex, sync::Mutex",
            "5: std::sync::atomic::AtomicBool, sync::atomic::AtomicBool",
            "7: std::thread, sync::thread",
            "7: std::thread::sleep, sync::thread::sleep",
        ],
    );
    assert_found(
        "use ::std::{sync::{Mutex, Condvar}, thread};",
        &["1: std::sync::Condvar, sync::Condvar", "1: std::sync::Mutex, sync::Mutex"],
    );
    assert_found("use {std::sync::Mutex, sync::Condvar};", &["1: std::sync::Mutex, sync::Mutex"]);
}

/// The line that puts it right is named: that of the import.
#[test]
fn other_names_hide_nothing() {
    assert_found(
        "use std::sync::Mutex as M;\nfn f() { M::new(0); M::<u8>::default(); }",
        &["1: std::sync::Mutex, sync::Mutex"],
    );
    assert_found(
        "use std::sync;\nfn f() { sync::Mutex::new(0); sync::Condvar::new(); }",
        &["1: std::sync, sync"],
    );
    assert_found("use std::sync as s;\nfn f() { s::Mutex::new(0); }", &["1: std::sync, sync"]);
    assert_found(
        "use std::thread;\n\nfn f() { thread::scope(|_| {}); }",
        &["1: std::thread, sync::thread"],
    );
    assert_found(
        "use std as x;\nfn f() {\n x::thread::sleep(d); }",
        &["3: std::thread::sleep, sync::thread::sleep"],
    );
    assert_found(
        "extern crate std as s;\nuse s::sync as t;\nfn f() { t::RwLock::new(0); }",
        &["2: std::sync, sync"],
    );
    assert_found(
        "use std::sync::atomic;\nuse atomic::AtomicU8;",
        &["1: std::sync::atomic, sync::atomic"],
    );
    assert_found(
        "use std::time;\nfn f() {\n time::SystemTime::now(); }",
        &["3: std::time::SystemTime, sync::time::Instant"],
    );
    assert_found("use std::sync::Mutex as _;", &["1: std::sync::Mutex, sync::Mutex"]);
    // Others may take from it what they like.
    assert_found("pub use std::thread;", &["1: std::thread, sync::thread"]);
    assert_found("mod a { pub(crate) use std::sync as s; }", &["1: std::sync, sync"]);
    assert_found("use std::*;", &["1: std::*, sync::*"]);
    // In a circle there is nothing.
    assert_found("use a::b; use b::a; fn f() { a::b::c(); }", &[]);
}

#[test]
fn full_paths_are_seen_wherever_they_stand() {
    for (source, name) in [
        ("fn f() { let x = std::sync::Mutex::new(0); }", "std::sync::Mutex"),
        ("struct S { lock: std::sync::Mutex<u8> }", "std::sync::Mutex"),
        ("struct S { lock: ::std::sync::Mutex<u8> }", "std::sync::Mutex"),
        ("fn f(x: &::std::sync::RwLock<u8>) {}", "std::sync::RwLock"),
        ("fn f() -> ::std::sync::RwLock<u8> { todo!() }", "std::sync::RwLock"),
        ("fn f() { return ::std::thread::sleep(d); }", "std::thread::sleep"),
        ("fn f() { 0..std::thread::current().x(); }", "std::thread::current"),
        ("fn f() { <std::sync::Mutex<u8> as Default>::default(); }", "std::sync::Mutex"),
        ("fn f() { core::sync::atomic::AtomicU8::new(0); }", "core::sync::atomic::AtomicU8"),
        ("fn f() { println!(\"{:?}\", std::time::Instant::now()); }", "std::time::Instant"),
        ("macro_rules! m { ($x:expr) => { std::sync::Mutex::new($x) } }", "std::sync::Mutex"),
        ("macro_rules! m { () => { use std::sync::Mutex; } }", "std::sync::Mutex"),
        ("fn f() { r#std::r#sync::r#Mutex::new(0); }", "std::sync::Mutex"),
        ("fn f() { std :: hint\n :: spin_loop(); }", "std::hint::spin_loop"),
        ("fn f() { std::thread_local! { static X: u8 = 0; } }", "std::thread_local!"),
        ("thread_local! { static X: u8 = 0; }", "std::thread_local!"),
        (
            "mod m { thread_local! { static X: u8 = 0; } } use sync::thread_local;",
            "std::thread_local!",
        ),
    ] {
        let found = found(source);
        assert_eq!(found.len(), 1, "{source}: {found:?}");
        assert!(found[0].starts_with(&format!("1: {name}, sync::")), "{source}: {found:?}");
    }
}

/// What an import brings in is there in its block and in those inside, and not in other modules.
#[test]
fn names_are_those_of_their_block() {
    assert_found(
        "fn f() {\n use std::thread;\n { thread::spawn(g); }\n}\nmod m {\n use sync::thread;\n fn g() { thread::spawn(h); }\n}\nuse sync::thread;\nfn h() { thread::yield_now(); }",
        &["2: std::thread, sync::thread"],
    );
    assert_found(
        "use std::thread;\nmod m { use super::*; fn g() { thread::spawn(h); } }",
        &["1: std::thread, sync::thread"],
    );
    assert_found(
        "use std::thread;\nmod m { fn g() { super::thread::spawn(crate::h); } }",
        &["1: std::thread, sync::thread"],
    );
    assert_found("use std::thread;\nmod m { fn g() { thread::spawn(h); } }", &[]);
}

#[test]
fn tests_of_learners_may_use_what_they_like() {
    for source in [
        "#[cfg(test)] mod tests { use std::sync::Mutex; #[test] fn f() { std::thread::sleep(d) } }",
        "#[cfg(test)] use std::{sync::Mutex, thread};",
        "#[cfg(test)] #[allow(unused)] pub fn f() { std::thread::yield_now(); }",
        "#[test] fn f() { std::thread::yield_now(); }",
        "mod inner { #![cfg(test)] use std::sync::Mutex; }",
    ] {
        assert_found(source, &[]);
        let more = format!("{source}\nuse std::sync::Condvar;");
        assert_found(&more, &["2: std::sync::Condvar, sync::Condvar"]);
    }
    assert_eq!(found("#[cfg(not(test))] use std::sync::Mutex;").len(), 1);
}

/// Other files of the answer may be tests, programs, or left over.
#[test]
fn only_what_the_compiler_reads_is_looked_at() {
    let lock = "use std::sync::Mutex;";
    let files = answer(&[
        ("src/lib.rs", "mod a; mod b { mod c; } #[cfg(test)] mod tests; use std::thread;"),
        ("src/a.rs", "\nuse super::thread; fn f() { thread::sleep(d); }"),
        ("src/a/unused.rs", lock),
        ("src/b/c/mod.rs", "\n\n  use std::sync::Barrier; mod d;"),
        ("src/b/c/d.rs", lock),
        ("src/tests.rs", lock),
        ("src/main.rs", lock),
        ("src/bin/own.rs", lock),
    ]);
    let found = bypasses(&files);
    let said: Vec<String> =
        found.iter().map(|b| format!("{}:{} {}", b.file.display(), b.line, b.name)).collect();
    assert_eq!(
        said,
        [
            "src/b/c/d.rs:1 std::sync::Mutex",
            "src/b/c/mod.rs:3 std::sync::Barrier",
            "src/lib.rs:1 std::thread",
        ]
    );
    assert_eq!(found[1].shown, "exercises/02-race-fix/src/b/c/mod.rs");
    assert_eq!(found[1].text, "use std::sync::Barrier; mod d;");
}

#[test]
fn brackets_without_end_are_no_trouble() {
    let deep = format!("const X: u8 = {}1{};", "(".repeat(60_000), ")".repeat(60_000));
    assert_found(&deep, &[]);
    let deep = format!("#[a({}b{})] fn f() {{}}", "(".repeat(60_000), ")".repeat(60_000));
    assert_found(&deep, &[]);
}

/// Each of these would take minutes if the time were not in proportion to the source.
#[test]
fn much_of_the_same_is_no_trouble() {
    let many = |text: fn(usize) -> String| (0..9000).map(text).collect::<String>();
    assert_found(&many(|i| format!("use a{i} as b{i}; fn f() {{ b{i}::c() }}")), &[]);
    assert_found(&format!("use {}b; {}", many(|_| "a::".into()), many(|_| "b::c;".into())), &[]);
    let locals = many(|_| "use x::*; thread_local! {}".into());
    assert_found(&locals, &["1: std::thread_local!, sync::thread_local!"]);
}

/// The compiler skips a first line that is meant for a shell.
#[test]
fn a_first_line_hides_nothing() {
    assert_found("#!x /*\nuse std::sync::Mutex;\n// */", &["2: std::sync::Mutex, sync::Mutex"]);
}
