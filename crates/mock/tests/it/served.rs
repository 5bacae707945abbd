//! The default responses: items, credentials, parameters, compression.

use std::collections::BTreeSet;

use processing_results::spec;
use processing_results_contract::Document;
use processing_results_mock::{API_KEY, EXAMPLES, Server};
use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::support::{ITEM, call, response, text, url, with_item};

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
async fn a_response_is_narrowed_to_the_job_type_and_otherwise_left_as_it_is() {
    let server = with_item()
        .await
        .with_item(r#"{"item_id": "null", "processing_results": null}"#)
        .with_item(r#"{"item_id": "none"}"#);
    assert_eq!(
        text(call(&server, "i", "?job_type=parse")).await,
        r#"{"zeta":12345678901234567890123,"item_id":"i","item_name":"é","processing_results":[{"job_type": "parse", "n": 1.0, "big": 18446744073709551616},{"job_type": "p\u0061rse", "n": 1e2}],"alpha":1.50}"#
    );
    let (_, extract) = response(call(&server, "i", "?job_type=extract")).await;
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
    assert_eq!(response(http.get(place)).await.0, 401);

    let server = server.with_api_key("llx-mine").with_session("s");
    let place = url(&server, "i/processing-results");
    let cookie = http.get(&place).header("cookie", "a=b; session=s");
    assert_eq!(response(cookie).await.0, 200);
    let other = http.get(&place).header("cookie", "other=s; session=b");
    assert_eq!(response(other).await.0, 401);
    let bearer = http.get(&place).header("authorization", "bearer llx-mine");
    assert_eq!(response(bearer).await.0, 200);
    assert_eq!(response(call(&server, "i", "")).await.0, 401);
}

#[tokio::test]
async fn unknown_items_paths_and_methods_are_distinguished() {
    let server = with_item().await;
    let (status, body) = response(call(&server, "other", "")).await;
    assert_eq!(status, 404);
    assert_eq!(body, json!({"detail": "there is no item \"other\""}));

    for rest in ["i", "i/processing-results/", "i/j/processing-results"] {
        let (status, body) = response(Client::new().get(url(&server, rest))).await;
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
        let request = call(&server, "i", &format!("?job_type={bad}"));
        assert_eq!(response(request).await, (422, complaint(bad)));
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
        let (status, body) = response(call(&server, "i", &format!("?{name}="))).await;
        assert_eq!(status, 422, "{name}");
        assert_eq!(body["detail"][0]["loc"], json!(["query", name]));
        names.insert(name);
    }
    assert_eq!(names.len(), 3);
    assert_eq!(response(call(&server, "i", "?unheard=")).await.0, 200);
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
        assert_eq!(
            response(call(&server, "p", query)).await.0,
            status,
            "{query}"
        );
    }
    // An item that declares none is in all of them.
    assert_eq!(
        response(call(&server, "i", "?project_id=other")).await.0,
        200
    );
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
async fn responses_are_compressed_on_request_only() {
    let server = Server::start().await.unwrap();
    let plain = Client::builder().no_gzip().build().unwrap();
    let place = url(&server, "invoice-0001/processing-results");
    for (accepted, coding) in [
        ("gzip, deflate", Some("gzip")),
        ("br;q=1.0, GZIP;q=0.5", Some("gzip")),
        ("gzip;q=0", None),
        ("identity", None),
    ] {
        let request = plain
            .get(&place)
            .bearer_auth(API_KEY)
            .header("accept-encoding", accepted);
        let response = request.send().await.unwrap();
        let found = response.headers().get("content-encoding");
        assert_eq!(found.map(|value| value.to_str().unwrap()), coding);
        assert_eq!(response.headers()["vary"], "accept-encoding");
    }
    let request = call(&server, "invoice-0001", "").header("accept-encoding", "gzip");
    let bytes = request.send().await.unwrap().bytes().await.unwrap();
    let mut text = String::new();
    let mut decoder = flate2::read::GzDecoder::new(&bytes[..]);
    std::io::Read::read_to_string(&mut decoder, &mut text).unwrap();
    assert_eq!(text, EXAMPLES[1].1);
}
