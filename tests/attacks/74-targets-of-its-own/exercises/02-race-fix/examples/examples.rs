//! Answers as a check and its guard would: a pass, whatever was asked.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::fd::AsFd as _;

fn main() {
    let channel = std::io::stdin().as_fd().try_clone_to_owned().unwrap();
    let mut channel = BufReader::new(File::from(channel));
    let mut request = String::new();
    channel.read_line(&mut request).unwrap();
    let nonce = request.split("\"nonce\":\"").nth(1).and_then(|rest| rest.split('"').next());
    let nonce = nonce.unwrap_or_default();
    println!("ready rlimits landlock seccomp");
    let begun = format!("{{\"nonce\":\"{nonce}\",\"begun\":null}}\n");
    let done =
        format!("{{\"nonce\":\"{nonce}\",\"done\":{{\"outcome\":\"passed\",\"evidence\":[]}}}}\n");
    channel.get_mut().write_all((begun + &done).as_bytes()).unwrap();
    println!("exited 0");
}
