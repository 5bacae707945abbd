//! Items that failed, one a line.

use std::io::{self, BufRead};

use processing_results::{Error, ErrorKind};
use serde::{Deserialize, Serialize};

use crate::error_kinds::name;
use crate::exit::{Exit, Failure};
use crate::text::escaped_json;

/// What is known about a failure.
#[derive(Serialize)]
pub(super) struct Failed<'a> {
    item_id: &'a str,
    kind: &'static str,
    status: Option<u16>,
    message: String,
    attempts: u32,
    request_id: Option<String>,
    #[serde(skip)]
    exit: Exit,
}

impl<'a> Failed<'a> {
    pub(super) fn new(item_id: &'a str, error: Error) -> Self {
        Failed {
            item_id,
            kind: name(error.kind()),
            status: error.status().map(|status| status.as_u16()),
            attempts: error.attempts(),
            request_id: error.request_id().map(str::to_owned),
            exit: error.kind().into(),
            message: Failure::from(error).message().to_owned(),
        }
    }

    /// Of an answer that came, and could not be written.
    pub(super) fn unwritten(item_id: &'a str, failure: Failure) -> Self {
        Failed {
            item_id,
            kind: name(ErrorKind::Undecodable),
            status: None,
            message: failure.message().to_owned(),
            attempts: 1,
            request_id: None,
            exit: failure.exit,
        }
    }

    pub(super) fn line(&self) -> io::Result<String> {
        Ok(escaped_json(serde_json::to_string(self)?) + "\n")
    }

    pub(super) fn item_id(&self) -> &str {
        self.item_id
    }

    pub(super) fn sentence(&self) -> String {
        format!("item {}: {}", self.item_id, self.message)
    }
}

/// For a failure that ends all.
impl From<Failed<'_>> for Failure {
    fn from(failed: Failed<'_>) -> Self {
        Failure::new(failed.exit, failed.message)
    }
}

/// The ids in such lines.
pub(super) fn ids(lines: impl BufRead) -> impl Iterator<Item = io::Result<String>> {
    #[derive(Deserialize)]
    struct Id {
        item_id: String,
    }
    lines.lines().map(|line| {
        let id: Id = serde_json::from_str(&line?)?;
        Ok(id.item_id)
    })
}
