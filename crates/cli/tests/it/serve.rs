//! `serve`, as people, clients and browsers use it.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::collection::{item, parse};
use crate::serving::{Directory, HISTORY, KEY, Response, Serving};
use crate::support::{command, run};

#[test]
fn what_it_prints_is_what_a_client_needs() {
    let serving = Serving::start(&[]);
    let url = format!("http://{}", serving.address);
    assert_eq!(
        serving.greeting,
        [
            format!("listening on {url}"),
            format!("export LLAMA_CLOUD_BASE_URL={url} LLAMA_CLOUD_API_KEY=llx-mock-key"),
            "try: processing-results get invoice-0001".to_owned(),
            format!("pages: {url}/"),
        ]
    );
    let mut get = command(&["get", "invoice-0001", "-o", "json"]);
    get.env("LLAMA_CLOUD_BASE_URL", &url)
        .env("LLAMA_CLOUD_API_KEY", "llx-mock-key");
    let got = get.output().unwrap();
    assert!(
        got.status.success(),
        "{}",
        String::from_utf8_lossy(&got.stderr)
    );
    let demo = run(&["get", "invoice-0001", "-o", "json", "--demo"]);
    assert_eq!(String::from_utf8(got.stdout).unwrap(), demo.stdout);
    assert_eq!(serving.call("GET", "/", &[]).status, 200);
    assert_eq!(serving.stderr(), "");
}

#[test]
fn the_key_and_the_session_are_those_that_were_given() {
    let serving = Serving::start(&["--api-key", "it's", "--session", "s-1"]);
    assert!(
        serving.greeting[1].ends_with("LLAMA_CLOUD_API_KEY=\"it's\""),
        "{:?}",
        serving.greeting
    );
    let status = |header| serving.call("GET", HISTORY, &[header]).status;
    assert_eq!(status("authorization: Bearer it's"), 200);
    assert_eq!(status("cookie: session=s-1"), 200);
    assert_eq!(status(KEY), 401);
    assert_eq!(status("cookie: session=it's"), 401);
}

#[test]
fn what_cannot_be_done_is_said_in_a_line() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for (args, said) in [
        (
            &["--listen", &address][..],
            "cannot be listened on: Address already in use",
        ),
        (
            &["--listen", "127.0.0.1:0", "--data", "/no/such/directory"],
            "/no/such/directory cannot be read: No such file",
        ),
        (
            &["--fail", "503:0.6", "--fail", "500:0.6"],
            "more than 1 together",
        ),
        (&["--fail", "503"], "such as 503:0.1"),
        (&["--fail", "200:0.1"], "such as 503:0.1"),
        (&["--fail", "503:NaN"], "such as 503:0.1"),
        (&["--latency", "5"], "such as 50ms"),
        (&["--latency", "-5ms"], "unexpected argument"),
        (&["--api-key", "a b"], "visible ASCII"),
        (&["--listen", "localhost"], "such as 127.0.0.1:4010"),
        (&["--listen", "127.0.0.1:99999"], "such as 127.0.0.1:4010"),
        (&["--listen", "::1:4"], "such as 127.0.0.1:4010"),
    ] {
        let run = run(&[&["serve"], args].concat());
        assert_eq!(run.code, Some(2), "{args:?}: {}", run.stderr);
        assert!(run.stderr.contains(said), "{args:?}: {}", run.stderr);
        assert_eq!(run.stdout, "");
    }
}

#[test]
fn an_address_may_be_a_port_alone_or_a_name_of_loopback() {
    for listen in ["localhost:0", ":0", "0"] {
        let serving = Serving::listen(listen, &[]);
        assert!(serving.address.starts_with("127.0.0.1:"), "{listen}");
    }
}

