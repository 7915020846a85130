//! The course: every exercise and every check, as `exercise.toml` lists them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

mod manifest;

pub use manifest::{Check, Hint, Kind, Manifest, Permission, Visibility};

/// All exercises of a checkout.
#[derive(Debug, Clone)]
pub struct Course {
    /// The workspace's root.
    pub root: PathBuf,
    /// In the order of their numbers.
    pub exercises: Vec<Exercise>,
    /// A teacher's own checks, laid over the course.
    pub extra: Option<PathBuf>,
}

/// One folder under `exercises/`.
#[derive(Debug, Clone, PartialEq)]
pub struct Exercise {
    /// The number that the folder starts with.
    pub number: u32,
    /// `02-race-fix`.
    pub folder: String,
    /// `race-fix`: the Cargo package, which is the folder without its number.
    pub package: String,
    /// Whether there is a `model/` package.
    pub has_model: bool,
    /// What `exercise.toml` says.
    pub manifest: Manifest,
}

impl Exercise {
    /// The package that holds the test target of checks of this kind.
    pub fn package_of(&self, kind: Kind) -> String {
        match kind {
            Kind::Model => format!("{}-model", self.package),
            _ => self.package.clone(),
        }
    }

    /// The packages that are built of its answers, one for each flavour.
    pub fn packages(&self) -> impl Iterator<Item = String> {
        let model = self.has_model.then(|| self.package_of(Kind::Model));
        std::iter::once(self.package.clone()).chain(model)
    }

    /// What all its checks together are worth.
    pub fn max_points(&self) -> u32 {
        self.manifest.checks.iter().map(|check| check.points).sum()
    }

    /// Whether a learner means this exercise: by folder, package, number or library name.
    pub fn is_called(&self, name: &str) -> bool {
        let name = name.trim_end_matches('/');
        let name = name.strip_prefix("exercises/").unwrap_or(name);
        name == self.folder
            || name == self.package
            || name == self.package.replace('-', "_")
            || name.parse() == Ok(self.number)
    }
}

/// The course, or what was asked of it, is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CourseError {
    /// No workspace with an `exercises` folder was found from here upwards.
    NoCourse(PathBuf),
    /// A file or folder could not be read.
    Unreadable(PathBuf, String),
    /// An `exercise.toml` is malformed.
    Malformed(PathBuf, String),
    /// No exercise is called this; the nearest names.
    Unknown(String, Vec<String>),
}

impl Course {
    /// The course that `from` lies in: the nearest folder upwards with `exercises/` and a manifest.
    ///
    /// # Errors
    /// When there is none, or an `exercise.toml` in it is unreadable or malformed.
    pub fn discover(from: &Path) -> Result<Self, CourseError> {
        let root = from
            .ancestors()
            .find(|folder| folder.join("exercises").is_dir() && folder.join("Cargo.toml").is_file())
            .ok_or_else(|| CourseError::NoCourse(from.to_owned()))?;
        Self::load(root)
    }

