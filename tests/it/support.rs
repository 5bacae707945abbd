//! A server on raw sockets: it does exactly what a test says, and keeps what it has received.

use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use processing_results::{Client, ClientBuilder, Error};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// The key of all clients in these tests.
pub const KEY: &str = "llx-CANARY-key";

/// The smallest response of the contract.
pub const HISTORY: &str = r#"{"item_id":"a","item_name":"a.pdf","processing_results":[]}"#;

/// What happens to one request.
#[derive(Clone)]
pub enum Step {
    /// Sends these bytes and closes.
    Send(Vec<u8>),
    /// Sends these bytes and keeps the connection for the next step.
    Keep(Vec<u8>),
    /// Sends the first part, then this byte again and again at this interval.
    Drip(Vec<u8>, u8, Duration),
    /// Sends these bytes, then cuts the connection with a reset.
    Reset(Vec<u8>),
    /// Resets the connection before it has read anything.
    ResetAtOnce,
    /// Sends these bytes, then nothing more.
    Hang(Vec<u8>),
}

pub struct Raw {
    pub url: String,
    heads: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Drop for Raw {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Raw {
    /// A server that takes the steps one by one, and repeats the last one.
    pub async fn start(steps: Vec<Step>) -> Raw {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let heads = Arc::new(Mutex::new(Vec::new()));
        let seen = heads.clone();
        let steps = Arc::new(Mutex::new((0, steps)));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve_connection(stream, steps.clone(), seen.clone()));
            }
        });
        Raw { url, heads, task }
    }

    /// A server that sends this response to every request.
    pub async fn always(response: Vec<u8>) -> Raw {
        Raw::start(vec![Step::Send(response)]).await
    }

    /// Request lines and headers, in the order of arrival.
    pub fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }

    /// A client of this server that gives up at once.
    pub fn builder(&self) -> ClientBuilder {
        Client::builder()
            .api_key(KEY)
            .base_url(&self.url)
            .max_retries(0)
    }

    pub fn client(&self) -> Client {
        self.builder().build().unwrap()
    }
}

type Steps = Arc<Mutex<(usize, Vec<Step>)>>;

fn next(steps: &Steps) -> Step {
    let mut steps = steps.lock().unwrap();
    let at = steps.0.min(steps.1.len() - 1);
    steps.0 += 1;
    steps.1[at].clone()
}

async fn serve_connection(mut stream: TcpStream, steps: Steps, heads: Arc<Mutex<Vec<String>>>) {
    let reset = |stream: &TcpStream| {
        let socket = socket2::SockRef::from(stream);
        socket.set_linger(Some(Duration::ZERO)).unwrap();
    };
    loop {
        if matches!(steps.lock().unwrap().1.first(), Some(Step::ResetAtOnce)) {
            next(&steps);
            return reset(&stream);
        }
        let Some(head) = read_head(&mut stream).await else {
            return;
        };
        heads.lock().unwrap().push(head);
        match next(&steps) {
            Step::Send(bytes) => {
                let _ = stream.write_all(&bytes).await;
                let _ = stream.shutdown().await;
                return;
            }
            Step::Keep(bytes) => {
                let _ = stream.write_all(&bytes).await;
            }
            Step::Drip(bytes, byte, every) => {
                let _ = stream.write_all(&bytes).await;
                while stream.write_all(&[byte]).await.is_ok() {
                    tokio::time::sleep(every).await;
                }
                return;
            }
            Step::Reset(bytes) => {
                let _ = stream.write_all(&bytes).await;
                // What was sent must have arrived before the reset discards it.
                tokio::time::sleep(Duration::from_millis(50)).await;
                return reset(&stream);
            }
            Step::ResetAtOnce => return reset(&stream),
            Step::Hang(bytes) => {
                let _ = stream.write_all(&bytes).await;
                std::future::pending::<()>().await;
            }
        }
    }
}

async fn read_head(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        match stream.read(&mut byte).await {
            Ok(1) => head.push(byte[0]),
            _ => return None,
        }
    }
    Some(String::from_utf8_lossy(&head).into_owned())
}

/// A complete response, with its length.
pub fn response(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let length = body.len();
    let mut bytes =
        format!("HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\n\r\n").into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

/// A 200 with JSON.
pub fn ok(body: impl AsRef<[u8]>) -> Vec<u8> {
    response("200 OK", "content-type: application/json\r\n", body)
}

pub fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

/// The error of a call with this one step.
pub async fn error_of(step: Step) -> Error {
    let server = Raw::start(vec![step]).await;
    let client = server
        .builder()
        .attempt_timeout(Duration::from_millis(300))
        .build()
        .unwrap();
    client.processing_results("a").send().await.unwrap_err()
}

/// A page of something other than the service.
pub const HTML: &str = "<!doctype html><title>CANARY-BODY</title>";
