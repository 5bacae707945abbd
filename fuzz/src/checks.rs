//! What must hold for any input: asserted by the fuzz targets, and by the tests for the inputs of the corpus.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{LazyLock, Mutex, PoisonError};

use bytes::Bytes;
use processing_results::spec::PATH;
use processing_results::types::{ItemProcessingResults, JobConfig, ProcessingResult, Timestamp};
use processing_results::{Client, Error, Job, api};
use serde_json::Value;
use serde_json::value::RawValue;
use tokio::runtime::Runtime;

/// A check. It returns whether there was anything in the input to check.
pub type Target = fn(&[u8]) -> bool;

/// The targets by name.
pub const TARGETS: [(&str, Target); 3] = [
    ("response", response),
    ("timestamp", timestamp),
    ("item_id", item_id),
];

/// Whether a text can be shown in a terminal as it is.
fn is_line(text: &str) -> bool {
    !text.contains(char::is_control)
}

/// A body that decodes is kept completely, and shows on one line; one that does not
/// has an error.
pub fn response(data: &[u8]) -> bool {
    let history: ItemProcessingResults = match serde_json::from_slice(data) {
        Ok(history) => history,
        Err(error) => {
            let body = Bytes::copy_from_slice(data);
            let error = Error::from(api::Error::InvalidResponsePayload(body, error));
            assert!(error.is_undecodable() && is_line(&error.to_string()));
            return false;
        }
    };
    assert!(is_line(&format!("{history:?}")));
    history.results().iter().for_each(job);

    let text = serde_json::to_vec(&history).unwrap();
    let again: ItemProcessingResults = serde_json::from_slice(&text).unwrap();
    assert_eq!(history, again);
    assert_eq!(
        serde_json::to_vec(&again).unwrap(),
        text,
        "it changes each time"
    );
    // What is not known is kept to the letter.
    if let Ok(fields) = serde_json::from_slice::<BTreeMap<String, &RawValue>>(data) {
        for key in history.extra.keys() {
            assert_eq!(history.extra[key].raw(), fields[key].get(), "{key:?}");
        }
    }
    // A number that only a configuration's text can hold is no `Value`.
    if let Ok(sent) = serde_json::from_slice::<Value>(data) {
        assert!(is_kept(&sent, &serde_json::from_slice(&text).unwrap()));
        assert!(serde_json::from_value::<ItemProcessingResults>(sent).unwrap() == history);
    }
    true
}

/// A configuration that has a type is the same after it was written and read.
fn job(result: &ProcessingResult) {
    let typed = result.job();
    assert!(is_line(&format!("{typed:?}")));
    let config = match &typed {
        Job::Parse(record) => JobConfig::from((**record).clone()),
        Job::Classify(job) => JobConfig::from((**job).clone()),
        Job::Other(other) => return assert!(is_line(&other.reason())),
        _ => unreachable!("a job type without a check"),
    };
    let mut again = result.clone();
    again.job_config = config;
    assert_eq!(again.job(), typed);
    let value = |config: &JobConfig| config.value().clone();
    assert!(is_kept(
        &value(&result.job_config),
        &value(&again.job_config)
    ));
}

/// Explicit nulls may become absent, and `1` may become `1.0`; nothing else.
fn is_kept(sent: &Value, kept: &Value) -> bool {
    match (sent, kept) {
        (Value::Object(sent), Value::Object(kept)) => {
            kept.keys().all(|key| sent.contains_key(key))
                && sent.iter().all(|(key, sent)| {
                    let kept = kept.get(key);
                    kept.map_or(sent.is_null(), |kept| is_kept(sent, kept))
                })
        }
        (Value::Array(sent), Value::Array(kept)) => {
            sent.len() == kept.len() && sent.iter().zip(kept).all(|(a, b)| is_kept(a, b))
        }
        (Value::Number(sent), Value::Number(kept)) => {
            sent == kept || sent.as_f64() == kept.as_f64()
        }
        (sent, kept) => sent == kept,
    }
}

const KEY: &str = "llx-c4n4ry-Of-The-K3y";