#[test]
fn the_folder_s_items_are_served_as_they_are_now() {
    let directory = Directory::new("reload");
    directory.write("a.json", r#"{"item_id": "a", "item_name": "first"}"#);
    directory.write("bad.json", "{\n  \"item_id\": \"bad\",\n}");
    let serving = Serving::start(&["--data", directory.path()]);
    assert_eq!(serving.greeting[2], "try: processing-results get a");
    assert_eq!(serving.item("invoice-0001").status, 404);
    assert_eq!(
        serving.item("a").body,
        r#"{"item_id": "a", "item_name": "first"}"#
    );
    let bad = format!(
        "error: {}/bad.json:3:1: trailing comma; it is not served\n",
        directory.path()
    );
    serving.until("the bad file is reported", || serving.stderr() == bad);

    directory.write("bad.json", r#"{"item_id": "bad", "item_name": "good"}"#);
    directory.write("a.json", r#"{"item_id": "a", "item_name": "second"}"#);
    serving.until("both are read again", || {
        serving.item("bad").status == 200 && serving.item("a").body.contains("second")
    });
    directory.write("a.json", r#"{"item_id": "a", "item_name": }"#);
    let broken = format!(
        "error: {}/a.json:1:31: expected value; its last good version stays\n",
        directory.path()
    );
    serving.until("the break is reported", || {
        serving.stderr().contains(&broken)
    });
    assert!(serving.item("a").body.contains("second"));
    std::fs::remove_file(directory.0.join("bad.json")).unwrap();
    serving.until("the removed file is gone", || {
        serving.item("bad").status == 404
    });
    assert_eq!(
        serving.stderr().matches("error: ").count(),
        2,
        "{}",
        serving.stderr()
    );
}

#[test]
fn the_mark_of_an_editor_on_windows_is_not_a_part_of_an_item() {
    let directory = Directory::new("serve-mark");
    directory.write(
        "a.json",
        "\u{feff}{\"item_id\": \"a\", \"item_name\": \"x\"}\r\n",
    );
    let serving = Serving::start(&["--data", directory.path()]);
    let item = serving.item("a");
    assert_eq!(item.status, 200, "{}", serving.stderr());
    assert!(item.body.starts_with("{\"item_id\""), "{:?}", item.body);
    assert_eq!(serving.stderr(), "");
}

#[test]
fn a_file_that_is_too_large_is_named_and_not_read() {
    let directory = Directory::new("large-data");
    let file = std::fs::File::create(directory.0.join("a.json")).unwrap();
    file.set_len(1 << 40).unwrap();
    directory.write("b.json", r#"{"item_id": "b", "item_name": "b"}"#);
    let serving = Serving::start(&["--data", directory.0.to_str().unwrap()]);
    let says = "a.json:1:1: it is larger than 256 MiB; it is not served";
    serving.until(says, || serving.stderr().contains(says));
}

#[test]
fn a_long_history_has_pages_and_an_undated_result_no_age() {
    let day = |at: usize| format!("2026-01-01T{:02}:{:02}:00Z", at / 60, at % 60);
    let mut results: Vec<_> = (0..250)
        .map(|at| parse(&format!("r-{at}"), &day(at), "h", json!({})))
        .collect();
    results.push(parse("r-undated", "yesterday", "g", json!({})));
    let directory = Directory::new("long-history");
    directory.write("long.json", &item("long", &results).to_string());
    let serving = Serving::start(&["--data", directory.path()]);
    let page = |query: &str| {
        serving
            .call("GET", &format!("/items/long{query}"), &[])
            .body
    };
    let cards = |page: &str| page.matches("<article>").count();
    let first = page("");
    let counts: usize = ["", "?page=2", "?page=3"]
        .map(|query| cards(&page(query)))
        .iter()
        .sum();
    assert_eq!(counts, results.len());
    assert!(first.contains("page 1 of 3") && cards(&first) < results.len());
    // The first result that repeats is on the first page, also for what is on others.
    assert!(page("?page=2").contains("href=\"?page=1#result-2\""));
    assert!(first.contains("href=\"#result-2\""));
    for odd in ["?page=0", "?page=x", "?page=-1", "?page="] {
        assert_eq!(page(odd), first, "{odd}");
    }
    assert_eq!(page("?page=99"), page("?page=3"));
    assert!(
        first.contains("over 4 hours 9 minutes"),
        "{}",
        &first[..2000]
    );
    assert!(!first.contains(" days"));
    assert_eq!(
        first.matches("<p class=\"since\">time unknown</p>").count(),
        1
    );
}

#[test]
fn what_decodes_of_an_item_is_on_its_page_and_the_rest_is_counted() {
    let mut broken = parse("r-2", "2026-01-02T00:00:00Z", "h", json!({}));
    broken["result_id"] = json!(null);
    let day = |id: &str| parse(id, "2026-01-01T00:00:00Z", id, json!({"lang": "CANARY"}));
    let directory = Directory::new("partly-decoded");
    directory.write(
        "a.json",
        &item("partly", &[day("r-1"), broken.clone(), day("r-3")]).to_string(),
    );
    directory.write("b.json", &item("nothing", &[broken]).to_string());
    let serving = Serving::start(&["--data", directory.path()]);
    let page = |path: &str| serving.call("GET", path, &[]).body;
    let partly = page("/items/partly");
    assert_eq!(partly.matches("<article>").count(), 2);
    assert!(
        partly.contains("1 result cannot be read, by their order in the data: 2"),
        "{partly}"
    );
    assert!(page("/items/nothing").contains("This item's data is not a processing history"));
    assert!(page("/items").contains("1 unreadable"));
}

#[test]
fn a_file_says_how_its_item_fails_first() {
    let directory = Directory::new("respond");
    assert_eq!(
        Serving::start(&["--data", directory.path()]).greeting.len(),
        3,
        "no item to try"
    );
    let text = r#"{"item_id": "a", "project_id": "p", "respond": [503, 429]}"#;
    directory.write("a.json", text);
    let serving = Serving::start(&["--data", directory.path()]);
    let status = || serving.item("a").status;
    assert_eq!([status(), status(), status()], [503, 429, 200]);
    let path = HISTORY.replace("invoice-0001", "a") + "?project_id=q";
    assert_eq!(serving.call("GET", &path, &[KEY]).status, 404);
    directory.write("a.json", text);
    serving.until("it begins anew", || status() == 503);
    directory.write("a.json", r#"{"item_id": "a", "is": "new"}"#);
    serving.until("the new response is there", || {
        serving.item("a").body.contains("new")
    });
    assert_eq!(status(), 200);
}

#[test]
fn calls_fail_and_wait_as_configured() {
    let serving = Serving::start(&["--fail", "503:0.5", "--fail", "429:0.25"]);
    let mut found = [0; 3];
    for _ in 0..200 {
        let status = serving.item("invoice-0001").status;
        let at = [200, 429, 503].iter().position(|known| *known == status);
        found[at.unwrap_or_else(|| panic!("{status}"))] += 1;
    }
    // Each bound is five standard deviations from the expected number.
    let [ok, limited, failed] = found;
    assert!(
        (20..=80).contains(&ok) && (20..=80).contains(&limited) && failed >= 65,
        "{found:?}"
    );
    assert_eq!(
        serving.call("GET", "/", &[]).status,
        200,
        "pages do not fail"
    );

    let serving = Serving::start(&["--latency", "150ms", "--fail", "500:0"]);
    let started = Instant::now();
    assert_eq!(serving.item("invoice-0001").status, 200);
    assert!(started.elapsed() >= Duration::from_millis(150));
}

#[test]
fn a_signal_stops_it_once_calls_have_their_responses() {
    for name in ["INT", "TERM"] {
        let serving = Serving::start(&["--latency", "400ms"]);
        // Neither a browser's idle connection nor half a request delays the end.
        let _silent = std::net::TcpStream::connect(&serving.address).unwrap();
        let call = serving.send("GET", HISTORY, &[KEY]);
        std::thread::sleep(Duration::from_millis(100));
        serving.signal(name);
        let response = Response::read(call);
        assert_eq!(response.status, 200);
        assert!(response.body.ends_with("}\n"), "{}", response.body);
        let started = Instant::now();
        assert_eq!(serving.ended().code(), Some(0));
        assert!(
            started.elapsed() < Duration::from_secs(3),
            "{:?}",
            started.elapsed()
        );
    }
}

#[test]
fn a_second_signal_does_not_wait() {
    let serving = Serving::start(&["--latency", "60s"]);
    let _call = serving.send("GET", HISTORY, &[KEY]);
    std::thread::sleep(Duration::from_millis(100));
    serving.signal("TERM");
    std::thread::sleep(Duration::from_millis(100));
    serving.signal("TERM");
    let started = Instant::now();
    assert_eq!(serving.ended().code(), Some(0));
    assert!(started.elapsed() < Duration::from_secs(3));
}

#[test]
fn the_contract_names_this_very_server() {
    let serving = Serving::start(&[]);
    let json = serving.call("GET", "/openapi.json", &["host: localhost:81"]);
    assert_eq!(json.header("content-type"), Some("application/json"));
    let json: Value = serde_json::from_str(&json.body).unwrap();
    assert_eq!(json["servers"][0]["url"], "http://localhost:81");
    assert_eq!(json["servers"].as_array().unwrap().len(), 1);
    let yaml = serving.call("GET", "/openapi.yaml", &[]);
    assert_eq!(yaml.header("content-type"), Some("application/yaml"));
    let directory = Directory::new("contract");
    directory.write("api.yaml", &yaml.body);
    let path = directory.0.join("api.yaml");
    // `spec check` finds that alone.
    let check = run(&["spec", "check", path.to_str().unwrap()]).stdout;
    let findings: Vec<_> = check
        .lines()
        .filter(|line| !line.starts_with(' '))
        .collect();
    let own = format!(
        "server-is-known: `http://{}` is not an https URL",
        serving.address
    );
    assert!(findings.len() == 1 && findings[0].contains(&own), "{check}");
    assert!(
        yaml.body
            .contains(&format!("  - url: \"http://{}\"\n", serving.address))
    );
}
