//! The screen that grades on every save.
//!
//! One loop takes events (keys, saves, verdicts) and draws. Whatever may take long runs elsewhere:
//! the grading in a thread of its own, the code that is graded in processes of its own. So keys
//! always work, also while that code hangs.
//!
//! - [`session`]: what is on the screen, and what an event makes of it; pure;
//! - [`view`]: a session as lines of text; pure;
//! - [`work`]: the grading; a newer save cancels the run before;
//! - [`saves`], [`input`], `signals`: where events come from; [`screen`]: where lines go;
//! - [`open`]: the editor and the book.

use std::io::{self, IsTerminal as _};
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

use crossterm::event::KeyEvent;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::desk::Desk;
use crate::exit::Exit;
use crate::grade::Options;
use crate::report::Report;
use crate::terminal::Style;
use crate::wording;
use input::Input;
use saves::Saves;
use screen::Screen;
use session::{Action, Session};
use work::Worker;

pub mod input;
pub mod open;
pub mod saves;
pub mod screen;
pub mod session;
pub mod view;
pub mod work;

/// How long the processes of a cancelled run may take to end before the screen is left without
/// them. (They end by themselves.)
const PARTING: Duration = Duration::from_millis(500);

/// Something happened.
#[derive(Debug)]
pub enum Event {
    /// A key was pressed.
    Key(KeyEvent),
    /// The terminal has another size.
    Resized,
    /// Files of these exercises were saved.
    Saved(Vec<String>),
    /// The run of this number says what it does.
    Told(u64, String),
    /// The run of this number ended, or could not do its work: a sentence says why.
    Done(u64, Result<Box<Done>, String>),
    /// Somebody wants us to end: a signal, or the terminal is gone.
    Stop,
}

/// What came of a run.
#[derive(Debug)]
pub struct Done {
    /// The desk after it.
    pub desk: Desk,
    /// The verdicts.
    pub report: Report,
    /// What could not be remembered of them, as a sentence.
    pub trouble: Option<String>,
}

/// Grades on every save until the learner quits.
///
/// # Errors
/// Of kind `Unsupported` when there is no terminal; any other when the files cannot be watched or the
/// screen fails.
pub fn run(desk: Desk, home: PathBuf, options: Options, style: Style) -> io::Result<Exit> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(io::Error::new(io::ErrorKind::Unsupported, wording::watch::NO_TERMINAL));
    }
    let (sender, events) = mpsc::channel();
    let root = desk.course.root.clone();
    let _saves = Saves::watch(&root, sender.clone()).map_err(io::Error::other)?;
    stop_on_signals(sender.clone())?;
    let screen = Screen::open()?;
    let input = Input::start(sender.clone());
    let worker = Worker::new(root, home, options, sender);
    let mut watch = Watch { session: Session::new(desk), screen, input, worker, style };
    let followed = watch.follow(&events);
    // Also when the screen failed: no build and no check outlives this.
    watch.part(&events);
    followed.map(|()| Exit::Passed)
}

struct Watch {
    session: Session,
    screen: Screen,
    input: Input,
    worker: Worker,
    style: Style,
}

impl Watch {
    fn follow(&mut self, events: &Receiver<Event>) -> io::Result<()> {
        let mut action = self.session.begin();
        loop {
            match action {
                Action::None => {}
                Action::Quit => return Ok(()),
                Action::Grade(folders) => self.session.runs(self.worker.start(folders)),
                Action::Edit { file, line } => self.edit(&file, line)?,
                Action::Book(page) => self.session.say(open::book(self.worker.root(), &page)),
            }
            self.draw()?;
            // The worker keeps a sender, so an event always comes.
            let Ok(event) = events.recv() else { return Ok(()) };
            action = self.session.take(event);
        }
    }

    fn draw(&mut self) -> io::Result<()> {
        let (width, height) = Screen::size();
        let style = Style { width, ..self.style };
        self.screen.draw(view::lines(&mut self.session, style, height), width)
    }

    /// Lends the terminal to the learner's editor.
    fn edit(&mut self, file: &str, line: u32) -> io::Result<()> {
        let path = self.worker.root().join(file);
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let Some(editor) = open::editor(variable, &path, line) else {
            self.session.say(wording::watch::no_editor());
            return Ok(());
        };
        self.input.pause();
        self.screen.leave()?;
        let ended = editor.run();
        self.screen.enter()?;
        self.input.resume();
        if let Err(error) = ended {
            self.session.say(wording::watch::editor_failed(&editor.program, &error));
        }
        Ok(())
    }

    /// Gives the terminal back at once; then sees that no process stays.
    fn part(mut self, events: &Receiver<Event>) {
        drop(self.screen);
        let Some(running) = self.worker.cancel() else { return };
        let deadline = Instant::now() + PARTING;
        while let Some(left) = deadline.checked_duration_since(Instant::now()) {
            match events.recv_timeout(left) {
                Ok(Event::Done(number, _)) if number == running => return,
                Ok(_) => {}
                Err(_) => return,
            }
        }
    }
}

fn stop_on_signals(events: Sender<Event>) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT])?;
    std::thread::spawn(move || {
        for _ in signals.forever() {
            if events.send(Event::Stop).is_err() {
                return;
            }
        }
    });
    Ok(())
}
