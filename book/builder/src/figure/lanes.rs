//! Bars on lanes, along a time axis in milliseconds.

use crate::svg::{Anchor, Svg};

/// What is to be drawn.
#[derive(Debug, Default)]
pub struct Lanes {
    /// What a screen reader says.
    pub label: String,
    /// The lanes' names, from above.
    pub names: Vec<String>,
    /// What happens on them.
    pub bars: Vec<Bar>,
    /// Moments on them: lane, class, time.
    pub marks: Vec<(usize, String, f64)>,
    /// Where the axis ends.
    pub end: f64,
}

/// A lane's state for some time.
#[derive(Debug)]
pub struct Bar {
    /// Index of the lane.
    pub lane: usize,
    /// The state, which is its class: who holds the thread (`run`, `block`) is drawn high.
    pub state: &'static str,
    /// From when.
    pub from: f64,
    /// Until when.
    pub to: f64,
}

const WIDTH: f64 = 480.0;
/// Where the axis begins.
const LEFT: f64 = 76.0;
const RIGHT: f64 = 10.0;
const TOP: f64 = 4.0;
const LANE: f64 = 24.0;

/// Pixels per millisecond when the axis ends at `end`.
fn scale(end: f64) -> f64 {
    (WIDTH - LEFT - RIGHT) / end.max(1.0)
}

/// Draws them.
pub fn draw(lanes: &Lanes) -> String {
    let bottom = TOP + LANE * lanes.names.len() as f64;
    let mut svg = Svg::new(WIDTH, bottom + 24.0, &lanes.label);
    let scale = scale(lanes.end);
    let x = |millis: f64| LEFT + scale * millis;
    let y = |lane: usize| TOP + LANE * lane as f64;
    for (lane, name) in lanes.names.iter().enumerate() {
        svg.text("lane-name", Anchor::Start, (0.0, y(lane) + 16.0), name);
        svg.line("lane-rail", (LEFT, y(lane) + 12.0), (WIDTH - RIGHT, y(lane) + 12.0));
    }
    for bar in lanes.bars.iter().filter(|bar| bar.from < lanes.end) {
        let (inset, height) =
            if matches!(bar.state, "run" | "block") { (2.0, 20.0) } else { (7.0, 10.0) };
        let width = x(bar.to.min(lanes.end)) - x(bar.from);
        let class = format!("lane-{}", bar.state);
        svg.rect(&class, (x(bar.from), y(bar.lane) + inset), (width, height));
    }
    for (lane, class, at) in lanes.marks.iter().filter(|(.., at)| *at <= lanes.end) {
        svg.line(&format!("mark-{class}"), (x(*at), y(*lane) + 2.0), (x(*at), y(*lane) + 22.0));
    }
    axis(&mut svg, bottom, lanes.end);
    svg.finish()
}

fn axis(svg: &mut Svg, bottom: f64, end: f64) {
    const STEPS: [f64; 9] = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0];
    let step = STEPS.into_iter().find(|step| end / step <= 8.0).unwrap_or(1000.0);
    svg.text("lane-tick", Anchor::Start, (0.0, bottom + 18.0), "ms");
    let mut tick = 0.0;
    while tick <= end + 1e-9 {
        let x = LEFT + scale(end) * tick;
        svg.line("lane-axis", (x, bottom), (x, bottom + 4.0));
        svg.text("lane-tick", Anchor::Middle, (x, bottom + 18.0), &format!("{tick:.0}"));
        tick += step;
    }
}
