//! Ids of items as people give them, on the command line and in lists.
//!
//! What cannot be an id, such as a URL or a path, is an error before any call. What could be one is sent; if the service
//! does not know it, a hint says what it looks like: the id of a batch, or the name of a file.

use crate::exit::Failure;
use crate::text::escaped;

/// What the ids of batch jobs begin with.
const BATCH_PREFIX: &str = "bjb-";
/// Letters of a file's ending, without its dot: `parquet` is none, but `.docx` is. Ids may have dots too.
const MAX_EXTENSION: usize = 5;

/// The id without the spaces that copying leaves around it.
///
/// # Errors
/// Why it cannot be an id. The reason does not repeat it, since a URL may have a signature.
pub(crate) fn trimmed(given: &str) -> Result<&str, &'static str> {
    let id = given.trim();
    match id {
        "" => Err("is empty"),
        "." | ".." => Err("is the name of a directory: pass the item id"),
        id if id.starts_with(['"', '\'', '`']) => Err("has quotes around it: leave them out"),
        id if ["- ", "* ", "\u{2022} "]
            .iter()
            .any(|bullet| id.starts_with(bullet)) =>
        {
            Err("has a bullet before it: leave it out")
        }
        id if id.contains("://") => {
            Err("is a URL: pass the item id alone, which is mostly its last part")
        }
        id if id.contains(['/', '\\']) => {
            Err("has a slash in it, as the name of a file has: pass the item id")
        }
        id if id.contains(char::REPLACEMENT_CHARACTER) => Err("has bytes in it that are no text"),
        id if id.contains(char::is_control) => Err("has control characters in it"),
        id if escaped(id) != id => Err("has invisible characters in it"),
        id => Ok(id),
    }
}

/// The item id in an argument.
pub(crate) fn argument(given: &str) -> Result<&str, Failure> {
    trimmed(given).map_err(|why| Failure::usage(format!("the item id {why}")))
}

/// Whether this is the id of a batch job, and of no item.
pub(crate) fn is_batch(id: &str) -> bool {
    id.starts_with(BATCH_PREFIX)
}

/// What to do about an id that no item has, if its form says what it is.
pub(crate) fn hint(id: &str) -> Option<String> {
    if is_batch(id) {
        return Some(format!(
            "this is the id of a batch job: GET /api/v1/beta/batch-processing/{id}/items lists the ids of its items"
        ));
    }
    let (stem, extension) = id.rsplit_once('.')?;
    let is_extension = (2..=MAX_EXTENSION).contains(&extension.len())
        && extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (is_extension && !stem.is_empty()).then(|| {
        "this looks like the name of a file: pass the id that the service gave the item".to_owned()
    })
}
