//! `serve` against pages of other sites, and against hostile data.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::serving::{Directory, HISTORY, KEY, Serving};

#[test]
fn a_name_that_is_not_ours_gets_nothing() {
    let serving = Serving::start(&["--allow-host", "mock.test"]);
    for path in [
        HISTORY,
        "/",
        "/items/invoice-0001",
        "/openapi.json",
        "/nowhere",
    ] {
        for host in [
            "host: evil.example",
            "host: localhost.evil.example:4010",
            "host:",
        ] {
            let response = serving.call("GET", path, &[KEY, host, "origin: http://localhost:1"]);
            assert_eq!(response.status, 421, "{path} {host}");
            assert!(!response.body.contains("invoice"), "{}", response.body);
        }
    }
    for host in ["host: localhost:4010", "host: [::1]", "host: Mock.Test:80"] {
        assert_eq!(
            serving.call("GET", HISTORY, &[KEY, host]).status,
            200,
            "{host}"
        );
    }
}

#[test]
fn only_pages_of_this_machine_may_read_the_responses() {
    let serving = Serving::start(&[]);
    let request = [
        "access-control-request-method: GET",
        "access-control-request-headers: authorization, x-mine",
    ];
    let [method, headers] = request;
    let allowed = "access-control-allow-origin";
    for origin in [
        "http://localhost:5173",
        "http://127.0.0.1",
        "https://[::1]:8443",
    ] {
        let header = format!("origin: {origin}");
        let preflight = serving.call("OPTIONS", HISTORY, &[&header, method, headers]);
        assert_eq!(preflight.status, 204);
        assert_eq!(preflight.header(allowed), Some(origin));
        assert_eq!(
            preflight.header("access-control-allow-headers"),
            Some("authorization, x-mine")
        );
        // Failures too, or a page cannot distinguish them.
        for (path, key, status) in [
            (HISTORY, KEY, 200),
            (HISTORY, "a: b", 401),
            ("/no", KEY, 404),
        ] {
            let response = serving.call("GET", path, &[&header, key]);
            assert_eq!(
                (response.status, response.header(allowed)),
                (status, Some(origin))
            );
            assert!(response.head.contains("vary: origin"), "{}", response.head);
        }
    }
    for origin in [
        "origin: https://evil.example",
        "origin: null",
        "origin: http://localhost.evil.example",
    ] {
        let preflight = serving.call("OPTIONS", HISTORY, &[origin, method, headers]);
        assert_eq!((preflight.status, preflight.header(allowed)), (405, None));
        let response = serving.call("GET", HISTORY, &[origin, KEY]);
        assert!(
            !response.head.contains("access-control"),
            "{}",
            response.head
        );
    }
}

