//! What is sent, as a server on raw sockets sees it.

use processing_results::{Client, Error, ErrorKind, JobType, ResponseValue, types};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::support::{HISTORY, KEY, Raw, Step, ok, response};

type Outcome = Result<ResponseValue<types::ItemProcessingResults>, Error>;

const PATH: &str = "/api/v1/beta/batch-processing/items/";

fn line(head: &str) -> &str {
    head.lines().next().unwrap()
}

fn header<'a>(head: &'a str, name: &str) -> Vec<&'a str> {
    let lines = head.lines().filter_map(|line| line.split_once(": "));
    lines
        .filter(|(found, _)| found.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
        .collect()
}

#[tokio::test]
async fn a_plain_request_has_the_documented_path_and_nothing_undocumented() {
    let server = Raw::always(ok(HISTORY)).await;
    let history = server
        .client()
        .processing_results("invoice 1/2?".replace('/', "_"))
        .send()
        .await
        .unwrap();
    assert_eq!(history.item_id, "a");
    let head = &server.heads()[0];
    assert_eq!(
        line(head),
        format!("GET {PATH}invoice%201_2%3F/processing-results HTTP/1.1")
    );
    assert_eq!(header(head, "authorization"), [format!("Bearer {KEY}")]);
    assert_eq!(header(head, "accept"), ["application/json"]);
    let agent = concat!("processing-results/", env!("CARGO_PKG_VERSION"));
    assert_eq!(header(head, "user-agent"), [agent]);
    assert_eq!(header(head, "accept-encoding"), ["gzip"]);
    assert!(header(head, "api-version").is_empty() && header(head, "cookie").is_empty());
    assert_eq!(head.trim_end().lines().count(), 6, "{head}");
}

#[tokio::test]
async fn parameters_are_sent_if_given_and_the_request_s_win() {
    let server = Raw::always(ok(HISTORY)).await;
    let client = server
        .builder()
        .project_id("prj 1&x")
        .organization_id("org")
        .session("s-1")
        .build()
        .unwrap();
    client.processing_results("a").send().await.unwrap();
    let request = client
        .processing_results("a")
        .project_id("prj-2")
        .organization_id("org-2");
    request
        .job_type(JobType::Extract)
        .session("s-2")
        .send()
        .await
        .unwrap();
    client
        .processing_results("a")
        .job_type("translate")
        .send()
        .await
        .unwrap();
    let heads = server.heads();
    let tail = |head: &str| {
        line(head)
            .split_once("/processing-results")
            .unwrap()
            .1
            .to_owned()
    };
    assert_eq!(
        tail(&heads[0]),
        "?organization_id=org&project_id=prj+1%26x HTTP/1.1"
    );
    assert_eq!(
        tail(&heads[1]),
        "?job_type=extract&organization_id=org-2&project_id=prj-2 HTTP/1.1"
    );
    assert!(tail(&heads[2]).starts_with("?job_type=translate&"));
    assert_eq!(header(&heads[0], "cookie"), ["session=s-1"]);
    assert_eq!(header(&heads[1], "cookie"), ["session=s-2"]);
}

#[tokio::test]
async fn a_session_is_enough() {
    let server = Raw::always(ok(HISTORY)).await;
    let client = Client::builder()
        .session("s")
        .base_url(&server.url)
        .build()
        .unwrap();
    client.processing_results("a").send().await.unwrap();
    assert!(header(&server.heads()[0], "authorization").is_empty());
    assert_eq!(header(&server.heads()[0], "cookie"), ["session=s"]);
}

#[tokio::test]
async fn a_prefix_of_the_base_url_is_kept() {
    let server = Raw::always(ok(HISTORY)).await;
    let client = server
        .builder()
        .base_url(format!("{}/llama/eu/", server.url))
        .build()
        .unwrap();
    client.processing_results("a").send().await.unwrap();
    assert_eq!(
        line(&server.heads()[0]),
        format!("GET /llama/eu{PATH}a/processing-results HTTP/1.1")
    );
}

#[tokio::test]
async fn what_cannot_be_meant_is_refused_before_anything_is_sent() {
    let server = Raw::always(ok(HISTORY)).await;
    let client = server.client();
    let check = |response: Outcome, kind: ErrorKind| {
        let error = response.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (kind, 0), "{error}");
        assert!(!error.to_string().contains("CANARY"), "{error}");
    };
    for id in [
        "",
        " ",
        "\u{2003}",
        ".",
        "..",
        "a/b",
        "/",
        "..\\..\\CANARY",
        "a\\b",
        "a\nb",
        "a\0",
        "\u{85}b",
    ] {
        check(
            client.processing_results(id).send().await,
            ErrorKind::InvalidRequest,
        );
    }
    check(
        client.processing_results("a").job_type("").send().await,
        ErrorKind::InvalidRequest,
    );
    check(
        client.processing_results("a").project_id("").send().await,
        ErrorKind::InvalidRequest,
    );
    check(
        client
            .processing_results("a")
            .organization_id("")
            .send()
            .await,
        ErrorKind::InvalidRequest,
    );
    for session in ["", "a;b", "CANARY b", "a\r\nb", "ü"] {
        check(
            client.processing_results("a").session(session).send().await,
            ErrorKind::Configuration,
        );
    }
    for id in ["", ".", ".."] {
        let raw = client
            .api()
            .get_item_processing_results(id, None, None, None)
            .await;
        check(raw.map_err(Error::from), ErrorKind::InvalidRequest);
    }
    assert!(server.heads().is_empty());
}

