use super::*;

const LIMITS: Limits =
    Limits { memory: 64 << 20, cpu: 5, wall: Duration::from_secs(5), said: 1 << 20 };

/// What is made of a reader that does this.
fn ask(script: &str, limits: Limits) -> Result<String, Failure> {
    let mut shell = Command::new("sh");
    let child = start(shell.args(["-c", script])).unwrap();
    // More than fits into a pipe that nobody reads.
    let question = vec![b' '; 1 << 20];
    let (told, status) = converse(child, &question, limits).unwrap();
    understand(told, status, limits)
}

fn broken(script: &str, limits: Limits) -> String {
    match ask(script, limits) {
        Err(Failure::Broken(because)) => because,
        other => panic!("{script}: {other:?}"),
    }
}

#[test]
fn only_a_reader_that_ended_well_and_said_one_thing_is_believed() {
    assert_eq!(ask("echo ready; cat >/dev/null; echo '\"a\"'", LIMITS).unwrap(), "a");
    for (script, because) in [
        ("echo ready; echo '\"a\"'; kill -9 $$", "64 MiB of memory, 5 s of CPU"),
        ("echo ready; echo '\"a\"'; exit 4", "all of the stack"),
        ("echo ready; echo '\"a\"'; exit 101", "broke the program"),
        ("echo ready; echo '\"a\" \"b\"'", "nonsense"),
        ("echo ready", "nonsense"),
        ("echo ready; kill -XCPU $$", "more than 5 s of CPU time"),
        ("echo ready; while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaa; done", "more than 1 MiB"),
    ] {
        let told = broken(script, LIMITS);
        assert!(told.contains(because), "{script}: {told}");
    }
    for script in ["", "exit 101", "echo nonsense", "kill -9 $$"] {
        let told = ask(script, LIMITS);
        assert!(matches!(told, Err(Failure::NotStarted(_))), "{script}: {told:?}");
    }
}

#[test]
fn a_reader_that_is_not_done_in_time_is_ended_with_all_that_it_started() {
    let (mut ours, theirs) = io::pipe().unwrap();
    let mut shell = Command::new("sh");
    shell.args(["-c", "echo ready; sleep 600 2>&1 & sleep 600"]);
    shell.process_group(0).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(theirs);
    let child = shell.spawn().unwrap();
    drop(shell);
    let limits = Limits { wall: Duration::from_secs(1), ..LIMITS };
    let (told, status) = converse(child, b"", limits).unwrap();
    let told = understand::<String>(told, status, limits);
    assert!(matches!(told, Err(Failure::Broken(because)) if because.contains("more than 1 s")));
    // Whoever holds the pipe's other end is still there.
    let (tell, gone) = std::sync::mpsc::channel();
    std::thread::spawn(move || tell.send(ours.read_to_end(&mut Vec::new()).is_ok()));
    assert_eq!(gone.recv_timeout(Duration::from_secs(20)), Ok(true));
}
