//! Environment variables that the command reads, by name, and what is wrong with the proxies in them.
//!
//! The names for the service are the library's, which reads the same variables. `processing-results help environment`
//! lists all of them.

use axum::http::Uri;
use axum::http::uri::Authority;
pub(crate) use processing_results::environment::{API_KEYS, BASE_URL, ORGANIZATION_ID, PROJECT_ID};

use crate::exit::Failure;
use crate::host::is_loopback;

/// Variables with a proxy. Each is also read in lower case, as by `curl`.
const PROXIES: [&str; 3] = ["HTTPS_PROXY", "HTTP_PROXY", ALL_PROXY];
const ALL_PROXY: &str = "ALL_PROXY";
/// The variable with the hosts that are called without a proxy.
const NO_PROXY: &str = "NO_PROXY";

/// The variables about proxies that are set, in both spellings, with their values.
pub(crate) fn proxies() -> impl Iterator<Item = (String, String)> {
    let names = PROXIES.into_iter().chain([NO_PROXY]);
    let names = names.flat_map(|name| [name.to_owned(), name.to_lowercase()]);
    names.filter_map(|name| variable(&name).map(|value| (name, value)))
}

/// The variable with the proxy for requests to this URL; `None` if they use none.
pub(crate) fn proxy_for(url: &str) -> Option<String> {
    let uri = url.parse::<Uri>().ok()?;
    let of_scheme = format!("{}_proxy", uri.scheme_str()?);
    let is_meant =
        |name: &str| name.eq_ignore_ascii_case(&of_scheme) || name.eq_ignore_ascii_case(ALL_PROXY);
    let mut set = proxies().filter(|_| !uri.host().is_some_and(is_loopback));
    set.find(|(name, _)| is_meant(name)).map(|(name, _)| name)
}

/// Whether there is a host, and a port only with a number: of `http://user:password` the password is where a port should be.
pub(crate) fn is_address(authority: &Authority) -> bool {
    let (host, text) = (authority.host(), authority.as_str());
    let address = text.rsplit('@').next().unwrap_or_default();
    !host.is_empty() && (host == address || authority.port_u16().is_some())
}

/// Refuses a proxy that cannot be used: the HTTP client would ignore it, and send requests past the proxy. Messages name
/// the variable without its value, which may hold a password. A host on this machine is called without a proxy.
pub(crate) fn check_proxies(host: &str) -> Result<(), Failure> {
    let set = proxies().filter(|(name, _)| !name.eq_ignore_ascii_case(NO_PROXY));
    for (name, value) in set.filter(|_| !is_loopback(host)) {
        let url = value.trim();
        let (scheme, rest) = url.split_once("://").unwrap_or(("http", url));
        let address = rest.rsplit('@').next().unwrap_or_default();
        let address = address.trim_end_matches('/').parse::<Authority>();
        let what = match scheme.to_lowercase().as_str() {
            "http" | "https" if address.as_ref().is_ok_and(is_address) => continue,
            scheme if scheme.starts_with("socks") => {
                "names a SOCKS proxy, which is not supported: use an HTTP proxy"
            }
            _ => "is not the URL of a proxy: write it like http://proxy.example.com:3128",
        };
        return Err(Failure::usage(format!("{name} {what}")));
    }
    Ok(())
}

/// The value of a variable; one that is empty or only spaces counts as not set. What is no Unicode text is set, and has
/// U+FFFD in it, which no value may have.
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var_os(name)
        .map(|value| value.to_string_lossy().into_owned())
        .filter(|value| !value.trim().is_empty())
}

/// The variable that the key comes from: the first one that is set.
pub(crate) fn key_variable() -> Option<&'static str> {
    API_KEYS.into_iter().find(|name| variable(name).is_some())
}
