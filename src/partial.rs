//! The part of a history that decodes, where the rest does not.

use std::fmt::{self, Debug, Formatter};

use processing_results_runtime::__private::{CarriesPartial, Object};
use processing_results_runtime::{DecodeError, Error, Json, JsonObject};
use progenitor_client::Error as ApiError;

use crate::types::{ItemProcessingResults, ProcessingResult};

/// The key of the results in a history.
const RESULTS: &str = "processing_results";

/// The part of a history that decodes, from [`Error::partial`].
///
/// A response that breaks a documented promise, such as a null in a required field, is an error that names the place.
/// Its other results are here.
///
/// ```
/// # use processing_results::{Client, Error};
/// # use processing_results_mock::Server;
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let server = Server::start().await?;
/// # let run = |id: &str, hash: &str| format!(r#"{{
/// #     "item_id": "invoice-0001", "result_id": "{id}", "job_type": "parse", "job_config": {{}},
/// #     "processed_at": "2026-03-01T09:30:00", "parameters_hash": {hash}, "output_s3_path": ""
/// # }}"#);
/// # let (one, two) = (run("r-1", "\"8d0f\""), run("r-2", "null"));
/// # let body = format!(r#"{{"item_id": "invoice-0001", "item_name": "a.pdf", "processing_results": [{one}, {two}]}}"#);
/// # let server = server.respond_with([processing_results_mock::Response::new(200).body(body)]);
/// # let client = Client::builder().api_key("key").base_url(server.base_url()).build()?;
/// let error = client.processing_results("invoice-0001").send().await.unwrap_err();
/// assert_eq!(error.json_path(), Some("processing_results[1].parameters_hash"));
///
/// let partial = error.partial().ok_or("nothing decodes")?;
/// assert_eq!(partial.history.results()[0].result_id, "r-1");
/// assert_eq!(partial.skipped[0].index(), 1);
/// assert_eq!(partial.skipped[0].reason(), "does not decode at parameters_hash: expected a string, found null");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Partial {
    /// The history without the results that do not decode. A required field of its own that does not decode is empty.
    pub history: ItemProcessingResults,
    /// The results that do not decode, in the service's order.
    pub skipped: Vec<SkippedResult>,
}

/// A result that does not decode.
#[derive(Clone)]
pub struct SkippedResult {
    index: usize,
    text: Json,
    error: DecodeError,
}

impl SkippedResult {
    /// Its position among all results of the response.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
    }

    /// Its exact JSON text, secrets included.
    #[must_use]
    pub fn raw(&self) -> &str {
        self.text.raw()
    }

    /// Why it does not decode: one sentence, without any value.
    #[must_use]
    pub fn reason(&self) -> String {
        self.error.to_string()
    }

    /// Path of the value that does not decode, within the result.
    #[must_use]
    pub fn json_path(&self) -> Option<&str> {
        self.error.path()
    }
}

/// The reason is shown, the text is not: it may hold secrets.
impl Debug for SkippedResult {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("SkippedResult")
            .field("index", &self.index)
            .field("reason", &self.reason())
            .finish_non_exhaustive()
    }
}

impl CarriesPartial<Partial> for Error {}

/// From the error of the generated client, with what is left of the history.
pub(crate) fn error(error: ApiError<()>) -> Error {
    let partial = match &error {
        ApiError::InvalidResponsePayload(body, _) => Partial::of(body),
        _ => None,
    };
    let error = Error::from(error);
    match partial {
        Some(partial) => error.with_partial(partial),
        None => error,
    }
}

impl Partial {
    /// None if the body is no object, or its list of results is no list.
    fn of(body: &[u8]) -> Option<Self> {
        let mut object: JsonObject = serde_json::from_slice(body).ok()?;
        let results: Option<Vec<Json>> = match object.remove(RESULTS) {
            Some(results) => results.decode().ok()?,
            None => None,
        };
        for position in ItemProcessingResults::REQUIRED {
            let key = ItemProcessingResults::KEYS[*position];
            let value = object.remove(key).filter(|value| value.value().is_string());
            object.insert(key, value.unwrap_or_else(|| serde_json::json!("").into()));
        }
        let mut history: ItemProcessingResults = Json::of(&object).ok()?.decode().ok()?;
        let mut skipped = Vec::new();
        for (index, text) in results.into_iter().flatten().enumerate() {
            match text.decode::<ProcessingResult>() {
                Ok(result) => history
                    .processing_results
                    .get_or_insert_default()
                    .push(result),
                Err(error) => {
                    let error = DecodeError::find(text.raw().as_bytes(), &error);
                    skipped.push(SkippedResult { index, text, error });
                }
            }
        }
        Some(Partial { history, skipped })
    }
}
