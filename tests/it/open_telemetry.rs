//! What a tracing backend receives, through `tracing-opentelemetry`: one span of an HTTP client for each attempt, with
//! the names and types of the semantic conventions, within the span of the call.

use std::time::Duration;

use opentelemetry::Value;
use opentelemetry::trace::{SpanKind, Status, TracerProvider};
use opentelemetry_sdk::trace::{InMemorySpanExporter, SdkTracerProvider, SpanData};
use tracing::Level;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::layer::SubscriberExt;

use crate::support::{HISTORY, KEY, Raw, Step, ok, response};

const PATH: &str = "/api/v1/beta/batch-processing/items/{item_id}/processing-results";

/// Exports the spans of this thread, at INFO, while the call runs.
async fn exported<T>(call: impl Future<Output = T>) -> (T, Vec<SpanData>) {
    let exporter = InMemorySpanExporter::default();
    let provider = SdkTracerProvider::builder()
        .with_simple_exporter(exporter.clone())
        .build();
    let layer = tracing_opentelemetry::layer()
        .with_tracer(provider.tracer("test"))
        .with_filter(LevelFilter::from_level(Level::INFO));
    let subscriber = tracing_subscriber::registry().with(layer);
    let guard = tracing::subscriber::set_default(subscriber);
    let output = call.await;
    drop(guard);
    (output, exporter.get_finished_spans().unwrap())
}

fn get<'a>(span: &'a SpanData, name: &str) -> Option<&'a Value> {
    let mut attributes = span.attributes.iter();
    let found = attributes.find(|it| it.key.as_str() == name);
    found.map(|it| &it.value)
}

fn text(value: &str) -> Option<Value> {
    Some(Value::String(value.to_owned().into()))
}

#[tokio::test]
async fn each_attempt_is_a_client_span_of_the_call() {
    let steps = vec![
        Step::Send(response("503 Busy", "retry-after-ms: 1\r\n", "")),
        Step::Reset(Vec::new()),
        Step::Send(ok(HISTORY)),
    ];
    let server = Raw::start(steps).await;
    let client = server.builder().max_retries(2).project_id("prj-1");
    let client = client.backoff(Duration::ZERO, Duration::ZERO).build();
    let request = client.unwrap().processing_results("the item");
    let (history, spans) = exported(request.send()).await;
    history.unwrap();

    let [attempts @ .., call] = &spans[..] else {
        panic!("{spans:?}")
    };
    assert_eq!(
        (call.name.as_ref(), attempts.len()),
        ("processing_results", 3)
    );
    assert_eq!(call.span_kind, SpanKind::Internal);
    assert_eq!(get(call, "item_id").cloned(), text("the item"));
    assert_eq!(call.status, Status::Unset);
    let port: i64 = server.url.rsplit(':').next().unwrap().parse().unwrap();
    let url = format!("{}{PATH}?project_id=prj-1", server.url).replace("{item_id}", "the%20item");
    for (resend, attempt) in (0..).zip(attempts) {
        assert_eq!(attempt.parent_span_id, call.span_context.span_id());
        assert_eq!(attempt.name, format!("GET {PATH}"));
        assert_eq!(attempt.span_kind, SpanKind::Client);
        for (name, value) in [
            ("http.request.method", text("GET")),
            ("server.address", text("127.0.0.1")),
            ("server.port", Some(Value::I64(port))),
            ("url.full", text(&url)),
            ("url.template", text(PATH)),
            (
                "http.request.resend_count",
                (resend > 0).then_some(Value::I64(resend)),
            ),
        ] {
            assert_eq!(get(attempt, name).cloned(), value, "{name} of {resend}");
        }
        let (status, error) = [
            (Some(Value::I64(503)), text("503")),
            (None, text("interrupted")),
            (Some(Value::I64(200)), None),
        ][resend as usize]
            .clone();
        let is_error = matches!(attempt.status, Status::Error { .. });
        assert_eq!(is_error, error.is_some(), "{:?}", attempt.status);
        assert_eq!(get(attempt, "http.response.status_code").cloned(), status);
        assert_eq!(get(attempt, "error.type").cloned(), error);
    }
    let waits = call.events.iter().map(|event| event.name.as_ref());
    let waits: Vec<_> = waits.collect();
    assert_eq!(waits, ["waiting before the next attempt"; 2]);
}

#[tokio::test]
async fn a_call_that_fails_is_an_error_without_a_credential() {
    let server = Raw::always(response("404 Not Found", "", r#"{"detail": "no"}"#)).await;
    // A key was passed as an id by mistake.
    let request = server.client().processing_results(KEY);
    let (history, spans) = exported(request.send()).await;
    history.unwrap_err();
    assert_eq!(spans.len(), 2);
    for (span, error) in spans.iter().zip(["404", "not_found"]) {
        assert!(matches!(span.status, Status::Error { .. }), "{span:?}");
        assert_eq!(get(span, "error.type").cloned(), text(error));
        assert!(!format!("{span:?}").contains(KEY));
    }
    assert!(format!("{:?}", get(&spans[0], "url.full")).contains("/items/***/"));
}

#[tokio::test(start_paused = true)]
async fn every_wait_over_a_second_is_an_event_with_its_reason() {
    let client = Raw::always(ok(HISTORY)).await;
    let client = client
        .builder()
        .rate_limit(1, Duration::from_secs(30))
        .build()
        .unwrap();
    client.processing_results("a").send().await.unwrap();
    let (history, spans) = exported(client.processing_results("a").send()).await;
    history.unwrap();
    let events = spans.last().unwrap().events.iter();
    let events: Vec<_> = events
        .map(|event| (event.name.as_ref(), format!("{:?}", event.attributes)))
        .collect();
    let [("waiting", attributes)] = &events[..] else {
        panic!("{events:?}")
    };
    for part in ["\"the client limits the rate of requests\"", "delay_ms"] {
        assert!(attributes.contains(part), "{attributes}");
    }
}
