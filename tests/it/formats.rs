//! Histories and configurations in other formats than JSON text, and within the types of callers, in both directions.

use std::fmt::Debug;

use processing_results::types::{ItemProcessingResults, JobConfig, ProcessingResult};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::examples::ALL;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Plain {
    history: ItemProcessingResults,
    config: JobConfig,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Flattened {
    cached: bool,
    #[serde(flatten)]
    history: ItemProcessingResults,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
enum Tagged {
    History(ItemProcessingResults),
    Result { result: ProcessingResult },
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value")]
enum Adjacent {
    Config(JobConfig),
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Untagged {
    Number(u8),
    History(ItemProcessingResults),
}

/// The same value, written and read in each format.
fn survives<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let text = serde_json::to_string(value).unwrap();
    assert_eq!(&serde_json::from_str::<T>(&text).unwrap(), value);
    let json = serde_json::to_value(value).unwrap();
    assert_eq!(&serde_json::from_value::<T>(json).unwrap(), value);

    for bytes in [rmp_serde::to_vec(value), rmp_serde::to_vec_named(value)] {
        let read: T = rmp_serde::from_slice(&bytes.unwrap()).unwrap();
        assert_eq!(&read, value, "MessagePack");
    }
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).unwrap();
    let read: T = ciborium::from_reader(&bytes[..]).unwrap();
    assert_eq!(&read, value, "CBOR");

    let text = serde_norway::to_string(value).unwrap();
    let read: T = serde_norway::from_str(&text).unwrap();
    assert_eq!(&read, value, "YAML");
}

#[test]
fn histories_survive_every_format_and_the_types_of_callers() {
    for (_, text) in ALL {
        let history: ItemProcessingResults = serde_json::from_str(text).unwrap();
        let result = history.results()[0].clone();
        let config = result.job_config.clone();
        survives(&history);
        survives(&Plain {
            history: history.clone(),
            config: config.clone(),
        });
        survives(&Flattened {
            cached: true,
            history: history.clone(),
        });
        survives(&Tagged::History(history.clone()));
        survives(&Tagged::Result { result });
        survives(&Adjacent::Config(config));
        survives(&Untagged::History(history));
    }
}

#[test]
fn the_text_of_json_survives_where_json_is_written() {
    let text = r#"{"item_id":"a","item_name":"a.pdf","processing_results":null,"x":[1e400,1.10,{"b":1,"a":null}]}"#;
    let history: ItemProcessingResults = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&history).unwrap(), text);
    let flat = Flattened {
        cached: true,
        history,
    };
    let written = serde_json::to_string(&flat).unwrap();
    assert_eq!(written, text.replacen('{', r#"{"cached":true,"#, 1));
}
