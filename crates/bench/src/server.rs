//! A server that has its responses ready: it costs one read and one write a
//! call, so that what is measured is the client.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

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
    loop {
        while !head.ends_with(b"\r\n\r\n") {
            if stream.read_buf(&mut head).await? == 0 {
                return Ok(());
            }
        }
        stream.write_all(response(&head, &responses)).await?;
        head.clear();
    }
}

/// `GET .../items/ITEM/processing-results`, where ITEM may end in a dot and
/// anything: many items have the same response.
fn response<'a>(head: &[u8], responses: &'a Responses) -> &'a [u8] {
    let line = head.split(|byte| *byte == b'\r').next().unwrap_or_default();
    let mut segments = line.split(|byte| matches!(byte, b'/' | b' ' | b'?'));
    let item = segments.find(|segment| *segment == b"items");
    let item = item.and_then(|_| segments.next()).unwrap_or_default();
    let item = item.split(|byte| *byte == b'.').next().unwrap_or_default();
    let found = responses.iter().find(|(id, _)| id.as_bytes() == item);
    found.map_or(
        b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n",
        |(_, bytes)| bytes,
    )
}
