//! The HTTP client that is used unless the caller has one.
//!
//! Over HTTP/2 all calls share one connection, so a connection that a router forgot would fail all of them. Two things
//! prevent that: pings retire a connection that does not reply, and after an attempt that timed out the next one uses
//! another connection.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::runtime::{Handle, Id};

use crate::base_url::BaseUrl;
use crate::error::Error;
use crate::lock::lock;

/// An open HTTP/2 connection on which nothing arrives is sent a ping after this time.
const KEEP_ALIVE_INTERVAL: Duration = Duration::from_secs(15);
/// It is closed if no reply to the ping comes within this time.
const KEEP_ALIVE_TIMEOUT: Duration = Duration::from_secs(10);
/// Where names such as `app.localhost` lead; the URL has the port.
const THIS_MACHINE: [SocketAddr; 2] = [
    SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
    SocketAddr::new(IpAddr::V6(Ipv6Addr::LOCALHOST), 0),
];

/// An HTTP client that follows no redirects, retries nothing, and reaches this machine without a proxy. Over plain http it
/// needs no certificates; over https it names what is missing, since reqwest says no more than "builder error".
fn http_client(connect_timeout: Duration, url: &BaseUrl) -> Result<reqwest::Client, Error> {
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

/// Names what is missing if that is known, or else says that the client cannot be built.
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

/// Runtimes whose connections are kept, the last used ones: a program has one, and a test suite one for each test.
const MAX_RUNTIMES: usize = 4;

/// The connections of a client, which are given up when they are silent.
///
/// Our own belong to the runtime that opened them: when that runtime is no longer driven, a call of another runtime
/// would get no response on them.
#[derive(Clone, Debug)]
pub struct Connections(Source);

#[derive(Clone, Debug)]
enum Source {
    Caller(reqwest::Client),
    Own(Arc<Own>),
}

#[derive(Debug)]
struct Own {
    connect_timeout: Duration,
    url: BaseUrl,
    /// By runtime, the last used one first.
    pools: Mutex<Vec<Pool>>,
}

/// The connections of a runtime.
#[derive(Clone, Debug)]
pub(crate) struct Pool {
    /// None before the first call.
    runtime: Option<Id>,
    /// How often its connections were replaced by new ones.
    generation: u32,
    pub(crate) http: reqwest::Client,
}

impl Pool {
    fn new(runtime: Option<Id>, http: reqwest::Client) -> Self {
        Pool {
            runtime,
            generation: 0,
            http,
        }
    }
}

impl Connections {
    /// Connections of our own.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if TLS is needed and cannot be set up.
    pub fn new(connect_timeout: Duration, url: &BaseUrl) -> Result<Self, Error> {
        let pool = Pool::new(None, http_client(connect_timeout, url)?);
        Ok(Connections(Source::Own(Arc::new(Own {
            connect_timeout,
            url: url.clone(),
            pools: Mutex::new(vec![pool]),
        }))))
    }

    /// The caller's connections, which stay as they are: a client of the caller's may pool, proxy and resolve as it likes.
    ///
    /// ```
    /// use processing_results_runtime::Connections;
    ///
    /// let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy();
    /// # #[cfg(feature = "rustls")]
    /// # let builder = builder.tls_certs_only([]);
    /// let connections = Connections::of_caller(builder.build()?);
    /// # let _ = connections;
    /// # Ok::<(), reqwest::Error>(())
    /// ```
    #[must_use]
    pub fn of_caller(http: reqwest::Client) -> Self {
        Connections(Source::Caller(http))
    }

    /// An HTTP client with these connections, for what is not sent over those of a runtime.
    #[must_use]
    pub fn http(&self) -> reqwest::Client {
        self.current().http
    }

    /// The connections of the current runtime.
    pub(crate) fn current(&self) -> Pool {
        let runtime = Handle::try_current().ok().map(|handle| handle.id());
        match &self.0 {
            Source::Own(own) => own.pool(runtime),
            Source::Caller(http) => Pool::new(runtime, http.clone()),
        }
    }

    /// Uses new connections in place of these from now on, unless another call has replaced them. Calls on the old ones
    /// continue there.
    pub(crate) fn renew(&self, silent: &Pool) {
        // Without TLS there is no HTTP/2, and a call that timed out has taken its connection with it.
        let Source::Own(own) = &self.0 else { return };
        let mut pools = lock(&own.pools);
        let is_it = |pool: &&mut Pool| {
            (pool.runtime, pool.generation) == (silent.runtime, silent.generation)
        };
        if own.url.is_https()
            && let Some(pool) = pools.iter_mut().find(is_it)
            && let Ok(http) = http_client(own.connect_timeout, &own.url)
        {
            pool.generation = pool.generation.wrapping_add(1);
            pool.http = http;
        }
    }
}

impl Own {
    /// The connections of a runtime: those it has, those that no runtime has used yet, or new ones.
    fn pool(&self, runtime: Option<Id>) -> Pool {
        let mut pools = lock(&self.pools);
        let is_free = |pool: &Pool| pool.runtime.is_none() || pool.runtime == runtime;
        match pools.iter().position(is_free) {
            Some(at) => pools[..=at].rotate_right(1),
            None => {
                // What could be built once can be built again; otherwise the last one has to do.
                let http = http_client(self.connect_timeout, &self.url);
                let http = http.unwrap_or_else(|_| pools[0].http.clone());
                pools.insert(0, Pool::new(runtime, http));
                pools.truncate(MAX_RUNTIMES);
            }
        }
        pools[0].runtime = runtime;
        pools[0].clone()
    }
}
