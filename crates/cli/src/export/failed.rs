//! Items that failed, one a line.
//!
//! One line of JSON each, with `item_id`, `kind`, `status`, `message`, `attempts` and `request_id`. The kind
//! decides whether `--resume` fetches the item again: one that does not exist is not.

use std::io::{self, BufRead};

use processing_results::{Error, ErrorKind, Partial};
use serde::{Deserialize, Serialize};

use crate::error_kinds::{PARTLY_UNDECODABLE, name};
use crate::exit::Failure;
use crate::text::escaped_json;

/// What is known about a failure.
#[derive(Serialize)]
pub(super) struct Failed<'a> {
    item_id: &'a str,
    pub(super) kind: &'static str,
    status: Option<u16>,
    message: String,
    attempts: u32,
    request_id: Option<&'a str>,
    /// The results that do not decode.
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
    /// An item without a result that can be used.
    pub(super) fn new(item_id: &'a str, error: &'a Error) -> Self {
        let kind = error.kind();
        Failed {
            item_id,
            kind: name(kind),
            status: error.status().map(|status| status.as_u16()),
            attempts: error.attempts(),
            request_id: error.request_id(),
            message: Failure::of_item(item_id, error).message().to_owned(),
            skipped: Vec::new(),
        }
    }

    /// A history in which some results do not decode; the others are written.
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

    /// A history that arrived, and cannot be written as rows.
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

    /// The failure as a line of JSON. Programs rely on its members.
    pub(super) fn line(&self) -> io::Result<String> {
        Ok(escaped_json(serde_json::to_string(self)?) + "\n")
    }

    pub(super) fn item_id(&self) -> &str {
        self.item_id
    }

    /// The failure as it is said on standard error.
    pub(super) fn sentence(&self) -> String {
        format!("item {}: {}", self.item_id, self.message)
    }
}

/// A line of an earlier round.
pub(super) struct Earlier {
    pub(super) item_id: String,
    pub(super) kind: String,
    pub(super) line: String,
}

/// Reads such lines.
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
