//! `serve`: the API as a local server, with its pages.

pub(crate) mod args;
mod pages;

use std::io;
use std::net::SocketAddr;

use processing_results::mock::{self, Server};
use tokio::signal::unix::{SignalKind, signal};

use crate::exit::{Exit, Failure};
use crate::text;
use args::Serve;

pub(crate) async fn run(serve: &Serve) -> Result<(), Failure> {
    let known_key = (serve.api_key == mock::API_KEY).then_some(mock::API_KEY);
    let server = Server::bind_with(serve.listen, |api, items| {
        api.merge(pages::router(items, known_key))
    })
    .await
    .map_err(|error| cannot_listen(serve.listen, &error))?
    .with_api_key(&serve.api_key)
    .delay(serve.latency);
    let server = match &serve.session {
        Some(session) => server.with_session(session),
        None => server,
    };
    for (_, json) in mock::EXAMPLES {
        let _ = server.set_item(json);
    }
    text::print(greeting(serve, &server).as_bytes())?;
    stopped().await;
    server.shutdown().await;
    Ok(())
}

fn cannot_listen(address: SocketAddr, error: &io::Error) -> Failure {
    let message = format!("{address} cannot be listened on: {error}; --listen has another address");
    Failure::new(Exit::Usage, message)
}

fn greeting(serve: &Serve, server: &Server) -> String {
    let url = server.base_url();
    let ids = server.items().ids();
    let id = ids.iter().find(|id| *id == "invoice-0001");
    format!(
        "listening on {url}\n\
        export LLAMA_CLOUD_BASE_URL={url} LLAMA_CLOUD_API_KEY={}\n\
        try: processing-results get {}\n\
        pages: {url}/\n",
        serve.api_key,
        server
            .items()
            .ids()
            .last()
            .map_or("ITEM_ID", String::as_str)
    )
}

async fn stopped() {
    let mut terminate = signal(SignalKind::terminate()).ok();
    tokio::select! {
        _ = tokio::signal::ctrl_c() => (),
        Some(()) = async { terminate.as_mut()?.recv().await } => (),
    }
}
