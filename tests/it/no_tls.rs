//! A build without TLS: https is refused when the client is built, not after retries.

use processing_results::{Client, Region};

use crate::support::{HISTORY, KEY, Raw, ok};

#[tokio::test]
async fn https_is_refused_with_one_sentence() {
    let refused = Client::builder().api_key(KEY).region(Region::Eu).build();
    let error = refused.unwrap_err();
    assert!(error.is_configuration());
    assert_eq!(
        error.to_string(),
        "this build has no TLS: turn on the feature `rustls`, or give a client of your own with http_client"
    );
    let server = Raw::always(ok(HISTORY)).await;
    server
        .client()
        .processing_results("a")
        .send()
        .await
        .unwrap();
}

#[tokio::test]
async fn a_client_of_the_caller_s_without_tls_is_not_tried_again() {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let client = Client::builder().api_key(KEY).http_client(http);
    let client = client.base_url("https://127.0.0.1:1").build().unwrap();
    let error = client.processing_results("a").send().await.unwrap_err();
    assert!(
        error.is_configuration() && error.attempts() == 1,
        "{error:?}"
    );
    assert!(error.to_string().contains("no TLS"), "{error}");
}