    /// The course whose workspace root this is.
    ///
    /// # Errors
    /// When an `exercise.toml` is unreadable or malformed.
    pub fn load(root: &Path) -> Result<Self, CourseError> {
        let folder = root.join("exercises");
        let unreadable =
            |error: io::Error| CourseError::Unreadable(folder.clone(), error.to_string());
        let mut exercises = Vec::new();
        for entry in fs::read_dir(&folder).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if path.join("exercise.toml").is_file() {
                exercises.push(Exercise::load(&path)?);
            }
        }
        exercises.sort_by(|a, b| (a.number, &a.folder).cmp(&(b.number, &b.folder)));
        Ok(Self { root: root.to_owned(), exercises, extra: None })
    }

    /// Lays a teacher's own checks over the course: `folder/exercises/NN-name/exercise.toml` lists
    /// them, and their tests are in files that begin with `extra_`, in `tests/` and `model/tests/`.
    ///
    /// # Errors
    /// When there is no `folder/exercises`, a folder in it is of no exercise, or an `exercise.toml`
    /// is unreadable or malformed.
    pub fn with_extra(mut self, folder: &Path) -> Result<Self, CourseError> {
        let exercises = folder.join("exercises");
        let unreadable = |error: io::Error| {
            let why = format!("{error} (extra checks are in exercises/NN-name)");
            CourseError::Unreadable(exercises.clone(), why)
        };
        for entry in fs::read_dir(&exercises).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let path = entry.path().join("exercise.toml");
            if !path.is_file() {
                continue;
            }
            let name = entry.file_name();
            let Some(exercise) = self.exercises.iter_mut().find(|e| *e.folder == *name) else {
                return Err(self.unknown(&name.to_string_lossy()));
            };
            let text = fs::read_to_string(&path)
                .map_err(|error| CourseError::Unreadable(path.clone(), error.to_string()))?;
            exercise.add(&text).map_err(|what| CourseError::Malformed(path, what))?;
        }
        self.extra = Some(folder.to_owned());
        Ok(self)
    }

    fn unknown(&self, name: &str) -> CourseError {
        let known = self.exercises.iter().map(|exercise| exercise.folder.clone()).collect();
        CourseError::Unknown(name.to_owned(), known)
    }

    /// The exercises that these names mean, in the course's order; all of them for no names.
    ///
    /// # Errors
    /// [`CourseError::Unknown`] for the first name that no exercise has.
    pub fn select(&self, names: &[String]) -> Result<Vec<&Exercise>, CourseError> {
        if let Some(name) =
            names.iter().find(|name| !self.exercises.iter().any(|e| e.is_called(name)))
        {
            return Err(self.unknown(name));
        }
        let wanted = |e: &&Exercise| names.is_empty() || names.iter().any(|name| e.is_called(name));
        Ok(self.exercises.iter().filter(wanted).collect())
    }
}

/// `exercise.toml` of a teacher's own folder.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Extra {
    checks: Vec<Check>,
}

impl Exercise {
    /// Adds the checks that a teacher's own `exercise.toml` lists.
    fn add(&mut self, text: &str) -> Result<(), String> {
        let extra: Extra = toml::from_str(text).map_err(|error| error.to_string())?;
        let checks = extra.checks.into_iter().map(|check| Check { extra: true, ..check });
        self.manifest.checks.extend(checks);
        self.manifest.validate(self.has_model)
    }

    fn load(path: &Path) -> Result<Self, CourseError> {
        let manifest = path.join("exercise.toml");
        let text = fs::read_to_string(&manifest)
            .map_err(|error| CourseError::Unreadable(manifest.clone(), error.to_string()))?;
        let folder = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let has_model = path.join("model/Cargo.toml").is_file();
        Self::parse(&folder, &text, has_model)
            .map_err(|what| CourseError::Malformed(manifest, what))
    }

    /// Reads `exercise.toml` of the folder of that name.
    ///
    /// # Errors
    /// What is wrong with it, and where, in words.
    pub fn parse(folder: &str, toml: &str, has_model: bool) -> Result<Self, String> {
        let (number, package) = folder
            .split_once('-')
            .and_then(|(number, package)| Some((number.parse().ok()?, package.to_owned())))
            .ok_or_else(|| {
                format!("the folder `{folder}` must be named like `02-race-fix`: a number, a dash, the package")
            })?;
        let manifest: Manifest = toml::from_str(toml).map_err(|error| error.to_string())?;
        manifest.validate(has_model)?;
        Ok(Self { number, folder: folder.to_owned(), package, has_model, manifest })
    }
}

