//! A service that allows 20 requests a window, and how many items arrive, at what price: a table on standard output.

// A bench that fails to set up has nothing to measure.
#![allow(clippy::unwrap_used)]

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use processing_results::Client;
use processing_results_bench::calls::KEY;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const ALLOWED: u32 = 20;
/// The minute of a plan, 40 times as fast; so are the client's own waits.
const SCALE: u32 = 40;
const WINDOW: Duration = Duration::from_millis(60_000 / SCALE as u64);
const ITEMS: u32 = 2000;
const BODY: &str = r#"{"item_id":"a","item_name":"a.pdf","processing_results":[]}"#;

#[derive(Default)]
struct Counted {
    window: Option<(Instant, u32)>,
    requests: u32,
}

impl Counted {
    /// How long the request came too early, if it did.
    fn count(&mut self) -> Option<Duration> {
        self.requests += 1;
        let (start, accepted) = self.window.get_or_insert((Instant::now(), 0));
        if start.elapsed() >= WINDOW {
            (*start, *accepted) = (Instant::now(), 0);
        }
        *accepted += 1;
        (*accepted > ALLOWED).then(|| WINDOW.saturating_sub(start.elapsed()))
    }
}

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = { runtime }.enable_all().build().unwrap();
    println!(
        "| at a time | `Retry-After` | arrived | failed | refused requests | time, of that needed |"
    );
    println!("|---|---|---|---|---|---|");
    let rows = runtime.block_on(async {
        let runs = [true, false].map(|says_when| [1, 8, 32, 100].map(|calls| (says_when, calls)));
        let runs = runs.as_flattened().iter();
        // Side by side: each is a service and a client of its own, and mostly waits.
        let runs = runs.map(|(says_when, calls)| fetch(*says_when, *calls));
        futures_util::future::join_all(runs).await
    });
    rows.iter().for_each(|row| println!("{row}"));
}

async fn fetch(says_when: bool, at_a_time: usize) -> String {
    let counted = Arc::new(Mutex::new(Counted::default()));
    let base = serve(counted.clone(), says_when).await;
    let client = Client::builder().api_key(KEY).base_url(base).backoff(
        Duration::from_millis(500) / SCALE,
        Duration::from_secs(8) / SCALE,
    );
    let client = client.build().unwrap();
    let ids = (0..ITEMS).map(|at| format!("item-{at}"));
    let started = Instant::now();
    let histories = client.fetch_many(ids).concurrency(at_a_time).stream();
    let count = async |(arrived, failed), (_, history): (_, Result<_, _>)| match history {
        Ok(_) => (arrived + 1, failed),
        Err(_) => (arrived, failed + 1),
    };
    let (arrived, failed) = histories.fold((0, 0), count).await;
    let needed = WINDOW.as_secs_f64() * f64::from(ITEMS) / f64::from(ALLOWED);
    let took = started.elapsed().as_secs_f64() / needed;
    let refused = counted.lock().unwrap().requests - arrived;
    let wish = if says_when { "yes" } else { "no" };
    format!("| {at_a_time} | {wish} | {arrived} | {failed} | {refused} | {took:.2} |")
}

async fn serve(counted: Arc<Mutex<Counted>>, says_when: bool) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            stream.set_nodelay(true).unwrap();
            tokio::spawn(serve_connection(stream, counted.clone(), says_when));
        }
    });
    base
}

async fn serve_connection(mut stream: TcpStream, counted: Arc<Mutex<Counted>>, says_when: bool) {
    let mut head = Vec::new();
    loop {
        while !head.ends_with(b"\r\n\r\n") {
            if !stream.read_buf(&mut head).await.is_ok_and(|read| read > 0) {
                return;
            }
        }
        head.clear();
        let excess = counted.lock().unwrap().count();
        let length = BODY.len();
        let response = match excess {
            None => format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{BODY}"),
            Some(excess) => {
                let millis = excess.as_millis() + 1;
                let wish = format!("retry-after-ms: {millis}\r\n");
                let wish = if says_when { wish } else { String::new() };
                format!("HTTP/1.1 429 Too Many Requests\r\n{wish}content-length: 0\r\n\r\n")
            }
        };
        if stream.write_all(response.as_bytes()).await.is_err() {
            return;
        }
    }
}
