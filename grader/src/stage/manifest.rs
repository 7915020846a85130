//! The stage's manifests: the course's own, with other members, and with a teacher's own tests.

use toml::{Table, Value};

/// The root manifest, with the stage's members instead of the course's.
pub(super) fn of_stage(manifest: &[u8]) -> Vec<u8> {
    let manifest = with_members(manifest, &["support/*", "exercises/*", "exercises/*/model"]);
    without_profile(&manifest, "sha2")
}

/// The root manifest with these members.
pub(crate) fn with_members(manifest: &[u8], members: &[&str]) -> Vec<u8> {
    let text = String::from_utf8_lossy(manifest);
    // A manifest that does not parse goes on as it is: cargo says best what is wrong with it.
    let Ok(mut table) = text.parse::<Table>() else { return manifest.to_vec() };
    if let Some(Value::Table(workspace)) = table.get_mut("workspace") {
        let members: Vec<Value> = members.iter().map(|&member| member.into()).collect();
        workspace.insert("members".into(), members.into());
        workspace.remove("default-members");
    }
    table.to_string().into_bytes()
}

/// The root manifest without the profile of a package that only the grader needs: cargo would warn.
fn without_profile(manifest: &[u8], package: &str) -> Vec<u8> {
    let text = String::from_utf8_lossy(manifest);
    let Ok(mut table) = text.parse::<Table>() else { return manifest.to_vec() };
    let packages = table.get_mut("profile").and_then(|all| all.get_mut("dev")?.get_mut("package"));
    if let Some(packages) = packages.and_then(Value::as_table_mut) {
        packages.remove(package);
    }
    table.to_string().into_bytes()
}

/// A package's manifest with one more test, of this name, in `tests/`: nothing is a test because of
/// where it lies.
pub(super) fn with_test(manifest: &[u8], name: &str) -> Vec<u8> {
    let text = String::from_utf8_lossy(manifest);
    let Ok(mut table) = text.parse::<Table>() else { return manifest.to_vec() };
    let tests = table.entry("test").or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(tests) = tests {
        let test = [("name", name.to_owned()), ("path", format!("tests/{name}.rs"))];
        let test = test.into_iter().map(|(key, value)| (key.to_owned(), Value::String(value)));
        tests.push(Value::Table(test.collect()));
    }
    table.to_string().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(manifest: Vec<u8>) -> Table {
        String::from_utf8(manifest).unwrap().parse().unwrap()
    }

    #[test]
    fn the_stage_has_its_own_members() {
        let manifest = b"[workspace]\nmembers = [\"grader\"]\ndefault-members = []\n";
        let table = table(of_stage(manifest));
        assert_eq!(table["workspace"]["members"][0].as_str(), Some("support/*"));
        assert!(table["workspace"].get("default-members").is_none());
        let profiles = b"[profile.dev.package.sha2]\nopt-level=3\n[profile.dev.package.x]\na=1\n";
        let profiles = of_stage(profiles);
        assert_eq!(String::from_utf8_lossy(&profiles).trim(), "[profile.dev.package.x]\na = 1");
    }

    #[test]
    fn a_test_more_is_listed_after_the_others() {
        let one = with_test(b"[package]\nname = 'a'\n[dependencies]\n", "extra_examples");
        let two = table(with_test(&one, "extra_model"));
        let names = two["test"].as_array().unwrap().iter().map(|test| test["name"].as_str());
        assert_eq!(names.collect::<Vec<_>>(), [Some("extra_examples"), Some("extra_model")]);
        assert_eq!(two["test"][1]["path"].as_str(), Some("tests/extra_model.rs"));
        assert_eq!(with_test(b"not [toml", "x"), b"not [toml");
    }
}
