//! What is on the screen, and what an event makes of it. Pure but for the hint that is remembered.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use evidence::Place;

use super::{Done, Event};
use crate::course::Exercise;
use crate::desk::{Desk, Trouble};
use crate::export;
use crate::report::Report;
use crate::wording::{self, learner};

/// What the loop has to do after an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Nothing but to draw.
    None,
    /// Leave.
    Quit,
    /// Grade these exercises instead of whatever is being graded.
    Grade(Vec<String>),
    /// Open the editor at a line of a file, relative to the course's root.
    Edit {
        /// The file.
        file: String,
        /// The line, from 1.
        line: u32,
    },
    /// Open a page of the book, relative to `book/src`.
    Book(String),
}

/// What the screen shows.
#[derive(Debug)]
pub struct Session {
    /// The learner's desk after the last verdict.
    pub desk: Desk,
    /// The folder of the exercise that the learner works on.
    pub current: String,
    /// What fills the screen.
    pub pane: Pane,
    /// The last verdicts.
    pub report: Option<Report>,
    /// Why there are none: the grader or the machine is at fault, or the course is.
    pub trouble: Option<String>,
    /// The run that is going on, and what it says of itself.
    pub running: Option<(u64, String)>,
    /// What else there is to say.
    pub message: String,
    /// Lines of the pane that are above the screen.
    pub scroll: usize,
    /// Lines that the screen shows of the pane.
    pub page: usize,
}

/// What fills the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    /// The last verdicts.
    Report,
    /// The hints shown so far.
    Hints,
    /// All exercises, one of them (by index) chosen.
    List(usize),
}

impl Session {
    /// A session that begins with the first exercise that does not pass.
    pub fn new(desk: Desk) -> Self {
        let first = desk.next().or(desk.course.exercises.first());
        let current = first.map_or(String::new(), |exercise| exercise.folder.clone());
        let message = desk.trouble.as_ref().map_or(String::new(), learner::trouble);
        Self {
            desk,
            current,
            pane: Pane::Report,
            report: None,
            trouble: None,
            running: None,
            message,
            scroll: 0,
            page: 1,
        }
    }

    /// The exercise that the learner works on; `None` in a course without exercises.
    pub fn exercise(&self) -> Option<&Exercise> {
        self.desk.course.exercises.iter().find(|exercise| exercise.folder == self.current)
    }

    /// The last verdicts, if they are on the exercise that the screen is about.
    pub fn report(&self) -> Option<&Report> {
        let current = |report: &&Report| report.exercises.iter().any(|e| e.folder == self.current);
        self.report.as_ref().filter(current)
    }

    /// What to do first.
    pub fn begin(&self) -> Action {
        match self.exercise() {
            Some(exercise) => Action::Grade(vec![exercise.folder.clone()]),
            None => Action::None,
        }
    }

    /// A run was started.
    pub fn runs(&mut self, number: u64) {
        self.running = Some((number, wording::watch::BEGINNING.into()));
    }

    /// Says something below the pane.
    pub fn say(&mut self, message: String) {
        self.message = message;
    }

    /// Takes an event in.
    pub fn take(&mut self, event: Event) -> Action {
        match event {
            Event::Key(key) => return self.key(key),
            Event::Stop => return Action::Quit,
            Event::Saved(folders) => return self.saved(folders),
            Event::Resized => {}
            Event::Told(number, text) => match &mut self.running {
                Some((running, told)) if *running == number => *told = text,
                _ => {}
            },
            Event::Done(number, done) => {
                // A verdict on sources that were saved again since is worth nothing.
                if self.running.as_ref().is_some_and(|(running, _)| *running == number) {
                    self.running = None;
                    self.done(done);
                }
            }
        }
        Action::None
    }

    fn saved(&mut self, mut folders: Vec<String>) -> Action {
        // A folder that has no exercise.toml yet is no exercise.
        let exercises = &self.desk.course.exercises;
        folders.retain(|folder| exercises.iter().any(|exercise| exercise.folder == *folder));
        let Some(first) = folders.first() else { return Action::None };
        if !folders.contains(&self.current) {
            self.current.clone_from(first);
        }
        self.show(Pane::Report);
        self.message.clear();
        Action::Grade(folders)
    }

    fn done(&mut self, done: Result<Box<Done>, String>) {
        match done {
            Ok(done) => {
                let Done { desk, report, trouble } = *done;
                self.desk = desk;
                self.scroll = 0;
                let all = report.exercises.iter().all(|exercise| exercise.passed());
                let next = self.desk.next().is_some();
                self.message = match trouble {
                    Some(trouble) => trouble,
                    None if all && next => wording::watch::PASSED.into(),
                    None if all => wording::watch::ALL_PASSED.into(),
                    None => String::new(),
                };
                self.report = Some(report);
                self.trouble = None;
            }
            Err(why) => self.trouble = Some(why),
        }
    }

