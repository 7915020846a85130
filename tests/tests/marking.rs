//! What teachers rely on: scores, hidden checks, signatures, exports, and integrations that run.

use std::fs;
use std::path::Path;
use std::process::Command;

use course_tests::{Submission, check, grade, report_of, root, run};
use serde_json::Value;

fn solution() -> String {
    fs::read_to_string(root().join("solutions/02-race-fix/lib.rs")).unwrap()
}

/// An answer that passes every check but those of the model checker.
fn racy() -> Submission {
    let stub = root().join("exercises/02-race-fix/src/lib.rs");
    Submission::new("02-race-fix", &fs::read_to_string(stub).unwrap())
}

#[test]
fn a_score_may_be_enough() {
    let submission = racy();
    let path = submission.path().to_str().unwrap();
    for (percent, expected) in [("1", 0), ("99", 1)] {
        let (code, text) = run(&mut grade(&["--submission", path, "2", "--min-score", percent]));
        assert_eq!(code, expected, "{text}");
    }
}

#[test]
fn a_report_is_signed_and_any_change_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let openssl = |arguments: &[&str]| {
        let status = Command::new("openssl").args(arguments).current_dir(folder.path()).status();
        assert!(status.is_ok_and(|status| status.success()), "openssl {arguments:?}");
    };
    openssl(&["genpkey", "-algorithm", "ed25519", "-out", "key.pem"]);
    openssl(&["pkey", "-in", "key.pem", "-pubout", "-out", "public.pem"]);
    let (export, key) = (format!("json={}", path("report.json")), path("key.pem"));
    let (code, text) = run(&mut grade(&["--solutions", "2", "--export", &export, "--sign", &key]));
    assert_eq!(code, 0, "{text}");
    // Whoever has no `cargo grade` verifies with OpenSSL.
    let verify = ["pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", "public.pem"];
    openssl(&[&verify[..], &["-in", "report.json", "-sigfile", "report.json.sig"]].concat());
    let verify =
        || run(&mut grade(&["verify", &path("report.json"), "--key", &path("public.pem")]));
    let (code, text) = verify();
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("The signature fits") && text.contains("02-race-fix: answer "), "{text}");
    let report = fs::read_to_string(path("report.json")).unwrap();
    let forged = report.replacen("\"points\": 1", "\"points\": 2", 1);
    assert_ne!(forged, report);
    fs::write(path("report.json"), forged).unwrap();
    let (code, text) = verify();
    assert_eq!(code, 1, "{text}");
}

#[test]
fn a_teachers_own_checks_are_laid_over_the_course() {
    let extra = tempfile::tempdir().unwrap();
    let folder = extra.path().join("exercises/02-race-fix");
    fs::create_dir_all(folder.join("tests")).unwrap();
    let manifest = "[[checks]]\nname = \"counts_to_a_thousand\"\nkind = \"example\"\npoints = 5\npromise = \"It counts far.\"\nvisibility = \"hidden\"\nneeds = [\"counts_alone\"]\n";
    fs::write(folder.join("exercise.toml"), manifest).unwrap();
    let tests = "//! Hidden.\n\nuse checks::example;\nuse race_fix::SharedCounter;\n\n#[test]\nfn counts_to_a_thousand() {\n    example(|| {\n        let counter = SharedCounter::new(0);\n        (0..1000).for_each(|_| counter.incr(1));\n        assert_eq!(counter.get(), 1000);\n    });\n}\n";
    fs::write(folder.join("tests/extra_examples.rs"), tests).unwrap();
    let submission = Submission::new("02-race-fix", &solution());
    let extra = extra.path().to_str().unwrap();
    let (code, report) = submission.grade("2", &["--extra", extra]);
    assert_eq!(code, 0, "{report:#}");
    let own = check(&report, "counts_to_a_thousand");
    assert_eq!((&own["points"], &own["visibility"]), (&5.into(), &"hidden".into()));
    // The next run without them has them no longer.
    let (_, report) = submission.grade("2", &[]);
    assert!(!report.to_string().contains("counts_to_a_thousand"));
}

