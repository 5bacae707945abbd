//! The arguments of `serve`: where to listen, what to serve, and how to misbehave.
//!
//! The defaults need no thought: loopback, the sample data, a key that everybody knows, no delay and no failures.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use processing_results_mock as mock;

/// Where to listen, what to serve, and how the server misbehaves on request.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Address to listen on; port 0 picks a free port
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:4010", value_parser = address)]
    pub(crate) listen: SocketAddr,

    /// Serve the .json files of this directory in place of the sample data
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,

    /// API key to accept
    #[arg(long, value_name = "KEY", default_value = mock::API_KEY, value_parser = credential)]
    pub(crate) api_key: String,

    /// Session cookie to accept as well
    #[arg(long, value_name = "SESSION", value_parser = credential)]
    pub(crate) session: Option<String>,

    /// Delay of each response, such as 50ms or 1.5s
    #[arg(long, value_name = "DURATION", default_value = "0ms", value_parser = time)]
    pub(crate) latency: Duration,

    /// Fail a share of requests, such as 503:0.1 for 10% (repeatable)
    #[arg(long, value_name = "STATUS:SHARE", value_parser = failure)]
    pub(crate) fail: Vec<(u16, f64)>,

    /// Accept requests for this host name as well (repeatable)
    #[arg(long, value_name = "HOST")]
    pub(crate) allow_host: Vec<String>,
}

/// Reads an address and a port. `localhost:4010`, `:4010` and `4010` are on loopback.
fn address(text: &str) -> Result<SocketAddr, String> {
    let (host, port) = text.rsplit_once(':').unwrap_or(("", text));
    let on_loopback = || Some(SocketAddr::from(([127, 0, 0, 1], port.parse().ok()?)));
    match host {
        "" | "localhost" => on_loopback(),
        _ => text.parse().ok(),
    }
    .ok_or_else(|| "write an address and a port, such as 127.0.0.1:4010 or [::1]:4010".to_owned())
}

/// Reads a key or a session, which has to fit into a header. A semicolon would end a cookie.
fn credential(text: &str) -> Result<String, String> {
    match text.bytes().all(|b| b.is_ascii_graphic() && b != b';') && !text.is_empty() {
        true => Ok(text.to_owned()),
        false => Err("write visible ASCII characters, without spaces and semicolons".to_owned()),
    }
}

fn time(text: &str) -> Result<Duration, String> {
    let (number, unit) = match text.strip_suffix("ms") {
        Some(number) => (number, 1e-3),
        None => (text.strip_suffix('s').unwrap_or_default(), 1.0),
    };
    let seconds = number.parse::<f64>().ok().map(|number| number * unit);
    seconds
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .ok_or_else(|| "write a number with its unit, such as 50ms or 1.5s".to_owned())
}

/// Reads `503:0.1`: a status, and the share of requests that get it.
fn failure(text: &str) -> Result<(u16, f64), String> {
    let (status, share) = text.split_once(':').unwrap_or_default();
    let status = status
        .parse()
        .ok()
        .filter(|status| (400..600).contains(status));
    let share = share.parse().ok();
    let share = share.filter(|share| (0.0..=1.0).contains(share));
    status.zip(share).ok_or_else(|| {
        "write a status from 400 to 599 and a share from 0 to 1, such as 503:0.1".to_owned()
    })
}
