//! Connections: those that are kept, redirects, runtimes, and the caller's own HTTP client.

use std::time::{Duration, Instant};

use processing_results::{ErrorKind, TimeoutKind};

use crate::support::{HISTORY, Raw, Step, ok, response};

#[tokio::test]
async fn a_kept_connection_that_was_closed_meanwhile_is_no_error() {
    let server = Raw::start(vec![
        Step::Keep(ok(HISTORY)),
        Step::Send(ok(HISTORY)),
        Step::Send(ok(HISTORY)),
    ])
    .await;
    let client = server.builder().max_retries(1).build().unwrap();
    for _ in 0..3 {
        client.processing_results("a").send().await.unwrap();
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_redirect_to_another_host_receives_nothing() {
    let other = Raw::always(ok(HISTORY)).await;
    for status in ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"] {
        let location = format!("location: {}/x\r\n", other.url);
        let server = Raw::always(response(status, &location, "")).await;
        let error = server
            .client()
            .processing_results("a")
            .send()
            .await
            .unwrap_err();
        assert!(error.is_redirect() && error.attempts() == 1, "{error}");
    }
    assert!(other.heads().is_empty());
}

#[test]
fn a_call_can_be_spawned() {
    fn is_send<T: Send>(_: T) {}
    let client = processing_results::Client::builder()
        .api_key("k")
        .build()
        .unwrap();
    is_send(client.processing_results("a").send());
    is_send(
        client
            .api()
            .get_item_processing_results("a", None, None, None),
    );
}

/// One client in several runtimes, as in bindings for other languages and in test suites: the connections of a runtime
/// cannot be used by another one.
#[test]
fn a_client_serves_one_runtime_after_another() {
    let services = tokio::runtime::Runtime::new().unwrap();
    let server = services.block_on(Raw::start(vec![Step::Keep(ok(HISTORY))]));
    let client = server.builder().attempt_timeout(Duration::from_secs(5));
    let client = client.build().unwrap();
    let runtime = || {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        builder.enable_all().build().unwrap()
    };
    let started = Instant::now();
    let runtimes = [runtime(), runtime()];
    for runtime in [&runtimes[0], &runtimes[1], &runtimes[0], &runtime()] {
        let call = client.processing_results("a").send_with_report();
        let (history, report) = runtime.block_on(call);
        history.unwrap();
        assert_eq!(report.attempts, 1);
    }
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn a_timeout_of_the_caller_s_client_is_called_that() {
    let server = Raw::start(vec![Step::Hang(Vec::new())]).await;
    let http = reqwest::Client::builder().timeout(Duration::from_millis(50));
    let builder = server.builder().http_client(http.build().unwrap());
    let client = builder.build().unwrap();
    let error = client.processing_results("a").send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout(TimeoutKind::Attempt));
    let text = error.to_string();
    assert!(
        text.contains("the HTTP client's own timeout") && error.is_retryable(),
        "{text}"
    );
}

#[tokio::test]
async fn a_redirect_that_the_caller_s_client_has_followed_is_an_error() {
    let other = Raw::always(ok(HISTORY)).await;
    let location = format!("location: {}/x\r\n", other.url);
    let server = Raw::always(response("302 Found", &location, "")).await;
    let builder = server.builder().http_client(reqwest::Client::new());
    let client = builder.max_retries(5).build().unwrap();
    let error = client.processing_results("a").send().await.unwrap_err();
    assert!(error.is_redirect() && error.attempts() == 1, "{error}");
    assert!(error.to_string().contains("followed a redirect"), "{error}");
}
