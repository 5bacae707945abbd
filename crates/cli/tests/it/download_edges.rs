//! Downloads in unusual circumstances: proxies, odd variables, links, responses that are not the complete object.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::s3::{ONE, Store, command_for, download, file, names, scripted, service};
use crate::serving::Directory;
use crate::support::Run;

#[test]
fn a_store_on_this_machine_is_not_reached_through_a_proxy() {
    let proxy = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", proxy.local_addr().unwrap());
    let calls = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&calls);
    thread::spawn(move || {
        for stream in proxy.incoming() {
            counted.fetch_add(1, Ordering::Relaxed);
            let response = b"HTTP/1.1 200 X\r\netag: \"x\"\r\ncontent-length: 5\r\n\r\nPROXY";
            let _ = stream.unwrap().write_all(response);
        }
    });
    let store = Store::start("proxied");
    store.insert("bucket/a.txt", b"real");
    for variable in ["HTTP_PROXY", "http_proxy", "ALL_PROXY"] {
        let directory = Directory::new("dl-proxied");
        let mut command = command_for(&service(&ONE), &store.url, &directory, &[]);
        let run = Run::from(command.env(variable, &url).output().unwrap());
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        assert_eq!(
            fs::read(file(&directory, "a-")).unwrap(),
            b"real",
            "{variable}"
        );
    }
    assert_eq!(calls.load(Ordering::Relaxed), 0);
}

#[test]
fn a_variable_that_cannot_be_sent_is_named() {
    for (name, value) in [
        ("AWS_ACCESS_KEY_ID", "CANARY\nID"),
        ("AWS_SECRET_ACCESS_KEY", "CANARY\u{7f}"),
        ("AWS_SESSION_TOKEN", "CANARY\ndef"),
        ("AWS_REGION", "CANARY\n"),
        ("AWS_DEFAULT_REGION", "eu\u{1b}CANARY"),
    ] {
        let directory = Directory::new("dl-variable");
        let mut command = command_for(&service(&ONE), "http://127.0.0.1:1", &directory, &[]);
        if name == "AWS_DEFAULT_REGION" {
            command.env_remove("AWS_REGION");
        }
        let run = Run::from(command.env(name, value).output().unwrap());
        // The line break that copying leaves at the end is removed.
        if value.trim() == "CANARY" {
            assert_eq!(run.code, Some(5), "{}", run.stderr);
            continue;
        }
        assert_eq!(run.code, Some(2), "{name}: {}", run.stderr);
        assert!(
            run.stderr.contains(name) && !run.stderr.contains("CANARY"),
            "{}",
            run.stderr
        );
    }
}

#[test]
fn what_is_not_the_complete_object_is_not_taken_for_it() {
    for (status, header) in [
        ("206 X", "content-range: bytes 5-9/1000000\r\n"),
        ("204 X", ""),
        ("203 X", ""),
        ("200 X", "content-type: text/html; charset=utf-8\r\n"),
    ] {
        // A page is no store's, which sends an entity tag.
        let tag = if header.contains("html") {
            ""
        } else {
            "etag: \"x\"\r\n"
        };
        let store = scripted(move |_, _| {
            format!(
                "HTTP/1.1 {status}\r\n{tag}{header}content-length: 5\r\nconnection: close\r\n\r\n12345"
            )
        });
        let directory = Directory::new("dl-partial");
        let run = download(&service(&ONE), &store, &directory, &["--max-retries", "0"]);
        assert_ne!(run.code, Some(0), "{status}: {}", run.stdout);
        assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
        assert!(
            !names(&directory)
                .iter()
                .any(|name| name.ends_with(".sha256")),
            "{status}"
        );
    }
}

#[test]
fn an_error_that_drips_ends_in_time() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(b"HTTP/1.1 403 X\r\ncontent-length: 65000\r\n\r\n");
            while stream.write_all(b" ").is_ok() {
                thread::sleep(Duration::from_millis(500));
            }
        }
    });
    let begin = Instant::now();
    let directory = Directory::new("dl-drip");
    let run = download(&service(&ONE), &url, &directory, &["--max-retries", "0"]);
    assert_eq!(run.code, Some(3), "{}", run.stderr);
    assert!(begin.elapsed() < Duration::from_secs(15));
}

#[test]
#[cfg(unix)]
fn nothing_is_written_through_a_link_and_no_pipe_is_waited_for() {
    let store = Store::start("links");
    store.insert("bucket/a.txt", b"real");
    let directory = Directory::new("dl-links");
    let elsewhere = Directory::new("dl-links-elsewhere");
    let victim = elsewhere.0.join("victim");
    assert_eq!(
        download(&service(&ONE), &store.url, &directory, &[]).code,
        Some(0)
    );
    let name = file(&directory, "a-")
        .file_name()
        .unwrap()
        .to_str()
        .unwrap()
        .to_owned();
    for ending in [
        "",
        ".part",
        ".part.json",
        ".part.json.new",
        ".sha256",
        ".sha256.part",
    ] {
        for kind in ["symlink", "hard link", "pipe"] {
            fs::remove_dir_all(&directory.0).unwrap();
            fs::create_dir(&directory.0).unwrap();
            fs::write(&victim, "precious").unwrap();
            let path = directory.0.join(format!("{name}{ending}"));
            match kind {
                "symlink" => std::os::unix::fs::symlink(&victim, &path).unwrap(),
                "hard link" => fs::hard_link(&victim, &path).unwrap(),
                _ => crate::support::fifo(&path),
            }
            let run = download(&service(&ONE), &store.url, &directory, &[]);
            assert!(
                matches!(run.code, Some(0 | 1)),
                "{ending} {kind}: {}",
                run.stderr
            );
            assert_eq!(fs::read(&victim).unwrap(), b"precious", "{ending} {kind}");
            if run.code == Some(1) {
                assert!(
                    run.stderr.contains(&format!("{name}{ending} ")),
                    "{}",
                    run.stderr
                );
            }
        }
    }
}

#[test]
fn a_container_s_credentials_are_found_where_a_variable_says() {
    let agent = scripted(|head, _| {
        let body = match head.contains("authorization: token-1") {
            true => format!(
                r#"{{"AccessKeyId": "{}", "SecretAccessKey": "{}", "Token": "t", "Expiration": "2100-01-01T00:00:00Z"}}"#,
                crate::s3::ACCESS_KEY,
                crate::s3::SECRET_KEY
            ),
            false => String::new(),
        };
        format!(
            "HTTP/1.1 200 X\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        )
    });
    let store = Store::start("container");
    store.insert("bucket/a.txt", b"real");
    let directory = Directory::new("dl-container");
    let tokens = Directory::new("dl-container-token");
    tokens.write("token", "token-1");
    let mut command = command_for(&service(&ONE), &store.url, &directory, &[]);
    for name in [
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
    ] {
        command.env_remove(name);
    }
    command
        .env("AWS_CONTAINER_CREDENTIALS_FULL_URI", &agent)
        .env(
            "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
            tokens.0.join("token"),
        );
    let run = Run::from(command.output().unwrap());
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(fs::read(file(&directory, "a-")).unwrap(), b"real");
    let nobody = Run::from(
        command
            .args(["--max-retries", "0"])
            .env("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:1")
            .output()
            .unwrap(),
    );
    assert_eq!(nobody.code, Some(5), "{}", nobody.stderr);
}
