//! The same schedule, drawn in every way.

use super::{Style, html, text};
use crate::interleaving::{Interleaving, Lane, Row, Step};

const WIDE: Style = Style { width: 200, colour: false, unicode: true };

fn row(lane: usize, line: u32, text: &str) -> Row {
    Row {
        lane,
        file: "src/lib.rs".into(),
        line,
        text: text.into(),
        value: String::new(),
        note: String::new(),
        step: Step::Done,
        scenario: false,
        act: None,
        meanwhile: Vec::new(),
        changes: Vec::new(),
        times: 1,
        folds: 0,
    }
}

/// A lost wake-up, with everything that a table can have.
fn schedule(lanes: &[&str]) -> Interleaving {
    let last = lanes.len() - 1;
    let mut rows = vec![
        Row { value: "→ false".into(), ..row(0, 94, "self.ready.load(SeqCst)") },
        Row { value: "⇒ true".into(), ..row(last, 83, "self.ready.store(true, SeqCst)") },
        Row { note: "nobody is waiting".into(), ..row(last, 84, "self.changed.notify_all()") },
        Row { scenario: true, folds: 1, times: 7, ..row(last, 12, "queue.try_put(item)") },
        Row { file: "src/order.rs".into(), ..row(0, 5, "slots[index].lock()") },
        row(0, 95, "self.changed.wait_while(state, |state| state.is_empty())"),
    ];
    rows.push(Row {
        note: "sleeps for ever, because nobody is left to wake it".into(),
        step: Step::Stuck,
        ..row(0, 95, "self.changed.wait_while(…)")
    });
    let lanes = lanes.iter().map(|name| Lane { name: (*name).into() }).collect();
    Interleaving { lanes, rows, file: "src/lib.rs".into(), omitted: 2, ..Interleaving::default() }
}

#[test]
fn on_a_wide_terminal() {
    insta::assert_snapshot!(text(&schedule(&["main", "setter"]), WIDE));
}

#[test]
fn on_80_columns() {
    insta::assert_snapshot!(text(&schedule(&["main", "setter"]), Style { width: 80, ..WIDE }));
}

#[test]
fn in_plain_ascii() {
    let style = Style { width: 80, unicode: false, ..WIDE };
    let drawn = text(&schedule(&["main", "setter"]), style);
    assert!(drawn.is_ascii(), "{drawn}");
    insta::assert_snapshot!(drawn);
}

#[test]
fn many_lanes_become_a_list() {
    let lanes = ["main", "first", "second", "third", "fourth"];
    insta::assert_snapshot!(text(&schedule(&lanes), Style { width: 80, ..WIDE }));
}

#[test]
fn as_html() {
    insta::assert_snapshot!(html(&schedule(&["main", "a <b>"])));
}

/// What is printed is no step: the steps keep their numbers.
#[test]
fn with_what_was_printed() {
    let mut table = schedule(&["main", "setter"]);
    let aside = |step, text: &str| Row { step, ..row(1, 83, text) };
    table.rows.insert(2, aside(Step::Printed, "count = 3"));
    table.rows.insert(4, aside(Step::Departed, "from here on other steps"));
    let plain = Style { width: 80, unicode: false, ..WIDE };
    let drawn = [text(&table, WIDE), text(&table, plain), html(&table)];
    insta::assert_snapshot!(drawn.join("\n"));
}

#[test]
fn colour_adds_nothing_but_escapes() {
    let plain = text(&schedule(&["main", "setter"]), WIDE);
    let mut coloured = text(&schedule(&["main", "setter"]), Style { colour: true, ..WIDE });
    assert!(coloured.contains("\x1b[31m"));
    for escape in ["\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[31m"] {
        coloured = coloured.replace(escape, "");
    }
    assert_eq!(coloured, plain);
}

#[test]
fn no_line_is_wider_than_it_may_be() {
    for width in 40..=200 {
        for lanes in 1..=6 {
            let names = ["main", "first", "second", "third", "fourth", "fifth"];
            for unicode in [true, false] {
                let style = Style { width, colour: false, unicode };
                for line in text(&schedule(&names[..lanes]), style).lines() {
                    let length = line.chars().count();
                    assert!(length <= width, "{length} of {width} columns: {line}");
                }
            }
        }
    }
}

#[test]
fn a_schedule_survives_the_journey() {
    let schedule = schedule(&["main", "setter"]);
    let json = serde_json::to_string(&schedule).unwrap();
    assert_eq!(serde_json::from_str::<Interleaving>(&json).unwrap(), schedule);
}
