//! What stands between an answer and the machine, without root and without a daemon.
//!
//! ```text
//! supervisor → bubblewrap (namespaces, read-only system) → guard (limits, Landlock, seccomp) → check
//! ```
//!
//! Bubblewrap gives user, mount, PID, network, IPC and host name namespaces: no network, no other
//! processes, no file but those that are named here, a small `/tmp` that is gone afterwards. The
//! guard (`support/guard`) is process 1 inside. Where namespaces are not allowed, as in most
//! containers, the guard alone is what remains: then a check gets a folder of its own for temporary
//! files, made by its supervisor, and the builds of a grading get another; neither may read or write
//! anything else that is everybody's. Which layers hold is not looked up but measured, by
//! sending a program through the whole of it, and the report names them.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::build::{self, BuildError};
use crate::process::{Job, Scratch};
use crate::stage::Stage;

mod settings;
mod walls;

use walls::Walls;

/// How much of a sandbox is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Wanted {
    /// None: the learner's own machine and the learner's own code.
    #[default]
    Off,
    /// As much as this machine has.
    Auto,
    /// All of it, or no verdict.
    Require,
}

/// A sandbox that was seen to hold.
#[derive(Debug)]
pub struct Sandbox {
    guard: PathBuf,
    namespaces: bool,
    layers: Vec<String>,
    /// Where compilers put temporary files, when they have no `/tmp` of their own.
    scratch: Option<Scratch>,
}

/// There is no sandbox as it was asked for.
#[derive(Debug)]
pub enum SandboxError {
    /// The guard could not be built.
    Guard(BuildError),
    /// This machine does not have what is required; what was tried and what it said.
    Missing(String),
    /// There is no room for temporary files.
    Scratch(io::Error),
}

/// Bytes of address space for one process of a build: what a compiler needs, and macro bombs do not.
const COMPILER_MEMORY: u64 = 4 << 30;
/// CPU seconds for one process of a build.
const COMPILER_CPU: u64 = 60;
/// Bytes of one file that a check writes.
const FILE: u64 = 64 << 20;
/// Files that one process of a check may have open.
const FILES: u64 = 1024;

/// Processes and threads of a reader and the programs that it starts.
const READER_TASKS: u64 = 32;

/// What every program needs to start. Paths that are not there are left out.
const SYSTEM: [&str; 9] = [
    "/usr",
    "/bin",
    "/sbin",
    "/lib",
    "/lib32",
    "/lib64",
    "/etc/ld.so.cache",
    "/etc/alternatives",
    "/nix/store",
];

impl Sandbox {
    /// Builds the guard and finds out what this machine has; `None` if nothing is wanted, or there
    /// is nothing and that is allowed.
    ///
    /// # Errors
    /// When the guard cannot be built, or something that is required is missing.
    pub fn open(stage: &Stage, wanted: Wanted) -> Result<Option<Self>, SandboxError> {
        if wanted == Wanted::Off {
            return Ok(None);
        }
        let guard = build::guard(stage).map_err(SandboxError::Guard)?;
        let mut said = String::new();
        for namespaces in [true, false] {
            let scratch = (!namespaces).then(|| Scratch::new(&std::env::temp_dir()));
            let scratch = scratch.transpose().map_err(SandboxError::Scratch)?;
            let (guard, layers) = (guard.clone(), Vec::new());
            let mut sandbox = Self { guard, namespaces, layers, scratch };
            match sandbox.measure() {
                Ok(layers) => {
                    sandbox.layers = layers;
                    return match wanted {
                        Wanted::Require if !sandbox.is_full() => Err(SandboxError::Missing(said)),
                        _ => Ok(Some(sandbox)),
                    };
                }
                Err(why) => said += &why,
            }
        }
        match wanted {
            Wanted::Require => Err(SandboxError::Missing(said)),
            Wanted::Auto | Wanted::Off => Ok(None),
        }
    }

    /// The layers that hold, from the outside inwards.
    pub fn level(&self) -> String {
        let namespaces = self.namespaces.then_some("namespaces");
        let layers = namespaces.into_iter().chain(self.layers.iter().map(String::as_str));
        layers.collect::<Vec<_>>().join(", ")
    }

    /// Landlock adds to namespaces what these have already, so it is not among what is required.
    fn is_full(&self) -> bool {
        let held = |layer: &str| self.layers.iter().any(|held| held == layer);
        self.namespaces && held("rlimits") && held("seccomp")
    }

    /// Runs a program that does nothing, and returns the layers that the guard says hold.
    fn measure(&self) -> Result<Vec<String>, String> {
        let limits = ["--tasks", "1024"].map(str::to_owned);
        let (program, args) = self.around(&Walls::default(), &limits, "/bin/true", &[]);
        let output = Command::new(&program).args(args).stdin(Stdio::null()).output();
        let output = output.map_err(|error| format!("{}: {error}\n", program.display()))?;
        let said = String::from_utf8_lossy(&output.stdout);
        match said.split_once('\n') {
            Some((ready, "exited 0\n")) => {
                Ok(ready.split(' ').skip(1).map(str::to_owned).collect())
            }
            _ => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
        }
    }

