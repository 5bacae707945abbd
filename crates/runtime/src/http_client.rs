//! The HTTP client that is used unless the caller has one.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::base_url::BaseUrl;
use crate::error::Error;

/// An open HTTP/2 connection on which nothing arrives is asked for a sign of life after this time.
const KEEP_ALIVE_INTERVAL: Duration = Duration::from_secs(15);
/// Where names such as `app.localhost` lead; the URL has the port.
const THIS_MACHINE: [SocketAddr; 2] = [
    SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
    SocketAddr::new(IpAddr::V6(Ipv6Addr::LOCALHOST), 0),
];
/// It is given up if none comes within this time.
const KEEP_ALIVE_TIMEOUT: Duration = Duration::from_secs(10);

/// An HTTP client that follows no redirects, retries nothing, and reaches this machine without a proxy.
///
/// # Errors
/// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if TLS is needed and cannot be set up.
pub fn http_client(connect_timeout: Duration, url: &BaseUrl) -> Result<reqwest::Client, Error> {
    if url.is_https() && cfg!(not(feature = "rustls")) {
        return Err(Error::configuration(
            "this build has no TLS: turn on the feature `rustls`, or give a client of your own with http_client",
        ));
    }
    let builder = || {
        let builder = reqwest::Client::builder()
            .connect_timeout(connect_timeout)
            .http2_keep_alive_interval(KEEP_ALIVE_INTERVAL)
            .http2_keep_alive_timeout(KEEP_ALIVE_TIMEOUT)
            // A redirect could carry the request to another host.
            .redirect(reqwest::redirect::Policy::none())
            // Retries are ours, with their reasons.
            .retry(reqwest::retry::never());
        // Whatever else other crates turn on.
        #[cfg(feature = "rustls")]
        let builder = builder.tls_backend_rustls();
        match url.is_loopback {
            // A proxy is for the network, and a resolver may look for names of this machine there.
            true => builder
                .no_proxy()
                .resolve_to_addrs(&url.host, &THIS_MACHINE),
            false => builder,
        }
    };
    if url.is_https() || !url.is_loopback {
        let built = builder().build();
        if built.is_ok() || url.is_https() {
            return built.map_err(unusable);
        }
    }
    // Without TLS, nothing needs a certificate.
    #[cfg(feature = "rustls")]
    return builder().tls_certs_only([]).build().map_err(unusable);
    #[cfg(not(feature = "rustls"))]
    return builder().build().map_err(unusable);
}

fn unusable(error: reqwest::Error) -> Error {
    let error = error.without_url();
    // The words of rustls-platform-verifier, which has no type for it.
    let is_missing = format!("{error:?}").contains("No CA certificates");
    Error::configuration(match is_missing {
        true => {
            "this system has no trusted certificates: install ca-certificates, or name a file of them in SSL_CERT_FILE"
        }
        false => "the HTTP client cannot be built",
    })
    .with_source(error)
}

/// The connections of a client, which are given up when they are silent.
#[derive(Clone, Debug)]
pub struct Connections {
    current: Arc<Mutex<(u32, reqwest::Client)>>,
    /// How to make new ones, unless they are the caller's.
    renew: Option<(Duration, BaseUrl)>,
}

impl Connections {
    /// Connections of our own.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration): see [`http_client`].
    pub fn new(connect_timeout: Duration, url: &BaseUrl) -> Result<Self, Error> {
        let http = http_client(connect_timeout, url)?;
        Ok(Connections {
            // Without TLS there is no HTTP/2, and a call that timed out has taken its connection with it.
            renew: url.is_https().then(|| (connect_timeout, url.clone())),
            ..Self::of_caller(http)
        })
    }

    /// The caller's connections, which stay as they are.
    #[must_use]
    pub fn of_caller(http: reqwest::Client) -> Self {
        Connections {
            current: Arc::new(Mutex::new((0, http))),
            renew: None,
        }
    }

    /// The HTTP client of the current connections, and their generation.
    #[must_use]
    pub fn current(&self) -> (u32, reqwest::Client) {
        // Nothing panics while it holds the lock.
        let current = self.current.lock();
        current.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Uses new connections from now on, unless somebody else has seen to that since `generation`. Calls on the old
    /// ones go on there.
    pub(crate) fn renew(&self, generation: u32) {
        let Some((connect_timeout, url)) = &self.renew else {
            return;
        };
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        if current.0 == generation
            && let Ok(http) = http_client(*connect_timeout, url)
        {
            *current = (generation.wrapping_add(1), http);
        }
    }
}