/// Not without the checks that were meant.
#[test]
fn a_teachers_folder_that_is_not_there_stops_everything() {
    let home = tempfile::tempdir().unwrap();
    let path = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
    let (zip, typo, submission) =
        (path("a.zip"), path("typo"), root().join("tests/attacks/honest/modules"));
    for arguments in [
        &["pack", "gradescope", "2", "-o", &*zip, "--extra", &*typo][..],
        &["--submission", submission.to_str().unwrap(), "2", "--extra", &*typo],
    ] {
        let (code, text) = run(&mut grade(arguments));
        assert_eq!(code, 2, "{text}");
        assert!(text.contains("typo/exercises"), "{text}");
    }
    assert!(!Path::new(&zip).exists());
}

#[test]
fn a_strict_run_says_what_it_rests_on() {
    let submission = Submission::new("02-race-fix", &solution());
    let (code, report) = submission.grade("2", &["--strict"]);
    assert_eq!(code, 0, "{report:#}");
    assert_eq!(report["grader"]["policy"], "strict");
    assert_ne!(report["seed"], 1, "nobody knows it before");
    let (_, again) = submission.grade("2", &["--strict"]);
    assert_ne!(report["seed"], again["seed"]);
    assert!(
        again["exercises"][0]["checks"].as_array().unwrap().iter().all(|c| c["cached"] == false)
    );
}

#[test]
fn a_refusal_names_file_and_line() {
    let source =
        format!("{}\n/// Leaves.\npub fn leave() {{\n    std::process::exit(0)\n}}\n", solution());
    let line = source.lines().position(|line| line.contains("process::exit")).unwrap() + 1;
    let (code, report) = Submission::new("02-race-fix", &source).grade("2", &["--strict"]);
    let first = &report["exercises"][0]["checks"][0];
    assert_eq!((code, &first["fault"]), (1, &"forbidden".into()), "{report:#}");
    let place = &first["evidence"][0]["at"];
    assert_eq!(place["file"], "exercises/02-race-fix/src/lib.rs");
    assert_eq!(place["line"], line);
}

/// Every reference answer, graded as strictly as a submission: the policy allows what they need.
#[test]
fn the_policy_allows_what_the_exercises_need() {
    let (_, report) = report_of(&mut grade(&["--solutions", "--strict", "--format", "json"]));
    for exercise in report["exercises"].as_array().unwrap() {
        for check in exercise["checks"].as_array().unwrap() {
            let verdict = check["verdict"].as_str().unwrap();
            assert!(
                ["passed", "inconclusive"].contains(&verdict),
                "{}: {check:#}",
                exercise["folder"]
            );
        }
    }
}

/// Unpacks what is uploaded to Gradescope and runs what Gradescope runs.
#[test]
fn gradescope_gets_results() {
    let home = tempfile::tempdir().unwrap();
    let zip = home.path().join("autograder.zip");
    let (code, text) = run(&mut grade(&["pack", "gradescope", "2", "-o", zip.to_str().unwrap()]));
    assert_eq!(code, 0, "{text}");
    let source = home.path().join("source");
    let unzip = Command::new("unzip").arg("-q").arg(&zip).arg("-d").arg(&source).status();
    assert!(unzip.is_ok_and(|status| status.success()));
    assert!(!source.join("course/solutions").exists(), "no solution leaves the house");
    hand_in(&home.path().join("submission"));
    let script = |name: &str| run_script(&source.join(name), home.path(), &[]);
    assert!(script("setup.sh"), "the image can be built");
    assert!(script("run_autograder"));
    let results = fs::read_to_string(home.path().join("results/results.json")).unwrap();
    let results: Value = serde_json::from_str(&results).unwrap();
    assert_eq!(results["score"], results["extra_data"]["max_score"], "{results:#}");
}

#[test]
fn autolab_gets_its_last_line() {
    let home = tempfile::tempdir().unwrap();
    let tar = home.path().join("autolab.tar");
    let (code, text) = run(&mut grade(&["pack", "autolab", "2", "-o", tar.to_str().unwrap()]));
    assert_eq!(code, 0, "{text}");
    let sh = |line: &str| {
        let mut command = Command::new("sh");
        command.args(["-c", line]).current_dir(home.path());
        command.env("CARGO_TARGET_DIR", target()).env("CARGO_NET_OFFLINE", "true").output().unwrap()
    };
    hand_in(&home.path().join("answer"));
    assert!(sh("tar -xf autolab.tar && cd answer && zip -qr ../handin.zip .").status.success());
    let output = sh("make -s -f autograde-Makefile");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let last: Value = serde_json::from_str(text.lines().last().unwrap()).unwrap();
    assert_eq!(last["scores"]["race-fix"], f64::from(all_points()), "{text}");
}

