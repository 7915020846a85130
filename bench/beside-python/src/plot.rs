//! What was measured, as a plot: one bar for each contender, on a logarithmic scale of time.

use std::fmt::Write;

use crate::comparison::{Entry, Measured};
use crate::table::{ratio, time};

const WIDTH: f64 = 760.0;
const LEFT: f64 = 210.0;
const RIGHT: f64 = 130.0;
const TOP: f64 = 46.0;
const BAR: f64 = 18.0;
const GAP: f64 = 34.0;

const STYLE: &str = "<style>\
    text{font:13px system-ui,sans-serif;fill:#222}.ours{fill:#1668b8}.other{fill:#9aa3ad}\
    .head{font-weight:600}.grid{stroke:#ddd}.paper{fill:#fff}\
    @media(prefers-color-scheme:dark){text{fill:#e6e6e6}.ours{fill:#6db3f2}.other{fill:#6b747d}\
    .grid{stroke:#3a3f44}.paper{fill:#16181b}}</style>";

/// The plot.
pub fn svg(measured: &[Measured], python: &str) -> String {
    let bars: usize = measured.iter().map(|m| m.entries.len()).sum();
    let height = TOP + bars as f64 * BAR + measured.len() as f64 * GAP + 10.0;
    let scale = Scale::over(measured);
    let title = format!("Time of one operation, on a logarithmic scale. CPython {python}");
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\">\
         <title>{title}</title>{STYLE}<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\
         <text class=\"head\" x=\"10\" y=\"20\">{title}</text>\n"
    );
    for decade in scale.first..=scale.last {
        let (x, label) = (scale.x(10_f64.powi(decade)), time(10_f64.powi(decade)));
        let label = label.replace(".0 ", " ").replace(".00 ", " ");
        let line = format!(
            "<line class=\"grid\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{TOP}\" y2=\"{height}\"/>"
        );
        put(
            &mut svg,
            &format!(
                "{line}<text x=\"{x:.1}\" y=\"{}\" text-anchor=\"middle\">{label}</text>",
                TOP - 6.0
            ),
        );
    }
    let mut y = TOP;
    for Measured { operation, entries } in measured {
        put(
            &mut svg,
            &format!("<text class=\"head\" x=\"10\" y=\"{}\">{operation}</text>", y + GAP - 10.0),
        );
        y += GAP;
        for (row, entry) in entries.iter().enumerate() {
            put(&mut svg, &bar(entry, row == 0, &scale, y));
            y += BAR;
        }
    }
    svg + "</svg>\n"
}

fn bar(entry: &Entry, ours: bool, scale: &Scale, y: f64) -> String {
    let (class, end) = (if ours { "ours" } else { "other" }, scale.x(entry.nanos));
    let (name, width, base) = (entry.name, end - LEFT, y + BAR - 5.0);
    let mut label = time(entry.nanos);
    if !ours {
        label += &format!(", × {}", ratio(entry.ratio));
    }
    format!(
        "<text x=\"{}\" y=\"{base}\" text-anchor=\"end\">{name}</text>\
         <rect class=\"{class}\" x=\"{LEFT}\" y=\"{}\" width=\"{width:.1}\" height=\"{}\"/>\
         <text x=\"{:.1}\" y=\"{base}\">{label}</text>",
        LEFT - 6.0,
        y + 2.0,
        BAR - 4.0,
        end + 6.0
    )
}

fn put(svg: &mut String, line: &str) {
    writeln!(svg, "{line}").expect("a string grows");
}

/// Powers of ten nanoseconds, from the left edge to the right one.
struct Scale {
    first: i32,
    last: i32,
}

impl Scale {
    fn over(measured: &[Measured]) -> Self {
        let logs = measured.iter().flat_map(|m| &m.entries).map(|entry| entry.nanos.log10());
        let (low, high) = logs.fold((f64::MAX, f64::MIN), |(l, h), log| (l.min(log), h.max(log)));
        Self { first: (low - 0.3).floor() as i32, last: high.ceil() as i32 }
    }

    fn x(&self, nanos: f64) -> f64 {
        let part = (nanos.log10() - f64::from(self.first)) / f64::from(self.last - self.first);
        LEFT + part * (WIDTH - LEFT - RIGHT)
    }
}
