//! `doctor`: which settings are in use, where they come from, and whether the service accepts them.
//!
//! ```text
//! key from         LLAMA_CLOUD_API_KEY
//! region           na
//! base url         https://api.cloud.llamaindex.ai
//! base url from    default
//! service          works: it accepts the key, 214 ms
//! ```
//!
//! It shows sources beside values, since most trouble is a variable that somebody forgot. A key is never shown, not even
//! in part. The exit code is that of the failed call, so that a script can check its environment.

use std::time::Duration;

use axum::http::Uri;
use processing_results::{Client, Error, ErrorKind, Region, spec};
use serde_json::{Map, Value, json};

use crate::args::{Doctor, DoctorFormat};
use crate::connect::{connect, tenant};
use crate::environment::{BASE_URL, is_address, key_variable, proxies, variable};
use crate::exit::{Exit, Failure};
use crate::mask::{self, MASK};
use crate::service::Service;
use crate::stdout::print;
use crate::text;

/// Time limit of the call: long enough for a slow connection, short enough to wait for.
const DEADLINE: Duration = Duration::from_secs(10);

/// An id that no item has, in the form that most ids have.
const NOBODY: &str = "00000000-0000-0000-0000-000000000000";

/// What was found: names and values in the order of the output, and the exit code.
struct Findings {
    lines: Vec<(&'static str, Value)>,
    exit: Exit,
}

/// Prints what was found, and all the more if the service does not work.
pub(crate) async fn run(doctor: &Doctor) -> Result<(), Failure> {
    let report = examine(&doctor.service).await;
    let output = match doctor.output.format {
        DoctorFormat::Text => report.text(),
        DoctorFormat::Json => report.json(),
    };
    print(output.as_bytes())?;
    match report.exit {
        Exit::Done => Ok(()),
        exit => Err(Failure::reported(exit)),
    }
}

/// Collects the settings with their sources, and makes one call with them. Settings that cannot be used are shown too.
async fn examine(service: &Service) -> Findings {
    let key = match (service.demo, key_variable()) {
        (true, _) => Some("the demo"),
        (false, variable) => variable,
    };
    let connection = connect(service).await;
    let (state, exit) = match &connection {
        Ok(connection) => check(&connection.client, service).await,
        Err(failure) => (format!("not called: {}", failure.message()), failure.exit),
    };
    let base_url = match &connection {
        Ok(connection) => connection.client.base_url().to_owned(),
        Err(_) => shown(&said_url(service).unwrap_or(Region::default().base_url().to_owned())),
    };
    let [project, organization] = tenant(service);
    let lines = vec![
        ("version", json!(env!("CARGO_PKG_VERSION"))),
        ("contract", json!(spec::API_VERSION)),
        ("contract sha256", json!(spec::SHA256)),
        ("key from", json!(key)),
        ("region", json!(region(&base_url))),
        ("base url", json!(mask::text(&base_url, false))),
        ("base url from", json!(url_source(service))),
        ("project", json!(project)),
        ("organization", json!(organization)),
        ("proxies", shown_proxies()),
        ("service", json!(state)),
    ];
    Findings { lines, exit }
}

/// Requests an item that does not exist: a service that says so has accepted the key. Returns the line and the exit code.
async fn check(client: &Client, service: &Service) -> (String, Exit) {
    let request = client
        .processing_results(NOBODY)
        .deadline(service.timeout.unwrap_or(DEADLINE));
    let (response, report) = request.send_with_report().await;
    let time = format!("{} ms", report.elapsed.as_millis());
    match response {
        Ok(_) => (
            format!("works: it responds and accepts the key, {time}"),
            Exit::Done,
        ),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            (format!("works: it accepts the key, {time}"), Exit::Done)
        }
        Err(error) => failed(error),
    }
}

/// The line and the exit code of a call that failed.
fn failed(error: Error) -> (String, Exit) {
    let failure = Failure::from(error);
    (
        format!("does not work: {}", failure.message()),
        failure.exit,
    )
}

/// The region whose server this is, as `--region` names it.
fn region(base_url: &str) -> Option<&'static str> {
    let mut regions = Region::ALL.iter();
    let found = regions.find(|region| region.base_url() == base_url);
    found.map(|region| region.short_name())
}

/// Which option or variable the base URL comes from. The first one that is set counts.
fn url_source(service: &Service) -> &'static str {
    match service {
        Service { demo: true, .. } => "--demo",
        Service {
            base_url: Some(_), ..
        } => "--base-url",
        Service {
            region: Some(_), ..
        } => "--region",
        _ if variable(BASE_URL).is_some() => BASE_URL,
        _ => "default",
    }
}

/// The base URL as it was given, which may not be a URL.
fn said_url(service: &Service) -> Option<String> {
    let region = service.region.map(|region| region.base_url().to_owned());
    service
        .base_url
        .clone()
        .or(region)
        .or_else(|| variable(BASE_URL))
}

/// A setting as it may be shown: a URL without user info, or a list of hosts. Anything else may be a key that was put
/// into the wrong variable.
fn shown(value: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_:*/[]".contains(&byte);
    let is_host = |part: &str| {
        let part = part.trim();
        let host = part.split('/').next().unwrap_or_default();
        let port = host.rsplit_once(':').map_or("", |(_, port)| port);
        let is_port = port
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() || byte == b']');
        ["localhost", "*", ""].contains(&part)
            || (part.contains(['.', ':']) && part.bytes().all(is_plain) && is_port)
    };
    match value.contains("://") {
        true if is_url(value) => mask::text(&mask::url(value), false).into_owned(),
        false if value.split(',').all(is_host) => value.to_owned(),
        _ => format!("{MASK} (not a URL)"),
    }
}

/// Whether a text is the URL of a server or a proxy. What is a password in another is not known.
fn is_url(text: &str) -> bool {
    text.parse::<Uri>().is_ok_and(|uri| {
        let scheme = uri.scheme_str().unwrap_or_default();
        ["http", "https", "socks5", "socks5h"].contains(&scheme)
            && uri.authority().is_some_and(is_address)
    })
}

/// Every variable about proxies that is set, without user info.
fn shown_proxies() -> Value {
    let shown = proxies().map(|(name, value)| (name, Value::from(shown(&value))));
    Value::Object(shown.collect())
}

impl Findings {
    /// Aligned lines for people; `-` is a setting that is not set.
    fn text(&self) -> String {
        let shown = |value: &Value| match value {
            Value::Null => "-".to_owned(),
            Value::String(text) => text::escaped(text),
            Value::Object(fields) if fields.is_empty() => "-".to_owned(),
            Value::Object(fields) => pairs(fields),
            other => other.to_string(),
        };
        let lines = self
            .lines
            .iter()
            .map(|(name, value)| format!("{name:<15}  {}\n", shown(value)));
        lines.collect()
    }

    /// A JSON object with the same names, `_` in place of spaces, and `works`.
    fn json(&self) -> String {
        let mut fields = Map::new();
        fields.insert("works".to_owned(), json!(self.exit == Exit::Done));
        let lines = self
            .lines
            .iter()
            .map(|(name, value)| (name.replace(' ', "_"), value.clone()));
        fields.extend(lines);
        text::escaped_json(format!("{:#}\n", Value::Object(fields)))
    }
}

/// The variables as `NAME=value`, on one line.
fn pairs(fields: &Map<String, Value>) -> String {
    let pairs = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", value.as_str().unwrap_or_default()));
    text::escaped(&pairs.collect::<Vec<_>>().join(" "))
}
