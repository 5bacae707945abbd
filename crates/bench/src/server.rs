//! A server that has its responses ready: it costs one read and one write a
//! call, so that what is measured is the client.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::bodies::ITEM;

/// Item ids with the bytes of their responses, heads included.
pub type Responses = Arc<Vec<(String, Vec<u8>)>>;

/// Responses for items with these bodies; anything else is a 404.
#[must_use]
pub fn responses(bodies: Vec<(String, String)>) -> Responses {
    let response = |(item, body): (String, String)| {
        let length = body.len();
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n"
        );
        (item, [head.as_bytes(), body.as_bytes()].concat())
    };
    Arc::new(bodies.into_iter().map(response).collect())
}

/// Serves on a thread of its own until the process ends.
#[must_use]
pub fn start(responses: Responses) -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = { runtime }.enable_io().build().unwrap();
        runtime.block_on(async {
            let listener = TcpListener::from_std(listener).unwrap();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                stream.set_nodelay(true).unwrap();
                tokio::spawn(serve_connection(stream, responses.clone()));
            }
        });
    });
    address
}

async fn serve_connection(mut stream: TcpStream, responses: Responses) -> std::io::Result<()> {
    let mut head = Vec::with_capacity(4096);
    let mut patched = Vec::new();
    loop {
        while !head.ends_with(b"\r\n\r\n") {
            if stream.read_buf(&mut head).await? == 0 {
                return Ok(());
            }
        }
        let response = response(&head, &responses, &mut patched);
        stream.write_all(response).await?;
        head.clear();
    }
}

/// `GET .../items/ID/processing-results`, where the id may end in a dot and
/// anything: many items have the same response. An id as long as a real one
/// is put into it, since a client warns of a history that is not of the item.
fn response<'a>(head: &[u8], responses: &'a Responses, patched: &'a mut Vec<u8>) -> &'a [u8] {
    let line = head.split(|byte| *byte == b'\r').next().unwrap_or_default();
    let mut segments = line.split(|byte| matches!(byte, b'/' | b' ' | b'?'));
    let item = segments.find(|segment| *segment == b"items");
    let id = item.and_then(|_| segments.next()).unwrap_or_default();
    let item = id.split(|byte| *byte == b'.').next().unwrap_or_default();
    let found = responses.iter().find(|(id, _)| id.as_bytes() == item);
    let Some((_, bytes)) = found else {
        return b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n";
    };
    if id.len() != ITEM.len() {
        return bytes;
    }
    patched.clear();
    patched.extend_from_slice(bytes);
    let is_id = |window: &[u8]| window == ITEM.as_bytes();
    if let Some(at) = bytes.windows(ITEM.len()).position(is_id) {
        patched[at..at + id.len()].copy_from_slice(id);
    }
    patched
}
