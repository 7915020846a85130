//! Settings that cargo and rustup find in the folders around the one they work in.
//!
//! They hold inside the sandbox as they do outside. Landlock hides no names: what is found and may
//! not be read is an error to cargo, not a file that is not there.

use std::fs;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

const CARGO: [&str; 2] = [".cargo/config.toml", ".cargo/config"];
const RUSTUP: [&str; 2] = ["rust-toolchain.toml", "rust-toolchain"];

/// The files of settings around `folder`, and the folders of packages that they name, as those of
/// `cargo vendor`. Not all of them need be there.
pub fn around(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for around in folder.ancestors() {
        found.extend(RUSTUP.map(|file| around.join(file)));
        for file in CARGO.map(|file| around.join(file)) {
            let table = fs::read_to_string(&file).ok().and_then(|text| text.parse().ok());
            found.extend(table.iter().flat_map(packages).map(|path| around.join(path)));
            found.push(file);
        }
    }
    found
}

/// Folders of packages, relative to the folder in which `.cargo` lies.
fn packages(settings: &Table) -> Vec<&str> {
    let sources = settings.get("source").and_then(Value::as_table);
    let replaced = sources
        .into_iter()
        .flat_map(Table::values)
        .flat_map(|source| [source.get("directory"), source.get("local-registry")])
        .flatten();
    let local = settings.get("paths").and_then(Value::as_array).into_iter().flatten();
    replaced.chain(local).filter_map(Value::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vendored_packages_are_among_what_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let stage = folder.path().join("target/stage");
        fs::create_dir_all(folder.path().join(".cargo")).unwrap();
        let settings = "paths = ['near']\n[source.crates-io]\nreplace-with = 'v'\n\
                        [source.v]\ndirectory = 'vendor'\n[source.w]\nlocal-registry = '/w'";
        fs::write(folder.path().join(".cargo/config.toml"), settings).unwrap();
        let found = around(&stage);
        for path in [".cargo/config.toml", "vendor", "near", "/w"] {
            assert!(found.contains(&folder.path().join(path)), "{path} in {found:?}");
        }
        assert!(found.contains(&stage.join("rust-toolchain.toml")), "{found:?}");
    }

    #[test]
    fn settings_that_cannot_be_read_name_nothing() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join(".cargo")).unwrap();
        fs::write(folder.path().join(".cargo/config"), "source = 1 = 2").unwrap();
        assert!(around(folder.path()).contains(&folder.path().join(".cargo/config")));
    }
}
