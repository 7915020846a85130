//! Typed pipes: values, their end, and what happens to a cut one.

use std::fs::File;
use std::io::{ErrorKind, Write};
use std::os::fd::AsFd;
use std::thread;

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Message {
    Number(i64),
    Text(String),
    Nothing,
}

#[test]
fn values_arrive_in_order_and_then_comes_the_end() {
    let (mut to, mut from) = fork::pipe().unwrap();
    let sent = [Message::Number(-1), Message::Text("Grüße".into()), Message::Nothing];
    for message in &sent {
        to.send(message).unwrap();
    }
    drop(to);
    assert_eq!(from.recv().unwrap().as_ref(), Some(&sent[0]));
    assert!(from.is_buffered(), "the first read fetched all three");
    assert_eq!(from.recv().unwrap().as_ref(), Some(&sent[1]));
    assert_eq!(from.recv().unwrap().as_ref(), Some(&sent[2]));
    assert!(!from.is_buffered());
    assert_eq!(from.recv().unwrap(), None);
}

#[test]
fn a_value_may_be_larger_than_the_pipe() {
    let (mut to, mut from) = fork::pipe().unwrap();
    let sent = "x".repeat(1 << 20);
    let sender = thread::spawn(move || to.send(&"x".repeat(1 << 20)));
    assert_eq!(from.recv().unwrap(), Some(sent));
    sender.join().unwrap().unwrap();
}

#[test]
fn a_cut_value_is_an_error() {
    for bytes in [&b"\x05\0"[..], b"\x05\0\0\0\"a"] {
        let (to, mut from) = fork::pipe::<String>().unwrap();
        raw(&to).write_all(bytes).unwrap();
        drop(to);
        assert_eq!(from.recv().unwrap_err().kind(), ErrorKind::UnexpectedEof);
    }
}

#[test]
fn a_length_alone_costs_no_memory() {
    let (to, mut from) = fork::pipe::<String>().unwrap();
    raw(&to).write_all(&u32::MAX.to_le_bytes()).unwrap();
    drop(to);
    assert_eq!(from.recv().unwrap_err().kind(), ErrorKind::UnexpectedEof);
}

#[test]
fn a_stranger_among_the_values_is_an_error() {
    let (to, mut from) = fork::pipe::<i64>().unwrap();
    raw(&to).write_all(b"\x03\0\0\0\"a\"").unwrap();
    assert_eq!(from.recv().unwrap_err().kind(), ErrorKind::InvalidData);
}

#[test]
fn a_receiver_that_is_gone_is_a_broken_pipe() {
    let (mut to, from) = fork::pipe().unwrap();
    drop(from);
    assert_eq!(to.send(&1).unwrap_err().kind(), ErrorKind::BrokenPipe);
}

#[test]
fn a_value_without_a_json_form_is_not_sent() {
    let (mut to, mut from) = fork::pipe().unwrap();
    let unsound = std::collections::BTreeMap::from([(vec![1], 1)]);
    assert_eq!(to.send(&unsound).unwrap_err().kind(), ErrorKind::InvalidData);
    drop(to);
    assert_eq!(from.recv().unwrap(), None);
}

/// A second way into the pipe, for bytes that are no frame.
fn raw(to: impl AsFd) -> File {
    to.as_fd().try_clone_to_owned().map(File::from).unwrap()
}
