//! An event loop, step by step. The loop runs here; the page only turns the pages.

use std::collections::VecDeque;

use serde_json::{Value, json};

use super::lanes::{self, Bar, Lanes};
use super::scenes::{Act, ActKind, SCENES, Scene};
use crate::arguments::Arguments;
use crate::html::{self, inline_code, json_script};
use crate::problem::Complaint;

/// The figure.
///
/// # Errors
/// If an argument means nothing to it.
pub fn figure(mut arguments: Arguments, caption: Option<String>) -> Result<String, Complaint> {
    let scenes = SCENES.map(|scene| (scene.id, scene));
    let scene = arguments.one_of("scene", &scenes)?;
    arguments.finish()?;
    let run = run(&scene);
    let mut still = draw(&scene, &run);
    still += &format!("<p>{}</p>\n", inline_code(scene.lesson));
    still += "<ol>\n";
    for step in &run.steps {
        still += &format!("<li>{:.0} ms: {}</li>\n", step.from, inline_code(&step.says));
    }
    still += "</ol>\n";
    let all: Vec<_> = SCENES.iter().map(data).collect();
    still += &json_script(&json!({ "first": scene.id, "scenes": all }));
    let caption = caption.unwrap_or_else(|| "One thread, one loop.".to_owned());
    Ok(html::figure("event-loop", &still, &caption))
}

/// What the loop did.
#[derive(Debug, Default)]
struct Run {
    steps: Vec<Step>,
    bars: Vec<Bar>,
    end: f64,
}

/// What the loop does from one moment to another, and what it knows meanwhile.
#[derive(Debug)]
struct Step {
    from: f64,
    to: f64,
    /// The task that runs; `None`: the loop itself waits.
    task: Option<usize>,
    /// Its line of the source.
    line: Option<usize>,
    says: String,
    ready: Vec<usize>,
    timers: Vec<(usize, f64)>,
    threads: Vec<(usize, f64)>,
}

/// A task that waits until a time.
#[derive(Debug, Clone, Copy)]
struct Wait {
    task: usize,
    until: f64,
    in_thread: bool,
}

struct Loop<'s> {
    scene: &'s Scene,
    now: f64,
    /// The next act of each task.
    at: Vec<usize>,
    ready: VecDeque<usize>,
    waits: Vec<Wait>,
    run: Run,
}

fn run(scene: &Scene) -> Run {
    let mut looped = Loop {
        scene,
        now: 0.0,
        at: vec![0; scene.tasks.len()],
        ready: (0..scene.tasks.len()).collect(),
        waits: Vec::new(),
        run: Run::default(),
    };
    loop {
        if let Some(task) = looped.ready.pop_front() {
            looped.resume(task);
        } else if !looped.waits.is_empty() {
            looped.select();
        } else {
            break;
        }
    }
    looped.note(looped.now, None, None, "Every task is done. The loop ends.".into());
    looped.run.end = looped.now;
    looped.run
}

impl Loop<'_> {
    /// Runs a task until it awaits something or ends.
    fn resume(&mut self, task: usize) {
        let name = self.scene.tasks[task].name;
        while let Some(&Act { line, kind }) = self.scene.tasks[task].acts.get(self.at[task]) {
            self.at[task] += 1;
            match kind {
                ActKind::Compute(millis) => {
                    let says = format!("{name} computes for {millis:.0} ms.");
                    self.occupy(task, line, millis, "run", says);
                }
                ActKind::Block(millis) => {
                    let says = format!(
                        "{name} blocks the thread for {millis:.0} ms. The loop can do nothing."
                    );
                    self.occupy(task, line, millis, "block", says);
                }
                ActKind::Sleep(millis) => {
                    let says = format!("{name} awaits a timer and lets go of the loop.");
                    return self.suspend(task, line, millis, false, says);
                }
                ActKind::Thread(millis) => {
                    let says =
                        format!("{name} hands the call to a thread and lets go of the loop.");
                    return self.suspend(task, line, millis, true, says);
                }
            }
        }
        self.note(self.now, Some(task), None, format!("{name} is done."));
    }

    /// The loop's thread is busy with `task`; timers that ring meanwhile are heard afterwards.
    fn occupy(&mut self, task: usize, line: usize, millis: f64, state: &'static str, says: String) {
        let to = self.now + millis;
        self.run.bars.push(Bar { lane: task, state, from: self.now, to });
        for &waiting in &self.ready {
            self.run.bars.push(Bar { lane: waiting, state: "ready", from: self.now, to });
        }
        self.note(to, Some(task), Some(line), says);
        self.now = to;
        self.ring();
    }

    fn suspend(&mut self, task: usize, line: usize, millis: f64, in_thread: bool, says: String) {
        let until = self.now + millis;
        let state = if in_thread { "thread" } else { "io" };
        self.run.bars.push(Bar { lane: task, state, from: self.now, to: until });
        self.waits.push(Wait { task, until, in_thread });
        self.note(self.now, Some(task), Some(line), says);
    }

    /// Nothing is ready: the loop sleeps until the next timer rings or thread answers.
    fn select(&mut self) {
        let until = self.waits.iter().map(|wait| wait.until).fold(f64::INFINITY, f64::min);
        let says = format!("Nothing is ready. The loop sleeps until {until:.0} ms.");
        self.note(until, None, None, says);
        self.now = until;
        self.ring();
    }

    /// Tasks whose wait is over become ready, in the order in which their waits ended.
    fn ring(&mut self) {
        self.waits.sort_by(|a, b| a.until.total_cmp(&b.until));
        let over = self.waits.partition_point(|wait| wait.until <= self.now);
        for wait in self.waits.drain(..over) {
            if wait.until < self.now {
                let (from, to) = (wait.until, self.now);
                self.run.bars.push(Bar { lane: wait.task, state: "ready", from, to });
            }
            self.ready.push_back(wait.task);
        }
    }

    fn note(&mut self, to: f64, task: Option<usize>, line: Option<usize>, says: String) {
        let waiting = |in_thread| {
            let of_kind = self.waits.iter().filter(move |wait| wait.in_thread == in_thread);
            of_kind.map(|wait| (wait.task, wait.until)).collect()
        };
        self.run.steps.push(Step {
            from: self.now,
            to,
            task,
            line,
            says,
            ready: self.ready.iter().copied().collect(),
            timers: waiting(false),
            threads: waiting(true),
        });
    }
}

