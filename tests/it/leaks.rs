//! Nothing leaks: there is a canary in every credential, every secret field and every unknown key, and everything that
//! can be printed is printed.

use std::cell::RefCell;
use std::error::Error as _;
use std::fmt::Debug;
use std::io;
use std::sync::{Arc, Mutex, Once};

use processing_results::types::{ItemProcessingResults, Secret, SensitiveUrl};
use processing_results::{Client, Error, Job};
use serde_json::{Map, Value, json};

use crate::properties::{contract, resolve};
use crate::support::{Raw, Step, ok, response};

const KEY: &str = "llx-CANARY-key";
const SESSION: &str = "CANARY-session";

/// A complete response with a canary wherever the contract has a secret, and behind
/// unknown keys at every level.
fn poisoned(contract: &Value, schema: &Value, job: &str) -> Value {
    let (name, schema) = resolve(contract, schema);
    if name == Some("JobConfig") {
        let record = if job == "parse" {
            "BatchParseJobRecordCreate"
        } else {
            "ClassifyJob"
        };
        return poisoned(contract, &contract["components"]["schemas"][record], job);
    }
    if name == Some("JobType") {
        return json!(job);
    }
    match (schema["type"].as_str(), schema["format"].as_str()) {
        (Some("string"), Some("password")) => json!("CANARY-secret"),
        (Some("string"), Some("uri")) => {
            json!("https://CANARY:CANARY@example.com/path?CANARY#CANARY")
        }
        (Some("string"), Some("date-time")) => json!("2026-01-02T03:04:05"),
        (Some("string"), _) => schema["enum"].get(0).cloned().unwrap_or(json!("text")),
        (Some("boolean"), _) => json!(true),
        (Some("integer" | "number"), _) => json!(1),
        (Some("array"), _) => json!([poisoned(contract, &schema["items"], job)]),
        (Some("object"), _) if schema["properties"].is_object() => {
            let properties = schema["properties"].as_object().unwrap();
            let mut fields: Map<_, _> = properties
                .iter()
                .map(|(key, schema)| (key.clone(), poisoned(contract, schema, job)))
                .collect();
            fields.insert("unknown_text".into(), json!("CANARY-unknown"));
            fields.insert(
                "unknown_object".into(),
                json!({"CANARY-key": ["CANARY-deep"]}),
            );
            Value::Object(fields)
        }
        (Some("object"), _) if schema["additionalProperties"] != json!({}) => {
            json!({"name": poisoned(contract, &schema["additionalProperties"], job)})
        }
        _ => json!({"name": "CANARY-free"}),
    }
}

fn histories() -> Vec<ItemProcessingResults> {
    let contract = contract();
    let root = &contract["components"]["schemas"]["ItemProcessingResults"];
    let jobs = ["parse", "classify", "extract", "unheard-of"];
    jobs.map(|job| serde_json::from_value(poisoned(&contract, root, job)).unwrap())
        .into()
}

/// Everything that is printed, as one text.
#[derive(Clone, Default)]
struct Printed(Arc<Mutex<Vec<u8>>>);

impl Printed {
    fn debug(&self, value: &impl Debug) {
        self.add(&format!("{value:?}\n{value:#?}\n"));
    }

    fn error(&self, error: &Error) {
        self.debug(error);
        self.add(&format!(
            "{error} {error:#} {:?} {:?}",
            error.detail(),
            error.request_id()
        ));
        self.add(&format!(
            "{:?} {:?}",
            error.json_path(),
            error.validation_errors()
        ));
        let mut source = error.source();
        while let Some(error) = source {
            self.add(&format!("{error} {error:?} {error:#?}"));
            source = error.source();
        }
    }

    fn add(&self, text: &str) {
        self.0.lock().unwrap().extend_from_slice(text.as_bytes());
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl io::Write for Printed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

thread_local! {
    static CAPTURED: RefCell<Option<Printed>> = const { RefCell::new(None) };
}

impl Printed {
    /// Collects the tracing of this thread from now on. All threads have one subscriber: a callsite is registered with that
    /// of the thread that reaches it first, and would be silent for others.
    fn capture(&self) {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            tracing_subscriber::fmt()
                .with_max_level(tracing::Level::TRACE)
                .with_span_events(tracing_subscriber::fmt::format::FmtSpan::CLOSE)
                .with_writer(|| CAPTURED.with_borrow(|printed| printed.clone().unwrap_or_default()))
                .without_time()
                .with_ansi(false)
                .init();
        });
        CAPTURED.set(Some(self.clone()));
    }
}

