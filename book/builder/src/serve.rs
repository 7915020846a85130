//! A server for writing: it builds again when a source changes, and the pages reload themselves.
//!
//! It needs no more than the standard library: a thread per request, and a page that asks
//! `/__version` once a second instead of holding a connection open.

use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, SystemTime};

use crate::edition::{Edition, Refused};

/// How often sources are looked at.
const WATCH: Duration = Duration::from_millis(300);
/// A client that says nothing for so long is gone.
const PATIENCE: Duration = Duration::from_secs(10);

/// Builds and serves the book on `listener`, for ever.
///
/// # Errors
/// If the first build is refused.
pub fn serve(edition: Edition, listener: TcpListener) -> Result<(), Refused> {
    edition.build()?;
    let version = Arc::new(AtomicU64::new(1));
    let output: Arc<Path> = edition.workspace.output().into();
    thread::spawn({
        let version = Arc::clone(&version);
        move || rebuild(&edition, &version)
    });
    for stream in listener.incoming().flatten() {
        let (version, output) = (Arc::clone(&version), Arc::clone(&output));
        // A client that hangs up early is no concern of ours.
        thread::spawn(move || _ = answer(stream, &output, &version));
    }
    Ok(())
}

/// Builds again whenever a source is newer than the last build.
fn rebuild(edition: &Edition, version: &AtomicU64) {
    let book = edition.workspace.book();
    let root = edition.workspace.root();
    let watched = [
        book.join("src"),
        book.join("widgets"),
        book.join("theme"),
        book.join("traces"),
        book.join("figures"),
        book.join("book.toml"),
        root.join("exercises"),
        edition.report.clone(),
    ];
    let newest = || watched.iter().map(|path| newest(path)).max();
    let mut built = newest();
    loop {
        thread::sleep(WATCH);
        let now = newest();
        if now == built {
            continue;
        }
        built = now;
        match edition.build() {
            Ok(()) => {
                println!("built again");
                version.fetch_add(1, Ordering::Relaxed);
            }
            Err(refused) => eprintln!("{refused}"),
        }
    }
}

/// When something under `path` last changed; the beginning of time if there is nothing.
fn newest(path: &Path) -> SystemTime {
    let own = path.metadata().and_then(|metadata| metadata.modified());
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    let inner = entries.map(|entry| newest(&entry.path())).max();
    own.unwrap_or(SystemTime::UNIX_EPOCH).max(inner.unwrap_or(SystemTime::UNIX_EPOCH))
}

fn answer(mut stream: TcpStream, output: &Path, version: &AtomicU64) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut request = String::new();
    BufReader::new(&stream).read_line(&mut request)?;
    let target = request.split(' ').nth(1).unwrap_or("/");
    let path = target.split(['?', '#']).next().unwrap_or("/");
    let (status, kind, body) = if path == "/__version" {
        ("200 OK", "text/plain", version.load(Ordering::Relaxed).to_string().into_bytes())
    } else {
        let file = file_of(output, path);
        match fs::read(&file) {
            Ok(body) => ("200 OK", kind(&file), body),
            Err(_) => {
                let body = fs::read(output.join("404.html")).unwrap_or_default();
                ("404 Not Found", "text/html; charset=utf-8", body)
            }
        }
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\
         cache-control: no-store\r\nconnection: close\r\n\r\n",
        body.len()
    )?;
    stream.write_all(&body)
}

/// The file behind a path of the URL. Only plain names count: nothing leads out of `output`.
fn file_of(output: &Path, path: &str) -> PathBuf {
    let names = Path::new(path).components().filter_map(|part| match part {
        Component::Normal(name) => Some(name),
        _ => None,
    });
    let file = output.join(names.collect::<PathBuf>());
    if file.is_dir() { file.join("index.html") } else { file }
}

fn kind(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leads_out_of_the_book() {
        let output = Path::new("/book");
        assert_eq!(file_of(output, "/../../etc/passwd"), Path::new("/book/etc/passwd"));
        assert_eq!(file_of(output, "//gil.html"), Path::new("/book/gil.html"));
    }
}
