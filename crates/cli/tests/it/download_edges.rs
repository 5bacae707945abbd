//! Downloads in unusual circumstances: proxies, odd variables, links, responses that are not the complete object.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::Command;
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

/// A service of the machine that hands out credentials in JSON to those who have the token.
fn agent(credentials: String) -> String {
    scripted(move |head, _| {
        let body = match head.contains("authorization: token-1") {
            true => &credentials,
            false => "",
        };
        format!(
            "HTTP/1.1 200 X\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        )
    })
}

fn credentials(key_id: &str, token: &str) -> String {
    let secret_key = crate::s3::SECRET_KEY;
    serde_json::json!({
        "AccessKeyId": key_id, "SecretAccessKey": secret_key, "Token": token, "Expiration": "2100-01-01T00:00:00Z",
    })
    .to_string()
}

/// `download` in a container, with the variables of EKS.
fn in_a_container(store: &str, agent: &str, tokens: &Directory, to: &Directory) -> Command {
    tokens.write("token", "token-1");
    let mut command = command_for(&service(&ONE), store, to, &["--max-retries", "0"]);
    for name in [
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
    ] {
        command.env_remove(name);
    }
    let file = tokens.0.join("token");
    command
        .env("AWS_CONTAINER_CREDENTIALS_FULL_URI", agent)
        .env("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", file);
    command
}

#[test]
fn credentials_of_a_provider_that_cannot_be_used_are_an_error() {
    let [to, tokens] = ["dl-odd", "dl-odd-token"].map(Directory::new);
    for body in [
        credentials("CANARY\nID", "t"),
        credentials("CANARY", "CANARY\r\nx: y"),
        credentials("CANARY", "CANARY\u{7f}"),
        credentials("", "CANARY"),
        r#"{"AccessKeyId": "CANARY"}"#.to_owned(),
        "<html>CANARY</html>".to_owned(),
    ] {
        let agent = agent(body.clone());
        let mut command = in_a_container("http://127.0.0.1:1", &agent, &tokens, &to);
        let run = Run::from(command.output().unwrap());
        assert_eq!(run.code, Some(3), "{body}: {}", run.stderr);
        let says = "where AWS_CONTAINER_CREDENTIALS_FULL_URI says cannot be used";
        assert!(run.stderr.contains(says), "{body}: {}", run.stderr);
        assert!(!run.stderr.contains("CANARY"), "{}", run.stderr);
    }
}

#[test]
#[cfg(unix)]
fn a_provider_that_cannot_be_asked_is_named_before_any_call() {
    use std::os::unix::ffi::OsStringExt;
    const URI: &str = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
    const FILE: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";
    let [to, tokens] = ["dl-unasked", "dl-unasked-token"].map(Directory::new);
    tokens.write("lines", "token-1\nCANARY");
    let lines = tokens.0.join("lines").into_os_string();
    let text = std::ffi::OsString::from;
    for (name, value, names) in [
        (URI, text("CANARY"), URI),
        (URI, text("file:///CANARY"), URI),
        (URI, text("http://198.51.100.1/CANARY"), URI),
        (URI, text("http://127.0.0.1:99999/CANARY"), URI),
        (URI, text("http://127.0.0.1:1/\nCANARY"), URI),
        (FILE, lines, FILE),
        (FILE, text("/dev/zero"), FILE),
        (FILE, text(""), FILE),
        (
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
            text("CANARY"),
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        ),
        (
            "AWS_WEB_IDENTITY_TOKEN_FILE",
            text("CANARY"),
            "AWS_ROLE_ARN",
        ),
        (
            "AWS_SESSION_TOKEN",
            std::ffi::OsString::from_vec(b"CANARY\xff".to_vec()),
            "AWS_SESSION_TOKEN",
        ),
    ] {
        let mut command = in_a_container("http://127.0.0.1:1", "http://127.0.0.1:1/", &tokens, &to);
        let run = Run::from(command.env(name, &value).output().unwrap());
        assert_eq!(run.code, Some(2), "{name}={value:?}: {}", run.stderr);
        assert!(run.stderr.contains(names), "{value:?}: {}", run.stderr);
        assert!(!run.stderr.contains("CANARY"), "{}", run.stderr);
    }
}

#[test]
fn a_container_s_credentials_are_found_where_a_variable_says() {
    let agent = agent(credentials(crate::s3::ACCESS_KEY, "t"));
    let store = Store::start("container");
    store.insert("bucket/a.txt", b"real");
    let [directory, tokens] = ["dl-container", "dl-container-token"].map(Directory::new);
    let mut command = in_a_container(&store.url, &agent, &tokens, &directory);
    let run = Run::from(command.output().unwrap());
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(fs::read(file(&directory, "a-")).unwrap(), b"real");
    let nobody = Run::from(
        command
            .env("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:1")
            .output()
            .unwrap(),
    );
    assert_eq!(nobody.code, Some(5), "{}", nobody.stderr);
    let says = "where AWS_CONTAINER_CREDENTIALS_FULL_URI says: no connection to what should have";
    assert!(nobody.stderr.contains(says), "{}", nobody.stderr);
    // What refuses here is not the store, though both are called by plain http.
    let refuses = scripted(|_, _| crate::s3::response("403 X", "", 0, ""));
    command.env("AWS_CONTAINER_CREDENTIALS_FULL_URI", refuses);
    let refused = Run::from(command.output().unwrap());
    assert_eq!(refused.code, Some(3), "{}", refused.stderr);
    let says = "there are no credentials where AWS_CONTAINER_CREDENTIALS_FULL_URI says\n";
    assert!(refused.stderr.contains(says), "{}", refused.stderr);
}