impl Manifest {
    fn validate(&self, has_model: bool) -> Result<(), String> {
        if self.checks.is_empty() {
            return Err("there must be at least one [[checks]]".into());
        }
        for (index, check) in self.checks.iter().enumerate() {
            let name = &check.name;
            if self.checks[..index].iter().any(|earlier| earlier.name == *name) {
                return Err(format!("two checks are called `{name}`: give one another name"));
            }
            // Only earlier checks may be needed: so there is no cycle, and the order is a story.
            for need in &check.needs {
                if !self.checks[..index].iter().any(|earlier| earlier.name == *need) {
                    return Err(format!(
                        "`{name}` needs `{need}`, and no earlier check has that name"
                    ));
                }
            }
            if check.kind == Kind::Model && !has_model {
                return Err(format!("`{name}` is a model check, and there is no model/ package"));
            }
        }
        for hint in &self.hints {
            if let Some(check) = &hint.check
                && !self.checks.iter().any(|c| c.name == *check)
            {
                return Err(format!(
                    "a hint is for the check `{check}`, and no check has that name"
                ));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const SMALL: &str = r#"
        title = "T"
        chapter = "C"
        book = "b.md"
        [[checks]]
        name = "a"
        kind = "example"
        points = 2
        promise = "p"
        [[checks]]
        name = "b"
        kind = "speedup"
        points = 3
        promise = "q"
        needs = ["a"]
    "#;

    fn error(toml: &str) -> String {
        Exercise::parse("02-race-fix", toml, false).unwrap_err()
    }

    #[test]
    fn reads_an_exercise() {
        let exercise = Exercise::parse("02-race-fix", SMALL, false).unwrap();
        assert_eq!((exercise.number, &*exercise.package), (2, "race-fix"));
        assert_eq!(exercise.max_points(), 5);
        assert_eq!(exercise.manifest.checks[1].deadline(), Duration::from_secs(60));
    }

    #[test]
    fn extra_checks_are_held_to_the_same_rules() {
        let course = || Course {
            root: PathBuf::new(),
            exercises: vec![Exercise::parse("02-race-fix", SMALL, false).unwrap()],
            extra: None,
        };
        let with = |folder: &str, name: &str, kind: &str, needs: &str| {
            let home = tempfile::tempdir().unwrap();
            let folder = home.path().join("exercises").join(folder);
            fs::create_dir_all(&folder).unwrap();
            let toml = format!(
                "[[checks]]\nname = '{name}'\nkind = '{kind}'\npoints = 1\npromise = 'p'\nneeds = ['{needs}']"
            );
            fs::write(folder.join("exercise.toml"), toml).unwrap();
            course().with_extra(home.path())
        };
        assert_eq!(with("02-race-fix", "c", "example", "a").unwrap().exercises[0].max_points(), 6);
        for (name, kind, needs, expected) in [
            ("c", "example", "c", "`c` needs `c`"),
            ("c", "example", "typo", "`c` needs `typo`"),
            ("c", "model", "a", "no model/ package"),
            ("a", "example", "a", "two checks are called `a`"),
        ] {
            let error = with("02-race-fix", name, kind, needs).unwrap_err();
            assert!(
                matches!(&error, CourseError::Malformed(_, what) if what.contains(expected)),
                "{error:?}"
            );
        }
        let error = with("02-typo", "c", "example", "a").unwrap_err();
        assert!(matches!(error, CourseError::Unknown(name, _) if name == "02-typo"));
        let error = course().with_extra(Path::new("/nowhere")).unwrap_err();
        assert!(matches!(error, CourseError::Unreadable(..)), "{error:?}");
    }

    #[test]
    fn an_exercise_has_four_names() {
        let exercise = Exercise::parse("02-race-fix", SMALL, false).unwrap();
        for name in ["02-race-fix", "race-fix", "race_fix", "2", "02", "exercises/02-race-fix/"] {
            assert!(exercise.is_called(name), "{name}");
        }
        assert!(!exercise.is_called("race"));
    }

    #[test]
    fn says_what_is_wrong() {
        assert!(error(&SMALL.replace("\"b\"", "\"a\"")).contains("two checks are called `a`"));
        assert!(error(&SMALL.replace("[\"a\"]", "[\"z\"]")).contains("needs `z`"));
        assert!(error(&SMALL.replace("speedup", "model")).contains("no model/ package"));
        assert!(error(&SMALL.replace("points = 2", "points = -2")).contains("points"));
        assert!(error(&SMALL.replace("title", "tilte")).contains("tilte"));
        assert!(Exercise::parse("race", SMALL, false).unwrap_err().contains("02-race-fix"));
    }
}
