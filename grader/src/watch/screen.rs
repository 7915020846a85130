//! The terminal as a screen of lines. However the program ends, the terminal is given back.

use std::io::{self, Stdout, Write as _};
use std::sync::Once;

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::style::Print;
use crossterm::terminal::{
    self, BeginSynchronizedUpdate, Clear, ClearType, DisableLineWrap, EnableLineWrap,
    EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
};
use crossterm::{execute, queue};

use crate::exit::Exit;

/// The terminal, taken over.
pub struct Screen {
    out: Stdout,
    shown: Vec<String>,
    width: usize,
}

impl Screen {
    /// Takes the terminal over.
    ///
    /// # Errors
    /// When the terminal does not obey.
    pub fn open() -> io::Result<Self> {
        give_back_on_panic();
        let mut screen = Self { out: io::stdout(), shown: Vec::new(), width: 0 };
        screen.enter()?;
        Ok(screen)
    }

    /// Columns and lines.
    pub fn size() -> (usize, usize) {
        let (width, height) = terminal::size().unwrap_or((80, 24));
        // A terminal that does not know says 0.
        (usize::from(width).max(20), usize::from(height).max(5))
    }

    /// Takes the terminal over again.
    ///
    /// # Errors
    /// When the terminal does not obey.
    pub fn enter(&mut self) -> io::Result<()> {
        terminal::enable_raw_mode()?;
        self.shown.clear();
        execute!(self.out, EnterAlternateScreen, Hide, DisableLineWrap, Clear(ClearType::All))
    }

    /// Gives the terminal back.
    ///
    /// # Errors
    /// When the terminal does not obey.
    pub fn leave(&mut self) -> io::Result<()> {
        give_back(&mut self.out)
    }

    /// Shows these lines, from the top, which were made for that width.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn draw(&mut self, lines: Vec<String>, width: usize) -> io::Result<()> {
        if lines == self.shown && width == self.width {
            return Ok(());
        }
        queue!(self.out, BeginSynchronizedUpdate)?;
        if lines.len() != self.shown.len() || width != self.width {
            // The terminal may have moved anything anywhere when its size changed.
            queue!(self.out, Clear(ClearType::All))?;
        }
        for (row, line) in (0..).zip(&lines) {
            // First the clearing: after a line that is as wide as the terminal, the cursor stands on its
            // last letter, and clearing from there would take it away.
            queue!(self.out, MoveTo(0, row), Clear(ClearType::UntilNewLine), Print(line))?;
        }
        queue!(self.out, EndSynchronizedUpdate)?;
        self.shown = lines;
        self.width = width;
        self.out.flush()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // A terminal that is gone needs nothing back.
        let _ = self.leave();
    }
}

fn give_back(out: &mut Stdout) -> io::Result<()> {
    execute!(out, EnableLineWrap, Show, LeaveAlternateScreen)?;
    terminal::disable_raw_mode()
}

/// A panic in any thread is a mistake of ours: the terminal is given back, so that its message can be
/// read, and the program ends.
fn give_back_on_panic() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let _ = give_back(&mut io::stdout());
            usual(panic);
            std::process::exit(Exit::Fault as i32);
        }));
    });
}
