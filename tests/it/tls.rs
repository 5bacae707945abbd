//! A real TLS server: a certificate that does not verify is refused, one that
//! a root of the caller verifies is accepted.

use std::sync::Arc;

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
