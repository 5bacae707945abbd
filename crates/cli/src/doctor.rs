//! `doctor`: which settings are in use, where they come from, and whether the
//! service responds to them.
//!
//! It shows sources beside values, since most trouble is a variable that somebody forgot. Keys are never
//! shown, not even in part.

use std::time::Duration;

use processing_results::{Client, Error, ErrorKind, Region, spec};
use serde_json::{Map, Value, json};

use crate::args::{Doctor, DoctorFormat};
use crate::connect::{connect, tenant};
use crate::environment::{BASE_URL, key_variable, proxies, variable};
use crate::exit::{Exit, Failure};
use crate::mask::{self, MASK};
use crate::service::Service;
use crate::stdout::print;
use crate::text;

/// Long enough for a slow connection, short enough to wait for.
const DEADLINE: Duration = Duration::from_secs(10);

/// The shape of an id that no item has, whatever ids look like.
const NOBODY: &str = "00000000-0000-0000-0000-000000000000";

/// What was found, line by line.
struct Findings {
    lines: Vec<(&'static str, Value)>,
    exit: Exit,
}

/// Prints what was found also if the service does not work: that is when it is needed.
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

/// Gathers the settings with their sources, and makes one call with them.
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
        ("base url", json!(base_url)),
        ("base url from", json!(url_source(service))),
        ("project", json!(project)),
        ("organization", json!(organization)),
        ("proxies", shown_proxies()),
        ("service", json!(state)),
    ];
    Findings { lines, exit }
}

/// Requests an item that does not exist: a server that says so has accepted the key.
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

fn failed(error: Error) -> (String, Exit) {
    let failure = Failure::from(error);
    (
        format!("does not work: {}", failure.message()),
        failure.exit,
    )
}

/// The region of a known server, as `--region` names it.
fn region(base_url: &str) -> Option<&'static str> {
    let mut regions = Region::ALL.iter();
    let found = regions.find(|region| region.base_url() == base_url);
    found.map(|region| region.short_name())
}

/// Which argument or variable the base URL comes from, the strongest first.
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

/// The base URL as it was given, which may not be one.
fn said_url(service: &Service) -> Option<String> {
    let region = service.region.map(|region| region.base_url().to_owned());
    service
        .base_url
        .clone()
        .or(region)
        .or_else(|| variable(BASE_URL))
}

/// A URL without user info, or hosts; anything else may be a key that was put there by mistake.
fn shown(value: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_:*/[]".contains(&byte);
    let is_host = |part: &str| {
        let part = part.trim();
        ["localhost", "*", ""].contains(&part)
            || (part.contains(['.', ':']) && part.bytes().all(is_plain))
    };
    match value.contains("://") {
        true => mask::url(value),
        false if value.split(',').all(is_host) => value.to_owned(),
        false => format!("{MASK} (not a URL)"),
    }
}

/// Every proxy variable that is set, without user info.
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

    /// An object with the same names, with `_` for spaces, and whether it works.
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

fn pairs(fields: &Map<String, Value>) -> String {
    let pairs = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", value.as_str().unwrap_or_default()));
    text::escaped(&pairs.collect::<Vec<_>>().join(" "))
}
