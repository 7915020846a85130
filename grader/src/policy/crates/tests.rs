use super::*;
use crate::answer::SourceFile;

fn refused(sources: &[&str]) -> Vec<String> {
    let files = sources.iter().map(|source| SourceFile {
        path: "src/lib.rs".into(),
        shown: "lib.rs".into(),
        bytes: (*source).into(),
    });
    let answer = Answer {
        exercise: String::new(),
        label: String::new(),
        files: files.collect(),
        refused: vec![],
    };
    let allowed = ["errno", "poll", "sys::signal::Signal", "sys::socket::send"];
    let refusals = refusals(&answer, &allowed.map(str::to_owned));
    let path = |because: &str| because.split("` is not").next().unwrap().to_owned();
    refusals.iter().map(|r| format!("{}: {}", r.line.unwrap(), path(&r.because))).collect()
}

#[test]
fn what_is_not_on_the_list_is_refused_with_its_line_and_path() {
    for (source, expected) in [
        ("use nix::fcntl::open;", "1: `nix::fcntl::open"),
        ("\nfn f() { nix::unistd::close(3) }", "2: `nix::unistd::close"),
        ("fn f() { r#nix::r#fcntl::open() }", "1: `nix::fcntl::open"),
        ("fn f() { ::nix::libc::exit(0) }", "1: `nix::libc::exit"),
        ("use ::nix::{poll::poll, sys::mman};", "1: `nix::sys::mman"),
        ("use {std::fmt, nix::{poll, errno::{self, Errno}, fcntl}};", "1: `nix::fcntl"),
        ("use nix::poll::{\n self,\n super::fcntl};", "3: `nix::poll::super::fcntl"),
        ("use nix as n;", "1: `nix"),
        ("use nix;", "1: `nix"),
        ("use nix::*;", "1: `nix::*"),
        ("use nix::{self};", "1: `nix::self"),
        ("use nix::{self as n};", "1: `nix::self"),
        ("use nix::{*};", "1: `nix::*"),
        ("use nix::sys;", "1: `nix::sys"),
        ("use nix::sys::{signal};", "1: `nix::sys::signal"),
        ("use nix::sys::signal::{self, Signal};", "1: `nix::sys::signal::self"),
        ("use nix::sys::signal::*;", "1: `nix::sys::signal::*"),
        ("use nix::sys::{signal::{Signal, kill}};", "1: `nix::sys::signal::kill"),
        ("use nix::{{fcntl}};", "1: `nix::fcntl"),
        ("pub(crate) use nix::sys::socket as socket;", "1: `nix::sys::socket"),
        ("fn f() { let nix = 1; }", "1: `nix"),
        ("type T = <nix::sys::uio::RemoteIoVec as Sized>::T;", "1: `nix::sys::uio::RemoteIoVec"),
        ("fn f() { assert!(nix::unistd::dup(1).is_ok()) }", "1: `nix::unistd::dup"),
        ("#[serde(with = \"nix::unistd\")] struct S;", "1: `\"nix::unistd\""),
        ("#[serde(with = \"\\x6eix::unistd\")] struct S;", "1: `\"nix::unistd\""),
        ("#[serde(bound = r#\"[(); {nix::f()}]: X\"#)] struct S;", "1: `\"[(); {nix::f()}]: X\""),
    ] {
        assert_eq!(refused(&[source]), [expected], "{source}");
    }
}

#[test]
fn no_macro_takes_an_allowed_path_apart() {
    let taken_apart = "macro_rules! m { ($n:ident :: $($r:tt)*) => { $n::fcntl::open() } }";
    for source in [
        "m!(nix::poll::poll);",
        "fn f() { m![{ nix::poll::poll }] }",
        "m!(serde(with = \"nix::unistd\"));",
        "macro_rules! n { ($a:ident) => { nix::$a::open() } }",
        "macro_rules! n { () => { nix::poll::poll } }",
    ] {
        assert_eq!(refused(&[source, taken_apart]).len(), 1, "{source}");
    }
    // In the exercise's own words, where nobody can, it is read as anywhere.
    assert_eq!(refused(&["fn f() { assert!(nix::poll::poll(1)) }"]), Vec::<String>::new());
}

#[test]
fn what_is_on_the_list_is_allowed_however_it_is_imported() {
    let source = "//! Of `nix::fcntl::open` we need nothing.
        use nix::{errno::Errno, poll::{self, *}, sys::{signal::Signal, socket::send}};
        use nix::poll as polling;
        use ::nix::errno::{self};
        pub use nix::sys::signal::Signal::{self as S, SIGKILL};
        /// See `nix::unistd`.
        #[derive(Debug)] #[serde(rename = \"nix\")] struct UnixStream { unix: nix::errno::Errno }
        fn f() -> Option<nix::poll::PollFd<'static>> {
            let x = nix::poll::poll::<u8>(&mut [], nix::poll::PollTimeout::NONE);
            println!(\"nix::unistd {x:?} {:?}\", nix::sys::signal::Signal::SIGKILL as i32);
            matches!(x, Err(nix::errno::Errno::EINTR)); // nix::fcntl
            \"nix::fcntl\".len(); None
        }";
    assert_eq!(refused(&[source]), Vec::<String>::new());
}

#[test]
fn an_answer_without_nix_may_have_macros_and_texts() {
    let source =
        "macro_rules! m { ($n:ident) => { \"nix\" } } fn unix() { m!(a); format!(\"\\u{2713}\") }";
    assert_eq!(refused(&[source]), Vec::<String>::new());
}

#[test]
fn brackets_without_end_cost_no_stack() {
    let deep = format!("use nix::{}poll{};", "{".repeat(3_000), "}".repeat(3_000));
    assert_eq!(refused(&[&deep]).len(), 1);
}
