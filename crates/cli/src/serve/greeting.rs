//! What `serve` prints when it has started.
//!
//! ```text
//! listening on http://127.0.0.1:4010
//! export LLAMA_CLOUD_BASE_URL=http://127.0.0.1:4010 LLAMA_CLOUD_API_KEY=llx-mock-key
//! try: processing-results get invoice-0001
//! pages: http://127.0.0.1:4010/
//! ```
//!
//! It goes to standard output, so that a script that starts the server on port 0 can read its address. The second
//! line is for a shell, so keys and ids are quoted for one.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use processing_results_mock::Server;

use super::args::Serve;
use crate::demo::EXAMPLE;
use crate::text;

/// Warns if other machines can reach the server: its pages show every item, and need no key.
pub(super) fn warn(serve: &Serve) {
    if !serve.listen.ip().is_loopback() {
        text::note(&format!(
            "warning: {} is not loopback: whoever can reach it can see its pages, which need no key",
            serve.listen
        ));
    }
}

/// The startup message. Without items there is nothing to try; an address that is not loopback needs an option to be
/// called without TLS.
pub(super) fn text(serve: &Serve, server: &Server) -> String {
    let url = reachable(server.base_url());
    let key = quoted(&serve.api_key);
    let ids = server.items().ids();
    let id = ids.iter().find(|id| *id == EXAMPLE).or(ids.first());
    let mut text = format!(
        "listening on {url}\n\
        export LLAMA_CLOUD_BASE_URL={url} LLAMA_CLOUD_API_KEY={key}\n"
    );
    if let Some(id) = id {
        let plain = match serve.listen.ip() {
            ip if ip.is_loopback() || ip.is_unspecified() => String::new(),
            ip => format!(" --allow-plain-http {ip}"),
        };
        let id = text::escaped(id);
        let id = quoted(&id);
        // A string takes everything.
        let _ = writeln!(text, "try: processing-results get {id}{plain}");
    }
    text + &format!("pages: {url}/\n")
}

/// A URL that a client on this machine can use: nothing connects to `0.0.0.0` or `[::]`, so loopback stands for them.
fn reachable(base_url: &str) -> String {
    let address = base_url
        .strip_prefix("http://")
        .map(str::parse::<SocketAddr>);
    let Some(Ok(address)) =
        address.filter(|address| matches!(address, Ok(a) if a.ip().is_unspecified()))
    else {
        return base_url.to_owned();
    };
    let ip: IpAddr = match address {
        SocketAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
        SocketAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
    };
    format!("http://{}", SocketAddr::new(ip, address.port()))
}

/// A text as a shell reads it back.
fn quoted(text: &str) -> Cow<'_, str> {
    // It fails at a NUL, which neither a key nor an escaped id has.
    shlex::try_quote(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_reads_back_what_is_quoted() {
        assert_eq!(quoted("llx-a_1.b"), "llx-a_1.b");
        let hostile = "$(x) 'y' `z` \"";
        let read = shlex::split(&quoted(hostile));
        assert_eq!(read, Some(vec![hostile.to_owned()]));
    }

    #[test]
    fn a_client_gets_an_address_that_it_can_use() {
        assert_eq!(reachable("http://0.0.0.0:1"), "http://127.0.0.1:1");
        assert_eq!(reachable("http://[::]:1"), "http://[::1]:1");
        assert_eq!(reachable("http://192.168.0.2:1"), "http://192.168.0.2:1");
    }
}
