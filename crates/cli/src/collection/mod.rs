//! Many items: where their ids come from, and how fast they are asked for.

mod circuit_breaker;

use std::collections::HashSet;
use std::fs::File;
use std::future::ready;
use std::io::{self, BufRead, BufReader, Read};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use clap::Args;
use futures_util::{Stream, StreamExt, stream};
use processing_results::{Client, FetchMany, defaults};
use sha2::{Digest, Sha256};
use tokio::sync::mpsc;

pub(crate) use self::circuit_breaker::CircuitBreaker;
use crate::exit::{Exit, Failure};

/// Ids that are read ahead.
const AHEAD: usize = 256;

/// Which items to ask for, and how fast.
#[derive(Debug, Args)]
pub(crate) struct Collection {
    /// Item ids; `-` reads them from standard input, one per line
    #[arg(value_name = "ITEM", required_unless_present = "items")]
    ids: Vec<String>,

    /// File with item ids, one per line
    #[arg(long, value_name = "FILE", conflicts_with = "ids")]
    items: Option<PathBuf>,

    /// Maximum concurrent requests
    #[arg(long, value_name = "N", default_value_t = default_concurrency())]
    pub(crate) concurrency: NonZeroUsize,

    /// Rate limit including retries, e.g. 20/min, 5/s or 1000/h [default: none]
    #[arg(long, value_name = "RATE", value_parser = rate)]
    rate: Option<Rate>,
}

/// So many requests in this time.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Rate {
    requests: u32,
    per: Duration,
}

/// The ids, and why there are no more of them.
pub(crate) struct Ids {
    pub(crate) stream: Pin<Box<dyn Stream<Item = String> + Send>>,
    pub(crate) end: End,
}

/// What ended the ids, if not their end. It is known once their stream has ended.
#[derive(Clone, Default)]
pub(crate) struct End(Arc<Mutex<Option<Failure>>>);

impl Collection {
    /// The ids, each once, read as they are taken: however many there are, few are in memory.
    pub(crate) fn ids(&self) -> Result<Ids, Failure> {
        Ok(self.given()?.once())
    }

    /// The ids as they are given.
    fn given(&self) -> Result<Ids, Failure> {
        match (&self.items, &self.ids[..]) {
            (Some(path), _) if path != Path::new("-") => {
                let name = path.display().to_string();
                let file = File::open(path).map_err(|error| unreadable(&name, &error))?;
                Ok(Ids::read(name, file))
            }
            (None, ids) if ids != ["-"] => Ok(Ids {
                stream: Box::pin(stream::iter(ids.to_vec())),
                end: End::default(),
            }),
            _ => Ok(Ids::read("standard input".to_owned(), io::stdin())),
        }
    }

    /// How many there are, repeated ones included, if that is to be had without waiting.
    pub(crate) fn total(&self) -> Option<u64> {
        let Some(path) = &self.items else {
            let count = u64::try_from(self.ids.len()).ok();
            return count.filter(|_| self.ids != ["-"]);
        };
        let file = File::open(path).ok()?;
        if !file.metadata().is_ok_and(|data| data.is_file()) {
            return None;
        }
        let mut total = 0;
        for line in BufReader::new(file).split(b'\n') {
            total += u64::from(!line.ok()?.trim_ascii().is_empty());
        }
        Some(total)
    }

    /// Their histories, fetched as fast as is asked for.
    pub(crate) fn fetch<'a, S>(&self, client: &'a Client, ids: S) -> FetchMany<'a, S>
    where
        S: Stream<Item = String>,
    {
        let many = client
            .fetch_many_from(ids)
            .concurrency(self.concurrency.get());
        match self.rate {
            Some(Rate { requests, per }) => many.rate_limit(requests, per),
            None => many,
        }
    }
}

impl Ids {
    /// One id a line. A thread reads, so that a slow source holds up no call.
    fn read(name: String, source: impl Read + Send + 'static) -> Self {
        let end = End::default();
        let (sender, mut ids) = mpsc::channel(AHEAD);
        let told = end.clone();
        thread::spawn(move || {
            if let Err(failure) = lines(&name, source, &sender) {
                told.set(failure);
            }
        });
        let stream = Box::pin(stream::poll_fn(move |context| ids.poll_recv(context)));
        Ids { stream, end }
    }

    /// Leaves out ids that came before. Half of a hash is kept of each: 16 bytes, however long the id is.
    fn once(self) -> Self {
        let mut seen = HashSet::new();
        let fresh = self.stream.filter(move |id| {
            let hash: [u8; 32] = Sha256::digest(id).into();
            let (mark, _) = hash.split_at(16);
            ready(seen.insert(<[u8; 16]>::try_from(mark).unwrap_or_default()))
        });
        Ids {
            stream: Box::pin(fresh),
            end: self.end,
        }
    }
}

impl End {
    /// The failure that ended the ids early, if there was one.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        self.lock().take().map_or(Ok(()), Err)
    }

    /// Has them end with this failure.
    pub(crate) fn set(&self, failure: Failure) {
        *self.lock() = Some(failure);
    }

    fn lock(&self) -> MutexGuard<'_, Option<Failure>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Hands on one id after the other, until nobody takes them any more.
fn lines(name: &str, source: impl Read, ids: &mpsc::Sender<String>) -> Result<(), Failure> {
    for (at, line) in BufReader::new(source).lines().enumerate() {
        let line = line.map_err(|error| unreadable(&format!("{name}, line {}", at + 1), &error))?;
        // Some editors begin a file with this mark.
        let id = line.trim_start_matches('\u{feff}').trim();
        if !id.is_empty() && ids.blocking_send(id.to_owned()).is_err() {
            return Ok(());
        }
    }
    Ok(())
}

fn unreadable(name: &str, error: &io::Error) -> Failure {
    Failure::new(Exit::Usage, format!("{name} cannot be read: {error}"))
}

fn default_concurrency() -> NonZeroUsize {
    NonZeroUsize::new(defaults::CONCURRENCY).unwrap_or(NonZeroUsize::MIN)
}

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
    use futures_util::StreamExt;

    use super::*;

    #[tokio::test]
    async fn ids_are_lines_without_what_is_around_them() {
        let text = "\u{feff}one\r\n\n  two words \nthree";
        let ids = Ids::read("x".to_owned(), io::Cursor::new(text));
        assert_eq!(
            ids.stream.collect::<Vec<_>>().await,
            ["one", "two words", "three"]
        );
        assert!(ids.end.check().is_ok());
    }

    #[tokio::test]
    async fn a_line_that_cannot_be_read_ends_the_ids_and_is_named() {
        let ids = Ids::read("ids.txt".to_owned(), io::Cursor::new(b"one\n\xff\nthree\n"));
        assert_eq!(ids.stream.collect::<Vec<_>>().await, ["one"]);
        let failure = ids.end.check().unwrap_err();
        assert!(
            failure
                .message()
                .starts_with("ids.txt, line 2 cannot be read: ")
        );
        assert_eq!(failure.exit, Exit::Usage);
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
