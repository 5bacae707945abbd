//! Responses that something in front of the service has changed or sent: compression, encodings, pages of gateways and
//! proxies.

use std::time::Duration;

use processing_results::{Client, ErrorKind};

use crate::support::{HISTORY, HTML, KEY, Raw, Step, error_of, gzip, response};

#[tokio::test]
async fn a_status_survives_any_body() {
    let detail = br#"{"detail": "no"}"#;
    let long = format!(r#"{{"detail": "{}"}}"#, "x".repeat(1 << 20));
    let utf_16: Vec<u8> = "{}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let cut = gzip(detail)[..12].to_vec();
    let padded = [gzip(detail), vec![0; 300]].concat();
    let odd = br#"{"detail": "n\ud83do", "x": 1e400, "y": "\udc00"}"#;
    let bodies: [(&str, &str, Vec<u8>, Option<&str>); 17] = [
        (
            "nothing, compressed",
            "content-encoding: gzip\r\n",
            vec![],
            None,
        ),
        (
            "compressed by name only",
            "content-encoding: gzip\r\n",
            detail.to_vec(),
            Some("no"),
        ),
        (
            "compressed",
            "content-encoding: gzip\r\n",
            gzip(detail),
            Some("no"),
        ),
        (
            "compressed and padded",
            "content-encoding: gzip\r\n",
            padded,
            Some("no"),
        ),
        (
            "compressed twice",
            "content-encoding: gzip, gzip\r\n",
            gzip(&gzip(detail)),
            Some("no"),
        ),
        ("compressed without a word", "", gzip(detail), Some("no")),
        (
            "another encoding by name only",
            "content-encoding: br\r\n",
            detail.to_vec(),
            Some("no"),
        ),
        (
            "what is no encoding",
            "content-encoding: utf-8\r\n",
            detail.to_vec(),
            Some("no"),
        ),
        ("odd values", "", odd.to_vec(), Some("n\u{fffd}o")),
        (
            "the detail twice",
            "",
            br#"{"detail": 7, "detail": "no"}"#.to_vec(),
            Some("no"),
        ),
        (
            "no UTF-8",
            "",
            b"{\"detail\": \"n\xf6\"}".to_vec(),
            Some("n\u{fffd}"),
        ),
        (
            "compressed and cut",
            "content-encoding: gzip\r\n",
            cut,
            None,
        ),
        (
            "another encoding",
            "content-encoding: br\r\n",
            b"\x0b\x02\x80".to_vec(),
            None,
        ),
        (
            "identity as well",
            "content-encoding: gzip, identity\r\n",
            gzip(detail),
            Some("no"),
        ),
        (
            "UTF-16",
            "content-type: application/json; charset=utf-16\r\n",
            utf_16,
            None,
        ),
        (
            "a byte order mark",
            "",
            [b"\xef\xbb\xbf", &detail[..]].concat(),
            Some("no"),
        ),
        ("a megabyte", "", long.into_bytes(), None),
    ];
    for (what, headers, body, detail) in bodies {
        for (status, kind) in [
            ("401 Unauthorized", ErrorKind::Unauthorized),
            ("404 Not Found", ErrorKind::NotFound),
            ("503 Unavailable", ErrorKind::Server),
        ] {
            let headers = format!("{headers}retry-after: 7\r\n");
            let error = error_of(Step::Send(response(status, &headers, &body))).await;
            let found = (error.kind(), error.detail());
            // A gateway's 404 may be anything but JSON.
            let is_foreign = found.0 == ErrorKind::Gone && detail.is_none();
            assert!(is_foreign || found == (kind, detail), "{what}: {error:?}");
            assert_eq!(error.status().unwrap().as_str(), &status[..3], "{what}");
            assert_eq!(error.retry_after(), Some(Duration::from_secs(7)), "{what}");
        }
    }
    let short = b"HTTP/1.1 401 Unauthorized\r\ncontent-length: 900\r\n\r\n{".to_vec();
    assert!(error_of(Step::Send(short)).await.is_unauthorized());
    let silent = b"HTTP/1.1 401 Unauthorized\r\ncontent-length: 900\r\n\r\n{".to_vec();
    let server = Raw::start(vec![Step::Hang(silent)]).await;
    let client = server.builder().read_timeout(Duration::from_millis(100));
    let call = client.build().unwrap().processing_results("a").send();
    assert!(call.await.unwrap_err().is_unauthorized());
}

/// Each byte comes before the read timeout, and the last one never.
#[tokio::test]
async fn a_status_survives_a_body_that_drips_without_end() {
    let head = b"HTTP/1.1 401 Unauthorized\r\ncontent-length: 9000\r\n\r\n".to_vec();
    let server = Raw::start(vec![Step::Drip(head, b' ', Duration::from_millis(20))]).await;
    for (attempt, deadline) in [(600, 60_000), (60_000, 600)] {
        let client = server
            .builder()
            .attempt_timeout(Duration::from_millis(attempt))
            .deadline(Duration::from_millis(deadline))
            .max_retries(5);
        let call = client.build().unwrap().processing_results("a").send();
        let error = call.await.unwrap_err();
        assert!(error.is_unauthorized(), "{error:?}");
        assert_eq!(error.attempts(), 1);
    }
}

#[tokio::test]
async fn an_encoding_that_was_not_requested_is_named() {
    let latin = HISTORY.replace("a.pdf", "\u{e4}.pdf");
    let latin: Vec<u8> = latin.chars().map(|letter| letter as u8).collect();
    let utf_16 =
        |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> { HISTORY.encode_utf16().flat_map(bytes).collect() };
    let utf_32: Vec<u8> = HISTORY
        .chars()
        .flat_map(|c| u32::from(c).to_le_bytes())
        .collect();
    let utf_16_name = "content-type: a/b; charset=UTF-16\r\n";
    let (little, big) = (utf_16(u16::to_le_bytes), utf_16(u16::to_be_bytes));
    let marked = [&b"\xff\xfe"[..], &little].concat();
    for (headers, body, name) in [
        ("content-encoding: br\r\n", vec![11, 2], "encoding br"),
        (
            "content-encoding: deflate, gzip\r\n",
            gzip(b"x\x9c"),
            "encoding deflate",
        ),
        (
            "content-type: a/b; charset=ISO-8859-1\r\n",
            latin,
            "character set iso-8859-1",
        ),
        ("", marked, "character set utf-16"),
        ("", little.clone(), "character set utf-16"),
        (utf_16_name, little.clone(), "character set utf-16"),
        (utf_16_name, big, "character set utf-16"),
        (
            "content-encoding: gzip\r\n",
            gzip(&little),
            "character set utf-16",
        ),
        ("", utf_32, "character set utf-32"),
        ("content-encoding: zstd\r\n", little, "encoding zstd"),
    ] {
        let error = error_of(Step::Send(response("200 OK", headers, body))).await;
        assert!(
            error.is_undecodable() && error.status().unwrap() == 200,
            "{error:?}"
        );
        assert!(error.to_string().contains(name), "{error}");
        assert!(!error.is_retryable());
    }
}

#[tokio::test]
async fn a_refusal_in_front_of_the_service_says_what_it_is() {
    for (status, what, hint) in [
        (
            "407 Proxy",
            "the proxy wants a login (status 407)",
            "HTTPS_PROXY",
        ),
        (
            "511 Network",
            "the network wants somebody to sign in (status 511)",
            "browser",
        ),
        (
            "403 Forbidden",
            "something in front of the service refused",
            "firewall",
        ),
    ] {
        let error = error_of(Step::Send(response(status, "", HTML))).await;
        assert!(error.is_gateway() && !error.is_retryable(), "{error:?}");
        assert!(error.to_string().starts_with(what), "{error}");
        assert!(error.hint().unwrap().contains(hint), "{error}");
    }
}

/// A proxy that requires a login refuses a tunnel too; a SOCKS proxy is used with its own protocol.
#[tokio::test]
async fn proxies_are_understood() {
    let server = Raw::always(response("407 Proxy Authentication Required", "", "")).await;
    let through = |proxy: String| {
        let proxy = reqwest::Proxy::all(proxy).unwrap();
        let http = reqwest::Client::builder().proxy(proxy).build().unwrap();
        let client = Client::builder().api_key(KEY).http_client(http);
        client.base_url("https://service.example").build().unwrap()
    };
    let error = through(server.url.clone())
        .processing_results("a")
        .send()
        .await;
    let error = error.unwrap_err();
    if cfg!(feature = "rustls") {
        assert!(error.is_gateway() && error.attempts() == 1, "{error:?}");
        assert!(
            error.to_string().starts_with("the proxy wants a login"),
            "{error}"
        );
    }

    let socks = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("socks5h://{}", socks.local_addr().unwrap());
    let greeting = tokio::spawn(async move {
        use tokio::io::AsyncReadExt;

        let (mut stream, _) = socks.accept().await.unwrap();
        let mut version = [0];
        stream.read_exact(&mut version).await.unwrap();
        version[0]
    });
    let client = through(url);
    let call = client
        .processing_results("a")
        .deadline(Duration::from_secs(2));
    let _ = call.send().await.unwrap_err();
    if cfg!(feature = "rustls") {
        assert_eq!(greeting.await.unwrap(), 5);
    }
}
