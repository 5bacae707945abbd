//! Hosts as they are in URLs and `Host` headers, and whether they are this machine.
//!
//! Loopback needs no TLS, no proxy and no permission: what is sent there does not leave the machine.

use std::net::IpAddr;

/// The address, if a host is one, such as `127.0.0.1` or `[::1]`.
pub(crate) fn address(host: &str) -> Option<IpAddr> {
    host.trim_start_matches('[')
        .trim_end_matches(']')
        .parse()
        .ok()
}

/// Whether a host is this machine: a loopback address, also as an IPv4 address in IPv6, or a name that always is one,
/// `localhost` and everything below it (RFC 6761). The name is not resolved.
pub(crate) fn is_loopback(host: &str) -> bool {
    let name = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
    name == "localhost"
        || name.ends_with(".localhost")
        || address(host).is_some_and(|address| address.to_canonical().is_loopback())
}
