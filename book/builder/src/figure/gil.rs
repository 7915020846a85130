//! The GIL's timeline.

use gil_model::{Runtime, Setting, State, Timeline, one_after_another, simulate};
use serde_json::json;

use super::lanes::{Bar, Lanes, draw};
use crate::arguments::Arguments;
use crate::html::{self, json_script};
use crate::problem::Complaint;

/// The axis shows at most this much, so that one slice stays wide enough to see.
const SHOWN: f64 = 150.0;

/// The figure.
///
/// # Errors
/// If an argument means nothing to it.
pub fn figure(mut arguments: Arguments, caption: Option<String>) -> Result<String, Complaint> {
    let setting = setting(&mut arguments)?;
    arguments.finish()?;
    let timeline = simulate(&setting);
    let mut still = draw(&lanes(&setting, &timeline));
    still += &legend(&timeline);
    still += &format!("<p>{}</p>\n", sentence(&setting, &timeline));
    still += &comparison(&setting);
    still += &json_script(&json!({
        "threads": setting.threads,
        "cores": setting.cores,
        "interval": setting.interval,
        "ioShare": setting.io_share,
        "hog": setting.hog,
        "force": setting.force,
        "call": setting.call,
        "runtime": setting.runtime.id(),
    }));
    let caption = caption.unwrap_or_else(|| "A model of the lock, not a recording.".to_owned());
    Ok(html::figure("gil", &still, &caption))
}

fn setting(arguments: &mut Arguments) -> Result<Setting, Complaint> {
    let default = Setting::default();
    let yes_no = [("yes", true), ("no", false)];
    let no_yes = [("no", false), ("yes", true)];
    let io: f64 = arguments.parsed("io", 0.0)?;
    let setting = Setting {
        threads: arguments.parsed("threads", default.threads)?,
        cores: arguments.parsed("cores", default.cores)?,
        interval: arguments.parsed("interval", default.interval)?,
        io_share: io / 100.0,
        hog: arguments.one_of("hog", &no_yes)?,
        force: arguments.one_of("force", &yes_no)?,
        call: arguments.parsed("call", default.call)?,
        runtime: arguments
            .one_of("runtime", &Runtime::ALL.map(|runtime| (runtime.id(), runtime)))?,
    };
    // The sliders of the page end there.
    let ranges = [
        ("threads", setting.threads as f64, 1.0, 8.0),
        ("cores", setting.cores as f64, 1.0, 8.0),
        ("interval", setting.interval, 0.5, 50.0),
        ("io", io, 0.0, 95.0),
        ("call", setting.call, 0.0, 50.0),
    ];
    match ranges.into_iter().find(|(_, value, least, most)| !(least..=most).contains(&value)) {
        None => Ok(setting),
        Some((name, value, least, most)) => Err(Complaint::new(
            format!("`{name}={value}` is outside the figure's range"),
            format!("Choose from {least} to {most}."),
        )),
    }
}

/// A runtime's name for readers.
fn name(runtime: Runtime) -> &'static str {
    match runtime {
        Runtime::New => "GIL since 3.2",
        Runtime::Old => "GIL before 3.2",
        Runtime::Free => "free-threaded",
        Runtime::Processes => "processes",
    }
}

fn meaning(state: State) -> &'static str {
    match state {
        State::Run => "runs Python code",
        State::Wait => "waits for the GIL",
        State::Io => "waits for I/O, without the GIL",
        State::Ready => "waits for a core",
        State::Start => "process starts",
    }
}

fn lanes(setting: &Setting, timeline: &Timeline) -> Lanes {
    let noun = if setting.runtime == Runtime::Processes { "process" } else { "thread" };
    let bar = |span: &gil_model::Span| Bar {
        lane: span.thread,
        state: span.state.id(),
        from: span.from,
        to: span.to,
    };
    Lanes {
        label: format!("Timeline, {}: {}", name(setting.runtime), sentence(setting, timeline)),
        names: (1..=setting.threads).map(|number| format!("{noun} {number}")).collect(),
        bars: timeline.spans.iter().map(bar).collect(),
        marks: timeline.marks.iter().map(|m| (m.thread, m.kind.id().to_owned(), m.at)).collect(),
        end: timeline.end.min(SHOWN),
    }
}

fn legend(timeline: &Timeline) -> String {
    let used = |state: &State| timeline.spans.iter().any(|span| span.state == *state);
    let keys: String = State::ALL
        .into_iter()
        .filter(used)
        .map(|s| format!("<span class=\"key key-{}\">{}</span> ", s.id(), meaning(s)))
        .collect();
    format!("<p class=\"widget-legend\">{keys}</p>\n")
}

fn sentence(setting: &Setting, timeline: &Timeline) -> String {
    let totals = &timeline.totals;
    let mut text = format!(
        "{:.0} ms, against {:.0} ms one after the other.",
        timeline.end,
        one_after_another(setting)
    );
    if matches!(setting.runtime, Runtime::New | Runtime::Old) {
        text += &format!(" The GIL changed hands {} times", totals.switches);
        if totals.for_nothing > 0 {
            text += &format!(", and {} wake-ups were for nothing", totals.for_nothing);
        }
        text += ".";
    }
    if totals.io_waits > 0 {
        let mean = totals.io_wait_sum / f64::from(totals.io_waits);
        text += &format!(
            " After I/O a thread waited {mean:.1} ms for the GIL on average, {:.1} ms at worst.",
            totals.io_wait_max
        );
    }
    text
}

/// The same work under every runtime, for readers without scripts.
fn comparison(setting: &Setting) -> String {
    let rows: String = Runtime::ALL
        .into_iter()
        .map(|runtime| {
            let end = simulate(&Setting { runtime, ..setting.clone() }).end;
            format!("<tr><th scope=\"row\">{}</th><td>{end:.0} ms</td></tr>\n", name(runtime))
        })
        .collect();
    format!("<table>\n<tbody>\n{rows}</tbody>\n</table>\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_still_picture_needs_no_script() {
        let html = figure(Arguments::parse("threads=3 io=60 hog=yes"), None).unwrap();
        assert_eq!(html.matches("class=\"lane-name\"").count(), 3);
        assert!(html.contains("After I/O a thread waited"), "{html}");
        assert!(html.contains("<td>"), "{html}");
    }

    #[test]
    fn arguments_are_held_to_the_sliders() {
        let complaint = |text| figure(Arguments::parse(text), None).unwrap_err();
        assert_eq!(complaint("threads=9").remedy, "Choose from 1 to 8.");
        assert!(complaint("runtime=jython").what.contains("is no runtime"));
        assert!(complaint("speed=3").what.contains("`speed`"));
    }
}
