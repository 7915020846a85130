//! The chart of a speed-up check: for each round, how many threads' worth of work ran side by side.

use evidence::Speedup;

use crate::wording::html;

const WIDTH: f64 = 480.0;
const BAR: f64 = 18.0;
const GAP: f64 = 8.0;
const LABELS: f64 = 70.0;
const VALUES: f64 = 50.0;

/// One bar for each round, and a line at what is needed.
pub fn balance(measured: &Speedup) -> String {
    let most = measured.rounds.iter().map(evidence::SpeedupRound::balance);
    let most = most.fold(measured.threshold, f64::max).max(measured.threads as f64);
    let scale = (WIDTH - LABELS - VALUES) / most.max(1.0);
    let rounds = measured.rounds.len() as f64;
    let height = rounds * (BAR + GAP) + 30.0;
    let mut svg = format!(
        "<svg role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {WIDTH} {height:.0}\">\n",
        html::chart(measured)
    );
    for (index, round) in measured.rounds.iter().enumerate() {
        let top = index as f64 * (BAR + GAP) + GAP;
        let middle = top + BAR * 0.75;
        let length = round.balance() * scale;
        let class = if round.balance() >= measured.threshold { "enough" } else { "short" };
        svg += &format!(
            "<text x=\"0\" y=\"{middle:.1}\">{} {}</text>\
             <rect class=\"{class}\" x=\"{LABELS}\" y=\"{top:.1}\" width=\"{length:.1}\" height=\"{BAR}\"/>\
             <text x=\"{:.1}\" y=\"{middle:.1}\">{:.2}</text>\n",
            html::ROUND,
            index + 1,
            LABELS + length + 4.0,
            round.balance(),
        );
    }
    let at = LABELS + measured.threshold * scale;
    svg += &format!(
        "<line x1=\"{at:.1}\" y1=\"0\" x2=\"{at:.1}\" y2=\"{:.1}\"/>\
         <text class=\"needed\" x=\"{at:.1}\" y=\"{:.1}\">{}</text>\n",
        height - 20.0,
        height - 4.0,
        html::needed(measured.threshold),
    );
    svg + "</svg>\n"
}