    fn show(&mut self, pane: Pane) {
        self.pane = pane;
        self.scroll = 0;
    }

    fn key(&mut self, key: KeyEvent) -> Action {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        match (key.code, self.pane) {
            (KeyCode::Char('c' | 'd'), _) if control => return Action::Quit,
            (KeyCode::Char('q'), _) => return Action::Quit,
            (KeyCode::Up | KeyCode::Char('k'), Pane::List(at)) => self.choose(at.saturating_sub(1)),
            (KeyCode::Down | KeyCode::Char('j'), Pane::List(at)) => self.choose(at + 1),
            (KeyCode::Enter, Pane::List(at)) => return self.enter(at),
            (KeyCode::Char('l') | KeyCode::Esc, Pane::List(_)) => self.show(Pane::Report),
            (KeyCode::Char('l'), _) => self.list(),
            (KeyCode::Char('h'), _) => self.hint(),
            (KeyCode::Char('n'), _) => return self.next(),
            (KeyCode::Char('r'), _) => {
                self.show(Pane::Report);
                let all = &self.desk.course.exercises;
                return Action::Grade(all.iter().map(|exercise| exercise.folder.clone()).collect());
            }
            (KeyCode::Char('e'), _) => return self.edit(),
            (KeyCode::Char('b'), _) => {
                return self
                    .exercise()
                    .map_or(Action::None, |exercise| Action::Book(exercise.manifest.book.clone()));
            }
            (KeyCode::Esc, _) => self.show(Pane::Report),
            (KeyCode::Up | KeyCode::Char('k'), _) => self.scroll = self.scroll.saturating_sub(1),
            (KeyCode::Down | KeyCode::Char('j'), _) => self.scroll += 1,
            (KeyCode::PageUp, _) => self.scroll = self.scroll.saturating_sub(self.page),
            (KeyCode::PageDown | KeyCode::Char(' '), _) => self.scroll += self.page,
            (KeyCode::Home, _) => self.scroll = 0,
            (KeyCode::End, _) => self.scroll = usize::MAX,
            _ => {}
        }
        Action::None
    }

    fn list(&mut self) {
        let all = &self.desk.course.exercises;
        let here = all.iter().position(|exercise| exercise.folder == self.current);
        self.show(Pane::List(here.unwrap_or(0)));
    }

    fn choose(&mut self, at: usize) {
        let last = self.desk.course.exercises.len().saturating_sub(1);
        self.pane = Pane::List(at.min(last));
    }

    fn enter(&mut self, at: usize) -> Action {
        let Some(exercise) = self.desk.course.exercises.get(at) else { return Action::None };
        self.current = exercise.folder.clone();
        self.show(Pane::Report);
        self.message.clear();
        self.begin()
    }

    fn next(&mut self) -> Action {
        let Some(next) = self.desk.next_after(&self.current) else {
            self.message = wording::watch::ALL_PASSED.into();
            return Action::None;
        };
        self.current = next.folder.clone();
        self.show(Pane::Report);
        self.message.clear();
        self.begin()
    }

    fn hint(&mut self) {
        let Some(exercise) = self.exercise().cloned() else { return };
        if let Err(error) = self.desk.climb(&exercise) {
            self.message = learner::trouble(&Trouble::Unusable(error));
        }
        self.show(Pane::Hints);
        self.scroll = usize::MAX;
    }

    /// The place that the first fault points to, in the learner's own sources, else the beginning.
    fn edit(&self) -> Action {
        let Some(exercise) = self.exercise() else { return Action::None };
        let source = format!("exercises/{}/src/", exercise.folder);
        let graded = self.report.iter().flat_map(|report| &report.exercises);
        let failure =
            graded.filter(|graded| graded.folder == self.current).find_map(|g| g.first_failure());
        let evidence = failure.map_or(&[][..], |(_, failed)| &failed.failure.evidence);
        let mut places = evidence.iter().filter_map(export::at);
        let place = places
            .find(|place| place.file.starts_with(&source))
            .unwrap_or_else(|| Place { file: format!("{source}lib.rs"), line: 1 });
        Action::Edit { file: place.file, line: place.line }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::Course;
    use std::fs;

    const TOML: &str = "title='t'\nchapter='c'\nbook='b.md'\n[[checks]]\nname='a'\nkind='example'\npoints=1\npromise='p'\n[[hints]]\ntext='one'\n[[hints]]\ntext='two'";

    /// A course of three exercises that are not graded yet.
    fn session() -> (tempfile::TempDir, Session) {
        let home = tempfile::tempdir().unwrap();
        for folder in ["01-a", "02-b", "03-c"] {
            let folder = home.path().join("exercises").join(folder);
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join("exercise.toml"), TOML).unwrap();
        }
        let desk = Desk::open(Course::load(home.path()).unwrap()).unwrap();
        (home, Session::new(desk))
    }

