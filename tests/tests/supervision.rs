//! Code that hangs, floods, crashes, leaves early or leaves processes behind gets its own verdict
//! within its deadline, and nothing of it stays.

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use course_tests::{Submission, check, grade, report_of};
use serde_json::Value;

/// The first check of 02-race-fix: it makes a counter, and so runs this body.
const CHECK: &str = "counts_alone";

/// A race-fix answer whose `new` does something else first.
fn misbehaving(body: &str) -> Submission {
    let source = format!(
        "//! Misbehaves.
        use sync::atomic::{{AtomicI64, Ordering}};
        /// A counter.
        pub struct SharedCounter(AtomicI64);
        impl SharedCounter {{
            /// Misbehaves.
            pub fn new(initial: i64) -> Self {{ {body}; Self(AtomicI64::new(initial)) }}
            /// Adds.
            pub fn incr(&self, delta: i64) {{ self.0.fetch_add(delta, Ordering::SeqCst); }}
            /// Subtracts.
            pub fn decr(&self, delta: i64) {{ self.0.fetch_sub(delta, Ordering::SeqCst); }}
            /// Reads.
            pub fn get(&self) -> i64 {{ self.0.load(Ordering::SeqCst) }}
        }}
        /// Counts.
        pub fn count_with_threads(threads: usize, increments: usize) -> i64 {{
            (threads * increments) as i64
        }}"
    );
    Submission::new("02-race-fix", &source)
}

/// Grades it and returns the verdict on the first check.
fn verdict(body: &str) -> Value {
    let begin = Instant::now();
    let (code, report) = misbehaving(body).grade("race-fix", &["--no-cache"]);
    assert_eq!(code, 1, "it is the answer's fault: {report:#}");
    // The deadline of an example is 10 seconds; building may wait for other builds.
    assert!(begin.elapsed() < Duration::from_secs(300));
    check(&report, CHECK).clone()
}

fn assert_fault(body: &str, fault: &str) {
    let verdict = verdict(body);
    assert_eq!(verdict["fault"], fault, "{verdict:#}");
}

/// Whether a process with this argument runs.
fn runs(argument: &str) -> bool {
    let processes = fs::read_dir("/proc").expect("Linux has /proc").flatten();
    processes.into_iter().any(|process| {
        let line = fs::read(process.path().join("cmdline")).unwrap_or_default();
        line.split(|&byte| byte == 0).any(|word| word == argument.as_bytes())
    })
}

#[test]
fn a_deadlock_is_a_hang() {
    assert_fault("let m = std::sync::Mutex::new(()); let _a = m.lock(); let _b = m.lock()", "hang");
}

#[test]
fn an_endless_loop_is_a_hang() {
    assert_fault("loop { std::hint::spin_loop() }", "hang");
}

#[test]
fn leaving_early_is_no_pass() {
    assert_fault("std::process::exit(0)", "ended-early");
    let claim = r#"println!("test result: ok. 1 passed; 0 failed"); std::process::exit(0)"#;
    assert_fault(claim, "ended-early");
    // What the test harness says when the course names a check that is not there.
    let missing = r#"println!("\nrunning 0 tests\n"); std::process::exit(0)"#;
    assert_fault(missing, "ended-early");
}

/// The observation of a pass, written into the supervisor's pipe by the check itself.
#[test]
fn a_check_that_speaks_for_its_supervisor_is_not_believed() {
    let seen = r##"r#"{"begun":true,"outcome":{"outcome":"passed","evidence":[]},"last_step":null,
        "end":{"Exited":0},"output":{"head":[],"tail":[],"total":0},"left_behind":[],
        "unending":[],"millis":1}"#"##;
    let body = format!(
        r#"let supervisor = std::os::unix::process::parent_id();
        let _ = std::fs::write(format!("/proc/{{supervisor}}/fd/1"), {seen});
        let kill = format!("kill -9 {{supervisor}}");
        std::process::Command::new("sh").args(["-c", &kill]).status().unwrap()"#
    );
    let (code, report) = misbehaving(&body).grade("race-fix", &["--no-cache"]);
    let verdict = check(&report, CHECK);
    assert_eq!((code, &verdict["verdict"]), (4, &"grader-fault".into()), "{verdict:#}");
}

#[test]
fn an_abort_is_a_crash() {
    assert_fault("std::process::abort()", "crashed");
}

#[test]
fn endless_recursion_is_a_stack_overflow() {
    let body = "fn deep(n: u64) -> u64 { std::hint::black_box(n + 1) + deep(n + 1) } deep(0)";
    assert_fault(&format!("#[allow(unconditional_recursion)] {body}"), "stack-overflow");
}

#[test]
fn a_flood_of_output_is_cut() {
    let flood = r#"for _ in 0..10_000_000 { println!("{}", "x".repeat(1000)) }"#;
    assert_fault(flood, "too-much-output");
}

#[test]
fn a_memory_hog_is_stopped() {
    let hog = "let hog = vec![1u8; 50 << 30]; std::hint::black_box(&hog)";
    assert_fault(hog, "out-of-memory");
}

