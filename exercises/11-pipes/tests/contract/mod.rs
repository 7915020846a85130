//! What every answer to this exercise offers, item by item, with its exact type. Each test program
//! includes this file, so the compiler compares: whatever a type is called in an answer, it must be
//! the one that stands here.
//!
//! Made from the stub. After a change there, `UPDATE_CONTRACTS=1 cargo test -p course-tests --test
//! rules` makes it anew.
#![allow(dead_code, deprecated, irrefutable_let_patterns, clippy::all, clippy::pedantic)]

// MAX_FRAME
//     pub const MAX_FRAME: usize
use super::answer::MAX_FRAME;
const _: usize = MAX_FRAME;

// PipeError
//     pub enum PipeError { Closed, Truncated, TooLarge { len: usize }, Decode(String), Io(io::Error) }
use super::answer::PipeError;
fn has_pipe_error(it: PipeError) {
    match it {
        PipeError::Closed {} => {}
        PipeError::Truncated {} => {}
        PipeError::TooLarge { len } => {
            let len = [len];
            let _: [usize; 1] = len;
        }
        PipeError::Decode(_) => {}
        PipeError::Io(_) => {}
    }
    let _: fn(String) -> PipeError = PipeError::Decode;
    let _: fn(std::io::Error) -> PipeError = PipeError::Io;
}

// PipeError
//     impl Debug
fn has_pipe_error_debug() {
    fn is<T: std::fmt::Debug>() {}
    is::<PipeError>();
}

// write_frame
//     pub fn write_frame(to: &mut impl Write, payload: &[u8]) -> Result<(), PipeError>
use super::answer::write_frame;
fn has_write_frame<P1: std::io::Write>() {
    let _: fn(&mut P1, &[u8]) -> Result<(), PipeError> = write_frame;
}

// read_frame
//     pub fn read_frame(from: &mut impl Read) -> Result<Option<Vec<u8>>, PipeError>
use super::answer::read_frame;
fn has_read_frame<P1: std::io::Read>() {
    let _: fn(&mut P1) -> Result<Option<Vec<u8>>, PipeError> = read_frame;
}

// duplex
//     pub fn duplex() -> Result<(Connection, Connection), PipeError>
use super::answer::duplex;
fn has_duplex() {
    let _: fn() -> Result<(Connection, Connection), PipeError> = duplex;
}

// Connection
//     pub struct Connection
use super::answer::Connection;
fn has_connection(_: Connection) {}

// Connection::send
//     pub fn send<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), PipeError>
fn has_connection_send<T: serde::Serialize + ?Sized>() {
    let _: fn(&mut Connection, &T) -> Result<(), PipeError> = Connection::send;
}

// Connection::recv
//     pub fn recv<T: DeserializeOwned>(&mut self) -> Result<T, PipeError>
fn has_connection_recv<T: serde::de::DeserializeOwned>() {
    let _: fn(&mut Connection) -> Result<T, PipeError> = Connection::recv;
}

// Connection::poll
//     pub fn poll(&self, timeout: Duration) -> Result<bool, PipeError>
fn has_connection_poll() {
    let _: fn(&Connection, std::time::Duration) -> Result<bool, PipeError> = Connection::poll;
}
