//! The page's model is the same: `widgets/gil-model.js`, run by node, gives the same spans.

use std::io::Write;
use std::process::{Command, Stdio};

use gil_model::{Runtime, Setting, Timeline, simulate};
use serde_json::{Value, json};

const DRIVER: &str = "
    const model = require(process.argv[1]);
    const settings = JSON.parse(require('fs').readFileSync(0, 'utf8'));
    process.stdout.write(JSON.stringify(settings.map((setting) => model.simulate(setting))));
";

fn settings() -> Vec<Setting> {
    let mut all = Vec::new();
    for runtime in Runtime::ALL {
        for threads in [1, 2, 3, 8] {
            for cores in [1, 2, 8] {
                for interval in [0.5, 5.0, 20.0] {
                    for io_share in [0.0, 0.5, 0.95] {
                        for (hog, force, call) in [
                            (false, true, 0.0),
                            (true, true, 0.0),
                            (false, false, 0.0),
                            (true, true, 7.0),
                        ] {
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
    all
}

fn question(setting: &Setting) -> Value {
    json!({
        "threads": setting.threads,
        "cores": setting.cores,
        "interval": setting.interval,
        "ioShare": setting.io_share,
        "hog": setting.hog,
        "force": setting.force,
        "call": setting.call,
        "runtime": setting.runtime.id(),
    })
}

fn ask_node(questions: &[Value]) -> Option<Vec<Value>> {
    let model = concat!(env!("CARGO_MANIFEST_DIR"), "/../widgets/gil-model.js");
    let node = Command::new("node")
        .args(["-e", DRIVER, model])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut node) = node else {
        eprintln!("skipped: there is no `node` here, so the page's model is not compared");
        return None;
    };
    let mut stdin = node.stdin.take().unwrap();
    stdin.write_all(&serde_json::to_vec(questions).unwrap()).unwrap();
    drop(stdin);
    let output = node.wait_with_output().unwrap();
    assert!(output.status.success(), "node failed");
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

fn assert_same(ours: &Timeline, theirs: &Value, setting: &Setting) {
    let near = |ours: f64, theirs: &Value| {
        let theirs = theirs.as_f64().unwrap();
        assert!((ours - theirs).abs() < 1e-6, "{ours} here, {theirs} on the page: {setting:?}");
    };
    near(ours.end, &theirs["end"]);
    assert_eq!(ours.spans.len(), theirs["spans"].as_array().unwrap().len(), "{setting:?}");
    for (span, other) in ours.spans.iter().zip(theirs["spans"].as_array().unwrap()) {
        near(span.from, &other["from"]);
        near(span.to, &other["to"]);
        assert_eq!(
            (json!(span.thread), json!(span.state.id())),
            (other["thread"].clone(), other["state"].clone())
        );
    }
    assert_eq!(ours.marks.len(), theirs["marks"].as_array().unwrap().len(), "{setting:?}");
    let totals = &theirs["totals"];
    assert_eq!(json!(ours.totals.switches), totals["switches"], "{setting:?}");
    assert_eq!(json!(ours.totals.requests), totals["requests"], "{setting:?}");
    assert_eq!(json!(ours.totals.for_nothing), totals["forNothing"], "{setting:?}");
    near(ours.totals.io_wait_sum, &totals["ioWaitSum"]);
    near(ours.totals.io_wait_max, &totals["ioWaitMax"]);
}

#[test]
fn the_page_simulates_what_rust_simulates() {
    let settings = settings();
    let questions: Vec<_> = settings.iter().map(question).collect();
    let Some(answers) = ask_node(&questions) else { return };
    assert_eq!(answers.len(), settings.len());
    for (setting, theirs) in settings.iter().zip(&answers) {
        assert_same(&simulate(setting), theirs, setting);
    }
}
