//! The course's reference answers beside Python's own classes, and beside well-known crates.
//!
//! Prints a table, and writes it with a plot into the folder that is named as the only argument.

mod answers;
mod comparison;
mod plot;
mod python;
mod table;
mod workloads;

use std::path::PathBuf;
use std::{env, fs, io};

use python::Python;

/// How often the contenders take turns.
const ROUNDS: usize = 9;

fn main() -> io::Result<()> {
    let mut python = match Python::start() {
        Ok(python) => python,
        Err(error) => {
            println!("Skipped: there is no Python to compare with (python3: {error}).");
            println!("Install python3, or name an interpreter: PYTHON=/path/to/python3");
            return Ok(());
        }
    };
    let mut measured = Vec::new();
    for comparison in comparison::all() {
        eprintln!("{} ..", comparison.operation);
        measured.push(comparison.measure(&mut python, ROUNDS)?);
    }
    let table = table::markdown(&measured, &python.version);
    print!("{table}");
    if let Some(folder) = env::args_os().nth(1).map(PathBuf::from) {
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("beside-python.md"), table)?;
        fs::write(folder.join("beside-python.svg"), plot::svg(&measured, &python.version))?;
        println!("Written to {}: beside-python.md, beside-python.svg", folder.display());
    }
    Ok(())
}