#[tokio::test]
async fn no_canary_is_printed_by_anything() {
    let printed = Printed::default();
    printed.capture();

    for history in histories() {
        printed.debug(&history);
        for result in history.results() {
            printed.debug(&result.job());
            if let Job::Other(other) = result.job() {
                printed.add(&other.reason());
            }
        }
    }
    let secret = Secret::from("CANARY");
    printed.add(&format!("{secret} {secret:>9}"));
    printed.add(&SensitiveUrl::from("http://CANARY@h").to_string());
    printed.debug(&secret);

    let history = serde_json::to_string(&histories()[0]).unwrap();
    let headers = "x-other: CANARY-header\r\nset-cookie: CANARY-header=1\r\n";
    let echo = format!(r#"{{"detail": "{KEY} {SESSION} is wrong", "other": "CANARY-body"}}"#);
    let list = format!(
        r#"{{"detail": [{{"loc": ["header", "{KEY}"], "msg": "{SESSION}", "type": "{KEY}", "input": "CANARY"}}]}}"#
    );
    let steps = [
        response("200 OK", headers, &history),
        ok(history.replace("\"item_name\":\"text\"", "\"item_name\":[\"CANARY-body\"]")),
        ok(&history[..history.len() / 2]),
        ok("CANARY-body"),
        response("500 CANARY-phrase", headers, "CANARY-body"),
        response(
            "401 Unauthorized",
            &format!("x-request-id: {KEY}\r\n"),
            echo,
        ),
        response("422 Unprocessable", headers, list),
        response(
            "302 Found",
            "location: http://CANARY@example.com/?CANARY\r\n",
            "",
        ),
        b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\nCANARY-body".to_vec(),
        b"CANARY-body\r\n\r\n".to_vec(),
    ];
    let count = steps.len();
    let server = Raw::start(steps.map(Step::Send).into()).await;
    let builder = Client::builder()
        .api_key(KEY)
        .session(SESSION)
        .base_url(&server.url)
        .max_retries(0);
    printed.debug(&builder);
    let client = builder.build().unwrap();
    printed.debug(&client);
    printed.debug(&client.api());
    printed.debug(&client.processing_results("a").session(SESSION));
    let mut errors = 0;
    for _ in 0..count {
        match client.processing_results("a").session(SESSION).send().await {
            Ok(response) => printed.debug(&response),
            Err(error) => {
                printed.error(&error);
                errors += 1;
            }
        }
    }
    assert_eq!(errors, count - 1);
    for error in [
        // A key that was passed as an id by mistake.
        client
            .processing_results(KEY)
            .session(SESSION)
            .send()
            .await
            .unwrap_err(),
        Client::builder().api_key("CANARY key").build().unwrap_err(),
        Client::builder().session("CANARY;").build().unwrap_err(),
        Client::builder()
            .api_key(KEY)
            .base_url("http://u:CANARY@h")
            .build()
            .unwrap_err(),
        client
            .processing_results("CANARY/..")
            .send()
            .await
            .unwrap_err(),
    ] {
        printed.error(&error);
    }

    let text = printed.text();
    assert!(text.contains(":attempt{otel.name"), "tracing was captured");
    assert!(text.contains("unknown_text") && text.contains("https://***@example.com/path?***"));
    let leak = text
        .find("CANARY")
        .map(|at| &text[at.saturating_sub(300)..text.len().min(at + 100)]);
    assert_eq!(leak, None);
}

/// What operators see of a call: names of spans and fields.
#[tokio::test]
async fn spans_have_the_names_of_open_telemetry() {
    let printed = Printed::default();
    printed.capture();
    let steps = vec![
        Step::Send(response("503 Busy", "retry-after-ms: 1\r\n", "")),
        Step::Reset(Vec::new()),
        Step::Send(response("404 Not Found", "", "")),
    ];
    let server = Raw::start(steps).await;
    let client = server.builder().max_retries(2).build().unwrap();
    client
        .processing_results("the-item")
        .send()
        .await
        .unwrap_err();

    let port = server.url.rsplit(':').next().unwrap();
    let text = printed.text().replace(port, "PORT");
    let lines = text
        .lines()
        .filter(|line| line.contains(": processing_results"))
        .map(|line| {
            let line = line.split("time.busy").next().unwrap();
            let waiting = line.split("delay_ms=").next().unwrap();
            format!("{}\n", waiting.trim())
        });
    crate::golden::check("spans.txt", &lines.collect::<String>());
}