/// The text is kept to the letter, and what is shown is the same instant.
pub fn timestamp(data: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(data) else {
        return false;
    };
    let json = serde_json::to_string(text).unwrap();
    let decoded: Timestamp = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (decoded.as_str(), serde_json::to_string(&decoded).unwrap()),
        (text, json.clone())
    );
    let Ok(time) = text.parse::<Timestamp>() else {
        assert!(!decoded.is_exact());
        return false;
    };
    assert_eq!((time.as_str(), &decoded), (text, &time));
    if !time.is_exact() {
        return false;
    }
    assert_eq!(serde_json::to_string(&time).unwrap(), json);
    let shown = time.to_string();
    assert!(shown.ends_with('Z') && is_line(&shown), "{shown:?}");
    assert_eq!(shown.parse::<Timestamp>().unwrap(), time);
    assert_eq!(Timestamp::from(time.get()).as_str(), shown);
    // Only what has no offset and no time zone is taken for UTC.
    if text.parse::<jiff::Timestamp>().is_err() {
        let (civil, notes) = text.split_at(text.find('[').unwrap_or(text.len()));
        let utc = [format!("{civil}Z"), format!("{civil}T00:00Z")].map(|utc| utc.parse());
        assert!(
            utc.into_iter()
                .flatten()
                .any(|utc: jiff::Timestamp| utc == *time)
        );
        assert!(
            notes.split('[').skip(1).all(|note| note.contains('=')),
            "{text:?}"
        );
    }
    true
}

/// A client, and the request targets that arrived where it sends to.
struct Wire {
    runtime: Runtime,
    client: Client,
    arrived: Receiver<String>,
}

static WIRE: LazyLock<Mutex<Wire>> = LazyLock::new(|| {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/prefix", listener.local_addr().unwrap());
    let (sender, arrived) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let sender = sender.clone();
            std::thread::spawn(move || serve(&stream, &sender));
        }
    });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    Mutex::new(Wire {
        runtime: runtime.unwrap(),
        client: Client::builder()
            .api_key(KEY)
            .base_url(url)
            .build()
            .unwrap(),
        arrived,
    })
});

/// Responds to each request on a connection with 404, and sends its target to the channel.
fn serve(mut stream: &TcpStream, arrived: &Sender<String>) {
    let mut target = String::new();
    for line in BufReader::new(stream).lines().map_while(Result::ok) {
        if target.is_empty() {
            target = line.split(' ').nth(1).unwrap_or_default().to_owned();
        } else if line.is_empty() {
            let _ = arrived.send(std::mem::take(&mut target));
            let _ = stream.write_all(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n");
        }
    }
}

/// An item id that is not refused arrives as one path segment, and is the same
/// once that is decoded. Of one that is refused, nothing arrives.
pub fn item_id(data: &[u8]) -> bool {
    let Ok(id) = std::str::from_utf8(data) else {
        return false;
    };
    let wire = WIRE.lock().unwrap_or_else(PoisonError::into_inner);
    let call = wire.client.processing_results(id).send();
    let error = wire.runtime.block_on(call).unwrap_err();
    if error.is_invalid_request() {
        assert!(wire.arrived.try_recv().is_err() && error.attempts() == 0);
        assert!(error.to_string().starts_with("the item id "), "{error}");
        let is_path = matches!(id, "." | "..") || id.contains(['/', '\\']);
        assert!(is_path || id.trim().is_empty() || !is_line(id), "{id:?}");
    } else {
        assert!(error.is_not_found(), "{error}");
        assert_eq!(segment(&wire.arrived.try_recv().unwrap()), id.as_bytes());
    }
    error.is_not_found()
}

/// The item id in a request target, decoded.
fn segment(target: &str) -> Vec<u8> {
    let (before, after) = PATH.split_once("{item_id}").unwrap();
    let segment = target
        .strip_prefix("/prefix")
        .and_then(|path| path.strip_prefix(before)?.strip_suffix(after))
        .expect("the documented path, with nothing behind it");
    let is_plain = |c: char| c.is_ascii_graphic() && !"/\\?#".contains(c);
    assert!(segment.chars().all(is_plain), "{segment:?}");
    let mut pieces = segment.split('%');
    let mut id = pieces.next().unwrap().as_bytes().to_vec();
    for piece in pieces {
        id.push(u8::from_str_radix(&piece[..2], 16).unwrap());
        id.extend_from_slice(&piece.as_bytes()[2..]);
    }
    id
}
