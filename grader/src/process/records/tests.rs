use std::process::{Command, Stdio};

use evidence::Evidence;

use super::*;

fn request() -> Request {
    let (nonce, check) = ("n".to_owned(), "c".to_owned());
    Request { nonce, check, seed: 0, threads: None, threshold: None, replay: None }
}

fn line(nonce: &str, message: Message) -> String {
    let record = Record { nonce: nonce.to_owned(), message };
    serde_json::to_string(&record).unwrap() + "\n"
}

fn done(text: &str) -> Message {
    let evidence = vec![Evidence::Note { text: text.to_owned() }];
    Message::Done(Outcome::Passed { evidence })
}

/// Has another process write this into the channel; its id, and its end awaited.
fn by_another_process(channel: &OwnedFd, text: &str) -> u32 {
    let mut shell = Command::new("sh")
        .args(["-c", "printf %s \"$TEXT\" >&0"])
        .env("TEXT", text)
        .stdin(Stdio::from(channel.try_clone().unwrap()))
        .spawn()
        .unwrap();
    assert!(shell.wait().unwrap().success());
    shell.id()
}

fn by_us(channel: &OwnedFd, text: &str) {
    let mut file = std::fs::File::from(channel.try_clone().unwrap());
    file.write_all(text.as_bytes()).unwrap();
}

#[test]
fn only_one_process_is_listened_to() {
    let (mut records, theirs) = Records::open(&request()).unwrap();
    records.listen_to(std::process::id());
    by_another_process(&theirs, &(line("n", Message::Begun) + &line("n", done("forged"))));
    by_us(&theirs, &line("n", Message::Step("ours".into())));
    records.drain_to_the_end();
    assert_eq!(records.told, Told { last_step: Some("ours".into()), ..Told::default() });
    // Between two halves of a line.
    let (first, second) = (line("n", done("ours")), line("n", done("second")));
    let (head, tail) = first.split_at(9);
    by_us(&theirs, head);
    by_another_process(&theirs, &line("n", done("forged")));
    by_us(&theirs, tail);
    by_us(&theirs, &second);
    records.drain_to_the_end();
    let Message::Done(ours) = done("ours") else { unreachable!() };
    assert_eq!(records.told.outcome, Some(ours));
}

#[test]
fn who_speaks_first_is_the_check_behind_a_sandbox() {
    let (mut records, theirs) = Records::open(&request()).unwrap();
    by_another_process(&theirs, &line("n", Message::Begun));
    by_us(&theirs, &line("n", done("forged")));
    records.drain_to_the_end();
    assert_eq!(records.told, Told { begun: true, ..Told::default() });
}

#[test]
fn a_record_needs_the_nonce_in_its_place() {
    let (mut records, theirs) = Records::open(&request()).unwrap();
    let right = line("n", done("forged"));
    for forged in [
        line("", done("forged")),
        right.replace("\"nonce\":\"n\",", ""),
        format!("{{\"done\":{{\"outcome\":\"passed\",\"evidence\":[]}},\"x\":{right}"),
        format!("x{right}"),
    ] {
        by_us(&theirs, &forged);
    }
    records.drain_to_the_end();
    assert_eq!(records.told, Told::default());
}

#[test]
fn a_channel_whose_ends_are_closed_has_ended() {
    let (mut records, theirs) = Records::open(&request()).unwrap();
    assert!(!records.drain() && !records.ended);
    by_us(&theirs, &line("n", Message::Begun));
    drop(theirs);
    // The rest of the request is not read, which is no reason to lose what was said.
    records.drain_to_the_end();
    assert!(records.ended && records.told.begun);
}

#[test]
fn a_flood_is_noticed_whoever_makes_it() {
    let (mut records, theirs) = Records::open(&request()).unwrap();
    records.listen_to(std::process::id());
    let text = "x".repeat(64 * 1024);
    for _ in 0..70 {
        by_another_process(&theirs, &text);
        records.drain();
    }
    assert!(records.is_flooded());
    assert!(records.line.is_empty(), "what others say is not kept");
}
