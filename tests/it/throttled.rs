//! A service that allows 20 requests a window, on real sockets: no item is lost, and few requests are refused.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use processing_results::Client;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::support::{HISTORY, KEY, Raw, Step, ok, response};

const ALLOWED: u32 = 20;
/// The minute of a plan, 100 times as fast; so are the client's waits.
const WINDOW: Duration = Duration::from_millis(600);
const SCALE: u32 = 100;

#[derive(Default)]
struct Counted {
    /// When the current window began, and how many requests were accepted in it.
    window: Option<(Instant, u32)>,
    refused: u32,
}

impl Counted {
    /// How long the request came too early, if it did.
    fn count(&mut self) -> Option<Duration> {
        let (start, accepted) = self.window.get_or_insert((Instant::now(), 0));
        if start.elapsed() >= WINDOW {
            (*start, *accepted) = (Instant::now(), 0);
        }
        if *accepted < ALLOWED {
            *accepted += 1;
            return None;
        }
        self.refused += 1;
        Some(WINDOW.saturating_sub(start.elapsed()))
    }
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
        let response = match excess {
            None => ok(HISTORY),
            Some(excess) if says_when => {
                let wish = format!("retry-after-ms: {}\r\n", excess.as_millis() + 1);
                response("429 Too Many Requests", &wish, "")
            }
            Some(_) => response("429 Too Many Requests", "", ""),
        };
        if stream.write_all(&response).await.is_err() {
            return;
        }
    }
}

async fn serve(says_when: bool) -> (String, Arc<Mutex<Counted>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let counted = Arc::new(Mutex::new(Counted::default()));
    let shared = counted.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            stream.set_nodelay(true).unwrap();
            tokio::spawn(serve_connection(stream, shared.clone(), says_when));
        }
    });
    (url, counted)
}

/// Fetches this number of items; none may fail, and few requests may be refused.
async fn fetch(calls: u32, at_a_time: usize, says_when: bool) {
    let what = format!("{at_a_time} at a time, wish {says_when}");
    let (url, counted) = serve(says_when).await;
    let client = Client::builder().api_key(KEY).base_url(url).backoff(
        Duration::from_millis(500) / SCALE,
        Duration::from_secs(8) / SCALE,
    );
    let client = client.build().unwrap();
    let ids = (0..calls).map(|at| format!("item-{at}"));
    let started = Instant::now();
    let mut histories = client.fetch_many(ids).concurrency(at_a_time).stream();
    let mut arrived = 0;
    while let Some((id, history)) = histories.next().await {
        history.unwrap_or_else(|error| panic!("{what}: {id}: {error:?}"));
        arrived += 1;
    }
    let refused = counted.lock().unwrap().refused;
    println!("{what}: {refused} refused, {:?}", started.elapsed());
    assert_eq!(arrived, calls, "{what}");
    // How long it takes depends on the machine; the runtime's tests with paused time check that.
    assert!(refused <= at_a_time as u32 + calls / 5, "{what}: {refused}");
}

#[tokio::test]
async fn no_item_is_lost_at_any_concurrency() {
    let mut runs = Vec::new();
    for says_when in [true, false] {
        for at_a_time in [1, 8, 32, 100] {
            // Side by side: each is a client and a service of its own, and mostly waits.
            runs.push(tokio::spawn(fetch(200, at_a_time, says_when)));
        }
    }
    for run in runs {
        run.await.unwrap();
    }
}

#[tokio::test]
async fn a_wait_beyond_what_the_service_may_ask_for_costs_one_item() {
    let year = response("429 Too Many", "retry-after: 31536000\r\n", "");
    let server = Raw::start(vec![
        Step::Keep(ok(HISTORY)),
        Step::Keep(year),
        Step::Keep(ok(HISTORY)),
    ])
    .await;
    let client = server.builder().max_retry_after(Duration::from_millis(300));
    let client = client.build().unwrap();
    let started = Instant::now();
    let many = client.fetch_many(["a", "b", "c", "d"]).concurrency(1);
    let mut failed = Vec::new();
    for (id, history) in many.collect().await {
        if let Err(error) = history {
            failed.push((id, error));
        }
    }
    let [(id, error)] = &failed[..] else {
        panic!("{failed:?}")
    };
    assert!(id == "b" && error.is_rate_limited(), "{error}");
    let text = error.to_string();
    assert!(
        text.contains("the service asks to wait 31536000.0 s; that is longer than max_retry_after"),
        "{text}"
    );
    assert_eq!(server.heads().len(), 4);
    assert!(started.elapsed() >= Duration::from_millis(300));
}

/// The service responds at once; the consumer of the results is slow, or blocks the thread.
#[tokio::test]
async fn a_slow_consumer_fails_no_call() {
    let long = HISTORY.replace("a.pdf", &"x".repeat(20 << 20));
    for blocks in [true, false] {
        // The first result is there while the others are under way.
        let steps = vec![Step::Keep(ok(HISTORY)), Step::Keep(ok(&long))];
        let server = Raw::start(steps).await;
        let client = server
            .builder()
            .attempt_timeout(Duration::from_secs(3))
            .read_timeout(Duration::from_secs(2))
            .deadline(Duration::from_secs(4))
            .build()
            .unwrap();
        let ids = (0..8).map(|at| format!("item-{at}"));
        let mut histories = client.fetch_many(ids).concurrency(4).stream();
        let mut taken = 0;
        while let Some((id, history)) = histories.next().await {
            assert!(history.is_ok(), "{id}: {:?}", history.err());
            taken += 1;
            match (taken, blocks) {
                (1, true) => std::thread::sleep(Duration::from_millis(4500)),
                (1, false) => tokio::time::sleep(Duration::from_millis(4500)).await,
                _ => {}
            }
        }
        assert_eq!(server.heads().len(), 8);
    }
}
