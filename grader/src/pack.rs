//! `cargo grade pack`: the course and what a platform runs, in the one file that it takes.
//!
//! No solution is ever in it: what is not on the machine cannot be read there.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::course::{Course, Exercise};
use crate::stage::{self, StageError};

/// A platform that takes one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Platform {
    /// `autograder.zip`.
    Gradescope,
    /// `autograde-Makefile` and `autograde.tar`, in one tar.
    Autolab,
    /// A question's `info.json`, and what its image is built from, in one tar.
    Prairielearn,
}

/// A file of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    path: String,
    bytes: Vec<u8>,
    is_program: bool,
}

/// The package of these exercises for a platform.
///
/// # Errors
/// When a file of the course cannot be read.
pub fn pack(
    course: &Course,
    exercises: &[&Exercise],
    platform: Platform,
) -> Result<Vec<u8>, StageError> {
    let files = course_files(course)?;
    let fill = |text: &str| fill(text, course, exercises);
    let script = |path: &str, text: &str| Entry {
        path: path.into(),
        bytes: fill(text).into_bytes(),
        is_program: true,
    };
    let text = |path: &str, text: &str| Entry { is_program: false, ..script(path, text) };
    let failed = |error| StageError { path: PathBuf::from("the package"), error };
    match platform {
        Platform::Gradescope => {
            let mut all = within("course", files);
            all.push(script("setup.sh", GRADESCOPE_SETUP));
            all.push(script("run_autograder", GRADESCOPE_RUN));
            zip(&all).map_err(failed)
        }
        Platform::Autolab => {
            let mut inner = within("autograde/course", files);
            inner.push(script("autograde/run.sh", AUTOLAB_RUN));
            let bytes = tar(&inner).map_err(failed)?;
            let inner = Entry { path: "autograde.tar".into(), bytes, is_program: false };
            tar(&[text("autograde-Makefile", AUTOLAB_MAKEFILE), inner]).map_err(failed)
        }
        Platform::Prairielearn => {
            let mut all = within("image/course", files);
            all.push(text("image/Dockerfile", PRAIRIELEARN_DOCKERFILE));
            all.push(script("image/run.sh", PRAIRIELEARN_RUN));
            all.push(text("question/info.json", PRAIRIELEARN_INFO));
            tar(&all).map_err(failed)
        }
    }
}

const GRADESCOPE_SETUP: &str = include_str!("../../integrations/gradescope/setup.sh");
const GRADESCOPE_RUN: &str = include_str!("../../integrations/gradescope/run_autograder");
const AUTOLAB_MAKEFILE: &str = include_str!("../../integrations/autolab/autograde-Makefile");
const AUTOLAB_RUN: &str = include_str!("../../integrations/autolab/run.sh");
const PRAIRIELEARN_DOCKERFILE: &str = include_str!("../../integrations/prairielearn/Dockerfile");
const PRAIRIELEARN_RUN: &str = include_str!("../../integrations/prairielearn/run.sh");
const PRAIRIELEARN_INFO: &str = include_str!("../../integrations/prairielearn/info.json");

/// Puts the exercises, and the teacher's own checks, into a script.
fn fill(text: &str, course: &Course, exercises: &[&Exercise]) -> String {
    let names: Vec<&str> = exercises.iter().map(|exercise| &*exercise.folder).collect();
    let extra = if course.extra.is_some() { "--extra extra" } else { "" };
    text.replace("@EXERCISES@", &names.join(" ")).replace("@EXTRA@", extra)
}

/// The course without its book and its solutions, and with the stubs as they are in it.
fn course_files(course: &Course) -> Result<Vec<Entry>, StageError> {
    let root = &course.root;
    let mut files = Vec::new();
    for path in ["Cargo.lock", ".cargo/config.toml"] {
        add(root, Path::new(path), &mut files)?;
    }
    for folder in ["grader", "support", "exercises", "integrations"] {
        add(root, Path::new(folder), &mut files)?;
    }
    let manifest = read(&root.join("Cargo.toml"))?;
    let members = ["grader", "support/*", "exercises/*", "exercises/*/model"];
    let bytes = stage::with_members(&manifest, &members);
    files.push(Entry { path: "Cargo.toml".into(), bytes, is_program: false });
    if let Some(extra) = &course.extra {
        let mut own = Vec::new();
        add(extra, Path::new("exercises"), &mut own)?;
        files.extend(within("extra", own));
    }
    Ok(files)
}

fn within(folder: &str, files: Vec<Entry>) -> Vec<Entry> {
    let inside = |entry: Entry| Entry { path: format!("{folder}/{}", entry.path), ..entry };
    files.into_iter().map(inside).collect()
}

fn add(root: &Path, path: &Path, files: &mut Vec<Entry>) -> Result<(), StageError> {
    let whole = root.join(path);
    let failed = |error| StageError { path: whole.clone(), error };
    if whole.is_dir() {
        let mut names: Vec<_> = fs::read_dir(&whole)
            .map_err(failed)?
            .flatten()
            .map(|entry| entry.file_name())
            .filter(|name| name != "target")
            .collect();
        names.sort();
        for name in names {
            add(root, &path.join(name), files)?;
        }
    } else if whole.is_file() {
        let path = path.to_string_lossy().into_owned();
        files.push(Entry { path, bytes: read(&whole)?, is_program: false });
    }
    Ok(())
}

fn read(path: &Path) -> Result<Vec<u8>, StageError> {
    fs::read(path).map_err(|error| StageError { path: path.to_owned(), error })
}

fn mode(entry: &Entry) -> u32 {
    if entry.is_program { 0o755 } else { 0o644 }
}

/// The same files give the same bytes: no time and no user is in it.
fn tar(entries: &[Entry]) -> io::Result<Vec<u8>> {
    let mut archive = tar::Builder::new(Vec::new());
    for entry in entries {
        let mut header = tar::Header::new_gnu();
        header.set_size(entry.bytes.len() as u64);
        header.set_mode(mode(entry));
        archive.append_data(&mut header, &entry.path, &entry.bytes[..])?;
    }
    archive.into_inner()
}

fn zip(entries: &[Entry]) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut bytes);
    for entry in entries {
        let (mut inside, config) = archive
            .new_file(&entry.path)
            .compression_method(rawzip::CompressionMethod::DEFLATE)
            .unix_permissions(mode(entry))
            .start()
            .map_err(io::Error::other)?;
        let level = flate2::Compression::default();
        let encoder = flate2::write::DeflateEncoder::new(&mut inside, level);
        let mut writer = config.wrap(encoder);
        writer.write_all(&entry.bytes)?;
        let (encoder, descriptor) = writer.finish().map_err(io::Error::other)?;
        encoder.finish()?;
        inside.finish(descriptor).map_err(io::Error::other)?;
    }
    archive.finish().map_err(io::Error::other)?;
    Ok(bytes)
}
