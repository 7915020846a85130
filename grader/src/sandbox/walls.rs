//! What a process inside the sandbox sees of the file system, told to bubblewrap and to Landlock.

use std::path::{Path, PathBuf};

use super::SYSTEM;

/// What is there besides the system's own programs and libraries.
#[derive(Debug)]
pub struct Walls {
    /// Files and folders that may be read.
    pub readable: Vec<PathBuf>,
    /// Folders that may be written.
    pub writable: Vec<PathBuf>,
    /// Where the process starts.
    pub folder: PathBuf,
    /// Whether there is a `/tmp` and a `/dev/shm` to write to.
    pub scratch: bool,
    /// Bytes that fit into each of them.
    pub room: u64,
}

impl Default for Walls {
    fn default() -> Self {
        let (readable, writable) = Default::default();
        Self { readable, writable, folder: "/".into(), scratch: true, room: 64 << 20 }
    }
}

impl Walls {
    /// Bubblewrap's options, up to the `--`.
    pub fn bubblewrap(&self, guard: &Path) -> Vec<String> {
        let mut args: Vec<String> = Vec::new();
        let mut add = |words: &[&str]| args.extend(words.iter().map(|word| (*word).to_owned()));
        add(&["--unshare-user", "--unshare-all", "--die-with-parent", "--new-session"]);
        add(&["--as-pid-1", "--uid", "1000", "--gid", "1000", "--cap-drop", "ALL"]);
        add(&["--hostname", "sandbox"]);
        SYSTEM.iter().for_each(|path| add(&["--ro-bind-try", path, path]));
        // Read-only, so that neither /proc/sys nor /proc/self/mem can be written, whoever we are.
        add(&["--proc", "/proc", "--remount-ro", "/proc", "--dev", "/dev"]);
        for folder in ["/dev/shm", "/tmp"].into_iter().filter(|_| self.scratch) {
            add(&["--size", &self.room.to_string(), "--tmpfs", folder]);
        }
        for path in &self.readable {
            let path = &*path.to_string_lossy();
            add(&["--ro-bind-try", path, path]);
        }
        for path in &self.writable {
            let path = &*path.to_string_lossy();
            add(&["--bind", path, path]);
        }
        add(&["--ro-bind", &guard.to_string_lossy(), "/guard"]);
        if !self.scratch {
            add(&["--remount-ro", "/dev"]);
        }
        // The folders that lead to what is bound lie in memory, which must not be filled either.
        add(&["--remount-ro", "/"]);
        add(&["--chdir", &self.folder.to_string_lossy()]);
        args
    }

    /// The guard's options that say the same. What namespaces make the process's own it may use;
    /// without them `/tmp`, `/dev/shm` and the terminals are everybody's, and it gets none of them.
    /// (An exercise with POSIX shared memory would need a `/dev/shm` of its own, which only
    /// namespaces give: `shm_open` takes no folder.)
    pub fn landlock(&self, namespaces: bool) -> Vec<String> {
        let devices =
            ["/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/proc", "/sys/fs/cgroup"];
        let system = SYSTEM.into_iter().chain(devices).map(PathBuf::from);
        let read = system.chain(self.readable.iter().cloned()).map(|path| ("--read", path));
        // Without namespaces these are everybody's.
        let own: &[&str] = match (namespaces, self.scratch) {
            (true, true) => &["/dev/null", "/dev/tty", "/dev/pts", "/tmp", "/dev/shm"],
            (true, false) => &["/dev/null", "/dev/tty", "/dev/pts"],
            (false, _) => &["/dev/null"],
        };
        let own = own.iter().map(PathBuf::from);
        let write = own.chain(self.writable.iter().cloned()).map(|path| ("--write", path));
        read.chain(write)
            .flat_map(|(option, path)| [option.to_owned(), path.to_string_lossy().into_owned()])
            .collect()
    }
}

/// Where the toolchain and the registry lie. Of cargo's home only what a build reads: not the
/// credentials.
pub fn toolchain(cargo: &Path) -> Vec<PathBuf> {
    let home = std::env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
    let of = |variable: &str, folder: &str| {
        std::env::var_os(variable).map_or_else(|| home.join(folder), PathBuf::from)
    };
    let cargo_home = of("CARGO_HOME", ".cargo");
    let mut paths = vec![of("RUSTUP_HOME", ".rustup")];
    paths.extend(
        ["bin", "registry", "git", "config.toml", "config"].map(|inside| cargo_home.join(inside)),
    );
    // A toolchain that rustup does not know lies around its cargo.
    if cargo.is_absolute() {
        paths.extend(cargo.parent().and_then(Path::parent).map(Path::to_owned));
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_namespaces_nothing_of_everybodys_may_be_written() {
        let walls = Walls { writable: vec!["/own".into()], ..Walls::default() };
        let written = |namespaces: bool| {
            let words = walls.landlock(namespaces);
            let pairs = words.chunks(2).filter(|pair| pair[0] == "--write");
            pairs.map(|pair| pair[1].clone()).collect::<Vec<_>>()
        };
        assert_eq!(written(false), ["/dev/null", "/own"]);
        assert!(written(true).contains(&"/tmp".to_owned()));
        let read = walls.landlock(false);
        assert!(!read.iter().any(|path| path == "/tmp" || path.starts_with("/dev/shm")));
    }
}
