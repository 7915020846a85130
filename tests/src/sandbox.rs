//! A machine that lets nobody have namespaces.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use tempfile::TempDir;

/// A folder with a bubblewrap that says what the real one says where namespaces are not allowed.
///
/// # Panics
/// When there is no room for it.
pub fn without_namespaces() -> TempDir {
    let folder = tempfile::tempdir().expect("there is room for a temporary folder");
    let program = folder.path().join("bwrap");
    let script = "#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n";
    fs::write(&program, script).expect("the folder is ours");
    let mode = fs::Permissions::from_mode(0o755);
    fs::set_permissions(&program, mode).expect("the file is ours");
    folder
}

/// `PATH`, with this folder first.
pub fn path_with(first: &Path) -> OsString {
    let mut path = first.as_os_str().to_owned();
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    path
}