fn draw(scene: &Scene, run: &Run) -> String {
    lanes::draw(&Lanes {
        label: format!("{}: {:.0} ms in all. {}", scene.title, run.end, scene.lesson),
        names: scene.tasks.iter().map(|task| task.name.to_owned()).collect(),
        bars: run.bars.iter().map(|bar| Bar { ..*bar }).collect(),
        marks: Vec::new(),
        end: run.end,
    })
}

fn data(scene: &Scene) -> Value {
    let run = run(scene);
    let name = |task: usize| scene.tasks[task].name;
    let named = |waits: &[(usize, f64)]| -> Vec<Value> {
        waits.iter().map(|(task, until)| json!([name(*task), until])).collect()
    };
    let steps: Vec<_> = run
        .steps
        .iter()
        .map(|step| {
            json!({
                "from": step.from,
                "to": step.to,
                "task": step.task.map(name),
                "line": step.line,
                "says": step.says,
                "ready": step.ready.iter().map(|task| name(*task)).collect::<Vec<_>>(),
                "timers": named(&step.timers),
                "threads": named(&step.threads),
            })
        })
        .collect();
    let bars: Vec<_> = run
        .bars
        .iter()
        .map(|bar| json!({ "lane": bar.lane, "state": bar.state, "from": bar.from, "to": bar.to }))
        .collect();
    json!({
        "id": scene.id,
        "title": scene.title,
        "code": scene.code,
        "lesson": scene.lesson,
        "tasks": scene.tasks.iter().map(|task| task.name).collect::<Vec<_>>(),
        "bars": bars,
        "end": run.end,
        "steps": steps,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(id: &str) -> f64 {
        run(SCENES.iter().find(|scene| scene.id == id).unwrap()).end
    }

    #[test]
    fn scenes_take_as_long_as_their_lessons_say() {
        assert_eq!(end("one-by-one"), 3.0 * 34.0);
        // C parses after A and B, and again after its own 30 ms: 6 + 30 + 2.
        assert_eq!(end("gather"), 38.0);
        // A 2, block 60, A 2 again once C has begun (2): C's timer rings at 64 + 30.
        assert_eq!(end("blocking"), 2.0 + 60.0 + 2.0 + 30.0 + 2.0);
        assert_eq!(end("cpu"), end("blocking"));
        assert_eq!(end("thread"), 2.0 + 60.0);
    }

    #[test]
    fn one_task_runs_at_a_time_and_time_never_runs_back() {
        for scene in &SCENES {
            let run = run(scene);
            for pair in run.steps.windows(2) {
                assert_eq!(pair[0].to, pair[1].from, "{}", scene.id);
            }
            for step in &run.steps {
                assert!(step.task.is_none_or(|task| !step.ready.contains(&task)), "{step:?}");
                assert!(step.line.is_none_or(|line| line <= scene.code.len()), "{step:?}");
            }
        }
    }

    #[test]
    fn the_figure_lists_every_step_without_a_script() {
        let html = figure(Arguments::parse("scene=blocking"), None).unwrap();
        assert!(html.contains("stubborn blocks the thread for 60 ms"), "{html}");
        assert!(figure(Arguments::parse("scene=none"), None).is_err());
    }
}