#[test]
fn prairielearn_gets_results() {
    let home = tempfile::tempdir().unwrap();
    let tar = home.path().join("question.tar");
    let (code, text) = run(&mut grade(&["pack", "prairielearn", "2", "-o", tar.to_str().unwrap()]));
    assert_eq!(code, 0, "{text}");
    let untar = Command::new("tar").arg("-xf").arg(&tar).current_dir(home.path()).status();
    assert!(untar.is_ok_and(|status| status.success()));
    // A single file, as PrairieLearn's upload widget hands it over.
    fs::create_dir_all(home.path().join("student")).unwrap();
    fs::write(home.path().join("student/lib.rs"), solution()).unwrap();
    let grade = home.path().to_str().unwrap();
    let course = home.path().join("image/course");
    let variables = [("GRADE_ROOT", grade), ("LOCKSTEP_COURSE", course.to_str().unwrap())];
    assert!(run_script(&home.path().join("image/run.sh"), home.path(), &variables));
    let results = fs::read_to_string(home.path().join("results/results.json")).unwrap();
    let results: Value = serde_json::from_str(&results).unwrap();
    assert_eq!(
        (&results["gradable"], &results["score"]),
        (&true.into(), &1.0.into()),
        "{results:#}"
    );
}

#[test]
fn the_github_action_and_the_classroom_shim_run() {
    let home = tempfile::tempdir().unwrap();
    let path = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
    hand_in(&home.path().join("submission"));
    let (submission, results, outputs) = (path("submission"), path("results"), path("outputs"));
    let course = root().to_str().unwrap();
    let variables = [
        ("LOCKSTEP_COURSE", course),
        ("LOCKSTEP_SUBMISSION", &*submission),
        ("LOCKSTEP_EXERCISES", "2"),
        ("LOCKSTEP_ARGUMENTS", "--min-score 100"),
        ("LOCKSTEP_RESULTS", &*results),
        ("GITHUB_OUTPUT", &*outputs),
    ];
    let action = root().join("integrations/github/grade.sh");
    assert!(run_script(&action, home.path(), &variables));
    assert_eq!(fs::read_to_string(&outputs).unwrap(), "exit-code=0\n");
    for file in ["report.json", "junit.xml", "summary.md"] {
        assert!(home.path().join("results").join(file).is_file(), "{file}");
    }
    let result = path("result.json");
    let mut shim = Command::new("python3");
    shim.arg(root().join("integrations/classroom50/autograder.py")).current_dir(&submission);
    shim.env("LOCKSTEP_COURSE", course).env("LOCKSTEP_EXERCISES", "2");
    shim.env("CLASSROOM50_RESULT", &result).env("CARGO_TARGET_DIR", target());
    assert!(shim.output().is_ok_and(|output| output.status.success()));
    let result: Value = serde_json::from_str(&fs::read_to_string(result).unwrap()).unwrap();
    let all = all_points().into();
    assert_eq!((&result["score"], &result["max-score"]), (&all, &all));
}

/// What a right answer to exercise 2 is worth.
fn all_points() -> u32 {
    let manifest = fs::read_to_string(root().join("exercises/02-race-fix/exercise.toml")).unwrap();
    let points = manifest.lines().filter_map(|line| line.strip_prefix("points = "));
    points.map(|points| points.parse::<u32>().unwrap()).sum()
}

fn hand_in(folder: &Path) {
    let src = folder.join("exercises/02-race-fix/src");
    fs::create_dir_all(&src).unwrap();
    fs::write(src.join("lib.rs"), solution()).unwrap();
}

/// Where the grader that is being tested was built: scripts need not build it again.
fn target() -> std::path::PathBuf {
    course_tests::grader().ancestors().nth(2).expect("target/debug/grader").to_owned()
}

fn run_script(script: &Path, home: &Path, variables: &[(&str, &str)]) -> bool {
    let mut command = Command::new("bash");
    command.arg(script).current_dir(home).env("AUTOGRADER_ROOT", home);
    command.env("LOCKSTEP_NO_INSTALL", "1").env("CARGO_TARGET_DIR", target());
    command.envs(variables.iter().copied());
    let (code, text) = run(&mut command);
    if code != 0 {
        println!("{}: exit code {code}\n{text}", script.display());
    }
    code == 0
}
