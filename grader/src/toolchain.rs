//! Which compiler builds the answers, and which grader judges them.

use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

use crate::build;

/// `rustc --version`, asked once for each compiler: asking costs more than all cached verdicts.
pub fn version(home: &Path) -> String {
    let rustc = build::cargo().with_file_name("rustc");
    let Ok(stamp) = stamp(&rustc) else {
        return ask_version(Path::new("rustc"));
    };
    let stamp = format!("{} {stamp}\n", rustc.display());
    let file = home.join("toolchain");
    if let Some(version) =
        fs::read_to_string(&file).ok().and_then(|text| Some(text.strip_prefix(&stamp)?.to_owned()))
    {
        return version;
    }
    let version = ask_version(&rustc);
    let _ = fs::write(&file, format!("{stamp}{version}"));
    version
}

/// Which build of the grader this is: after `git pull` it is another one, whatever its version.
pub fn grader() -> String {
    let built = stamp(Path::new("/proc/self/exe")).unwrap_or_default();
    format!("{} {built}", env!("CARGO_PKG_VERSION"))
}

fn stamp(program: &Path) -> io::Result<String> {
    let metadata = fs::metadata(program)?;
    Ok(format!("{} {:?}", metadata.len(), metadata.modified()?))
}

fn ask_version(rustc: &Path) -> String {
    let output = Command::new(rustc).arg("--version").output();
    output.map_or_else(|_| "unknown".into(), |o| String::from_utf8_lossy(&o.stdout).trim().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_was_built_again_has_another_stamp() {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("grader");
        fs::write(&program, "one").unwrap();
        let before = stamp(&program).unwrap();
        assert_eq!(stamp(&program).unwrap(), before);
        fs::write(&program, "three").unwrap();
        assert_ne!(stamp(&program).unwrap(), before);
        assert!(grader().len() > env!("CARGO_PKG_VERSION").len() + 1, "it finds itself");
    }
}
