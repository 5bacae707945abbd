//! `--verbose`: each attempt, on standard error, from the library's spans.
//! They have no credential, no header and no body in them.

use std::fmt::{self, Display};
use std::time::Instant;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::{LookupSpan, Registry};

use crate::text;

/// Begins to tell of every attempt.
pub(crate) fn begin() {
    // It fails if somebody else listens already, and then they do.
    let _ = tracing::subscriber::set_global_default(Registry::default().with(Attempts));
}

struct Attempts;

/// What is known of a span.
struct Seen {
    began: Instant,
    fields: Fields,
}

/// Fields with their values as text.
#[derive(Default)]
struct Fields(Vec<(&'static str, String)>);

impl Fields {
    fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().rev().find(|(field, _)| *field == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The value, or nothing.
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

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Attempts {
    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        // Connections and TLS have much to say, and it is not known what.
        metadata.target().starts_with("processing_results")
    }

    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        if attributes.metadata().name() == "processing_results" {
            let [method, host, port, path] = [
                "http.request.method",
                "server.address",
                "server.port",
                "url.template",
            ]
            .map(|name| fields.text(name));
            text::note(&format!("{method} {path} at {host}:{port}"));
        }
        if let Some(span) = context.span(id) {
            let began = Instant::now();
            span.extensions_mut().insert(Seen { began, fields });
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        if let Some(span) = context.span(id)
            && let Some(seen) = span.extensions_mut().get_mut::<Seen>()
        {
            values.record(&mut seen.fields);
        }
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        if let Some(delay) = fields.get("delay_ms") {
            text::note(&format!("  {} for {delay} ms", fields.text("message")));
        }
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let Some(span) = context.span(&id).filter(|span| span.name() == "attempt") else {
            return;
        };
        if let Some(seen) = span.extensions().get::<Seen>() {
            text::note(&attempt(seen));
        }
    }
}

fn attempt(seen: &Seen) -> String {
    let resend = seen.fields.text("http.request.resend_count").parse::<u32>();
    let number = resend.map_or(1, |resend| resend + 1);
    let outcome: &dyn Display = match (
        seen.fields.get("http.response.status_code"),
        seen.fields.get("error.type"),
    ) {
        (Some(status), _) => &format!("status {status}"),
        (None, Some(error)) => &format!("failed ({error})"),
        (None, None) => &"given up",
    };
    format!(
        "  attempt {number}: {outcome}, {} ms",
        seen.began.elapsed().as_millis()
    )
}