    /// Puts a check inside. It may read `readable`, and write where everybody may.
    pub fn enclose(&self, job: &mut Job, readable: Vec<PathBuf>) {
        let mut readable = readable;
        readable.push(job.program.clone());
        let walls = Walls { readable, folder: job.folder.clone(), ..Walls::default() };
        // A check uses as many seconds of CPU as it has threads; the deadline is the supervisor's.
        let cpu = (job.limits.millis / 1000 + 1) * 16;
        let limits =
            [("--cpu", cpu), ("--file", FILE), ("--files", FILES), ("--tasks", job.limits.tasks)];
        let mut limits: Vec<String> =
            limits.iter().flat_map(|(name, n)| [(*name).to_owned(), n.to_string()]).collect();
        if !self.namespaces {
            let own = ["--shared", "yes", "--write-named", "TMPDIR"];
            limits.extend(own.map(str::to_owned));
        }
        let (program, args) =
            self.around(&walls, &limits, &job.program.to_string_lossy(), &job.args);
        job.program = program;
        job.args = args;
        job.environment.retain(|(name, _)| name == "LD_LIBRARY_PATH");
        for (name, value) in [("PATH", "/usr/bin:/bin"), ("HOME", "/tmp"), ("TMPDIR", "/tmp")] {
            job.environment.push((name.into(), value.into()));
        }
        // With namespaces the whole of /tmp is the check's own. Without them it is everybody's, and
        // the supervisor says where the check's own folder is.
        job.temporary = (!self.namespaces).then(|| "/tmp".into());
        job.guards = if self.namespaces { 2 } else { 1 };
    }

    /// A command that runs cargo inside: it may read the toolchain and the registry, and write to
    /// the stage's target folder alone, and temporary files.
    pub fn cargo(&self, cargo: &Path, stage: &Stage) -> Command {
        let own = self.scratch.as_ref().map(Scratch::path);
        let around = walls::toolchain(cargo).into_iter().chain(settings::around(&stage.root));
        let walls = Walls {
            readable: around.chain([stage.root.clone()]).collect(),
            writable: std::iter::once(&*stage.target).chain(own).map(Path::to_owned).collect(),
            folder: stage.root.clone(),
            room: 1 << 30,
            ..Walls::default()
        };
        let limits = [
            ("--cpu", COMPILER_CPU.to_string()),
            ("--memory", COMPILER_MEMORY.to_string()),
            ("--silent", "yes".to_owned()),
        ];
        let limits: Vec<String> =
            limits.into_iter().flat_map(|(name, value)| [name.to_owned(), value]).collect();
        let (program, args) = self.around(&walls, &limits, &cargo.to_string_lossy(), &[]);
        let mut command = Command::new(program);
        command.args(args).env("PATH", path_with(cargo.parent()));
        command.env("TMPDIR", own.unwrap_or(Path::new("/tmp")));
        command
    }

    /// A command that runs one of the grader's readers inside: it may read these files and folders,
    /// and write nothing at all.
    pub fn reader(&self, program: &Path, subcommand: &str, readable: Vec<PathBuf>) -> Command {
        let mut readable = readable;
        readable.push(program.to_owned());
        let walls = Walls { readable, scratch: false, ..Walls::default() };
        let limits = ["--silent", "yes", "--tasks", &READER_TASKS.to_string()].map(str::to_owned);
        let (program, args) =
            self.around(&walls, &limits, &program.to_string_lossy(), &[subcommand.to_owned()]);
        let mut command = Command::new(program);
        command.args(args);
        command
    }

    /// The program and its arguments, in all layers.
    fn around(
        &self,
        walls: &Walls,
        limits: &[String],
        program: &str,
        args: &[String],
    ) -> (PathBuf, Vec<String>) {
        let mut guarded = limits.to_vec();
        let inside = if self.namespaces { "/guard".to_owned() } else { self.guard_path() };
        guarded.extend(walls.landlock(self.namespaces));
        guarded.extend(["--".to_owned(), program.to_owned()]);
        guarded.extend_from_slice(args);
        if !self.namespaces {
            return (inside.into(), guarded);
        }
        let mut all = walls.bubblewrap(&self.guard);
        all.extend(["--".to_owned(), inside]);
        all.extend(guarded);
        ("bwrap".into(), all)
    }

    fn guard_path(&self) -> String {
        self.guard.to_string_lossy().into_owned()
    }
}

/// `PATH`, beginning with the toolchain's own programs: there cargo finds its subcommands, whether or
/// not rustup's links to them may be followed.
fn path_with(toolchain: Option<&Path>) -> OsString {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let toolchain = toolchain.filter(|folder| folder.is_absolute()).map(Path::to_owned);
    let folders = toolchain.into_iter().chain(std::env::split_paths(&path));
    // A folder whose name has a colon cannot be in it.
    std::env::join_paths(folders).unwrap_or(path)
}
