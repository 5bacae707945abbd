//! `serve` in a process of its own, and plain HTTP requests to it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::support::{command, signal};

pub const HISTORY: &str = "/api/v1/beta/batch-processing/items/invoice-0001/processing-results";
pub const KEY: &str = "authorization: Bearer llx-mock-key";

/// Ends with the test.
pub struct Serving {
    child: Child,
    pub greeting: Vec<String>,
    pub address: String,
    stderr: Arc<Mutex<String>>,
}

impl Serving {
    /// On a free port.
    pub fn start(args: &[&str]) -> Self {
        Self::listen("127.0.0.1:0", args)
    }

    /// At this address.
    pub fn listen(address: &str, args: &[&str]) -> Self {
        let mut command = command(&["serve", "--listen", address]);
        command
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("the command runs");
        let stderr = Arc::new(Mutex::new(String::new()));
        let (seen, lines) = (
            Arc::clone(&stderr),
            BufReader::new(child.stderr.take().unwrap()),
        );
        std::thread::spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                *seen.lock().unwrap() += &(line + "\n");
            }
        });
        let mut greeting = Vec::new();
        for line in BufReader::new(child.stdout.take().unwrap()).lines() {
            greeting.push(line.unwrap());
            if greeting.last().unwrap().starts_with("pages: ") {
                break;
            }
        }
        let first = greeting
            .first()
            .unwrap_or_else(|| panic!("{}", stderr.lock().unwrap()));
        let address = first
            .strip_prefix("listening on http://")
            .unwrap()
            .to_owned();
        Serving {
            child,
            greeting,
            address,
            stderr,
        }
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    pub fn stderr(&self) -> String {
        self.stderr.lock().unwrap().clone()
    }

    /// Waits until the condition holds.
    pub fn until(&self, what: &str, is_so: impl Fn() -> bool) {
        let end = Instant::now() + Duration::from_secs(20);
        while !is_so() {
            assert!(Instant::now() < end, "{what}; stderr: {}", self.stderr());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Requests the history of an item, with the default key.
    pub fn item(&self, id: &str) -> Response {
        let path = HISTORY.replace("invoice-0001", id);
        self.call("GET", &path, &[KEY])
    }

    /// Sends any request; a `host` is among the headers or this server's.
    pub fn call(&self, method: &str, path: &str, headers: &[&str]) -> Response {
        Response::read(self.send(method, path, headers))
    }

    /// Sends a request.
    pub fn send(&self, method: &str, path: &str, headers: &[&str]) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        let host = format!("host: {}", self.address);
        let own = match headers.iter().any(|header| header.starts_with("host:")) {
            true => None,
            false => Some(host.as_str()),
        };
        let headers: String = headers
            .iter()
            .copied()
            .chain(own)
            .map(|header| format!("{header}\r\n"))
            .collect();
        let request = format!("{method} {path} HTTP/1.1\r\n{headers}connection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }

    /// Sends a signal to the server.
    pub fn signal(&self, name: &str) {
        signal(&self.child, name);
    }

    /// How it ended.
    pub fn ended(mut self) -> ExitStatus {
        let end = Instant::now() + Duration::from_secs(20);
        loop {
            match self.child.try_wait().unwrap() {
                Some(status) => return status,
                None => assert!(Instant::now() < end, "it does not end"),
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub struct Response {
    pub status: u16,
    /// In lower case.
    pub head: String,
    pub body: String,
}

impl Response {
    pub fn read(mut stream: TcpStream) -> Self {
        let mut text = String::new();
        stream.read_to_string(&mut text).expect("an response");
        let (head, body) = text.split_once("\r\n\r\n").expect("a head");
        Response {
            status: head[9..12].parse().unwrap(),
            head: head.to_lowercase(),
            body: body.to_owned(),
        }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines
            .filter(|(found, _)| *found == name)
            .map(|(_, value)| value)
            .next()
    }
}

/// A directory of items that ends with the test.
pub struct Directory(pub PathBuf);

impl Directory {
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("serve-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir(&path).unwrap();
        Directory(path)
    }

    pub fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }

    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.join(name), text).unwrap();
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
