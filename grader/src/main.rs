//! `cargo grade`: see the library's documentation for how it works.

use std::process::ExitCode;

use grader::process::{self, warden};
use grader::{cli, exit::Exit};

fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some(process::SUBCOMMAND) => match process::supervise() {
            Ok(()) => Exit::Passed.into(),
            Err(_) => Exit::Fault.into(),
        },
        Some(warden::SUBCOMMAND) => match warden::keep(std::env::args().skip(2)) {
            Ok(code) => code.into(),
            Err(error) => {
                eprintln!("{}{error}", warden::SAYS);
                Exit::Fault.into()
            }
        },
        _ => cli::main().into(),
    }
}
