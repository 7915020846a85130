//! Where a path of a submission belongs. Pure.

use super::NAME;

/// Where an entry belongs.
#[derive(Debug, PartialEq, Eq)]
pub struct Place {
    /// The exercise, by index.
    pub exercise: usize,
    /// The path inside of its folder: `src/lib.rs`.
    pub inside: String,
    /// How it was named.
    pub form: Form,
}

/// How a path names its exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// By its folder: `exercises/02-race-fix/src/lib.rs`.
    Full,
    /// Not at all: `src/lib.rs`. In a whole checkout such a path may be anything.
    Short,
}

/// Where a path belongs. One folder may be around it, as in the archives that forges make. When a
/// single exercise is asked for, `src/lib.rs` and `lib.rs` may belong to it as well.
pub fn find(path: &str, exercises: &[String]) -> Option<Place> {
    let parts = parts(path);
    for around in 0..=1 {
        if let Some(["exercises", folder, "src", inside @ ..]) = parts.get(around..)
            && let Some(exercise) = exercises.iter().position(|known| known == folder)
        {
            let inside = [&["src"], inside].concat().join("/");
            return Some(Place { exercise, inside, form: Form::Full });
        }
    }
    let inside = match (exercises, parts.as_slice()) {
        ([_], ["lib.rs"]) => "src/lib.rs".into(),
        ([_], ["src", ..]) => parts.join("/"),
        ([_], [_, "src", ..]) => parts[1..].join("/"),
        _ => return None,
    };
    Some(Place { exercise: 0, inside, form: Form::Short })
}

/// Whether something in this folder, or further down, may be named in this form.
pub fn may_lead(folder: &str, form: Form, exercises: &[String]) -> bool {
    let parts = parts(folder);
    let is_known = |name: &str| exercises.iter().any(|known| known == name);
    let leads = |parts: &[&str]| match (form, parts) {
        (Form::Full, [] | ["exercises"]) => true,
        (Form::Full, ["exercises", name] | ["exercises", name, "src", ..]) => is_known(name),
        (Form::Short, [] | ["src", ..]) => exercises.len() == 1,
        _ => false,
    };
    leads(&parts) || leads(parts.get(1..).unwrap_or_default())
}

fn parts(path: &str) -> Vec<&str> {
    path.split('/').filter(|part| !part.is_empty() && *part != ".").collect()
}

/// Folders that may lie in one another, `src` included, with the file in the last.
const DEPTH: usize = 6;

/// What is said of what lies deeper.
pub const TOO_DEEP: &str = "it lies too deep: more than 6 levels from src on";

/// Whether a folder lies so deep that no file in it can be taken. The longest way to `src` is
/// `around/exercises/NN-name/src`.
pub fn is_too_deep(folder: &str) -> bool {
    parts(folder).len() > DEPTH + 3
}

/// What systems and editors lay beside files, such as `._lib.rs` and `.#lib.rs`: no module can have such
/// a name, so it is left where it is.
pub fn is_hidden(inside: &str) -> bool {
    inside.rsplit('/').next().is_some_and(|name| name.starts_with('.'))
}

/// Names that a Rust module can have, in a tree that is not deep, and none that cargo would make a
/// program of.
pub fn check_name(inside: &str) -> Result<(), &'static str> {
    let plain = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    };
    let stem = inside.strip_suffix(".rs").unwrap_or(inside);
    if stem.split('/').count() > DEPTH {
        Err(TOO_DEEP)
    } else if stem.split('/').any(|part| part.len() > NAME) {
        Err("its name, or that of a folder around it, is longer than 100 bytes")
    } else if !stem.split('/').all(plain) {
        Err("its name is not one that a module can have: leave it out, or rename it")
    } else if is_target(stem) {
        Err("cargo would make a program of it: choose another name")
    } else {
        Ok(())
    }
}

/// `src/main.rs`, and all in `src/bin/`. On some file systems capital letters are the same.
fn is_target(stem: &str) -> bool {
    let parts: Vec<String> = stem.split('/').map(str::to_ascii_lowercase).collect();
    matches!(
        parts.iter().map(String::as_str).collect::<Vec<_>>()[..],
        ["src", "main"] | ["src", "bin", _, ..]
    )
}

