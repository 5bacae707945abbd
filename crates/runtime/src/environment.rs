//! The environment variables that a client is configured by: those of the official SDKs for key and base URL, and two more
//! for the project and the organization, which the SDKs take as arguments.

use std::env::VarError;

use crate::credential::key_problem;
use crate::error::Error;

/// The API key; the second one where the first is not set.
pub const API_KEYS: [&str; 2] = ["LLAMA_CLOUD_API_KEY", "LLAMA_PARSE_API_KEY"];
/// The base URL, in place of a region's.
pub const BASE_URL: &str = "LLAMA_CLOUD_BASE_URL";
/// The project of every request that does not name its own.
pub const PROJECT_ID: &str = "LLAMA_CLOUD_PROJECT_ID";
/// The organization of every request that does not name its own.
pub const ORGANIZATION_ID: &str = "LLAMA_CLOUD_ORGANIZATION_ID";

/// The value of a variable, without white space around it; an empty one counts as not set.
///
/// ```
/// assert_eq!(processing_results_runtime::environment::read("NO_SUCH_VARIABLE")?, None);
/// # Ok::<(), processing_results_runtime::Error>(())
/// ```
///
/// # Errors
/// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if it is not UTF-8, has quotes around it, as an env file
/// has them that no shell reads, or has a line break in it.
pub fn read(name: &str) -> Result<Option<String>, Error> {
    let value = value(name)?;
    let problem = match value.as_deref() {
        Some(value) if value.starts_with(['"', '\'', '`']) => {
            "has quotes around it: leave them out"
        }
        Some(value) if value.contains(char::is_control) => {
            "has a line break or another control character in it"
        }
        _ => return Ok(value),
    };
    Err(Error::configuration(format!("{name} {problem}")))
}

/// The value of a variable, whatever it is.
fn value(name: &str) -> Result<Option<String>, Error> {
    match std::env::var(name) {
        Ok(value) => Ok(Some(value.trim().to_owned()).filter(|value| !value.is_empty())),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(Error::configuration(format!(
            "the environment variable {name} is not UTF-8"
        ))),
    }
}

/// The API key, from the first of [`API_KEYS`] that is set.
///
/// ```
/// use processing_results_runtime::environment;
///
/// let key = environment::api_key()?.or_else(|| Some("llx-example".to_owned()));
/// assert!(key.is_some());
/// # Ok::<(), processing_results_runtime::Error>(())
/// ```
///
/// # Errors
/// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration), with the variable, if it is not UTF-8 or cannot be a
/// key: see [`bearer`](crate::bearer).
pub fn api_key() -> Result<Option<String>, Error> {
    for name in API_KEYS {
        if let Some(key) = value(name)? {
            return match key_problem(&key) {
                Some(problem) => Err(Error::configuration(format!("{name} {problem}"))),
                None => Ok(Some(key)),
            };
        }
    }
    Ok(None)
}

/// The error of a client without a key.
///
/// ```
/// let error = processing_results_runtime::environment::no_api_key();
/// assert!(error.is_configuration() && error.to_string().contains("LLAMA_CLOUD_API_KEY"));
/// ```
#[must_use]
pub fn no_api_key() -> Error {
    let [first, second] = API_KEYS;
    Error::configuration(format!(
        "there is no API key: set {first} (or {second}), or give api_key or session"
    ))
}
