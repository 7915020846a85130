//! What the model must show, whatever the setting.

use gil_model::setting::WORK;
use gil_model::{Runtime, Setting, Span, State, one_after_another, simulate};

const WAKE: f64 = 0.05;

/// Every combination of a few values of each parameter.
fn settings() -> impl Iterator<Item = Setting> {
    let mut all = Vec::new();
    for runtime in Runtime::ALL {
        for threads in [1, 2, 3, 5, 8] {
            for cores in [1, 2, 8] {
                for interval in [0.5, 5.0, 50.0] {
                    for io_share in [0.0, 0.5, 0.9] {
                        for (hog, call) in [(false, 0.0), (true, 0.0), (false, 20.0)] {
                            let force = true;
                            let setting = Setting {
                                threads,
                                cores,
                                interval,
                                io_share,
                                hog,
                                force,
                                call,
                                runtime,
                            };
                            all.push(setting);
                        }
                    }
                }
            }
        }
    }
    all.into_iter()
}

fn near(actual: f64, expected: f64, tolerance: f64) {
    assert!(
        (actual - expected).abs() <= tolerance,
        "{actual} is not within {tolerance} of {expected}"
    );
}

fn runs(spans: &[Span]) -> Vec<Span> {
    spans.iter().copied().filter(|span| span.state == State::Run).collect()
}

fn millis(spans: &[Span]) -> f64 {
    spans.iter().map(|span| span.to - span.from).sum()
}

#[test]
fn one_holder_at_a_time_and_never_more_runners_than_cores() {
    for setting in settings() {
        let runs = runs(&simulate(&setting).spans);
        let most = match setting.runtime {
            Runtime::New | Runtime::Old => 1,
            Runtime::Free | Runtime::Processes => setting.cores as i32,
        };
        let mut edges: Vec<(f64, i32)> =
            runs.iter().flat_map(|run| [(run.from + 1e-9, 1), (run.to - 1e-9, -1)]).collect();
        edges.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut running = 0;
        for (_, change) in edges {
            running += change;
            assert!(running <= most, "{setting:?}");
        }
    }
}

#[test]
fn a_thread_is_always_in_exactly_one_state() {
    for setting in settings() {
        let spans = simulate(&setting).spans;
        for thread in 0..setting.threads {
            let lane: Vec<_> = spans.iter().filter(|span| span.thread == thread).collect();
            for pair in lane.windows(2) {
                near(pair[1].from, pair[0].to, 1e-6);
            }
        }
    }
}

#[test]
fn every_thread_does_exactly_its_work() {
    for setting in settings().filter(|s| matches!(s.runtime, Runtime::New | Runtime::Processes)) {
        near(millis(&runs(&simulate(&setting).spans)), setting.threads as f64 * WORK, 1e-6);
    }
}

#[test]
fn slices_of_computing_threads_are_the_interval() {
    let timeline = simulate(&Setting::default());
    let serial = one_after_another(&Setting::default());
    near(timeline.end, serial, f64::from(timeline.totals.switches) * WAKE + 0.2);
    let runs = runs(&timeline.spans);
    for run in &runs[..runs.len() - 2] {
        near(run.to - run.from, 5.0, 0.11);
    }
}

#[test]
fn a_single_thread_is_never_interrupted() {
    let timeline = simulate(&Setting { threads: 1, ..Setting::default() });
    assert_eq!(timeline.spans.len(), 1);
    assert_eq!(timeline.totals.requests, 0);
}

#[test]
fn waiting_overlaps() {
    let setting = Setting { threads: 4, io_share: 0.9, ..Setting::default() };
    assert!(simulate(&setting).end < one_after_another(&setting) / 3.0);
}

#[test]
fn a_thread_back_from_io_waits_an_interval_behind_a_hog() {
    for interval in [5.0, 0.5] {
        let setting = Setting { io_share: 0.8, hog: true, interval, ..Setting::default() };
        near(simulate(&setting).totals.io_wait_max, interval + WAKE, 0.01);
    }
}

#[test]
fn a_c_call_that_keeps_the_gil_makes_others_wait_for_its_end() {
    let setting = Setting { call: 20.0, ..Setting::default() };
    for run in runs(&simulate(&setting).spans) {
        let calls = (run.to - run.from) / 20.0;
        near(calls, calls.round(), 1e-6);
    }
}

#[test]
fn the_old_gil_makes_two_threads_as_slow_as_was_measured() {
    let ratio = |cores| {
        let setting = Setting { runtime: Runtime::Old, cores, ..Setting::default() };
        simulate(&setting).end / one_after_another(&setting)
    };
    // 60 ms of work each end with a stretch in which nobody waits any more.
    near(ratio(4), 15.4 / 7.8, 0.3);
    near(ratio(1), 11.3 / 7.8, 0.15);
}

#[test]
fn without_forced_switching_the_dropper_takes_the_gil_back() {
    let timeline = simulate(&Setting { force: false, ..Setting::default() });
    let first = timeline.spans.iter().find(|s| s.thread == 1 && s.state == State::Run).unwrap();
    near(first.from, WORK + WAKE, 1e-9);
    assert!(timeline.totals.for_nothing > 5);
}
