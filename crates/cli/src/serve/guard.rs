//! Which requests are served: those for a host name of this server; and which pages may read responses: those that
//! this machine serves.
//!
//! A page from anywhere can make the browser of somebody who runs `serve` send requests to it. The page must not be
//! able to read the responses, which may hold the user's own data. Two checks see to that:
//!
//! - **CORS**: only origins on loopback get the headers that let a page read a response.
//! - **DNS rebinding**: `evil.example` may resolve to 127.0.0.1, and then is the same origin to a browser. So requests
//!   are served only if their `Host` is loopback, the address that is listened on, or a name from `--allow-host`. All
//!   others get 421 (misdirected request).

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{
    self, ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_REQUEST_METHOD, HOST, HeaderMap, HeaderName,
    HeaderValue, ORIGIN, VARY,
};
use axum::http::uri::Authority;
use axum::http::{Method, StatusCode, Uri, Version};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::host::{address, is_loopback};

/// Headers of every response that does not have them already. Pages bring a policy of their own, which allows their
/// style and script.
const HARDENED: [(HeaderName, &str); 3] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
];

/// Which host names requests may be for.
pub(super) struct Guard {
    /// The address that is listened on; with `0.0.0.0` or `::` every address is served.
    pub(super) listen: IpAddr,
    /// From `--allow-host`, without ports.
    pub(super) allowed: Vec<String>,
}

/// The host and port of a request that may be served. The OpenAPI document is served with it as its server.
#[derive(Clone)]
pub(super) struct Host(pub(super) String);

impl Guard {
    /// The host that the request is for, if it may be served. It has to be named exactly once, or as often as it likes in
    /// the same way: two names would be two meanings.
    fn host(&self, request: &Request) -> Option<Host> {
        let mut hosts = request.headers().get_all(HOST).iter();
        // A target such as `http://host/path` names a host as well, and in HTTP/2 it alone does.
        let target = request.uri().authority().map(Authority::as_str);
        let host = match hosts.next() {
            Some(host) => host.to_str().ok()?,
            None if request.version() == Version::HTTP_2 => target?,
            None => return None,
        };
        let is_clear = hosts.next().is_none() && target.is_none_or(|target| target == host);
        let authority: Authority = host
            .parse()
            .ok()
            .filter(|_| is_clear && !host.contains('@'))?;
        self.is_ours(authority.host())
            .then(|| Host(host.to_owned()))
    }

    /// Whether a host is this machine, the address that is listened on, or from `--allow-host`. Ports do not matter.
    fn is_ours(&self, host: &str) -> bool {
        let is_address = |address: IpAddr| address == self.listen || self.listen.is_unspecified();
        is_loopback(host)
            || address(host).is_some_and(is_address)
            || self
                .allowed
                .iter()
                .any(|name| name.eq_ignore_ascii_case(host))
    }
}

/// The origin of the request, if it is a page that this machine serves on loopback. `null` is no such origin: files and
/// sandboxed frames have it, wherever they come from.
fn origin(headers: &HeaderMap) -> Option<HeaderValue> {
    let origin = headers.get(ORIGIN)?;
    let uri: Uri = origin.to_str().ok()?.parse().ok()?;
    let is_http = matches!(uri.scheme_str(), Some("http" | "https"));
    (is_http && is_loopback(uri.host()?)).then(|| origin.clone())
}

