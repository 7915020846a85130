//! A real terminal, driven by tmux: keys go in, the screen comes out.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A terminal with a program in it. Ends with it.
pub struct Terminal {
    /// Holds tmux's socket, and goes with it.
    home: TempDir,
}

impl Terminal {
    /// Runs a shell command in a new terminal of this size. When the command ends, its exit code
    /// stays on the screen: `ended 0`.
    pub fn run(command: &str, folder: &Path, columns: u32, lines: u32) -> Self {
        let home = tempfile::tempdir().expect("there is room for a temporary folder");
        let terminal = Self { home };
        let (columns, lines) = (columns.to_string(), lines.to_string());
        let kept = format!("{command}; echo ended $?; sleep 600");
        let folder = folder.to_str().expect("the name is UTF-8");
        terminal.tmux(&[
            "-f",
            "/dev/null",
            "-u",
            "new-session",
            "-d",
            "-x",
            &columns,
            "-y",
            &lines,
            "-c",
            folder,
            "sh",
            "-c",
            &kept,
        ]);
        terminal
    }

    fn tmux(&self, arguments: &[&str]) -> String {
        let output = Command::new("tmux")
            .arg("-S")
            .arg(self.home.path().join("socket"))
            .args(arguments)
            .stdin(Stdio::null())
            .output()
            .unwrap_or_else(|error| panic!("tmux is needed for this test: {error}"));
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Presses keys, by tmux's names.
    pub fn press(&self, keys: &str) {
        self.tmux(&["send-keys", keys]);
    }

    /// Gives the terminal another size.
    pub fn resize(&self, columns: u32, lines: u32) {
        self.tmux(&["resize-window", "-x", &columns.to_string(), "-y", &lines.to_string()]);
    }

    /// What is on the screen.
    pub fn screen(&self) -> String {
        self.tmux(&["capture-pane", "-p"])
    }

    /// The id of the shell that runs the command.
    pub fn shell(&self) -> String {
        self.tmux(&["display-message", "-p", "#{pane_pid}"]).trim().to_owned()
    }

    /// Waits until the text is on the screen, and returns how long that took.
    pub fn wait_for(&self, text: &str, deadline: Duration) -> Duration {
        self.wait_until(&format!("`{text}`"), deadline, |screen| screen.contains(text))
    }

    /// Waits until the screen is as it should be, and returns how long that took.
    pub fn wait_until(
        &self,
        what: &str,
        deadline: Duration,
        is_there: impl Fn(&str) -> bool,
    ) -> Duration {
        let begin = Instant::now();
        loop {
            let screen = self.screen();
            if is_there(&screen) {
                return begin.elapsed();
            }
            assert!(begin.elapsed() < deadline, "no {what} within {deadline:?} on:\n{screen}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = Command::new("tmux")
            .arg("-S")
            .arg(self.home.path().join("socket"))
            .arg("kill-server")
            .stderr(Stdio::null())
            .status();
    }
}
