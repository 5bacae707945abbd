//! What programs of callers and their tests are made of, beside calls.

use processing_results::types::{ClassifierRule, ClassifyJob, ItemProcessingResults};
use processing_results::types::{ProcessingResult, StatusEnum};
use processing_results::{CallReport, ErrorKind, Job, JobType, Region, TimeoutKind};
use processing_results_mock::{API_KEY, Server};
use serde_json::json;

use crate::support::{Raw, Step, response};

/// As tests of callers make what their code is given, and the service could send it.
#[tokio::test]
async fn values_of_every_type_can_be_made() {
    let rules = vec![ClassifierRule::new("an invoice", "invoice")];
    let mut job = ClassifyJob::new("cls-1", "prj-1", rules, StatusEnum::Success, "usr-1");
    job.mode = Some("FAST".into());
    let time: jiff::Timestamp = "2026-03-01T09:30:00Z".parse().unwrap();
    let classified = ProcessingResult::new("a", job.clone(), "classify", "", "h-1", time, "r-1");
    let extracted = ProcessingResult::new("a", json!({"x": 1}), "extract", "", "h-2", time, "r-2");
    let mut history = ItemProcessingResults::new("a", "a.pdf");
    history.processing_results = Some(vec![classified, extracted]);

    let server = Server::start().await.unwrap();
    let server = server.with_item(serde_json::to_value(&history).unwrap());
    let client = processing_results::Client::builder()
        .api_key(API_KEY)
        .base_url(server.base_url())
        .build()
        .unwrap();
    let read = client.processing_results("a").send().await.unwrap();
    assert_eq!(read.into_inner(), history);
    let latest = history.latest(&JobType::Classify).unwrap();
    assert_eq!(latest.job(), Job::Classify(Box::new(job)));
}

/// Code that decides by predicates can be tested with each of them.
#[test]
fn errors_of_every_kind_can_be_made() {
    use ErrorKind::*;
    for (kind, status, retryable) in [
        (Configuration, None, false),
        (InvalidRequest, Some(400), false),
        (Unauthorized, Some(401), false),
        (PaymentRequired, Some(402), false),
        (Forbidden, Some(403), false),
        (Gateway, Some(407), false),
        (NotFound, Some(404), false),
        (Gone, Some(410), false),
        (Validation, Some(422), false),
        (RateLimited, Some(429), true),
        (Conflict, Some(409), true),
        (Server, Some(503), true),
        (Timeout(TimeoutKind::Attempt), None, true),
        (Timeout(TimeoutKind::Deadline), None, true),
        (Connect, None, true),
        (Tls, None, false),
        (Interrupted, None, true),
        (Redirect, Some(302), false),
        (Undecodable, Some(200), false),
        (TooLarge, None, false),
    ] {
        let error = processing_results_mock::error(kind);
        let found = error.status().map(|status| status.as_u16());
        assert_eq!((error.kind(), found), (kind, status));
        assert_eq!(error.is_retryable(), retryable, "{kind:?}");
        assert_eq!(error.hint().is_some(), kind.hint().is_some(), "{kind:?}");
        assert!(!error.to_string().is_empty());
    }
}

#[test]
fn regions_are_read_from_settings() {
    #[derive(serde::Deserialize, serde::Serialize)]
    struct Settings {
        region: Region,
    }
    for region in Region::ALL.iter().copied() {
        for name in [region.name(), region.short_name()] {
            let upper = name.to_uppercase();
            for name in [name, &upper, &format!(" {name}\n")] {
                assert_eq!(name.parse::<Region>().unwrap(), region);
                let settings: Settings = serde_json::from_value(json!({"region": name})).unwrap();
                assert_eq!(settings.region, region);
            }
        }
        let written = serde_json::to_value(Settings { region }).unwrap();
        assert_eq!(written["region"], region.to_string());
    }
    for wrong in [json!("mars"), json!(""), json!(1), json!(null)] {
        let read = serde_json::from_value::<Settings>(json!({"region": wrong}));
        assert!(read.is_err(), "{wrong}");
    }
}

#[tokio::test]
async fn a_report_is_json() {
    let busy = response(
        "503 Busy",
        "retry-after-ms: 20\r\nx-request-id: q-1\r\n",
        "",
    );
    let server = Raw::start(vec![Step::Keep(busy.clone())]).await;
    let client = server.builder().max_retries(1).build().unwrap();
    let (history, report) = client.processing_results("a").send_with_report().await;
    let error = history.unwrap_err();
    let json = serde_json::to_value::<&CallReport>(&report).unwrap();
    assert_eq!(json["attempts"], 2);
    assert!(json["elapsed"].as_f64().unwrap() >= 0.02);
    assert!(json["delays"][0].as_f64().unwrap() >= 0.02);
    assert_eq!(
        (&json["request_id"], &json["gave_up"]),
        (&json!("q-1"), &json!("max_retries"))
    );
    assert_eq!(error.request_id(), Some("q-1"));
}

/// All that is public of other crates can be named through this one.
#[test]
fn other_crates_are_the_same_ones() {
    let status: processing_results::reqwest::StatusCode = reqwest::StatusCode::OK;
    let time: processing_results::jiff::Timestamp = jiff::Timestamp::UNIX_EPOCH;
    assert!(status.is_success() && time.as_second() == 0);
}

#[cfg(feature = "blocking")]
mod blocking {
    use processing_results::blocking;

    use super::*;
    use crate::support::{HISTORY, ok};

    #[test]
    fn calls_block_the_thread_and_clones_share_it() {
        let services = tokio::runtime::Runtime::new().unwrap();
        let server = services.block_on(Raw::start(vec![Step::Keep(ok(HISTORY))]));
        let client = blocking::Client::new(server.client()).unwrap();
        let history = client.send(client.processing_results("a")).unwrap();
        assert_eq!(history.item_id, "a");
        let threads: Vec<_> = (0..4)
            .map(|_| {
                let client = client.clone();
                std::thread::spawn(move || client.send(client.processing_results("a")).is_ok())
            })
            .collect();
        assert!(threads.into_iter().all(|thread| thread.join().unwrap()));
        let ids = (0..20).map(|at| format!("item-{at}"));
        assert_eq!(client.iter(client.fetch_many(ids)).count(), 20);
        let error = client.send(client.processing_results("")).unwrap_err();
        assert!(error.is_invalid_request());
    }

    /// Where a runtime of tokio's would panic, since its end has to be waited for.
    #[tokio::test]
    async fn a_client_may_end_anywhere() {
        let server = Raw::start(vec![Step::Hang(Vec::new())]).await;
        let client = server
            .builder()
            .deadline(std::time::Duration::from_millis(50));
        let client = client.build().unwrap();
        let call = tokio::task::spawn_blocking(|| {
            let client = blocking::Client::new(client).unwrap();
            let error = client.send(client.processing_results("a")).unwrap_err();
            (client, error)
        });
        let (client, error) = call.await.unwrap();
        assert!(error.is_timeout(), "{error}");
        drop(client);
    }
}
