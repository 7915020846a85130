//! Where a path of a submission belongs. Pure.

use crate::course::Exercise;

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
pub fn find(path: &str, exercises: &[&Exercise]) -> Option<Place> {
    let parts: Vec<&str> =
        path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    for around in 0..=1 {
        if let Some(["exercises", folder, "src", inside @ ..]) = parts.get(around..)
            && let Some(exercise) = exercises.iter().position(|known| known.folder == *folder)
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

/// Names that a Rust module can have, in a tree that is not deep.
pub fn check_name(inside: &str) -> Result<(), &'static str> {
    let plain = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    };
    let stem = inside.strip_suffix(".rs").unwrap_or(inside);
    if stem.split('/').count() > 6 {
        Err("it lies too deep")
    } else if stem.split('/').all(plain) {
        Ok(())
    } else {
        Err("its name is not one that a module can have")
    }
}

/// Whether a path of an archive would be unpacked elsewhere than in its folder.
pub fn leads_out(path: &str) -> bool {
    path.starts_with('/') || path.split(['/', '\\']).any(|part| part == "..")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::tests::exercise;

    #[test]
    fn a_path_belongs_to_one_exercise_or_to_none() {
        let (first, second) = (exercise("02-race-fix"), exercise("03-rlock"));
        let both = [&first, &second];
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
            assert_eq!(find(path, &[&first]), Some(place), "{path}");
        }
    }

    #[test]
    fn names_and_paths() {
        assert_eq!(check_name("src/deep/er_1.rs"), Ok(()));
        for name in ["src/.rs", "src/a b.rs", "src/../x.rs", "src/a/b/c/d/e/f.rs", "src/ü.rs"] {
            assert!(check_name(name).is_err(), "{name}");
        }
        assert!(leads_out("/etc/passwd") && leads_out("a/../../b") && leads_out("a\\..\\b"));
        assert!(!leads_out("a/..b/c"));
    }
}
