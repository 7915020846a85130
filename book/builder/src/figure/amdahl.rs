//! Speed-up against cores: Amdahl's law, Gustafson's, and the bounds that work and span give.

use serde_json::json;

use crate::arguments::Arguments;
use crate::html::{self, json_script};
use crate::problem::Complaint;
use crate::svg::{Anchor, Svg};

/// What the curve follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Law {
    /// The problem's size is fixed.
    Amdahl,
    /// The problem grows with the cores.
    Gustafson,
    /// All that is known is the work and the longest chain in it.
    WorkSpan,
}

#[derive(Debug, Clone, Copy)]
struct Setting {
    law: Law,
    /// Share of the work that cannot be parallel, from 0 to 1.
    serial: f64,
    /// Milliseconds.
    work: f64,
    /// Milliseconds.
    span: f64,
    cores: f64,
}

impl Setting {
    /// What `cores` make of it, at best.
    fn speedup(&self, cores: f64) -> f64 {
        match self.law {
            Law::Amdahl => 1.0 / (self.serial + (1.0 - self.serial) / cores),
            Law::Gustafson => cores - self.serial * (cores - 1.0),
            Law::WorkSpan => cores.min(self.work / self.span),
        }
    }

    /// What any greedy scheduler reaches at least (Brent): `T1 / (T1 / p + T∞)`.
    fn brent(&self, cores: f64) -> f64 {
        self.work / (self.work / cores + self.span)
    }

    fn sentence(&self) -> String {
        let (cores, speedup) = (self.cores, self.speedup(self.cores));
        let serial = self.serial * 100.0;
        match self.law {
            Law::Amdahl if self.serial > 0.0 => format!(
                "With {serial:.0} % serial work, {cores:.0} cores are {speedup:.1} times as fast, \
                 and no number of cores is more than {:.0} times as fast.",
                1.0 / self.serial
            ),
            Law::Amdahl | Law::Gustafson => format!(
                "With {serial:.0} % serial work, {cores:.0} cores do {speedup:.1} times as much."
            ),
            Law::WorkSpan => format!(
                "Work {:.0} ms, span {:.0} ms: {cores:.0} cores are at most {speedup:.1} times as \
                 fast, and a greedy scheduler makes them at least {:.1} times as fast.",
                self.work,
                self.span,
                self.brent(cores)
            ),
        }
    }
}

/// The figure.
///
/// # Errors
/// If an argument means nothing to it.
pub fn figure(mut arguments: Arguments, caption: Option<String>) -> Result<String, Complaint> {
    let laws =
        [("amdahl", Law::Amdahl), ("gustafson", Law::Gustafson), ("work-span", Law::WorkSpan)];
    let setting = Setting {
        law: arguments.one_of("law", &laws)?,
        serial: arguments.parsed("serial", 10.0)? / 100.0,
        work: arguments.parsed("work", 1000.0)?,
        span: arguments.parsed("span", 100.0)?,
        cores: arguments.parsed("cores", 8.0)?,
    };
    arguments.finish()?;
    let sane = (0.0..=1.0).contains(&setting.serial)
        && (1.0..=1024.0).contains(&setting.cores)
        && (1.0..=setting.work).contains(&setting.span)
        && setting.work <= 10_000.0;
    if !sane {
        return Err(Complaint::new(
            "an argument is outside the figure's range",
            "serial: 0 to 100; cores: 1 to 1024; 1 ≤ span ≤ work ≤ 10000.",
        ));
    }
    let law = laws.iter().find(|(_, law)| *law == setting.law).map(|(id, _)| *id);
    let mut still = draw(&setting);
    still += &format!("<p>{}</p>\n", setting.sentence());
    still += &json_script(&json!({
        "law": law,
        "serial": setting.serial,
        "work": setting.work,
        "span": setting.span,
        "cores": setting.cores,
    }));
    let caption = caption
        .unwrap_or_else(|| "Both axes double from line to line. Dashed: the ideal.".to_owned());
    Ok(html::figure("amdahl", &still, &caption))
}

const WIDTH: f64 = 480.0;
const HEIGHT: f64 = 300.0;
const LEFT: f64 = 40.0;
const BOTTOM: f64 = 264.0;
/// Both axes go from 1 to 2 to the power of this.
const DOUBLINGS: i32 = 10;

fn draw(setting: &Setting) -> String {
    let x = |cores: f64| LEFT + (WIDTH - LEFT - 12.0) * cores.log2() / f64::from(DOUBLINGS);
    let y = |times: f64| BOTTOM - (BOTTOM - 12.0) * times.log2() / f64::from(DOUBLINGS);
    let mut svg = Svg::new(WIDTH, HEIGHT, &setting.sentence());
    for power in 0..=DOUBLINGS {
        let value = 2_f64.powi(power);
        let label = format!("{value:.0}");
        svg.line("chart-grid", (x(value), y(1.0)), (x(value), y(1024.0)));
        svg.line("chart-grid", (x(1.0), y(value)), (x(1024.0), y(value)));
        if power % 2 == 0 {
            svg.text("lane-tick", Anchor::Middle, (x(value), BOTTOM + 16.0), &label);
            svg.text("lane-tick", Anchor::End, (LEFT - 6.0, y(value) + 4.0), &label);
        }
    }
    svg.text("lane-tick", Anchor::Middle, ((LEFT + WIDTH) / 2.0, HEIGHT - 4.0), "cores");
    svg.text("lane-tick", Anchor::Start, (x(1.0) + 6.0, y(1024.0) + 12.0), "times as fast");
    // A quarter of a doubling per point is smooth enough.
    let along = |law: &dyn Fn(f64) -> f64| -> Vec<(f64, f64)> {
        let points = (0..=DOUBLINGS * 4).map(|quarter| 2_f64.powf(f64::from(quarter) / 4.0));
        points.map(|cores| (x(cores), y(law(cores)))).collect()
    };
    svg.curve("chart-ideal", &along(&|cores| cores));
    if setting.law == Law::WorkSpan {
        svg.curve("chart-brent", &along(&|cores| setting.brent(cores).max(1.0)));
    }
    svg.curve("chart-curve", &along(&|cores| setting.speedup(cores)));
    let (cx, cy) = (x(setting.cores), y(setting.speedup(setting.cores)));
    svg.rect("chart-handle", (cx - 5.0, cy - 5.0), (10.0, 10.0));
    svg.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(actual: f64, expected: f64) {
        assert!((actual - expected).abs() < 1e-9, "{actual} is not {expected}");
    }

    #[test]
    fn the_laws_say_what_the_textbooks_say() {
        let setting =
            Setting { law: Law::Amdahl, serial: 0.25, work: 100.0, span: 10.0, cores: 4.0 };
        near(setting.speedup(1.0), 1.0);
        near(setting.speedup(3.0), 2.0);
        near(Setting { law: Law::Gustafson, ..setting }.speedup(5.0), 4.0);
        let bounds = Setting { law: Law::WorkSpan, ..setting };
        near(bounds.speedup(4.0), 4.0);
        near(bounds.speedup(64.0), 10.0);
        near(bounds.brent(10.0), 5.0);
    }

    #[test]
    fn a_still_picture_needs_no_script() {
        let html = figure(Arguments::parse("serial=5 cores=16"), None).unwrap();
        assert!(html.contains("16 cores are 9.1 times as fast"), "{html}");
        assert!(html.contains("more than 20 times"), "{html}");
        assert!(figure(Arguments::parse("cores=4096"), None).is_err());
    }
}
