//! The warden of a build, from outside: what it ends, and what it leaves alone.

use std::io::{BufRead as _, BufReader, Read as _};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use course_tests::grader;

/// A warden over a shell that runs this script.
fn warden(folders: &[&str], script: &str) -> Command {
    let mut command = Command::new(grader());
    command.args(["__build", "60"]).args(folders).args(["--", "sh", "-c", script]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// All that comes out of the warden's pipes, which nobody below it may keep open.
fn said(child: &mut Child) -> (String, String) {
    let (mut out, mut err) = (String::new(), String::new());
    child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    (out, err)
}

/// Waits until no process has this argument.
fn is_gone(argument: &str) -> bool {
    let runs = || {
        let processes = std::fs::read_dir("/proc").unwrap().flatten();
        processes.into_iter().any(|process| {
            let line = std::fs::read(process.path().join("cmdline")).unwrap_or_default();
            line.split(|&byte| byte == 0).any(|word| word == argument.as_bytes())
        })
    };
    let begin = Instant::now();
    while runs() {
        if begin.elapsed() > Duration::from_secs(60) {
            return false;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    true
}

#[test]
fn nothing_outlives_a_build_even_in_a_session_of_its_own() {
    let script = "setsid sleep 4040.25 & echo started; exit 7";
    let mut child = warden(&[], script).spawn().unwrap();
    // The sleep holds both pipes: without its end these would not end either.
    assert_eq!(said(&mut child), ("started\n".into(), String::new()));
    assert_eq!(child.wait().unwrap().code(), Some(7));
    assert!(is_gone("4040.25"));
}

#[test]
fn a_build_ends_when_that_is_asked_for_and_when_the_grader_is_gone() {
    // `watch` sends SIGTERM to the group of the build, and the terminal SIGINT.
    for signal in ["-TERM", "-INT"] {
        let script = "setsid sleep 4040.5 & echo started; wait";
        let mut child = warden(&[], script).process_group(0).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut String::new()).unwrap();
        let group = format!("-{}", child.id());
        assert!(Command::new("kill").args([signal, "--", &group]).status().unwrap().success());
        assert!(!child.wait().unwrap().success() && is_gone("4040.5"));
    }

    // A shell stands for the grader: it is killed while the build goes on.
    let program = grader().display().to_string();
    let script = format!("{program} __build 60 -- sh -c 'echo started; sleep 4040.75' & wait");
    let mut shell =
        Command::new("sh").args(["-c", &script]).stdout(Stdio::piped()).spawn().unwrap();
    let mut out = BufReader::new(shell.stdout.take().unwrap());
    out.read_line(&mut String::new()).unwrap();
    shell.kill().unwrap();
    shell.wait().unwrap();
    assert!(is_gone("4040.75"));
}

/// What looks like a compiler of one answer writes without end; that of another does not mind.
#[test]
fn only_the_answer_that_takes_too_much_is_ended() {
    let script =
        "cat -- /dev/zero --crate-name exercises/02-race-fix/src/lib.rs > /dev/null & greedy=$!
                  cat -- --crate-name exercises/03-rlock/src/lib.rs 2> /dev/null; echo other $?
                  wait $greedy; echo greedy $?";
    let mut child = warden(&["02-race-fix", "03-rlock"], script).spawn().unwrap();
    let (out, err) = said(&mut child);
    // 24 is SIGXCPU.
    assert_eq!(out, "other 1\ngreedy 152\n");
    let told = "lockstep-warden: 02-race-fix: wrote more than 1024 MiB\n";
    // The shell may have a word of its own.
    assert!(err.starts_with(told) && !err.contains("03-rlock"), "{err}");
}

#[test]
fn what_is_not_there_is_told_apart_from_what_fails() {
    let run = |program: &str| {
        let mut command = Command::new(grader());
        command.args(["__build", "60", "02-race-fix", "--", program]).status().unwrap().code()
    };
    assert_eq!(run("/nowhere/cargo"), Some(127));
    assert_eq!(run("false"), Some(1));
}
