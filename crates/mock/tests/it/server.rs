//! The mock server on the wire, seen by a plain HTTP client.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use processing_results::spec;
use processing_results_contract::Document;
use processing_results_mock::{API_KEY, EXAMPLES, Response, Server};
use reqwest::{Client, Method, header};
use serde_json::{Value, json};

const ITEM: &str = r#"{"zeta": 12345678901234567890123, "item_id": "i", "item_name": "é",
    "processing_results": [
        {"job_type": "parse", "n": 1.0, "big": 18446744073709551616},
        {"n": 1, "job_type": "classify"},
        {"job_type": "p\u0061rse", "n": 1e2}, {"job_type": null}, 7
    ], "alpha": 1.50}"#;

fn url(server: &Server, rest: &str) -> String {
    format!(
        "{}/api/v1/beta/batch-processing/items/{rest}",
        server.base_url()
    )
}

fn call(server: &Server, id: &str, query: &str) -> reqwest::RequestBuilder {
    let http = Client::builder().no_proxy().build().unwrap();
    http.get(url(server, &format!("{id}/processing-results{query}")))
        .bearer_auth(API_KEY)
}

async fn answer(request: reqwest::RequestBuilder) -> (u16, Value) {
    let response = request.send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "application/json");
    let status = response.status().as_u16();
    let body = response.bytes().await.unwrap();
    (status, serde_json::from_slice(&body).unwrap())
}

async fn text(request: reqwest::RequestBuilder) -> String {
    request.send().await.unwrap().text().await.unwrap()
}

async fn soon<T>(done: impl Future<Output = T>) -> T {
    let limit = Duration::from_secs(20);
    tokio::time::timeout(limit, done).await.expect("at once")
}

async fn with_item() -> Server {
    Server::start_empty().await.unwrap().with_item(ITEM)
}

#[tokio::test]
async fn examples_and_items_are_served_byte_by_byte() {
    let server = Server::start().await.unwrap().with_item(ITEM);
    for (_, json) in EXAMPLES {
        let id = serde_json::from_str::<Value>(json).unwrap()["item_id"].clone();
        let id = id.as_str().unwrap();
        assert_eq!(text(call(&server, id, "")).await, json);
    }
    assert_eq!(text(call(&server, "i", "")).await, ITEM);
}