    fn press(session: &mut Session, code: KeyCode) -> Action {
        session.take(Event::Key(KeyEvent::from(code)))
    }

    /// A report on these exercises, without a check.
    fn report_on(folders: &[&str]) -> Report {
        let exercise = |folder: &&str| {
            serde_json::json!({
                "folder": folder, "package": "", "number": 1, "title": "", "book": "",
                "answer": "", "digest": "", "course": "", "weight": 1.0, "points": 0,
                "max_points": 0, "warnings": [], "checks": [],
            })
        };
        let exercises: Vec<_> = folders.iter().map(exercise).collect();
        let grader = serde_json::json!({
            "version": "", "toolchain": "", "cpus": 1, "sandbox": "", "policy": "",
        });
        serde_json::from_value(serde_json::json!({
            "schema": "", "grader": grader, "seed": 0, "points": 0, "max_points": 0, "score": 0.0,
            "exercises": exercises,
        }))
        .unwrap()
    }

    fn grade(folders: &[&str]) -> Action {
        Action::Grade(folders.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn the_first_open_exercise_comes_first_and_next_goes_round() {
        let (_home, mut session) = session();
        assert_eq!(session.begin(), grade(&["01-a"]));
        for folder in ["02-b", "03-c", "01-a"] {
            assert_eq!(press(&mut session, KeyCode::Char('n')), grade(&[folder]));
        }
    }

    #[test]
    fn what_is_saved_is_graded_and_becomes_the_current_one() {
        let (_home, mut session) = session();
        assert_eq!(session.take(Event::Saved(vec!["04-new".into()])), Action::None);
        assert_eq!(session.take(Event::Saved(vec!["03-c".into()])), grade(&["03-c"]));
        assert_eq!(session.current, "03-c");
        let both = Event::Saved(vec!["02-b".into(), "03-c".into()]);
        assert_eq!(session.take(both), grade(&["02-b", "03-c"]));
        assert_eq!(session.current, "03-c", "it is still being worked on");
    }

    #[test]
    fn a_report_is_shown_under_the_exercise_that_it_is_on() {
        let (_home, mut session) = session();
        for (graded, stays) in [(&["01-a"][..], false), (&["01-a", "02-b"], true)] {
            session.current = "01-a".into();
            session.report = Some(report_on(graded));
            assert!(session.report().is_some());
            press(&mut session, KeyCode::Char('n'));
            assert_eq!((&*session.current, session.report().is_some()), ("02-b", stays));
        }
    }

    #[test]
    fn only_the_newest_run_is_listened_to() {
        let (_home, mut session) = session();
        session.runs(2);
        session.take(Event::Told(1, "old".into()));
        session.take(Event::Done(1, Err("old".into())));
        assert!(session.trouble.is_none() && session.running.is_some());
        session.take(Event::Told(2, "new".into()));
        assert_eq!(session.running, Some((2, "new".into())));
        session.take(Event::Done(2, Err("no cargo".into())));
        assert_eq!((session.running, session.trouble), (None, Some("no cargo".into())));
    }

    #[test]
    fn keys_work_while_a_run_goes_on() {
        let (_home, mut session) = session();
        session.runs(1);
        press(&mut session, KeyCode::Char('h'));
        assert_eq!(session.pane, Pane::Hints);
        press(&mut session, KeyCode::Char('l'));
        assert_eq!(session.pane, Pane::List(0));
        press(&mut session, KeyCode::Up);
        press(&mut session, KeyCode::Down);
        press(&mut session, KeyCode::Down);
        press(&mut session, KeyCode::Down);
        assert_eq!(press(&mut session, KeyCode::Enter), grade(&["03-c"]));
        assert_eq!(press(&mut session, KeyCode::Char('r')), grade(&["01-a", "02-b", "03-c"]));
        assert_eq!(press(&mut session, KeyCode::Char('b')), Action::Book("b.md".into()));
        let file = "exercises/03-c/src/lib.rs".to_owned();
        assert_eq!(press(&mut session, KeyCode::Char('e')), Action::Edit { file, line: 1 });
        assert_eq!(press(&mut session, KeyCode::Char('q')), Action::Quit);
    }

    #[test]
    fn each_press_of_h_shows_one_hint_more() {
        let (_home, mut session) = session();
        for count in [1, 2, 2] {
            press(&mut session, KeyCode::Char('h'));
            let entry = session.desk.entry(session.exercise().unwrap());
            assert_eq!(entry.hints.len(), count);
        }
    }
}
