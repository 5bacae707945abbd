//! Another crate turns on native TLS in reqwest, which cargo then does for every crate: the default client uses rustls
//! nevertheless, and what OpenSSL refuses is an error of the kind `Tls`.

use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;

use processing_results::{Client, ClientBuilder, Error};
use rcgen::{CertificateParams, KeyPair};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

const HISTORY: &str = r#"{"item_id":"a","item_name":"a.pdf","processing_results":[]}"#;

/// What is wrong with the server.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fault {
    /// Its certificate is signed by nobody that is trusted.
    UnknownIssuer,
    /// The certificate is for another host.
    OtherName,
    /// The certificate is no longer valid.
    Expired,
    /// It requires a certificate of the client.
    WantsCertificate,
    /// It speaks plain HTTP.
    NoTls,
    /// It closes the connection during the handshake.
    Closes,
    None,
}

/// A server with a fault, its address, and its certificate.
async fn serve(fault: Fault) -> (String, String) {
    let name = if fault == Fault::OtherName { "elsewhere.example.com" } else { "localhost" };
    let mut params = CertificateParams::new([name.to_owned()]).unwrap();
    if fault == Fault::Expired {
        params.not_after = rcgen::date_time_ymd(2020, 1, 1);
    }
    let key = KeyPair::generate().unwrap();
    let certificate = params.self_signed(&key).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .unwrap();
    let config = match fault {
        Fault::WantsCertificate => {
            let mut roots = RootCertStore::empty();
            roots.add(certificate.der().clone()).unwrap();
            let verifier =
                WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build();
            config.with_client_cert_verifier(verifier.unwrap())
        }
        _ => config.with_no_client_auth(),
    };
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = config.with_single_cert(vec![certificate.der().clone()], key);
    let acceptor = TlsAcceptor::from(Arc::new(config.unwrap()));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let length = HISTORY.len();
        let response = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{HISTORY}");
        while let Ok((mut stream, _)) = listener.accept().await {
            match fault {
                Fault::Closes => {
                    let _ = stream.read(&mut [0; 64]).await;
                }
                Fault::NoTls => {
                    let _ = stream.write_all(response.as_bytes()).await;
                    let _ = stream.read(&mut [0; 64]).await;
                }
                _ => {
                    let Ok(mut stream) = acceptor.accept(stream).await else {
                        continue;
                    };
                    let _ = stream.read(&mut [0; 4096]).await;
                    let _ = stream.write_all(response.as_bytes()).await;
                    let _ = stream.shutdown().await;
                }
            }
        }
    });
    (format!("https://localhost:{port}"), certificate.pem())
}

fn builder(url: &str) -> ClientBuilder {
    let wait = Duration::from_millis(1);
    let builder = Client::builder().api_key("k").base_url(url);
    builder.backoff(wait, wait).max_retries(2)
}

/// A caller's client, which trusts the server's certificate unless that is the fault.
fn own(native: bool, fault: Fault, pem: &str) -> reqwest::Client {
    let builder = reqwest::Client::builder().no_proxy();
    let builder = match native {
        true => builder.tls_backend_native(),
        false => builder.tls_backend_rustls(),
    };
    let root = reqwest::Certificate::from_pem(pem.as_bytes()).unwrap();
    match fault {
        Fault::UnknownIssuer => builder,
        _ => builder.tls_certs_only([root]),
    }
    .build()
    .unwrap()
}

fn texts(error: &Error) -> String {
    let mut texts = format!("{error}");
    let mut source = error.source();
    while let Some(error) = source {
        texts += &format!(": {error}");
        source = error.source();
    }
    texts
}

#[tokio::test]
async fn the_default_client_speaks_rustls() {
    let (url, _) = serve(Fault::UnknownIssuer).await;
    let client = builder(&url).build().unwrap();
    let error = client.processing_results("a").send().await.unwrap_err();
    assert!(error.is_tls() && error.attempts() == 1, "{error:?}");
    // This is the message of rustls.
    assert!(texts(&error).contains("UnknownIssuer"), "{}", texts(&error));
}

#[tokio::test]
async fn what_tls_refuses_is_not_retried_with_either_backend() {
    for native in [true, false] {
        for fault in [
            Fault::UnknownIssuer,
            Fault::OtherName,
            Fault::Expired,
            Fault::WantsCertificate,
            Fault::NoTls,
        ] {
            let (url, pem) = serve(fault).await;
            let client = builder(&url).http_client(own(native, fault, &pem));
            let client = client.build().unwrap();
            let error = client.processing_results("a").send().await.unwrap_err();
            let what = format!("native {native}, {fault:?}: {}", texts(&error));
            assert!(error.is_tls() && !error.is_retryable(), "{what}");
            assert_eq!(error.attempts(), 1, "{what}");
        }
    }
}

#[tokio::test]
async fn a_connection_that_ends_in_the_handshake_is_the_network_s() {
    for native in [true, false] {
        let (url, pem) = serve(Fault::Closes).await;
        let client = builder(&url).http_client(own(native, Fault::Closes, &pem));
        let client = client.build().unwrap();
        let error = client.processing_results("a").send().await.unwrap_err();
        assert!(!error.is_tls() && error.is_retryable(), "{}", texts(&error));
        assert_eq!(error.attempts(), 3, "{}", texts(&error));
    }
}

#[tokio::test]
async fn a_certificate_that_verifies_is_accepted_by_either_backend() {
    for native in [true, false] {
        let (url, pem) = serve(Fault::None).await;
        let client = builder(&url).http_client(own(native, Fault::None, &pem));
        let history = client.build().unwrap().processing_results("a").send().await;
        assert_eq!(history.unwrap().item_id, "a");
    }
}
