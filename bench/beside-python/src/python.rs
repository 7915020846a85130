//! A Python process that does its side of the comparison.

use std::io::{self, BufRead, BufReader, Error, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

/// Python, waiting for workloads.
pub struct Python {
    process: Child,
    requests: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    /// As it names itself: `3.11.7`.
    pub version: String,
}

impl Python {
    /// Starts the interpreter that `PYTHON` names, or `python3`.
    ///
    /// # Errors
    /// There is no such program, or it does not speak our protocol.
    pub fn start() -> io::Result<Self> {
        let program = std::env::var_os("PYTHON").unwrap_or_else(|| "python3".into());
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/src/workloads.py");
        let mut process = Command::new(program)
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let requests = process.stdin.take();
        let answers = BufReader::new(process.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?);
        let mut python = Self { process, requests, answers, version: String::new() };
        python.version = python.answer()?;
        Ok(python)
    }

    /// Has `count` operations of `workload` done.
    ///
    /// # Errors
    /// Python has ended, or failed.
    pub fn run(&mut self, workload: &str, count: usize) -> io::Result<Duration> {
        let requests = self.requests.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        writeln!(requests, "{workload} {count}")?;
        let answer = self.answer()?;
        let seconds: f64 = answer.parse().map_err(|_| Error::other(format!("Python: {answer}")))?;
        Ok(Duration::from_secs_f64(seconds))
    }

    fn answer(&mut self) -> io::Result<String> {
        let mut line = String::new();
        match self.answers.read_line(&mut line)? {
            0 => Err(Error::other("Python ended; its own message is above")),
            _ => Ok(line.trim().to_owned()),
        }
    }
}

impl Drop for Python {
    fn drop(&mut self) {
        // The end of its input is the end of its work.
        self.requests = None;
        let _ = self.process.wait();
    }
}
