//! Accepts connections, and ends them when nothing arrives on them.
//!
//! A client that opens connections and sends nothing would otherwise use up the file descriptors of a server that
//! runs for weeks.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::time::Duration;

use axum::serve::Listener;
use tokio::net::{TcpListener, TcpStream};
use tokio_io_timeout::TimeoutStream;

/// A listener whose connections have a limit on the time in which nothing arrives or leaves.
pub(super) struct IdleListener {
    listener: TcpListener,
    max_idle: Duration,
}

impl IdleListener {
    /// Listens. `max_idle` is also the longest time that a response may take, since nothing leaves meanwhile.
    pub(super) async fn bind(address: SocketAddr, max_idle: Duration) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        Ok(IdleListener { listener, max_idle })
    }
}

impl Listener for IdleListener {
    type Io = Pin<Box<TimeoutStream<TcpStream>>>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (stream, address) = Listener::accept(&mut self.listener).await;
        // It may fail, and then responses are a little slower.
        let _ = stream.set_nodelay(true);
        let mut stream = TimeoutStream::new(stream);
        stream.set_read_timeout(Some(self.max_idle));
        stream.set_write_timeout(Some(self.max_idle));
        (Box::pin(stream), address)
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.listener.local_addr()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use axum::Router;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    #[tokio::test]
    async fn connections_end_on_which_nothing_arrives_wherever_they_are() {
        let max_idle = Duration::from_millis(200);
        let address = SocketAddr::from(([127, 0, 0, 1], 0));
        let listener = IdleListener::bind(address, max_idle).await.unwrap();
        let address = Listener::local_addr(&listener).unwrap();
        tokio::spawn(async { axum::serve(listener, Router::new()).await });
        for sent in [
            "",
            "GET / HTTP/1.1\r\nhost: x",
            "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nhalf",
            "GET / HTTP/1.1\r\nhost: x\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        ] {
            let began = Instant::now();
            let mut stream = TcpStream::connect(address).await.unwrap();
            stream.write_all(sent.as_bytes()).await.unwrap();
            let mut received = Vec::new();
            let ended = stream.read_to_end(&mut received);
            let ended = tokio::time::timeout(Duration::from_secs(10), ended).await;
            assert!(ended.is_ok(), "{sent:?} is still open");
            // A body that nobody reads ends its connection with the response.
            let is_early = began.elapsed() < max_idle;
            assert!(
                !is_early || sent.starts_with("POST"),
                "{sent:?} ended at once"
            );
        }
    }
}