#[tokio::test]
async fn an_answer_is_narrowed_to_the_job_type_and_otherwise_left_as_it_is() {
    let server = with_item()
        .await
        .with_item(r#"{"item_id": "null", "processing_results": null}"#)
        .with_item(r#"{"item_id": "none"}"#);
    assert_eq!(
        text(call(&server, "i", "?job_type=parse")).await,
        r#"{"zeta":12345678901234567890123,"item_id":"i","item_name":"é","processing_results":[{"job_type": "parse", "n": 1.0, "big": 18446744073709551616},{"job_type": "p\u0061rse", "n": 1e2}],"alpha":1.50}"#
    );
    let (_, extract) = answer(call(&server, "i", "?job_type=extract")).await;
    assert_eq!(extract["processing_results"], json!([]));
    let null = text(call(&server, "null", "?job_type=parse")).await;
    assert_eq!(null, r#"{"item_id": "null", "processing_results": null}"#);
    let none = text(call(&server, "none", "?job_type=parse")).await;
    assert_eq!(none, r#"{"item_id": "none"}"#);
}

#[tokio::test]
async fn a_credential_is_wanted_and_checked() {
    let server = with_item().await;
    let http = Client::new();
    let place = url(&server, "i/processing-results");
    for refused in [
        http.get(&place),
        http.get(&place).bearer_auth("llx-other"),
        http.get(&place).header("authorization", API_KEY),
        http.get(&place)
            .header("authorization", format!("Basic {API_KEY}")),
        http.get(&place).header("cookie", "session="),
        http.get(&place).header("cookie", "session=s"),
    ] {
        let response = refused.send().await.unwrap();
        assert_eq!(response.status(), 401);
        assert_eq!(response.headers()["www-authenticate"], "Bearer");
        assert!(response.text().await.unwrap().starts_with(r#"{"detail":""#));
    }
    // Before the parameters and the item, as the service does.
    let place = url(&server, "unknown/processing-results?job_type=x");
    assert_eq!(answer(http.get(place)).await.0, 401);

    let server = server.with_api_key("llx-mine").with_session("s");
    let place = url(&server, "i/processing-results");
    let cookie = http.get(&place).header("cookie", "a=b; session=s");
    assert_eq!(answer(cookie).await.0, 200);
    let other = http.get(&place).header("cookie", "other=s; session=b");
    assert_eq!(answer(other).await.0, 401);
    let bearer = http.get(&place).header("authorization", "bearer llx-mine");
    assert_eq!(answer(bearer).await.0, 200);
    assert_eq!(answer(call(&server, "i", "")).await.0, 401);
}

#[tokio::test]
async fn unknown_items_paths_and_methods_are_told_apart() {
    let server = with_item().await;
    let (status, body) = answer(call(&server, "other", "")).await;
    assert_eq!(status, 404);
    assert_eq!(body, json!({"detail": "there is no item \"other\""}));

    for rest in ["i", "i/processing-results/", "i/j/processing-results"] {
        let (status, body) = answer(Client::new().get(url(&server, rest))).await;
        assert_eq!((status, body), (404, json!({"detail": "Not Found"})));
    }

    let place = url(&server, "i/processing-results");
    let response = Client::new().post(place).send().await.unwrap();
    assert_eq!(response.status(), 405);
    assert_eq!(response.headers()["allow"], "GET,HEAD");
    let body = response.text().await.unwrap();
    assert_eq!(body, r#"{"detail":"Method Not Allowed"}"#);
}

#[tokio::test]
async fn a_bad_job_type_is_refused_in_the_list_form() {
    let server = with_item().await;
    let complaint = |input: &str| {
        let expected = "'parse', 'extract' or 'classify'";
        json!({"detail": [{
            "type": "enum", "loc": ["query", "job_type"], "input": input,
            "msg": format!("Input should be {expected}"), "ctx": {"expected": expected},
        }]})
    };
    for bad in ["split", "Parse", ""] {
        let asked = call(&server, "i", &format!("?job_type={bad}"));
        assert_eq!(answer(asked).await, (422, complaint(bad)));
    }
}

#[tokio::test]
async fn every_query_parameter_of_the_contract_is_known_and_may_not_be_empty() {
    let contract = Document::parse("contract", spec::YAML).unwrap().to_json();
    let server = with_item().await;
    let path = contract["paths"].as_object().unwrap().values().next();
    let parameters = path.unwrap()["get"]["parameters"].as_array().unwrap();
    let mut names = BTreeSet::new();
    for parameter in parameters.iter().filter(|each| each["in"] == "query") {
        let name = parameter["name"].as_str().unwrap();
        let (status, body) = answer(call(&server, "i", &format!("?{name}="))).await;
        assert_eq!(status, 422, "{name}");
        assert_eq!(body["detail"][0]["loc"], json!(["query", name]));
        names.insert(name);
    }
    assert_eq!(names.len(), 3);
    assert_eq!(answer(call(&server, "i", "?unheard=")).await.0, 200);
}

#[tokio::test]
async fn an_item_with_a_project_is_hidden_from_others() {
    let item = json!({"item_id": "p", "project_id": "mine", "organization_id": "us"});
    let server = with_item().await.with_item(item);
    for (query, status) in [
        ("", 200),
        ("?project_id=mine", 200),
        ("?project_id=mine&organization_id=us", 200),
        ("?project_id=other", 404),
        ("?organization_id=them&project_id=mine", 404),
    ] {
        assert_eq!(answer(call(&server, "p", query)).await.0, status, "{query}");
    }
    // An item that declares none is in all of them.
    assert_eq!(answer(call(&server, "i", "?project_id=other")).await.0, 200);
}

#[tokio::test]
async fn head_and_request_ids() {
    let server = with_item().await;
    let mut ids = BTreeSet::new();
    for (method, rest) in [
        (Method::HEAD, "i/processing-results"),
        (Method::HEAD, "i/processing-results"),
        (Method::GET, "nowhere"),
        (Method::POST, "i/processing-results"),
    ] {
        let http = Client::builder().no_gzip().build().unwrap();
        let request = http.request(method.clone(), url(&server, rest));
        let response = request.bearer_auth(API_KEY).send().await.unwrap();
        let id = response.headers()["x-request-id"].to_str().unwrap();
        ids.insert(id.to_owned());
        if method == Method::HEAD {
            assert_eq!(response.status(), 200);
            assert_eq!(
                response.headers()["content-length"],
                ITEM.len().to_string().as_str()
            );
            assert_eq!(response.bytes().await.unwrap(), "");
        }
    }
    assert_eq!(ids.len(), 4);
}

#[tokio::test]
async fn answers_are_compressed_on_request_only() {
    let server = Server::start().await.unwrap();
    let plain = Client::builder().no_gzip().build().unwrap();
    let place = url(&server, "invoice-0001/processing-results");
    for (accepted, coding) in [
        ("gzip, deflate", Some("gzip")),
        ("br;q=1.0, GZIP;q=0.5", Some("gzip")),
        ("gzip;q=0", None),
        ("identity", None),
    ] {
        let asked = plain
            .get(&place)
            .bearer_auth(API_KEY)
            .header("accept-encoding", accepted);
        let response = asked.send().await.unwrap();
        let found = response.headers().get("content-encoding");
        assert_eq!(found.map(|value| value.to_str().unwrap()), coding);
        assert_eq!(response.headers()["vary"], "accept-encoding");
    }
    let asked = call(&server, "invoice-0001", "").header("accept-encoding", "gzip");
    let bytes = asked.send().await.unwrap().bytes().await.unwrap();
    let mut text = String::new();
    let mut decoder = flate2::read::GzDecoder::new(&bytes[..]);
    std::io::Read::read_to_string(&mut decoder, &mut text).unwrap();
    assert_eq!(text, EXAMPLES[1].1);
}

#[tokio::test]
async fn responses_come_in_order_and_then_the_usual_one() {
    let html = Response::new(502)
        .header("content-type", "text/html")
        .body("<h1>");
    let server = with_item()
        .await
        .respond_with([Response::from(500), Response::new(204), html])
        .respond_to("i", [503, 200])
        .respond_to("i", [Response::new(429).header("retry-after", "7")]);
    let mut statuses = Vec::new();
    for _ in 0..7 {
        let response = call(&server, "i", "").send().await.unwrap();
        let status = response.status().as_u16();
        statuses.push(status);
        let header = |name| response.headers().get(name).cloned();
        match status {
            429 => assert_eq!(header("retry-after").unwrap(), "7"),
            502 => assert_eq!(header("content-type").unwrap(), "text/html"),
            204 => assert_eq!(header("content-length"), None),
            _ => assert_eq!(header("content-type").unwrap(), "application/json"),
        }
        let body = response.text().await.unwrap();
        match status {
            200 => assert_eq!(body, ITEM),
            502 => assert_eq!(body, "<h1>"),
            204 => assert_eq!(body, ""),
            _ => assert!(body.starts_with(r#"{"detail":""#), "{body}"),
        }
    }
    assert_eq!(statuses, [503, 200, 429, 500, 204, 502, 200]);
}

#[tokio::test]
async fn a_200_in_a_sequence_is_still_checked() {
    let ok = Response::new(200).header("x-mine", "1");
    let server = with_item().await.respond_with([ok.clone(), ok]);
    let response = call(&server, "i", "").send().await.unwrap();
    assert_eq!(response.headers()["x-mine"], "1");
    assert_eq!(response.text().await.unwrap(), ITEM);
    assert_eq!(answer(call(&server, "other", "")).await.0, 404);
}

#[tokio::test]
async fn an_item_can_ask_for_responses_itself() {
    let server = with_item()
        .await
        .with_item(r#"{"b": 1.0, "item_id": "r", "respond": [503, 200, 418], "a": 2}"#);
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(answer(call(&server, "r", "")).await.0);
    }
    assert_eq!(statuses, [503, 200, 418, 200]);
    let body = text(call(&server, "r", "")).await;
    assert_eq!(body, r#"{"b":1.0,"item_id":"r","a":2}"#);
}

#[tokio::test]
async fn a_client_can_ask_for_failures() {
    let server = with_item().await.respond_with([503]);
    let prefer = |prefer: &'static str| call(&server, "i", "").header("prefer", prefer);
    assert_eq!(answer(prefer("code=429")).await.0, 429);
    let (status, body) = answer(prefer("example=drift")).await;
    assert_eq!(status, 503, "the sequence is still to come: {body}");
    let (_, body) = answer(prefer("respond-async, Example=\"drift\"; foo=bar")).await;
    assert_eq!(body["item_id"], "drift-0001");
    let (_, body) =
        answer(call(&server, "i", "?job_type=classify").header("prefer", "example=history")).await;
    assert_eq!(body["processing_results"].as_array().unwrap().len(), 1);
    let started = Instant::now();
    assert_eq!(answer(prefer("delay=0.2,code=404")).await.0, 404);
    assert!(started.elapsed() >= Duration::from_millis(200));
    for nonsense in [
        "code=99",
        "code=101",
        "code=600",
        "code=1000",
        "code=x",
        "example=x",
    ] {
        let response = prefer(nonsense).send().await.unwrap();
        assert_eq!(response.headers()["x-should-retry"], "false");
        assert_eq!(response.status(), 500);
        assert!(response.text().await.unwrap().contains("mock: "));
    }
    assert_eq!(
        answer(prefer("delay=-1, delay, =, handling=lenient"))
            .await
            .0,
        200
    );
}

#[tokio::test]
async fn delays_add_up() {
    let second = Duration::from_millis(150);
    let server = with_item()
        .await
        .respond_with([Response::new(200).delay(second)])
        .delay(Duration::from_millis(100));
    for at_least in [250, 100] {
        let started = Instant::now();
        assert_eq!(answer(call(&server, "i", "")).await.0, 200);
        assert!(started.elapsed() >= Duration::from_millis(at_least));
    }
}

#[tokio::test(start_paused = true)]
async fn paused_time_does_not_wait_for_a_delay() {
    let server = with_item().await.delay(Duration::from_secs(86_400));
    let started = Instant::now();
    assert_eq!(answer(call(&server, "i", "")).await.0, 200);
    assert!(started.elapsed() < Duration::from_secs(60));
}

#[tokio::test]
async fn a_truncated_body_announces_more_than_it_sends() {
    let server = with_item()
        .await
        .respond_with([Response::new(200).truncate_body(5)])
        .respond_with([Response::new(200).truncate_body(100_000)]);
    let mut response = call(&server, "i", "").send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.content_length(), Some(ITEM.len() as u64));
    assert_eq!(response.chunk().await.unwrap().unwrap(), ITEM[..5]);
    response.chunk().await.unwrap_err();

    assert_eq!(text(call(&server, "i", "")).await, ITEM);
    let server = server.truncate_body(0);
    let response = call(&server, "i", "").send().await.unwrap();
    assert_eq!(response.status(), 200);
    response.bytes().await.unwrap_err();
}

#[tokio::test]
async fn requests_are_remembered_as_they_were_and_without_credentials() {
    let server = with_item().await;
    let asked = call(&server, "%69%2F..%5c%20é", "?job_type=%70arse&a=%2B+");
    let asked = asked.header(header::COOKIE, "a=hush; session=hush; hush");
    answer(asked).await;
    answer(call(&server, "plain", "").header("authorization", "hush")).await;
    let [first, second] = &server.requests()[..] else {
        panic!("two requests")
    };
    assert_eq!(first.method, "GET");
    assert_eq!(
        first.path,
        "/api/v1/beta/batch-processing/items/%69%2F..%5c%20%C3%A9/processing-results"
    );
    assert_eq!(first.query.as_deref(), Some("job_type=%70arse&a=%2B+"));
    assert_eq!(first.headers["authorization"], "Bearer ***");
    assert_eq!(first.headers["cookie"], "a=***; session=***; ***");
    assert_eq!(second.query, None);
    let shown = format!("{:?}", server.requests());
    assert!(
        !shown.contains("hush") && !shown.contains(API_KEY),
        "{shown}"
    );
}

#[tokio::test]
async fn an_id_is_one_segment_and_decoded_once() {
    let id = "a/b \\..%2F?#é";
    let server = with_item().await.with_item(json!({"item_id": id}));
    let encoded = "a%2Fb%20%5C..%252F%3F%23%C3%A9";
    assert_eq!(answer(call(&server, encoded, "")).await.1["item_id"], id);
    assert_eq!(answer(call(&server, "%FF", "")).await.0, 404);
}

#[tokio::test]
async fn an_unusable_item_is_told_to_its_author() {
    let server = with_item().await;
    for bad in [
        "",
        "[]",
        "{}",
        r#"{"item_id": 1}"#,
        r#"{"item_id": ""}"#,
        r#"{"item_id": "x", "respond": 503}"#,
    ] {
        server.set_item(bad).unwrap_err();
    }
    assert_eq!(text(call(&server, "i", "")).await, ITEM);
    let server = server.with_item(json!({"item_name": "without"}));
    let (status, body) = answer(call(&server, "i", "")).await;
    assert_eq!(status, 500);
    let said = "mock: with_item: the item has no string `item_id`";
    assert_eq!(body, json!({"detail": said}));
    let (_, body) = answer(call(
        &with_item()
            .await
            .respond_with([Response::new(200).header("a b", "")]),
        "i",
        "",
    ))
    .await;
    assert!(
        body["detail"].as_str().unwrap().contains("\"a b\""),
        "{body}"
    );
}

#[tokio::test]
async fn items_change_while_it_runs() {
    let server = with_item().await;
    server.set_item(r#"{"item_id": "i", "new": 1}"#).unwrap();
    assert_eq!(answer(call(&server, "i", "")).await.1["new"], 1);
    assert!(server.remove_item("i") && !server.remove_item("i"));
    assert_eq!(answer(call(&server, "i", "")).await.0, 404);
}

#[tokio::test]
async fn dropping_it_stops_it_whatever_is_under_way() {
    let server = with_item()
        .await
        .respond_to("slow", [Response::new(200).delay(Duration::MAX)]);
    let http = Client::new();
    let place = url(&server, "i/processing-results");
    let idle = http.get(&place).bearer_auth(API_KEY);
    assert_eq!(answer(idle.try_clone().unwrap()).await.0, 200);
    let slow = tokio::spawn(call(&server, "slow", "").send());
    while server.requests().len() < 2 {
        tokio::task::yield_now().await;
    }
    // From a thread without a runtime.
    std::thread::spawn(move || drop(server)).join().unwrap();
    soon(slow).await.unwrap().unwrap_err();
    soon(idle.send()).await.unwrap_err();
}

#[tokio::test]
async fn shutting_down_answers_what_has_arrived() {
    let server = with_item().await.delay(Duration::from_millis(100));
    let place = url(&server, "i/processing-results");
    let slow = tokio::spawn(answer(call(&server, "i", "")));
    while server.requests().is_empty() {
        tokio::task::yield_now().await;
    }
    soon(server.shutdown()).await;
    assert_eq!(slow.await.unwrap().0, 200);
    assert!(
        Client::new()
            .get(place)
            .send()
            .await
            .unwrap_err()
            .is_connect()
    );
}

#[tokio::test]
async fn a_taken_address_is_an_error() {
    let server = Server::start_empty().await.unwrap();
    let address = server.base_url().trim_start_matches("http://");
    let address: std::net::SocketAddr = address.parse().unwrap();
    let error = Server::bind(address).await.unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::AddrInUse);
}
