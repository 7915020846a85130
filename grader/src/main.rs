//! `cargo grade`: see the library's documentation for how it works.

use std::process::ExitCode;

use grader::{cli, exit::Exit, process};

fn main() -> ExitCode {
    if std::env::args().nth(1).as_deref() == Some(process::SUBCOMMAND) {
        return match process::supervise() {
            Ok(()) => Exit::Passed.into(),
            Err(_) => Exit::Fault.into(),
        };
    }
    cli::main().into()
}