/// Whether a path of an archive would be unpacked elsewhere than in its folder.
pub fn leads_out(path: &[u8]) -> bool {
    let is_separator = |byte: &u8| matches!(byte, b'/' | b'\\');
    path.starts_with(b"/") || path.split(is_separator).any(|part| part == b"..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_belongs_to_one_exercise_or_to_none() {
        let both = ["02-race-fix", "03-rlock"].map(str::to_owned);
        let found =
            |path| find(path, &both).map(|place| format!("{} {}", place.exercise, place.inside));
        for (path, expected) in [
            ("exercises/02-race-fix/src/lib.rs", Some("0 src/lib.rs")),
            ("repo-main/exercises/03-rlock/src/a/b.rs", Some("1 src/a/b.rs")),
            ("./exercises/02-race-fix/src/lib.rs", Some("0 src/lib.rs")),
            ("a/b/exercises/02-race-fix/src/lib.rs", None),
            ("exercises/02-race-fix/tests/examples.rs", None),
            ("exercises/02-race-fix/Cargo.toml", None),
            ("exercises/04-other/src/lib.rs", None),
            ("src/lib.rs", None),
            ("Cargo.toml", None),
        ] {
            assert_eq!(found(path).as_deref(), expected, "{path}");
        }
        for path in ["lib.rs", "src/lib.rs", "answer/src/lib.rs"] {
            let place = Place { exercise: 0, inside: "src/lib.rs".into(), form: Form::Short };
            assert_eq!(find(path, &both[..1]), Some(place), "{path}");
        }
    }

    #[test]
    fn folders_lead_to_what_is_found_in_them() {
        let both = ["02-race-fix", "03-rlock"].map(str::to_owned);
        let long = "around/exercises/02-race-fix/src/deep/er";
        for (folder, full, short) in [
            ("", true, true),
            ("exercises", true, true),
            ("exercises/02-race-fix", true, false),
            ("exercises/04-other", false, false),
            ("exercises/02-race-fix/tests", false, false),
            (long, true, false),
            ("src/deep", false, true),
            ("around/src", false, true),
            ("a/b/exercises", false, false),
        ] {
            assert_eq!(may_lead(folder, Form::Full, &both[..1]), full, "{folder}");
            assert_eq!(may_lead(folder, Form::Short, &both[..1]), short, "{folder}");
        }
        assert!(!may_lead("src", Form::Short, &both));
        // All that leads to what is found may lead there.
        for (at, _) in long.match_indices('/') {
            assert!(may_lead(&long[..at], Form::Full, &both), "{}", &long[..at]);
        }
    }

    #[test]
    fn names_and_paths() {
        for name in ["src/deep/er_1.rs", "src/deep/main.rs", "src/deep/bin/x.rs", "src/bin.rs"] {
            assert_eq!(check_name(name), Ok(()), "{name}");
        }
        assert!(
            is_hidden("src/._lib.rs") && is_hidden("src/a/.#b.rs") && !is_hidden("src/.a/b.rs")
        );
        let long = format!("src/{}.rs", "a".repeat(101));
        for (name, reason) in [
            ("src/.rs", "not one that a module"),
            ("src/a b.rs", "not one that a module"),
            ("src/../x.rs", "not one that a module"),
            ("src/ü.rs", "not one that a module"),
            ("src/a/b/c/d/e/f.rs", "6 levels"),
            (&long, "100 bytes"),
            ("src/main.rs", "a program"),
            ("src/Main.rs", "a program"),
            ("src/bin/guard.rs", "a program"),
            ("src/bin/guard/main.rs", "a program"),
        ] {
            assert!(check_name(name).unwrap_err().contains(reason), "{name}");
        }
        for path in ["/etc/passwd", "a/../../b", "a\\..\\b", ".."] {
            assert!(leads_out(path.as_bytes()), "{path}");
        }
        assert!(!leads_out(b"a/..b/c"));
    }
}
