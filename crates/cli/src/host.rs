//! Hosts as they stand in URLs.

use std::net::IpAddr;

/// The address that a host is, if it is one; brackets of IPv6 may be there.
pub(crate) fn address(host: &str) -> Option<IpAddr> {
    host.trim_start_matches('[')
        .trim_end_matches(']')
        .parse()
        .ok()
}

/// Whether this is this machine, by an address or by a name for it (RFC 6761).
pub(crate) fn is_loopback(host: &str) -> bool {
    let name = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
    name == "localhost"
        || name.ends_with(".localhost")
        || address(host).is_some_and(|address| address.to_canonical().is_loopback())
}
