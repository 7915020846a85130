//! `cargo book`.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::ExitCode;

use book_builder::{Edition, Refused, Workspace, record, serve};
use clap::{Parser, Subcommand};

/// Build the book, serve it, or check what it says.
#[derive(Parser)]
#[command(name = "cargo book", bin_name = "cargo book")]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Show the progress of this grade report [default: target/grade/report.json]
    #[arg(long, global = true, value_name = "FILE")]
    report: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// Build it into target/book (the default)
    Build,
    /// Build, serve, and build again on every change
    Serve {
        /// Where to listen
        #[arg(long, default_value = "127.0.0.1:3000", value_name = "ADDRESS")]
        on: String,
    },
    /// Build, then check the code on its pages and the list of stale claims
    Check,
    /// Let the grader break wrong answers, and keep the schedules for the pages to show
    Record {
        /// Wrong answers, as 02-race-fix/load_then_store; all that pages show if none is named
        names: Vec<String>,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(refused) => {
            eprintln!("{refused}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> Result<(), Refused> {
    let here = std::env::current_dir()?;
    let workspace = Workspace::discover(&here).ok_or_else(|| {
        Refused::Failed("there is no book here: run this within the course's folder".into())
    })?;
    let report = arguments.report.unwrap_or_else(|| workspace.report());
    let edition = Edition { workspace, report, live: false };
    match arguments.command.unwrap_or(Command::Build) {
        Command::Build => {
            edition.build()?;
            let index = edition.workspace.output().join("index.html");
            println!("The book is built: {}", edition.workspace.relative(&index).display());
        }
        Command::Serve { on } => {
            let listener = TcpListener::bind(&on)
                .map_err(|error| Refused::Failed(format!("cannot listen on {on}: {error}")))?;
            println!("http://{on}");
            serve::serve(Edition { live: true, ..edition }, listener)?;
        }
        Command::Record { names } => {
            for file in record::record(&edition.workspace, &names)? {
                println!("recorded {file}");
            }
        }
        Command::Check => {
            for line in edition.check()? {
                println!("{line}");
            }
            println!("The book is built and checked.");
        }
    }
    Ok(())
}
