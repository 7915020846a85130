//! The objects of a repository: looked over for what is none, then unpacked by git.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use crate::intake::beneath;

/// Files that the objects of a repository may lie in.
const FILES: usize = 200_000;

/// Why the objects of this repository are not to be used.
pub fn untrusted(root: &File) -> Option<String> {
    look_over(root).err()
}

fn look_over(root: &File) -> Result<(), String> {
    let objects = folder(root, "objects", "objects")?;
    let mut left = FILES;
    for name in names(&objects, "objects", &mut left)? {
        let inside = format!("objects/{name}");
        if name == "info" {
            for borrowed in ["alternates", "http-alternates"] {
                refuse_loan(&folder(&objects, "info", &inside)?, borrowed)?;
            }
        } else if name == "pack" || (name.len() == 2 && name.bytes().all(|b| b.is_ascii_hexdigit()))
        {
            only_files(&folder(&objects, &name, &inside)?, &inside, &mut left)?;
        }
    }
    Ok(())
}

fn refuse_loan(info: &File, name: &str) -> Result<(), String> {
    match beneath::file(info, name) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        _ => Err(format!(
            "it borrows objects from another repository (objects/info/{name}): hand in a clone that \
             has its own, made with --no-local"
        )),
    }
}

/// A link to a file would be read wherever that is, and a pipe for ever.
fn only_files(folder: &File, inside: &str, left: &mut usize) -> Result<(), String> {
    let unreadable = |error: io::Error| format!("{inside} cannot be read: {error}");
    for entry in beneath::entries(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        count(left)?;
        if !entry.file_type().map_err(unreadable)?.is_file() {
            let name = entry.file_name().to_string_lossy().into_owned();
            return Err(format!("{inside}/{name} is not a regular file"));
        }
    }
    Ok(())
}

fn names(folder: &File, inside: &str, left: &mut usize) -> Result<Vec<String>, String> {
    let unreadable = |error: io::Error| format!("{inside} cannot be read: {error}");
    let mut names = Vec::new();
    for entry in beneath::entries(folder).map_err(unreadable)? {
        count(left)?;
        names.extend(entry.map_err(unreadable)?.file_name().into_string());
    }
    Ok(names)
}

fn count(left: &mut usize) -> Result<(), String> {
    *left = left.checked_sub(1).ok_or("it has more than 200 000 files of objects")?;
    Ok(())
}

fn folder(around: &File, name: &str, inside: &str) -> Result<File, String> {
    beneath::folder(around, name).map_err(|error| format!("{inside} is not a folder: {error}"))
}

/// What git says of an object before it gives it.
#[derive(Debug, PartialEq, Eq)]
pub struct Header {
    /// Its whole name.
    pub id: String,
    /// `commit`, `tree`, `blob` or `tag`.
    pub kind: String,
    /// Its bytes.
    pub size: u64,
}

/// Git at work: one process that says what objects are, one that gives what is in them.
pub struct Objects {
    headers: Batch,
    contents: Batch,
}

impl Objects {
    /// Starts git in one half of a skeleton.
    ///
    /// # Errors
    /// When it does not start.
    pub fn open(git: &Path, skeleton: &Path, is_sha256: bool) -> io::Result<Self> {
        let start = |mode| Batch::start(git, skeleton, is_sha256, mode);
        Ok(Self { headers: start("--batch-check")?, contents: start("--batch")? })
    }

    /// What an object is; `None` if there is none of that name.
    ///
    /// # Errors
    /// When git gave up.
    pub fn header(&mut self, name: &str) -> io::Result<Option<Header>> {
        self.headers.ask(name)
    }

    /// An object that is known to be of this size.
    ///
    /// # Errors
    /// When git gave up, or there is another object.
    pub fn content(&mut self, header: &Header) -> io::Result<Vec<u8>> {
        if self.contents.ask(&header.id)?.as_ref() != Some(header) {
            return Err(damaged());
        }
        // One byte more ends the answer.
        let mut bytes = Vec::new();
        self.contents.stdout.by_ref().take(header.size + 1).read_to_end(&mut bytes)?;
        if bytes.pop() != Some(b'\n') || bytes.len() as u64 != header.size {
            return Err(damaged());
        }
        Ok(bytes)
    }
}

/// Git's own words for it go to people who can mend it; here it is enough that it gave up.
fn damaged() -> io::Error {
    io::Error::other("an object is damaged, or takes more memory than there is for it")
}

struct Batch {
    git: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
}

/// Longer than any header.
const LINE: u64 = 4096;

impl Batch {
    fn start(git: &Path, skeleton: &Path, is_sha256: bool, mode: &str) -> io::Result<Self> {
        let mut git = Command::new(git)
            .args(["--no-pager", "cat-file", mode])
            .current_dir("/")
            .env_clear()
            .env("GIT_DIR", skeleton.join(if is_sha256 { "sha256" } else { "sha1" }))
            .env("GIT_OBJECT_DIRECTORY", skeleton.join("objects"))
            .envs([("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_CONFIG_GLOBAL", "/dev/null")])
            .envs([("GIT_NO_REPLACE_OBJECTS", "1"), ("GIT_NO_LAZY_FETCH", "1")])
            .envs([("GIT_ATTR_NOSYSTEM", "1"), ("GIT_TERMINAL_PROMPT", "0"), ("LC_ALL", "C")])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let stdin = git.stdin.take().expect("it is piped");
        let stdout = BufReader::new(git.stdout.take().expect("it is piped"));
        Ok(Self { git, stdin, stdout })
    }

    fn ask(&mut self, name: &str) -> io::Result<Option<Header>> {
        self.stdin.write_all(format!("{name}\n").as_bytes()).map_err(|_| damaged())?;
        let mut line = String::new();
        self.stdout.by_ref().take(LINE).read_line(&mut line)?;
        let Some(said) = line.strip_suffix('\n') else { return Err(damaged()) };
        Ok(parse(said))
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        let _ = self.git.kill();
        let _ = self.git.wait();
    }
}

/// `ID KIND SIZE`, or that there is no such object, or more than one.
fn parse(line: &str) -> Option<Header> {
    let mut words = line.split(' ');
    let (id, kind, size) = (words.next()?, words.next()?, words.next()?);
    let size = size.parse().ok().filter(|_| words.next().is_none())?;
    Some(Header { id: id.into(), kind: kind.into(), size })
}