#[test]
fn what_is_in_the_data_is_shown_as_text() {
    let directory = Directory::new("script");
    let script = "<script>alert(1)</script><img src=x onerror=alert(1)>\\\"'";
    directory.write(
        "a.json",
        &format!(r#"{{"item_id": "{script}", "item_name": "{script}"}}"#),
    );
    let serving = Serving::start(&["--data", directory.path()]);
    let id = "%3Cscript%3Ealert(1)%3C%2Fscript%3E%3Cimg%20src=x%20onerror=alert(1)%3E%22'";
    let call = serving.item(id);
    assert_eq!(call.status, 200);
    assert_eq!(call.header("content-type"), Some("application/json"));
    for path in [format!("/items/{id}"), "/items".to_owned(), "/".to_owned()] {
        let page = serving.call("GET", &path, &[]);
        assert_eq!(page.status, 200, "{path}");
        assert!(
            !page.body.contains("<script>alert") && !page.body.contains("<img src=x"),
            "{path}"
        );
    }
    for path in ["/", "/items/none", HISTORY, "/openapi.yaml", "/nowhere"] {
        let response = serving.call("GET", path, &[]);
        let policy = response
            .header("content-security-policy")
            .unwrap_or_default();
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(
            !policy.contains("unsafe") && !policy.contains("http"),
            "{path}: {policy}"
        );
        assert_eq!(response.header("x-content-type-options"), Some("nosniff"));
    }
}

#[test]
fn requests_are_logged_on_demand_and_keys_never() {
    let serving = Serving::start(&["-v", "--session", "hush"]);
    serving.call(
        "GET",
        &format!("{HISTORY}?job_type=parse"),
        &[KEY, "cookie: session=hush"],
    );
    serving.call("GET", "/no", &["host: evil.example"]);
    let lines = format!("GET {HISTORY}?job_type=parse: 200\nGET /no: 421\n");
    serving.until("both are reported", || serving.stderr() == lines);
}

#[test]
fn others_are_let_in_only_by_an_address_and_that_is_said() {
    let serving = Serving::listen("0.0.0.0:0", &[]);
    // As a client on this machine can use it.
    assert!(
        serving.address.starts_with("127.0.0.1:"),
        "{}",
        serving.address
    );
    serving.until("it is reported", || {
        serving
            .stderr()
            .starts_with("warning: 0.0.0.0:0 is not loopback")
    });
    let status = |host| serving.call("GET", HISTORY, &[KEY, host]).status;
    assert_eq!(status("host: 192.168.7.7:4010"), 200);
    assert_eq!(status("host: evil.example"), 421);
}

/// A frame of HTTP/2.
fn frame(kind: u8, flags: u8, stream: u8, payload: &[u8]) -> Vec<u8> {
    let head = [0, 0, payload.len() as u8, kind, flags, 0, 0, 0, stream];
    [&head[..], payload].concat()
}

#[test]
fn http_2_without_tls_works_for_the_same_hosts() {
    let serving = Serving::start(&[]);
    for (host, status) in [(serving.address.as_str(), 0x88), ("evil.example", 0x08)] {
        // GET, http, /, and the host: all but the last are in the table that both sides know.
        let headers = [&[0x82, 0x86, 0x84, 0x41, host.len() as u8], host.as_bytes()].concat();
        let mut stream = TcpStream::connect(&serving.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .unwrap();
        let preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
        let sent = [
            &preface[..],
            &frame(4, 0, 0, &[]),
            &frame(1, 5, 1, &headers),
        ]
        .concat();
        stream.write_all(&sent).unwrap();
        loop {
            let mut head = [0; 9];
            stream.read_exact(&mut head).unwrap();
            let len = u32::from_be_bytes([0, head[0], head[1], head[2]]) as usize;
            let mut payload = vec![0; len];
            stream.read_exact(&mut payload).unwrap();
            if head[3] == 1 {
                // A status of its own, or the name of one with 421 in its literal.
                assert!(payload[0] == status || payload[0] == 0x48, "{payload:x?}");
                assert_eq!(payload[0] == 0x88, status == 0x88, "{host}: {payload:x?}");
                break;
            }
        }
    }
}

#[test]
#[cfg(target_os = "linux")]
fn requests_are_not_kept() {
    let serving = Serving::start(&[]);
    let memory = || {
        let status = std::fs::read_to_string(format!("/proc/{}/status", serving.id())).unwrap();
        let line = status
            .lines()
            .find(|line| line.starts_with("VmRSS:"))
            .unwrap();
        line.split_whitespace()
            .nth(1)
            .unwrap()
            .parse::<u64>()
            .unwrap()
    };
    let header = format!("x-long: {}", "x".repeat(200_000));
    let ask = || assert_eq!(serving.call("GET", HISTORY, &[KEY, &header]).status, 200);
    (0..20).for_each(|_| ask());
    let before = memory();
    (0..300).for_each(|_| ask());
    let more = memory().saturating_sub(before);
    assert!(more < 20_000, "{more} KiB for 300 requests of 200 KB");
}
