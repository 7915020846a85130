//! The server for writing: serves, rebuilds, and lets nobody out of the book.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use crate::fixture::Fixture;
use book_builder::serve::serve;

fn get(address: SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nhost: test\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn a_page_is_served_and_follows_its_source() {
    let fixture = Fixture::new("# First\n");
    fixture.write("book/widgets/reload.js", "");
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let mut edition = fixture.edition();
    edition.live = true;
    // It serves until the test's process ends.
    thread::spawn(move || serve(edition, listener));

    let page = get(address, "/page.html");
    assert!(page.starts_with("HTTP/1.1 200 OK\r\ncontent-type: text/html"), "{page}");
    assert!(page.contains("First") && page.contains("reload"), "{page}");
    assert!(get(address, "/../../book/book.toml").starts_with("HTTP/1.1 404"));

    let body = |path| get(address, path).split("\r\n\r\n").nth(1).unwrap().to_owned();
    let version = body("/__version");
    fixture.write("book/src/page.md", "# Second\n");
    let deadline = Instant::now() + Duration::from_secs(20);
    while body("/__version") == version {
        assert!(Instant::now() < deadline, "not built again within 20 s");
        thread::sleep(Duration::from_millis(50));
    }
    assert!(body("/page.html").contains("Second"));
}
