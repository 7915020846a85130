use super::*;
use crate::answer::SourceFile;

fn refused(source: &str, allows_unsafe: bool) -> Vec<String> {
    let file =
        SourceFile { path: "src/lib.rs".into(), shown: "lib.rs".into(), bytes: source.into() };
    let answer = Answer {
        exercise: String::new(),
        label: String::new(),
        files: vec![file],
        refused: vec![],
    };
    let words = refusals(&answer, &Terms { allows_unsafe, ..Terms::default() });
    [words.refused, words.unread]
        .concat()
        .iter()
        .map(|r| format!("{}: {}", r.line.unwrap(), r.because))
        .collect()
}

#[test]
fn tricks_are_refused_with_their_line() {
    for source in [
        "#[cfg(not(test))] mod x {}",
        "#!x /*\n#[cfg(clippy)] mod x {}\n// */",
        "#!/bin/sh (\n#[cfg(clippy)] mod x {}",
        "#! [allow(dead_code)]",
        "const X: u8 = (1;",
        "#[cfg(test, x)] mod x {}",
        "#[cfg[test]] mod x {}",
        "#[cfg(test) x] mod x {}",
        "macro_rules! m { ($m:meta) => { #[$m] mod x; } } m!(a);",
        "macro_rules! m { ($h:tt $p:ident $e:tt $v:tt) => { $h [$p $e $v] mod x; } }",
        "macro_rules! m { ($i:item) => { $i } } m! { mod x; }",
        "#[r#path = \"/etc/x.rs\"] mod x;",
        "m! { # [allow(#[cfg(not(clippy))] fn f() {})] }",
        "m! { # [cfg(test)] fn f() {} }",
        "fn f() { m![{ #[cfg(test)] fn g() {} }] }",
        "macro_rules! m { () => { #[cfg(test)] fn f() {} } }",
        "#[allow(cfg)] fn f() {}",
        "const X: [u8; 1] = [cfg(test)];",
        "use std::include as i;",
        "use std::{include_str as s, env as e};",
        "m!(! include);",
        "m!(unsafe(no_mangle));",
        "macro_rules! m { ($h:tt $a:tt) => { $h $a mod x; } } m!([path = \"/x\"] y);",
        "macro_rules! m { ($h:tt $p:ident) => { $h [$p = \"/x\"] mod y; } }",
        "#![cfg_attr(all(), path = \"/x\")]",
        "fn f() { if cfg!(debug_assertions) {} }",
        "const X: &str = include_str!(\"../tests/examples.rs\");",
        "const X: &[u8] = core :: include_bytes ! (\"/etc/passwd\");",
        "#[path = \"/etc/x.rs\"] mod x;",
        "const X: Option<&str> = option_env!(\"HOME\");",
        "extern \"C\" { fn exit(code: i32) -> !; }",
        "#[unsafe(no_mangle)] pub fn memcmp() {}",
        "#[no_mangle] pub fn memcmp() {}",
        "#[unsafe(link_section = \".init_array\")] static X: u8 = 0;",
        "#[global_allocator] static A: A = A;",
        "macro_rules! m { () => { #[cfg(x)] mod y {} } }",
        "macro_rules! m { ($x:ident) => { include_str!($x) } }",
        "fn f() { std::arch::asm!(\"nop\") }",
        "fn f() { r#unsafe {} }",
        "const MODEL: bool = module_path!().len() > 9;",
        "#![feature(rustc_private)]",
        "#![debugger_visualizer(gdb_script_file = \"/proc/self/fd/2\")]",
    ] {
        let found = refused(source, false);
        assert!(!found.is_empty() && found[0].starts_with("1: "), "{source}: {found:?}");
    }
    let deep = format!("const X: u8 = {}1{};", "(".repeat(60_000), ")".repeat(60_000));
    assert_eq!(refused(&deep, false), ["1: `((((…` is not allowed: it is nested too deeply"]);
    let deep = format!("#[allow({}a{})] fn f() {{}}", "(".repeat(60_000), ")".repeat(60_000));
    assert_eq!(refused(&deep, false), ["1: `((((…` is not allowed: it is nested too deeply"]);
    assert_eq!(refused(&"cfg\n".repeat(1000), false).len(), REASONS);
    assert_eq!(refused("fn f() { cfg; cfg }", false).len(), 1, "the same is said once");
    assert_eq!(refused("\n\nfn f() { unsafe {} }", false).len(), 1);
    assert_eq!(refused("\n\nfn f() { unsafe {} }", true), Vec::<String>::new());
}

#[test]
fn ordinary_code_is_not_refused() {
    let source = "#![allow(dead_code, unsafe_code)]
        #[derive(Debug)] #[must_use] struct Path { path: u32, test: u32 }
        #[expect(clippy::all, reason = \"so\")] fn link(env: &str, path: Path) -> String { format!(\"cfg {env}\", path, env) }
        macro_rules! own { ($(#[$meta:meta])* $name:ident) => { $(#[$meta])* #[derive(Debug)] struct $name; } }
        own! { /// Documented.
            #[allow(dead_code)] Own }
        fn include(model: u8) -> bool { if !(model == 0) { #[allow(dead_code)] fn f() {} } !{ true } }
        macro_rules! twice { ($e:expr) => { $e + $e } }
        mod inner; // #[cfg(x)] in a comment, \"include!\" in a string
        #[cfg(test)] mod tests { use super::*; #[test] fn counts() {} }
        #[ cfg ( test ) ] mod more {}
        fn start() { let used = twice!(1); assert!(used == 2, \"unsafe\") }";
    assert_eq!(refused(source, false), Vec::<String>::new());
}
