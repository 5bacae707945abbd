//! Ids that become a segment of a path.

use crate::error::Error;

/// Checks that an id is one path segment. The generator encodes it, but a URL parser resolves dots, and takes a
/// backslash for a slash.
///
/// ```
/// use processing_results_runtime::check_path_segment;
///
/// assert!(check_path_segment("item id", "a b%").is_ok());
/// assert!(check_path_segment("item id", "..").is_err());
/// ```
///
/// # Errors
/// [`ErrorKind::InvalidRequest`](crate::ErrorKind::InvalidRequest), with the reason.
pub fn check_path_segment(name: &str, id: &str) -> Result<(), Error> {
    let why = match id {
        id if id.trim().is_empty() => "is empty",
        "." | ".." => "is a dot segment",
        id if id.contains(['/', '\\']) => "has a slash or a backslash",
        id if id.contains(char::is_control) => "has a control character",
        _ => return Ok(()),
    };
    Err(Error::invalid_request(format!(
        "the {name} {why}, so it cannot be one path segment"
    )))
}
