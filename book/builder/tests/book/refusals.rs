//! The book is not built when it says what is not so.

use crate::fixture::Fixture;

const CARD: &str = "title = \"Fix <the> race\"\n[[checks]]\npoints = 1\n[[checks]]\npoints = 4\n";

#[track_caller]
fn refuses(page: &str, problem: &str) {
    assert_eq!(Fixture::new(page).problems(), [problem]);
}

#[test]
fn a_missing_include() {
    refuses(
        "# P\n\n```rust\n{{#include none.rs}}\n```\n",
        "book/src/page.md:4: none.rs: No such file or directory (os error 2)",
    );
}

#[test]
fn a_missing_anchor_of_an_include() {
    let fixture = Fixture::new("# P\n\n{{#include ../code.rs:b}}\n");
    fixture.write("book/code.rs", "// ANCHOR: a\nfn a() {}\n// ANCHOR_END: a\n");
    assert_eq!(fixture.problems(), ["book/src/page.md:3: ../code.rs has no anchor `b`"]);
}

#[test]
fn a_dead_link() {
    refuses("# P\n\n[x](none.md)\n", "book/src/page.md:3: the link `none.html` leads nowhere");
    refuses("# P\n\n![x](none.png)\n", "book/src/page.md:3: the link `none.png` leads nowhere");
}

#[test]
fn a_dead_anchor() {
    let page = "# P\n\n[good](#section-one)\n[bad](page.md#two)\n\n## Section one\n";
    refuses(
        page,
        "book/src/page.md:4: the link `page.html#two` leads to an anchor that is not there",
    );
}

#[test]
fn an_unused_page() {
    let fixture = Fixture::new("# P\n");
    fixture.write("book/src/lost.md", "# Lost\n");
    assert_eq!(fixture.problems(), ["book/src/lost.md: no reader finds this page"]);
}

#[test]
fn an_unknown_directive() {
    refuses("{{#exercize 02}}\n", "book/src/page.md:1: there is no directive `{{#exercize}}`");
    refuses("see {{#exercise 02}}\n", "book/src/page.md:1: a directive within a line");
}

#[test]
fn a_false_claim() {
    refuses(
        "# P\n\n```interleave expect=ok\nthread A\n acquire m\n acquire m\n```\n",
        "book/src/page.md:3: the claim is false: no schedule ends in `ok`",
    );
}

#[test]
fn boxes_that_do_not_match() {
    refuses("{{#changed 1}}\n", "book/src/page.md:1: this box is never closed");
    refuses("{{/changed}}\n", "book/src/page.md:1: no box is open here");
    refuses("{{#changed}}\n{{/changed}}\n", "book/src/page.md:1: this box names no claim");
}

#[test]
fn exercises_and_recordings_that_do_not_exist() {
    let missing = "No such file or directory (os error 2)";
    refuses(
        "{{#exercise 02-no}}\n",
        &format!("book/src/page.md:1: exercises/02-no/exercise.toml: {missing}"),
    );
    refuses(
        "{{#task 02-no}}\n",
        &format!("book/src/page.md:1: exercises/02-no/README.md: {missing}"),
    );
    refuses(
        "{{#trace 02-no/x}}\n",
        &format!("book/src/page.md:1: book/traces/02-no/x.json: {missing}"),
    );
    refuses("{{#figures-of x}}\n", &format!("book/src/page.md:1: book/figures/x.json: {missing}"));
}

#[test]
fn every_problem_is_named_at_once() {
    let fixture = Fixture::new("{{#a}}\n{{#b}}\n");
    assert_eq!(fixture.problems().len(), 2);
}

#[test]
fn a_good_page_is_built() {
    let fixture = Fixture::new(
        "# P\n\n{{#exercise 02-race}}\n\n## Task\n\n{{#task 02-race}}\n\n{{#changed 13 14}}\n**Bold**\n{{/changed}}\n\n\
         {{#trace 02-race/w}}\n\n{{#figures-of cost}}\n\n```text\n{{#kept as it is}}\n```\n\n{{#figure gil}}\n",
    );
    fixture.write("exercises/02-race/exercise.toml", CARD);
    fixture.write(
        "exercises/02-race/README.md",
        "# Race\n\nDo it.\n\n## Rules\n\nNone. [Page](../../book/src/page.md)\n",
    );
    fixture.write(
        "book/traces/02-race/w.json",
        r#"{"file":"src/lib.rs","lanes":[{"name":"main"},{"name":"adder"}],"rows":[
            {"lane":1,"file":"src/lib.rs","line":7,"text":"self.n.load()","value":"→ 0","step":"done"},
            {"lane":0,"file":"src/lib.rs","line":9,"text":"self.m.lock()","step":"stuck"}]}"#,
    );
    fixture.write("solutions/02-race/wrong/w.rs", "//! Fails: x (y)\n\nfn w() {}\n");
    fixture.write(
        "book/figures/cost.json",
        r#"{"title":"Cost","measured":"2026-11-21","columns":["a","b"],"rows":[["x","1"]]}"#,
    );
    fixture.write(
        "target/grade/report.json",
        r#"{"exercises":[{"folder":"02-race","points":5,"max_points":5}]}"#,
    );
    assert_eq!(fixture.problems(), [""; 0]);
    let html = fixture.html();
    for expected in [
        "Exercise 02: Fix &lt;the&gt; race",
        "data-state=\"passed\"",
        "id=\"rules\"",
        "<h3 id=\"rules\"",
        "id=\"claim-14\"",
        "<strong>Bold</strong>",
        "<tr class=\"stuck\">",
        "<li value=\"3\"><code>fn w() {}</code></li>",
        "<th scope=\"row\">x</th>",
        "{{#kept as it is}}",
        "data-widget=\"gil\"",
        "role=\"banner\"",
    ] {
        assert!(html.contains(expected), "no {expected} in {html}");
    }
    assert!(!html.contains("<h1 id=\"race\""), "the task's own title is left out");
}

#[test]
fn a_task_that_links_to_a_file_beside_it() {
    let fixture = Fixture::new("# P\n\n{{#task 02-race}}\n");
    fixture.write("exercises/02-race/README.md", "# Race\n\n[code](src/lib.rs)\n");
    assert_eq!(
        fixture.problems(),
        ["book/src/page.md:3: the task (exercises/02-race/README.md:3) links to `src/lib.rs`"]
    );
}
