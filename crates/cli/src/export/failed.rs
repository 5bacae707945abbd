//! The list of failed items, `OUT.errors.ndjson`: a JSON object per line.
//!
//! ```text
//! {"item_id":"a","kind":"not_found","status":404,"message":"there is no such item ...","attempts":1,"request_id":"r-1"}
//! ```
//!
//! The kind decides whether `--resume` fetches the item again: one that does not exist is not. Scripts rely on the
//! members.

use std::borrow::Cow;
use std::io::{self, BufRead};

use processing_results::{Error, ErrorKind, Partial};
use serde::{Deserialize, Serialize};

use crate::error_kinds::{PARTLY_UNDECODABLE, name};
use crate::exit::Failure;
use crate::mask;
use crate::text::escaped_json;

/// A failed item.
#[derive(Serialize)]
pub(super) struct Failed<'a> {
    item_id: &'a str,
    /// The name of the kind for scripts, such as `not_found`.
    pub(super) kind: &'static str,
    /// Of HTTP; null if there was no response.
    status: Option<u16>,
    /// The same as on standard error.
    message: String,
    attempts: u32,
    request_id: Option<Cow<'a, str>>,
    /// Results that do not decode, if the others are written.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    skipped: Vec<Skipped>,
}

/// A result that does not decode.
#[derive(Serialize)]
struct Skipped {
    /// Its position in the response, from 0.
    index: usize,
    reason: String,
}

impl<'a> Failed<'a> {
    /// An item without any usable result.
    pub(super) fn new(item_id: &'a str, error: &'a Error) -> Self {
        let kind = error.kind();
        Failed {
            item_id,
            kind: name(kind),
            status: error.status().map(|status| status.as_u16()),
            attempts: error.attempts(),
            request_id: error.request_id().map(|id| mask::text(id, false)),
            message: Failure::of_item(item_id, error).message().to_owned(),
            skipped: Vec::new(),
        }
    }

    /// An item some of whose results do not decode; the others are written.
    pub(super) fn partial(item_id: &'a str, partial: &Partial, error: &'a Error) -> Self {
        let skipped = partial.skipped.iter().map(|result| Skipped {
            index: result.index(),
            reason: result.reason(),
        });
        Failed {
            kind: PARTLY_UNDECODABLE,
            skipped: skipped.collect(),
            ..Self::new(item_id, error)
        }
    }

    /// An item whose history arrived, and cannot be written as rows.
    pub(super) fn unwritten(item_id: &'a str, failure: &Failure) -> Self {
        Failed {
            item_id,
            kind: name(ErrorKind::Undecodable),
            status: None,
            message: failure.message().to_owned(),
            attempts: 1,
            request_id: None,
            skipped: Vec::new(),
        }
    }

    /// The failure as a line of JSON, with its line break.
    pub(super) fn line(&self) -> io::Result<String> {
        Ok(escaped_json(serde_json::to_string(self)?) + "\n")
    }

    /// The failure as standard error has it, without `error: `.
    pub(super) fn sentence(&self) -> String {
        format!("item {}: {}", self.item_id, self.message)
    }
}

/// A failed item of an earlier round.
pub(super) struct Earlier {
    pub(super) item_id: String,
    pub(super) kind: String,
    /// The line as it was written, with its line break: it is copied if the item is not fetched again.
    pub(super) line: String,
}

/// Reads a list of failed items. A line that is none is an error.
pub(super) fn earlier(lines: impl BufRead) -> impl Iterator<Item = io::Result<Earlier>> {
    #[derive(Deserialize)]
    struct Line {
        item_id: String,
        kind: String,
    }
    lines.lines().map(|line| {
        let line = line?;
        let Line { item_id, kind } = serde_json::from_str(&line)?;
        Ok(Earlier {
            item_id,
            kind,
            line: line + "\n",
        })
    })
}
