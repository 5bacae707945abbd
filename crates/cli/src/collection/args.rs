//! The options of a collection: which items, and how fast.
//!
//! `export`, `duplicates` and `report` have them. Ids come from arguments, from `--items FILE`, or from standard input
//! with `-`; with `--demo` and without ids, all items of the demo are meant.

use std::collections::HashSet;
use std::future::ready;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use futures_util::StreamExt;
use processing_results::defaults;
use sha2::{Digest, Sha256};

use super::ids::{IdFile, Ids};
use crate::demo;
use crate::exit::Failure;
use crate::item_id;
use crate::paths::input;
use crate::service::Service;

/// The items of a command, and the limits of its requests.
#[derive(Debug, Args)]
pub(crate) struct Collection {
    /// Item ids; `-` reads them from standard input [with --demo: all]
    #[arg(value_name = "ITEM")]
    ids: Vec<String>,

    /// File of item ids: lines, CSV, JSON, JSON lines
    #[arg(long, value_name = "FILE", conflicts_with = "ids")]
    items: Option<PathBuf>,

    /// Column or member of the ids [default: item_id, id]
    #[arg(long, value_name = "NAME")]
    items_column: Option<String>,

    /// Maximum concurrent requests
    #[arg(long, value_name = "N", default_value_t = default_concurrency(), value_parser = concurrency)]
    pub(crate) concurrency: NonZeroUsize,

    /// Rate limit, retries included: 20/min, 5/s, 1000/h
    #[arg(long, value_name = "RATE", value_parser = rate)]
    pub(super) rate: Option<Rate>,
}

/// A number of requests per interval. Retries count, and requests are evenly spaced.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rate {
    /// At least 1.
    pub(super) requests: u32,
    pub(super) per: Duration,
}

impl Collection {
    /// The file that ids are read from, `/dev/stdin` for standard input: a command must not write to it.
    pub(crate) fn file(&self) -> Option<&Path> {
        let dash = Path::new("-");
        let is_stdin = self.ids.iter().any(|id| id == "-");
        let path = self.items.as_deref().or(is_stdin.then_some(dash))?;
        Some(input(path))
    }

    /// The ids, each once, read as they are taken. Only a fingerprint of each stays in memory, about 34 MB for a million
    /// ids.
    ///
    /// # Errors
    /// There are none, an argument is not an id, or a file has a line that is none.
    pub(crate) fn ids(&self, service: &Service) -> Result<Ids, Failure> {
        let column = self.items_column.as_deref();
        let ids = match (&self.items, &self.ids[..]) {
            (Some(path), _) => IdFile::new(path, column).ids()?,
            (None, [only]) if only == "-" => IdFile::new(Path::new("-"), column).ids()?,
            (None, []) if service.demo => Ids::given(demo::ids()),
            (None, []) => {
                let message =
                    "there are no items: name some, read them with --items FILE, or try --demo";
                return Err(Failure::usage(message));
            }
            (None, ids) if ids.iter().any(|id| id == "-") => {
                let message = "`-` reads the items from standard input: leave out the others";
                return Err(Failure::usage(message));
            }
            (None, ids) => {
                let ids = ids
                    .iter()
                    .map(|id| item_id::argument(id).map(str::to_owned));
                Ids::given(ids.collect::<Result<_, _>>()?)
            }
        };
        Ok(once(ids))
    }
}

/// Leaves out ids that came before. Half of a SHA-256 is kept of each, 16 bytes however long the id is: that two of a
/// billion ids share it is less likely than a defect of the memory.
fn once(ids: Ids) -> Ids {
    let mut seen = HashSet::new();
    let fresh = ids.stream.filter(move |id| {
        let hash = Sha256::digest(id);
        ready(seen.insert(hash.first_chunk::<16>().copied()))
    });
    Ids {
        stream: Box::pin(fresh),
        ..ids
    }
}

/// The default of the library, 8.
fn default_concurrency() -> NonZeroUsize {
    NonZeroUsize::new(defaults::CONCURRENCY).unwrap_or(NonZeroUsize::MIN)
}

/// Reads a number above 0. The error of the type's own parser would be about `NonZero`.
fn concurrency(text: &str) -> Result<NonZeroUsize, String> {
    let number = text.trim().parse();
    number.map_err(|_| "write a number of requests above 0".to_owned())
}

/// Reads `20/min`, `5/s` or `1000/h`, with spaces if you like. The number is an integer above 0.
fn rate(text: &str) -> Result<Rate, String> {
    let (requests, unit) = text.split_once('/').unwrap_or((text, ""));
    let seconds = match unit.trim() {
        "s" | "sec" | "second" => 1,
        "min" | "minute" => 60,
        "h" | "hour" => 3600,
        _ => 0,
    };
    let requests = requests
        .trim()
        .parse()
        .ok()
        .filter(|requests| *requests > 0);
    let rate = requests.filter(|_| seconds > 0).map(|requests| Rate {
        requests,
        per: Duration::from_secs(seconds),
    });
    rate.ok_or_else(|| {
        "write a number of requests in a time, such as 20/min, 5/s or 1000/h".to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_id_comes_once() {
        let given = ["a", "b", "a", "c", "b"].map(str::to_owned);
        let ids = once(Ids::given(given.into()));
        assert_eq!(ids.total, Some(5));
        assert_eq!(ids.stream.collect::<Vec<_>>().await, ["a", "b", "c"]);
    }

    #[test]
    fn a_rate_has_a_number_and_a_unit() {
        for (text, requests, seconds) in [
            ("20/min", 20, 60),
            ("5/s", 5, 1),
            (" 1000 / h ", 1000, 3600),
        ] {
            let per = Duration::from_secs(seconds);
            assert_eq!(rate(text), Ok(Rate { requests, per }));
        }
        for text in [
            "", "20", "0/s", "-1/s", "1.5/s", "20/day", "/min", "20/min/s",
        ] {
            assert!(rate(text).is_err(), "{text}");
        }
    }
}
