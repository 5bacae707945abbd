//! A real TLS server: a certificate that cannot be verified is refused, and one that a root of the caller verifies is
//! accepted.

use std::sync::Arc;
use std::time::Duration;

use processing_results::Client;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::support::{HISTORY, KEY, ok};

/// Serves the history over TLS; gives its port, its certificate, and how many
/// requests were read.
async fn serve(name: &str) -> (u16, String, Arc<std::sync::atomic::AtomicUsize>) {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed([name.to_owned()]).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let read = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let counter = read.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else {
                continue;
            };
            let mut buffer = [0; 4096];
            if stream.read(&mut buffer).await.is_ok_and(|read| read > 0) {
                counter.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            }
            let _ = stream.write_all(&ok(HISTORY)).await;
            let _ = stream.shutdown().await;
        }
    });
    (port, cert.pem(), read)
}

#[tokio::test]
async fn a_certificate_that_does_not_verify_is_refused_and_not_retried() {
    let (port, _, read) = serve("localhost").await;
    let client = Client::builder()
        .api_key(KEY)
        .base_url(format!("https://localhost:{port}"));
    let error = client
        .build()
        .unwrap()
        .processing_results("a")
        .send()
        .await
        .unwrap_err();
    assert!(error.is_tls(), "{error:?}");
    assert_eq!((error.attempts(), error.is_retryable()), (1, false));
    assert_eq!(read.load(std::sync::atomic::Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_certificate_for_another_name_is_refused() {
    let (port, pem, _) = serve("elsewhere.example.com").await;
    let error = trusting(&pem, port)
        .processing_results("a")
        .send()
        .await
        .unwrap_err();
    assert!(error.is_tls(), "{error:?}");
}

#[tokio::test]
async fn a_certificate_that_a_custom_root_verifies_is_accepted() {
    let (port, pem, _) = serve("localhost").await;
    let history = trusting(&pem, port)
        .processing_results("a")
        .send()
        .await
        .unwrap();
    assert_eq!(history.item_id, "a");
}

fn trusting(pem: &str, port: u16) -> Client {
    let root = reqwest::Certificate::from_pem(pem.as_bytes()).unwrap();
    let http = reqwest::Client::builder()
        .tls_certs_only([root])
        .no_proxy()
        .build()
        .unwrap();
    let client = Client::builder().api_key(KEY).http_client(http);
    client
        .base_url(format!("https://localhost:{port}"))
        .build()
        .unwrap()
}

/// Runs one of the ignored tests below in a process of its own, with these variables.
fn in_process(test: &str, variables: &[(&str, &str)]) {
    let mut command = std::process::Command::new(std::env::current_exe().unwrap());
    command.args([test, "--exact", "--ignored", "--nocapture"]);
    let output = command.envs(variables.iter().copied()).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success() && text.contains("1 passed"),
        "{text}"
    );
}

const NO_CERTIFICATES: [(&str, &str); 2] = [
    ("SSL_CERT_FILE", "/nonexistent/bundle.pem"),
    ("SSL_CERT_DIR", "/nonexistent"),
];

#[test]
fn without_certificates_what_needs_none_works() {
    in_process("tls::no_certificates", &NO_CERTIFICATES);
}

#[tokio::test]
#[ignore = "run by the test above, without certificates"]
async fn no_certificates() {
    let server = crate::support::Raw::always(ok(HISTORY)).await;
    let history = server.client().processing_results("a").send().await;
    assert!(history.is_ok(), "{history:?}");
    let gateway = Client::builder().api_key(KEY).allow_plain_http("gateway");
    assert!(gateway.base_url("http://gateway").build().is_ok());
    let error = Client::builder().api_key(KEY).build().unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("ca-certificates") && text.contains("SSL_CERT_FILE"),
        "{text}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_connection_costs_one_attempt() {
    beside_a_silent_connection("tls::silent_connection").await;
}

/// In the time of two pings, and not of an attempt.
#[tokio::test(flavor = "multi_thread")]
async fn pings_retire_a_dead_connection() {
    beside_a_silent_connection("tls::dead_connection").await;
}

/// Runs a test in a process of its own, with a server whose first connection speaks HTTP/2 and then falls silent.
async fn beside_a_silent_connection(test: &'static str) {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let acceptor = |protocols: &[&[u8]]| {
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![cert.der().clone()], key);
        let mut config = config.unwrap();
        config.alpn_protocols = protocols.iter().map(|name| name.to_vec()).collect();
        TlsAcceptor::from(Arc::new(config))
    };
    // The first connection speaks HTTP/2 and then falls silent; the others work.
    let (silent, good) = (acceptor(&[b"h2"]), acceptor(&[b"http/1.1"]));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let _silent = silent.accept(stream).await.unwrap();
        while let Ok((stream, _)) = listener.accept().await {
            let mut stream = good.accept(stream).await.unwrap();
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(&ok(HISTORY)).await;
            let _ = stream.shutdown().await;
        }
    });
    let bundle = std::env::temp_dir().join(format!("bundle-{port}.pem"));
    std::fs::write(&bundle, cert.pem()).unwrap();
    let path = bundle.to_str().unwrap().to_owned();
    let child = tokio::task::spawn_blocking(move || {
        in_process(test, &[("SSL_CERT_FILE", &path), ("PORT", &port)]);
    });
    let ended = child.await;
    std::fs::remove_file(bundle).unwrap();
    ended.unwrap();
}

#[tokio::test]
#[ignore = "run by a test above, with its server"]
async fn silent_connection() {
    let took = second_attempt(Duration::from_millis(1500)).await;
    assert!(took < Duration::from_secs(10), "{took:?}");
}

#[tokio::test]
#[ignore = "run by a test above, with its server"]
async fn dead_connection() {
    let took = second_attempt(Duration::from_secs(60)).await;
    assert!(took < Duration::from_secs(40), "{took:?}");
}

/// How long a call takes whose first attempt goes to the silent connection.
async fn second_attempt(timeout: Duration) -> Duration {
    let port = std::env::var("PORT").unwrap();
    let client = Client::builder()
        .api_key(KEY)
        .base_url(format!("https://localhost:{port}"))
        .attempt_timeout(timeout)
        .max_retries(1);
    let client = client.build().unwrap();
    let (history, report) = client.processing_results("a").send_with_report().await;
    assert!(history.is_ok(), "{history:?}");
    assert_eq!(report.attempts, 2);
    report.elapsed
}
