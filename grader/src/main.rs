//! `cargo grade`: see the library's documentation for how it works.

use std::process::ExitCode;

use grader::process::{self, warden};
use grader::{apart, cli, exit::Exit};

fn main() -> ExitCode {
    let hidden = match std::env::args().nth(1).as_deref() {
        Some(process::SUBCOMMAND) => Some(process::supervise()),
        Some(warden::SUBCOMMAND) => match warden::keep(std::env::args().skip(2)) {
            Ok(code) => return code.into(),
            Err(error) => {
                eprintln!("{}{error}", warden::SAYS);
                Some(Err(error))
            }
        },
        Some(other) => apart::main(other),
        None => None,
    };
    match hidden {
        None => cli::main().into(),
        Some(Ok(())) => Exit::Passed.into(),
        Some(Err(_)) => Exit::Fault.into(),
    }
}
