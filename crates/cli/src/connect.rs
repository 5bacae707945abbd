//! Whom to ask: the service as arguments and environment describe it, or the
//! demo in this process.

use processing_results::{Client, ClientBuilder, mock};

use crate::args::Service;
use crate::exit::{Exit, Failure};

/// The variables that may hold the key, the first one first.
pub(crate) const KEY_VARIABLES: [&str; 2] = ["LLAMA_CLOUD_API_KEY", "LLAMA_PARSE_API_KEY"];

/// A client, and the demo server it asks, if it does.
pub(crate) struct Connection {
    pub(crate) client: Client,
    _demo: Option<mock::Server>,
}

/// Makes the client. Nothing is sent yet.
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
    let client = builder.build()?;
    Ok(Connection {
        client,
        _demo: demo,
    })
}

/// Knows nothing of the environment: no key may reach the demo, and no demo another server.
async fn demo() -> Result<(ClientBuilder, Option<mock::Server>), Failure> {
    let server = mock::Server::start().await.map_err(|error| {
        Failure::new(
            Exit::Service,
            format!("the demo server does not start: {error}"),
        )
    })?;
    let builder = Client::builder()
        .api_key(mock::API_KEY)
        .base_url(server.base_url());
    Ok((builder, Some(server)))
}

fn from_environment(service: &Service) -> Result<ClientBuilder, Failure> {
    let mut builder = ClientBuilder::from_env()?;
    if key_variable().is_none() {
        let [first, second] = KEY_VARIABLES;
        let message = format!(
            "there is no API key: set {first} (or {second}), or try --demo, which needs none"
        );
        return Err(Failure::new(Exit::Usage, message));
    }
    if let Some(region) = service.region {
        builder = builder.region(region.into());
    }
    if let Some(url) = &service.base_url {
        builder = builder.base_url(url);
    }
    for host in &service.allow_plain_http {
        builder = builder.allow_plain_http(host);
    }
    Ok(builder)
}

/// The variable that the key comes from, if there is one.
pub(crate) fn key_variable() -> Option<&'static str> {
    let is_set = |name: &&str| std::env::var(name).is_ok_and(|value| !value.trim().is_empty());
    KEY_VARIABLES.into_iter().find(is_set)
}
