//! `--verbose`: each request and attempt on standard error. Without it: waits of more than a second.
//!
//! ```text
//! GET /api/v1/beta/batch-processing/items/{item_id}/processing-results at api.cloud.llamaindex.ai:443 (item a-1)
//!   attempt 1: status 503, 81 ms (item a-1)
//!   waiting before the next attempt for 412 ms (item a-1)
//!   attempt 2: status 200, 95 ms (item a-1)
//! ```
//!
//! Each line names the item, since many calls are under way at a time.
//!
//! The library reports through `tracing`: a span for each call and each attempt, and an event for each wait. They hold no
//! credential, no header and no body. Spans of other crates are ignored, since nobody has checked what is in them.

use std::fmt;
use std::time::{Duration, Instant};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::{LookupSpan, Registry, SpanRef};

use crate::mask;
use crate::text::{escaped, info};
use crate::waits;

/// A shorter wait is not reported without `--verbose`.
const MIN_REPORTED: Duration = Duration::from_secs(1);

/// Starts to listen.
pub(crate) fn start(is_verbose: bool) {
    // It fails if there is a subscriber already, as in a test.
    let layer = CallLog { is_verbose };
    let _ = tracing::subscriber::set_global_default(Registry::default().with(layer));
}

/// The layer that listens to the library's spans.
struct CallLog {
    is_verbose: bool,
}

/// What is kept of a span. That of a call has its server, its item and the outcome of its last attempt; that of an
/// attempt its own outcome.
struct Span {
    began: Instant,
    fields: Fields,
}

/// Fields with their values as text. A field that is recorded again is there twice, and the last one counts.
#[derive(Default)]
struct Fields(Vec<(&'static str, String)>);

impl Fields {
    /// The value that was recorded last.
    fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().rev().find(|(field, _)| *field == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The value that was recorded last, or an empty text.
    fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }
}

impl Visit for Fields {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.push((field.name(), value.to_owned()));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.push((field.name(), format!("{value:?}")));
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for CallLog {
    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        // Not those of the HTTP client and of TLS.
        metadata.target().starts_with("processing_results")
    }

    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        let is_first = matches!(fields.text("http.request.resend_count"), "" | "0");
        if self.is_verbose && attributes.metadata().name() == "attempt" && is_first {
            let call = context.span(id).and_then(|span| span.parent());
            let item = call.as_ref().map(of_item).unwrap_or_default();
            if fields.get("url.template").is_some() {
                info(&(request_line(&fields) + &item));
            } else if let Some(call) = call
                && let Some(call) = call.extensions().get::<Span>()
            {
                // The attempts of a download have the request in the span around them.
                info(&request_line(&call.fields));
            }
        }
        if let Some(span) = context.span(id) {
            let began = Instant::now();
            span.extensions_mut().insert(Span { began, fields });
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        if let Some(span) = context.span(id) {
            record(&span, |fields| values.record(fields));
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        let call = context.event_span(event);
        if let Some(delay) = fields.get("delay_ms").and_then(|text| text.parse().ok()) {
            let wait = Duration::from_millis(delay);
            match &call {
                _ if self.is_verbose => {
                    let item = call.as_ref().map(of_item).unwrap_or_default();
                    info(&format!(
                        "  {} for {delay} ms{item}",
                        fields.text("message")
                    ));
                }
                call if wait >= MIN_REPORTED => {
                    let about = call.as_ref().map(about).unwrap_or_default();
                    waits::waiting(&reason(call.as_ref(), &fields), wait, &about);
                }
                _ => {}
            }
        }
        if let (Some(call), Some(item)) = (call, fields.get("item_id")) {
            record(&call, |fields| fields.0.push(("item_id", item.to_owned())));
        }
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let Some(span) = context.span(&id).filter(|span| span.name() == "attempt") else {
            return;
        };
        let extensions = span.extensions();
        let Some(attempt) = extensions.get::<Span>() else {
            return;
        };
        let outcome = outcome(&attempt.fields);
        if self.is_verbose {
            let item = span.parent().as_ref().map(of_item).unwrap_or_default();
            info(&(line(attempt, &outcome) + &item));
        }
        if let Some(call) = span.parent() {
            record(&call, |fields| fields.0.push(("outcome", outcome)));
        }
    }
}

/// Adds to the fields that are kept of a span.
fn record<'a, S: LookupSpan<'a>>(span: &SpanRef<'a, S>, write: impl FnOnce(&mut Fields)) {
    if let Some(span) = span.extensions_mut().get_mut::<Span>() {
        write(&mut span.fields);
    }
}

/// The server and the item of a call, for a message.
fn about<'a, S: LookupSpan<'a>>(call: &SpanRef<'a, S>) -> String {
    let extensions = call.extensions();
    let Some(Span { fields, .. }) = extensions.get() else {
        return String::new();
    };
    let host = fields.text("server.address");
    match item(fields) {
        Some(item) => format!("{host}, item {item}"),
        None => host.to_owned(),
    }
}

/// The item of a call, for the end of a line: ` (item invoice-0001)`.
fn of_item<'a, S: LookupSpan<'a>>(call: &SpanRef<'a, S>) -> String {
    let extensions = call.extensions();
    let item = extensions
        .get()
        .and_then(|Span { fields, .. }| item(fields));
    item.map(|item| format!(" (item {item})"))
        .unwrap_or_default()
}

/// The id in the fields of a call. It may be a key that was passed by mistake.
fn item(fields: &Fields) -> Option<String> {
    let id = fields.get("item_id")?;
    Some(escaped(&mask::text(id, false)))
}

/// Why a call waits, in words: `rate limited`, `no connection`, `status 503`.
fn reason<'a, S: LookupSpan<'a>>(call: Option<&SpanRef<'a, S>>, event: &Fields) -> String {
    match event.get("reason") {
        Some("429") => return "rate limited".to_owned(),
        Some("connect") => return "no connection".to_owned(),
        // A status is named as one.
        Some(status) if status.parse::<u16>().is_ok() => return format!("status {status}"),
        Some(reason) => return reason.replace('_', " "),
        None => {}
    }
    let extensions = call.map(SpanRef::extensions);
    let span = extensions.as_ref().and_then(|extensions| extensions.get());
    let outcome = span.map(|Span { fields, .. }| fields.text("outcome"));
    match outcome.unwrap_or_default() {
        "status 429" => "rate limited".to_owned(),
        "" => event.text("reason").to_owned(),
        outcome => outcome.to_owned(),
    }
}

/// The line of a call, with the template of its path.
fn request_line(fields: &Fields) -> String {
    let names = [
        "http.request.method",
        "url.template",
        "server.address",
        "server.port",
    ];
    let [method, path, host, port] = names.map(|name| fields.text(name));
    format!("{method} {path} at {host}:{port}")
}

/// The outcome of an attempt, in words: `status 503`, `failed (timeout)`; `given up` if it was cancelled.
fn outcome(fields: &Fields) -> String {
    match (
        fields.get("http.response.status_code"),
        fields.get("error.type"),
    ) {
        (Some(status), _) => format!("status {status}"),
        (None, Some(error)) => format!("failed ({error})"),
        (None, None) => "given up".to_owned(),
    }
}

/// The line of an attempt: its number, its outcome, and how long it took.
fn line(attempt: &Span, outcome: &str) -> String {
    let resend = attempt
        .fields
        .text("http.request.resend_count")
        .parse::<u32>();
    let number = resend.map_or(1, |resend| resend + 1);
    let time = attempt.began.elapsed().as_millis();
    format!("  attempt {number}: {outcome}, {time} ms")
}