#[test]
fn a_child_left_behind_is_named_and_ended() {
    let body = r#"std::process::Command::new("sleep").arg("1017.25").spawn().unwrap()"#;
    let verdict = verdict(body);
    assert_eq!(verdict["fault"], "left-behind", "{verdict:#}");
    assert!(verdict["message"].as_str().unwrap().contains("sleep"), "{verdict:#}");
    assert!(!runs("1017.25"), "it is gone");
}

#[test]
fn a_daemon_left_behind_is_named_and_ended() {
    // A new session, and its parent gone: neither the process group nor the parent leads to it.
    let body = r#"std::process::Command::new("sh")
        .args(["-c", "setsid sh -c 'sleep 1018.25' >/dev/null 2>&1 </dev/null & exit 0"])
        .status().unwrap()"#;
    assert_fault(body, "left-behind");
    assert!(!runs("1018.25"), "it is gone");
}

/// The kernel shows a process whose main thread has ended as a zombie, while the others go on.
#[test]
fn a_daemon_without_a_main_thread_is_found() {
    let body = r#"#[allow(unsafe_code)]
        fn daemon() -> i32 {
            unsafe extern "C" { fn fork() -> i32; fn setsid() -> i32; fn syscall(n: i64, ...) -> i64; }
            let exit = if cfg!(target_arch = "x86_64") { 60 } else { 93 };
            let child = unsafe { fork() };
            if child == 0 {
                unsafe { setsid() };
                std::thread::spawn(|| std::thread::sleep(std::time::Duration::from_secs(600)));
                unsafe { syscall(exit, 0) };
            }
            child
        }
        let daemon = daemon();
        let stat = format!("/proc/{daemon}/stat");
        while !std::fs::read_to_string(&stat).unwrap().contains(") Z ") {
            std::thread::yield_now();
        }
        println!("daemon {daemon}")"#;
    let verdict = verdict(body);
    assert_eq!(verdict["fault"], "left-behind", "{verdict:#}");
    let output = verdict["evidence"].to_string();
    let daemon: String =
        output.split("daemon ").nth(1).unwrap().chars().take_while(char::is_ascii_digit).collect();
    assert!(!fs::exists(format!("/proc/{daemon}")).unwrap(), "it is gone");
}

#[test]
fn what_a_killed_check_has_written_is_removed() {
    let temporary = tempfile::tempdir().unwrap();
    let submission = misbehaving(
        r#"let folder = std::env::temp_dir().join("turnstile-1022");
        std::fs::create_dir(&folder).unwrap();
        println!("made {}", folder.display());
        std::process::abort()"#,
    );
    let path = submission.path().to_str().unwrap();
    let mut grader = grade(&["--no-cache", "--format", "json", "--submission", path, "2"]);
    let (_, report) = report_of(grader.env("TMPDIR", temporary.path()));
    let verdict = check(&report, CHECK).to_string();
    assert!(verdict.contains("made ") && verdict.contains("turnstile-1022"), "{verdict}");
    assert!(verdict.contains(temporary.path().to_str().unwrap()), "{verdict}");
    assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 0);
}

#[test]
fn a_killed_grader_takes_its_checks_along() {
    let submission = misbehaving(
        r#"std::process::Command::new("sleep").arg("1019.25").spawn().unwrap(); loop {}"#,
    );
    let path = submission.path().to_str().unwrap();
    let mut grader = grade(&["--no-cache", "--submission", path, "2"]).spawn().unwrap();
    wait_until("the check runs", || runs("1019.25"));
    Command::new("kill").args(["-9", &grader.id().to_string()]).status().unwrap();
    grader.wait().unwrap();
    wait_until("all its processes are gone", || !runs("1019.25"));
}

#[test]
fn the_grader_stays_small() {
    let submission = misbehaving(r#"for _ in 0..100_000 { println!("{}", "x".repeat(1000)) }"#);
    let path = submission.path().to_str().unwrap();
    let mut grader = grade(&["--no-cache", "--submission", path, "2"]);
    let mut grader = grader.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let mut peak = 0;
    while grader.try_wait().unwrap().is_none() {
        peak = peak_memory(grader.id()).unwrap_or(peak);
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(peak > 0 && peak < 200 * 1024, "{peak} KiB");
}

/// The most memory that the process has held so far, in KiB.
fn peak_memory(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !holds() {
        assert!(begin.elapsed() < Duration::from_secs(120), "waited too long until {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A process inherits what its parent blocks: a worker that could not be terminated would hang.
#[test]
fn a_check_finds_no_signal_blocked() {
    let verdict = verdict(
        r#"let status = std::fs::read_to_string("/proc/thread-self/status").unwrap();
        let blocked = status.lines().find(|line| line.starts_with("SigBlk")).unwrap();
        panic!("{blocked}")"#,
    );
    let told = verdict.to_string();
    assert!(told.contains("SigBlk:") && told.contains("0000000000000000"), "{told}");
}
