//! Ids of items as people give them: on the command line, in a list.
//!
//! What can be seen to be no id is an error before any call. What could be one is sent, and explained if the
//! service does not know it.

use crate::exit::{Exit, Failure};

/// What the ids of batch jobs begin with.
const BATCH_PREFIX: &str = "bjb-";
/// The longest ending of a file's name, without its dot.
const MAX_EXTENSION: usize = 5;

/// An id without the spaces that copying leaves around it; the reason if it is seen to be something else.
/// No reason repeats the id, which may be a URL with a signature.
pub(crate) fn trimmed(given: &str) -> Result<&str, &'static str> {
    let id = given.trim();
    match id {
        "" => Err("is empty"),
        id if id.starts_with(['"', '\'', '`']) => Err("has quotes around it: leave them out"),
        id if id.contains("://") => {
            Err("is a URL: pass the item id alone, which is mostly its last part")
        }
        id if id.contains(['/', '\\']) => {
            Err("has a slash in it, as the name of a file has: pass the item id")
        }
        id if id.contains(char::is_control) => Err("has control characters in it"),
        id => Ok(id),
    }
}

/// The one item id of a command line.
pub(crate) fn argument(given: &str) -> Result<&str, Failure> {
    trimmed(given).map_err(|why| Failure::new(Exit::Usage, format!("the item id {why}")))
}

/// What to do about an id that no item has, if that can be seen by its form.
pub(crate) fn hint(id: &str) -> Option<String> {
    if id.starts_with(BATCH_PREFIX) {
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