#[test]
fn a_client_that_cannot_work_is_not_built() {
    let message = |builder: processing_results::ClientBuilder| {
        let error = builder.build().unwrap_err();
        assert!(error.is_configuration());
        error.to_string()
    };
    let missing = message(Client::builder());
    assert!(
        missing.contains("LLAMA_CLOUD_API_KEY") && missing.contains("LLAMA_PARSE_API_KEY"),
        "{missing}"
    );
    for (key, problem) in [
        (" ", "the API key is empty"),
        ("CANARY key", "space or a line break"),
        ("CANARY\n", "space or a line break"),
        ("\"CANARY\"", "quotes"),
        ("'CANARY'", "quotes"),
        ("\u{201c}CANARY\u{201d}", "quotes"),
        ("Bearer CANARY", "begins with `Bearer`"),
        ("CANARY\u{200b}", "characters that no key has"),
        ("schlüsselCANARY", "characters that no key has"),
    ] {
        let message = message(Client::builder().api_key(key));
        assert!(message.contains(problem), "{message}");
        assert!(!message.contains("CANARY"), "{message}");
    }
    assert!(!message(Client::builder().session("CANARY;")).contains("CANARY"));
    message(
        Client::builder()
            .api_key("k")
            .base_url("http://example.com"),
    );
}

/// Whatever the name resolves to.
#[tokio::test]
async fn names_of_this_machine_stay_on_it() {
    let server = Raw::start(vec![Step::Keep(ok(HISTORY))]).await;
    let port = server.url.rsplit(':').next().unwrap();
    for host in [
        "no-such-name.localhost",
        "localhost",
        "LOCALHOST.",
        "127.0.0.1",
    ] {
        let client = server.builder().base_url(format!("{host}:{port}"));
        let client = client.build().unwrap();
        assert!(client.base_url().starts_with("http://"));
        client.processing_results("a").send().await.unwrap();
    }
}

/// Any item id is either refused, or arrives unchanged as one path segment.
#[test]
fn an_item_id_is_one_path_segment_or_an_error() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (server, client) = runtime.block_on(async {
        let server = Raw::start(vec![Step::Keep(ok(HISTORY))]).await;
        let client = server.client();
        (server, client)
    });
    let tricky = prop_oneof![
        any::<String>(),
        "[.%/\\\\?#; a2eE5cC+&:@é\u{202e}-]{0,12}",
        "(\\.|%2e|%2E|%252e|/|\\\\|%5c|%2f){1,6}",
    ];
    let mut runner = TestRunner::new(Config {
        cases: 600,
        failure_persistence: None,
        ..Config::default()
    });
    let result = runner.run(&tricky, |id| {
        let before = server.heads().len();
        let response = runtime.block_on(client.processing_results(&id).send());
        let heads = server.heads();
        match response {
            Err(error) => {
                prop_assert_eq!(error.kind(), ErrorKind::InvalidRequest);
                prop_assert_eq!(heads.len(), before);
                prop_assert!(
                    id.trim().is_empty()
                        || id == "."
                        || id == ".."
                        || id.contains(['/', '\\'])
                        || id.contains(char::is_control),
                    "refused {:?}",
                    id
                );
            }
            Ok(_) => {
                let target = line(&heads[before]).split(' ').nth(1).unwrap();
                let segment = target
                    .strip_prefix(PATH)
                    .and_then(|rest| rest.strip_suffix("/processing-results"));
                let segment = segment.ok_or_else(|| TestCaseError::fail(target.to_owned()))?;
                prop_assert!(!segment.contains(['/', '?', '#', '\\']), "{}", segment);
                let decoded = percent_encoding::percent_decode_str(segment)
                    .decode_utf8()
                    .unwrap();
                prop_assert_eq!(decoded, id);
            }
        }
        Ok(())
    });
    result.unwrap();
}

#[tokio::test]
async fn a_request_has_a_key_and_headers_of_its_own() {
    use processing_results::reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue};

    let server = Raw::start(vec![Step::Keep(ok(HISTORY))]).await;
    let client = server.client();
    let team = HeaderName::from_static("x-team");
    let request = client.processing_results("a").api_key("llx-other");
    let request = request.header(team, HeaderValue::from_static("billing"));
    let evil = HeaderValue::from_static("Bearer evil");
    request.header(AUTHORIZATION, evil).send().await.unwrap();
    client.processing_results("a").send().await.unwrap();
    let rotated = client.with_api_key("llx-new").unwrap();
    rotated.processing_results("a").send().await.unwrap();
    assert!(client.with_api_key("llx new").is_err());

    let heads = server.heads();
    assert_eq!(header(&heads[0], "x-team"), ["billing"]);
    assert!(header(&heads[1], "x-team").is_empty());
    let keys = heads.iter().flat_map(|head| header(head, "authorization"));
    let expected = ["llx-other", KEY, "llx-new"].map(|key| format!("Bearer {key}"));
    assert!(keys.eq(expected.iter()), "{heads:?}");
}

/// A client with a new key keeps the pause that the service asked for.
#[tokio::test]
async fn another_key_keeps_the_pace() {
    let limited = response("429 Too Many", "retry-after-ms: 400\r\n", "");
    let server = Raw::start(vec![Step::Keep(limited), Step::Keep(ok(HISTORY))]).await;
    let client = server.client();
    client.processing_results("a").send().await.unwrap_err();
    let rotated = client.with_api_key("llx-new").unwrap();
    let (history, report) = rotated.processing_results("a").send_with_report().await;
    assert!(history.is_ok());
    let waited: std::time::Duration = report.delays.iter().sum();
    assert!(waited.as_millis() >= 300, "{report:?}");
}