/// The middleware around all routes: refuses hosts, responds to preflights, and adds the headers of every response.
pub(super) async fn guard(
    State(guard): State<Arc<Guard>>,
    mut request: Request,
    next: Next,
) -> Response {
    let origin = origin(request.headers());
    let mut response = match guard.host(&request) {
        None => misdirected(),
        Some(_) if origin.is_some() && is_preflight(&request) => preflight(request.headers()),
        Some(host) => {
            request.extensions_mut().insert(host);
            next.run(request).await
        }
    };
    let headers = response.headers_mut();
    headers.append(VARY, HeaderValue::from_static("origin"));
    for (name, value) in HARDENED {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    if let Some(origin) = origin {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(
            header::ACCESS_CONTROL_EXPOSE_HEADERS,
            HeaderValue::from_static("*"),
        );
    }
    response
}

/// The response to a request for a host that is not ours; it names the option that allows one.
fn misdirected() -> Response {
    let detail = r#"{"detail":"this host is not served here; --allow-host has others"}"#;
    let kind = [(header::CONTENT_TYPE, "application/json")];
    (StatusCode::MISDIRECTED_REQUEST, kind, detail).into_response()
}

/// Whether this is a CORS preflight: a browser checks in advance what a later request may have.
fn is_preflight(request: &Request) -> bool {
    request.method() == Method::OPTIONS
        && request
            .headers()
            .contains_key(ACCESS_CONTROL_REQUEST_METHOD)
}

/// The response to a preflight, valid for 10 minutes. All headers are allowed, since clients send their own; GET and
/// HEAD are the only methods that do anything here.
fn preflight(requested: &HeaderMap) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_METHODS,
        HeaderValue::from_static("GET, HEAD"),
    );
    if let Some(names) = requested.get(header::ACCESS_CONTROL_REQUEST_HEADERS) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, names.clone());
    }
    headers.insert(
        header::ACCESS_CONTROL_MAX_AGE,
        HeaderValue::from_static("600"),
    );
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn is_served(listen: &str, host: &str) -> bool {
        let guard = Guard {
            listen: listen.parse().unwrap(),
            allowed: vec!["mock".to_owned()],
        };
        let request = Request::builder().header(HOST, host);
        let request = request.body(Body::empty()).unwrap();
        guard.host(&request).is_some()
    }

    #[test]
    fn only_names_that_lead_here_are_ours() {
        for host in [
            "localhost",
            "LocalHost:1",
            "127.0.0.1:4010",
            "127.9.9.9",
            "[::1]:1",
            "Mock:1",
        ] {
            assert!(is_served("127.0.0.1", host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "evil.example:4010",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "localhost@evil.example",
            "evil.example@localhost",
            "192.168.0.2",
            "[::2]",
            "localhost, evil.example",
        ] {
            assert!(!is_served("127.0.0.1", host), "{host}");
        }
        assert!(is_served("192.168.0.2", "192.168.0.2:4010"));
        assert!(!is_served("192.168.0.2", "192.168.0.3"));
        assert!(is_served("0.0.0.0", "192.168.0.3") && is_served("::", "[fe80::1]"));
        assert!(!is_served("0.0.0.0", "evil.example"));
    }

    #[test]
    fn a_host_is_named_once() {
        let guard = Guard {
            listen: IpAddr::from([127, 0, 0, 1]),
            allowed: Vec::new(),
        };
        let twice = Request::builder()
            .header(HOST, "localhost")
            .header(HOST, "localhost");
        assert!(guard.host(&twice.body(Body::empty()).unwrap()).is_none());
        let target = |uri: &str| Request::builder().uri(uri).header(HOST, "localhost");
        let other = target("http://evil.example/").body(Body::empty()).unwrap();
        assert!(guard.host(&other).is_none());
        let same = target("http://localhost/").body(Body::empty()).unwrap();
        assert!(guard.host(&same).is_some());
        assert!(guard.host(&Request::new(Body::empty())).is_none());
        let newer = |uri: &str| {
            let request = Request::builder().uri(uri).version(Version::HTTP_2);
            guard.host(&request.body(Body::empty()).unwrap()).is_some()
        };
        assert!(newer("http://localhost:4010/") && !newer("http://evil.example/") && !newer("/"));
    }

    #[test]
    fn only_pages_of_this_machine_are_let_in() {
        let origin = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(ORIGIN, HeaderValue::from_str(text).unwrap());
            super::origin(&headers).is_some()
        };
        for own in [
            "http://localhost:3000",
            "https://127.0.0.1",
            "http://[::1]:1",
        ] {
            assert!(origin(own), "{own}");
        }
        for other in [
            "null",
            "http://evil.example",
            "file://",
            "http://localhost.evil.example",
            "ftp://localhost",
        ] {
            assert!(!origin(other), "{other}");
        }
    }
}
