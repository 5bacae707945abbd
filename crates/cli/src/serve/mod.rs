//! `serve`: the API as a local server, with pages to browse its items.
//!
//! It is the mock server of the package `processing-results-mock` with three things around it: pages, a guard against
//! scripts of other sites, and a directory whose files are items and may change while it runs.
//!
//! ```text
//! listener -> log (with -v) -> guard -> API of the mock | /openapi.yaml, /openapi.json | pages
//! directory -> items of the mock, index and problems of the pages
//! ```
//!
//! It runs until SIGINT or SIGTERM. Calls in flight then have 5 seconds to end; a second signal ends it at once.

pub(crate) mod args;
mod directory;
mod file;
mod greeting;
mod guard;
mod listener;
mod openapi;
mod pages;
mod problems;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::Request;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use processing_results_mock::{self as mock, Server};

use crate::atomic_file::unreadable;
use crate::demo;
use crate::exit::Failure;
use crate::signals::Signals;
use crate::{stdout, text};
use args::Serve;
use directory::{Changes, Directory};
use guard::{Guard, guard};
use listener::IdleListener;
use pages::Index;
use problems::Problems;

/// Time between two scans of the data directory: short enough that a saved file seems to be served at once.
const LOOK: Duration = Duration::from_millis(200);
/// The time between two scans is this many times that of a scan at least: with thousands of files they would otherwise
/// take a good part of a processor.
const REST: u32 = 30;
/// The longest time between two scans, after one that read a large file.
const MAX_LOOK: Duration = Duration::from_secs(2);
/// Time after which a connection ends on which nothing arrives; `--latency` comes on top.
const MAX_IDLE: Duration = Duration::from_secs(60);
/// Time that calls in flight have to end when the server stops.
const GRACE: Duration = Duration::from_secs(5);

/// What the pages show beside the items: the data directory changes it, and the pages read it.
#[derive(Clone, Default)]
struct Shared {
    /// Summaries of the items, to be made again when they change.
    index: Index,
    /// What is wrong with the data files.
    problems: Problems,
}

/// Serves until a signal arrives, and then lets calls in flight end.
pub(crate) async fn run(serve: &Serve, is_verbose: bool) -> Result<(), Failure> {
    // First, since a reader of the startup message may stop the server at once.
    let mut signals = Signals::new(GRACE + Duration::from_secs(1));
    let shared = Shared::default();
    let server = start(serve, is_verbose, shared.clone()).await?;
    let directory = fill(serve, &server, &shared)?;
    greeting::warn(serve);
    let greeting = greeting::text(serve, &server).into_bytes();
    tokio::select! {
        _ = signals.next() => return Ok(()),
        printed = stdout::print_apart(greeting) => printed?,
    }
    tokio::select! {
        _ = signals.next() => (),
        () = follow(directory, &server, &shared) => (),
    }
    // A second signal is for those who cannot wait.
    tokio::select! {
        _ = signals.next() => (),
        () = tokio::time::sleep(GRACE) => (),
        () = server.shutdown() => (),
    }
    Ok(())
}

/// Listens, and puts the pages and the guard around the routes of the mock server.
async fn start(serve: &Serve, is_verbose: bool, shared: Shared) -> Result<Server, Failure> {
    if serve.fail.iter().map(|(_, share)| share).sum::<f64>() > 1.0 {
        let message = "the shares of --fail are more than 1 together";
        return Err(Failure::usage(message));
    }
    let known_key = (serve.api_key == mock::API_KEY).then_some(mock::API_KEY);
    let guarded = Arc::new(Guard {
        listen: serve.listen.ip(),
        allowed: serve.allow_host.clone(),
    });
    let unusable = |error| unusable(serve.listen, &error);
    let listener = IdleListener::bind(serve.listen, MAX_IDLE + serve.latency)
        .await
        .map_err(unusable)?;
    let server = Server::serve_with(listener, |api, items| {
        let all = api
            .merge(openapi::router())
            .merge(pages::router(
                items,
                shared.index,
                shared.problems,
                known_key,
            ))
            .layer(from_fn_with_state(guarded, guard));
        match is_verbose {
            true => all.layer(from_fn(log)),
            false => all,
        }
    });
    let server = server.map_err(unusable)?.remember_requests(0);
    let mut server = server.with_api_key(&serve.api_key).delay(serve.latency);
    if let Some(session) = &serve.session {
        server = server.with_session(session);
    }
    let failures = serve.fail.iter();
    Ok(failures.fold(server, |server, (status, share)| {
        server.fail(*status, *share)
    }))
}

/// The failure of an address that cannot be listened on. The usual reason is another program that does.
fn unusable(address: SocketAddr, error: &io::Error) -> Failure {
    let message = format!("{address} cannot be listened on: {error}; --listen takes another");
    Failure::usage(message)
}

/// Gives the server its items; those of a directory may change later.
fn fill(serve: &Serve, server: &Server, shared: &Shared) -> Result<Option<Directory>, Failure> {
    let Some(path) = &serve.data else {
        let set = demo::items();
        let changes = Changes {
            set,
            ..Changes::default()
        };
        apply(server, shared, changes);
        return Ok(None);
    };
    let mut directory = Directory::new(path);
    let changes = directory.scan().map_err(|error| unreadable(path, &error))?;
    apply(server, shared, changes);
    shared.problems.set(directory.problems());
    if server.items().ids().is_empty() {
        text::info(&format!("note: there is no item in {} yet", path.display()));
    }
    Ok(Some(directory))
}

/// Keeps the items as the directory has them, until it is cancelled. Without a directory it only waits.
async fn follow(mut directory: Option<Directory>, server: &Server, shared: &Shared) {
    let mut took = Duration::ZERO;
    while let Some(mut followed) = directory.take() {
        tokio::time::sleep((took * REST).clamp(LOOK, MAX_LOOK)).await;
        // On another thread: calls get their responses while files are read.
        let began = Instant::now();
        let looked = tokio::task::spawn_blocking(move || (followed.rescan(), followed)).await;
        took = began.elapsed();
        if let Ok((changes, followed)) = looked {
            apply(server, shared, changes);
            shared.problems.set(followed.problems());
            directory = Some(followed);
        }
    }
    std::future::pending().await
}

/// Hands changes of the directory on to the server and to the pages.
fn apply(server: &Server, shared: &Shared, changes: Changes) {
    changes.reports.iter().for_each(|line| text::note(line));
    if changes.removed.is_empty() && changes.set.is_empty() {
        return;
    }
    for id in changes.removed {
        server.remove_item(&id);
    }
    for json in changes.set {
        if let Err(error) = server.set_item(json) {
            text::note(&format!("error: {error}"));
        }
    }
    shared.index.invalidate();
}

/// Logs each request with its status on standard error, for `-v`. Credentials are in headers, which are not logged.
async fn log(request: Request, next: Next) -> Response {
    let called = format!("{} {}", request.method(), request.uri());
    let response = next.run(request).await;
    text::info(&format!("{called}: {}", response.status().as_u16()));
    response
}
