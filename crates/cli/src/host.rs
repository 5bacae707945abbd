//! Hosts as they stand in URLs.

use std::net::IpAddr;

/// The address that a host is, if it is one; brackets of IPv6 may be there.
pub(crate) fn address(host: &str) -> Option<IpAddr> {
    host.trim_start_matches('[')
        .trim_end_matches(']')
        .parse()
        .ok()
}

/// Whether this is this machine, by an address or by the name for it.
pub(crate) fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || address(host).is_some_and(|address| address.to_canonical().is_loopback())
}
