//! The grading, in a thread of its own. A newer run ends the one before.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread::JoinHandle;

use super::{Done, Event};
use crate::answer::Answer;
use crate::cancel::Cancel;
use crate::course::Course;
use crate::desk::{self, Desk};
use crate::grade::{GradeError, Grader, Options, Progress};
use crate::wording::{self, learner};

/// Grades one thing at a time.
pub struct Worker {
    root: PathBuf,
    home: PathBuf,
    options: Options,
    events: Sender<Event>,
    number: u64,
    running: Option<Running>,
}

struct Running {
    cancel: Arc<Cancel>,
    thread: JoinHandle<()>,
}

/// A run on its way.
struct Run {
    number: u64,
    root: PathBuf,
    home: PathBuf,
    options: Options,
    folders: Vec<String>,
    events: Sender<Event>,
    cancel: Arc<Cancel>,
}

impl Worker {
    /// Grades the course in `root`, with a stage in `home`.
    pub fn new(root: PathBuf, home: PathBuf, options: Options, events: Sender<Event>) -> Self {
        Self { root, home, options, events, number: 0, running: None }
    }

    /// The course's root.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Grades these exercises, and ends what was graded before. Returns the run's number.
    pub fn start(&mut self, folders: Vec<String>) -> u64 {
        self.number += 1;
        let before = self.running.take().inspect(|running| running.cancel.cancel());
        let cancel = Arc::new(Cancel::default());
        let run = Run {
            number: self.number,
            root: self.root.clone(),
            home: self.home.clone(),
            options: self.options,
            folders,
            events: self.events.clone(),
            cancel: Arc::clone(&cancel),
        };
        let thread = std::thread::spawn(move || {
            if let Some(before) = before {
                // Both would use the same stage. The run before ends soon: its processes are ended.
                let _ = before.thread.join();
            }
            run.go();
        });
        self.running = Some(Running { cancel, thread });
        self.number
    }

    /// Ends the run that is going on, and returns its number.
    pub fn cancel(&mut self) -> Option<u64> {
        let running = self.running.take()?;
        running.cancel.cancel();
        (!running.thread.is_finished()).then_some(self.number)
    }
}

impl Run {
    fn go(self) {
        let done = self.grade().map(Box::new);
        // Nobody listens any more once the screen is left.
        let _ = self.events.send(Event::Done(self.number, done));
    }

    fn grade(&self) -> Result<Done, String> {
        let unreadable = |error| wording::unreadable(&error);
        let course = Course::load(&self.root).map_err(|error| wording::course_error(&error))?;
        let exercises =
            course.select(&self.folders).map_err(|error| wording::course_error(&error))?;
        let answers = exercises
            .iter()
            .map(|exercise| Answer::of_learner(&course, exercise))
            .collect::<Result<Vec<_>, _>>()
            .map_err(unreadable)?;
        let failed = |error: GradeError| wording::grade_error(&error);
        let grader = Grader::open(&course, &self.home, self.options, self)
            .map_err(failed)?
            .cancelled_by(&self.cancel);
        let report = grader.grade(&answers).map_err(failed)?;
        drop(grader);
        let remembered = desk::remember(&course, &report);
        let trouble = remembered.err().map(|trouble| learner::trouble(&trouble));
        let desk = Desk::open(course).map_err(unreadable)?;
        Ok(Done { desk, report, trouble })
    }

    fn tell(&self, text: String) {
        let _ = self.events.send(Event::Told(self.number, text));
    }
}

impl Progress for Run {
    fn waiting(&self) {
        self.tell(wording::WAITING.into());
    }

    fn building(&self, line: &str) {
        self.tell(wording::watch::building(line));
    }

    fn checking(&self, done: usize, total: usize, name: &str) {
        self.tell(wording::watch::checking(done, total, name));
    }

    fn finished(&self) {}
}
