//! The client: for the service that options and environment describe, or for the demo in this process.
//!
//! Every command gets its client here, so that all of them read the same options and variables with the same precedence:
//! options, then variables, then defaults. With `--demo` no variable is read: a real key must not reach the demo, and a
//! variable must not lead it to another server.

use axum::http::Uri;
use processing_results::{Client, ClientBuilder};
use processing_results_mock as mock;

use crate::demo;
use crate::environment::{
    API_KEYS, BASE_URL, ORGANIZATION_ID, PROJECT_ID, check_proxies, key_variable, variable,
};
use crate::exit::{Exit, Failure};
use crate::explain::{Context, DEMO, explain_with};
use crate::mask;
use crate::service::Service;

/// A client, and the demo server if it calls that. The server ends when this is dropped.
pub(crate) struct Connection {
    pub(crate) client: Client,
    _demo: Option<mock::Server>,
}

/// Creates the client. Nothing is sent yet.
///
/// # Errors
/// There is no key, or an option or variable cannot be used; the message names it.
pub(crate) async fn connect(service: &Service) -> Result<Connection, Failure> {
    let (mut builder, demo) = match service.demo {
        true => demo().await?,
        false => (from_environment(service)?, None),
    };
    if let Some(id) = &service.project_id {
        builder = builder.project_id(id);
    }
    if let Some(id) = &service.organization_id {
        builder = builder.organization_id(id);
    }
    if let Some(limit) = service.timeout {
        builder = builder.deadline(limit);
    }
    if let Some(retries) = service.max_retries {
        builder = builder.max_retries(retries);
    }
    let client = builder
        .build()
        .map_err(|error| named(error.into(), service))?;
    let uri = client.base_url().parse::<Uri>();
    check_proxies(uri.ok().as_ref().and_then(Uri::host).unwrap_or_default())?;
    explain_with(Context {
        // A path can hold a credential, such as a key that was put there by mistake.
        server: mask::text(client.base_url(), false).into_owned(),
        key: key_variable().filter(|_| !service.demo).unwrap_or(DEMO),
    });
    Ok(Connection {
        client,
        _demo: demo,
    })
}

/// The failure of a configuration with the option or variable that it is about, in place of the library's words.
fn named(failure: Failure, service: &Service) -> Failure {
    let setting = match service.base_url {
        Some(_) => "--base-url",
        None => BASE_URL,
    };
    let message = failure.message().replacen("the base URL", setting, 1);
    Failure::new(failure.exit, message)
}

/// Starts the demo server, with a client for it.
async fn demo() -> Result<(ClientBuilder, Option<mock::Server>), Failure> {
    let server = mock::Server::start_empty().await.map_err(|error| {
        Failure::new(
            Exit::Service,
            format!("the demo server does not start: {error}"),
        )
    })?;
    let server = demo::items()
        .into_iter()
        .fold(server, mock::Server::with_item);
    let builder = Client::builder()
        .api_key(mock::API_KEY)
        .base_url(server.base_url());
    Ok((builder, Some(server)))
}

/// A client for the service. That there is no key is reported before anything else, since nothing works without one.
fn from_environment(service: &Service) -> Result<ClientBuilder, Failure> {
    let mut builder = ClientBuilder::from_env()?;
    if key_variable().is_none() {
        let [first, second] = API_KEYS;
        let message = format!(
            "there is no API key: set {first} (or {second}), or try --demo, which needs none"
        );
        return Err(Failure::usage(message));
    }
    if let Some(region) = service.region {
        builder = builder.region(region);
    }
    if let Some(url) = &service.base_url {
        builder = builder.base_url(url);
    }
    for host in &service.allow_plain_http {
        builder = builder.allow_plain_http(host);
    }
    Ok(builder)
}

/// The ids of project and organization that calls are made for: from options, else from variables.
pub(crate) fn tenant(service: &Service) -> [Option<String>; 2] {
    [
        (&service.project_id, PROJECT_ID),
        (&service.organization_id, ORGANIZATION_ID),
    ]
    .map(|(argument, name)| {
        let environment = || variable(name).filter(|_| !service.demo);
        argument.clone().or_else(environment)
    })
}
