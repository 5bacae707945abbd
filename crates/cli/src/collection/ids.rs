//! Item ids from a file, a pipe or the command line, as a stream.
//!
//! A regular file is read twice: once before the first call, so that a mistake in line 90,000 costs no request and the
//! total is known, and once for the ids. A pipe can be read only once: a mistake ends the command where it is found, and
//! what came before it counts.

use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, Read};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;

use encoding_rs_io::DecodeReaderBytesBuilder;
use futures_util::{Stream, StreamExt as _, stream};
use tokio::sync::mpsc;

use super::bounded::{Bounded, MAX_JSON, MAX_LINE};
use super::format::IdList;
use crate::exit::Failure;
use crate::lock::lock;
use crate::paths::{is_descriptor, shown};
use crate::text;

/// Ids that are read before they are needed.
const AHEAD: usize = 256;

/// How files begin that are mistaken for lists of ids, and what to do about each.
const FOREIGN: [(&[u8], &str); 7] = [
    (
        b"\x1f\x8b",
        "compressed: decompress it, as in `gzip -dc FILE | processing-results export -`",
    ),
    (
        b"\x28\xb5\x2f\xfd",
        "compressed: decompress it, as in `zstd -dc FILE | processing-results export -`",
    ),
    (b"PK\x03\x04", "a ZIP file or a spreadsheet: save it as CSV"),
    (
        b"PAR1",
        "a Parquet file: write its ids as CSV or one per line; --from reads an export",
    ),
    (b"%PDF-", "a PDF file: pass a list of item ids"),
    (b"<", "HTML or XML: pass a list of item ids"),
    (b"SQLite format 3", "a database: write its ids as CSV"),
];

/// The ids, and why there are no more of them.
pub(crate) struct Ids {
    /// Ends when the input does, or at a mistake in it.
    pub(crate) stream: Pin<Box<dyn Stream<Item = String> + Send>>,
    /// To be checked once the stream has ended.
    pub(crate) end: End,
    /// Number of ids including duplicates, if known without waiting for the input.
    pub(crate) total: Option<u64>,
}

/// The mistake that ended a stream of ids early, if there was one. It is known once the stream has ended: a stream of
/// results would have to be looked through by everyone who passes it on.
#[derive(Clone, Default)]
pub(crate) struct End(Arc<Mutex<Option<Failure>>>);

impl End {
    /// The failure that ended the ids early, if there was one.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        self.lock().take().map_or(Ok(()), Err)
    }

    /// Says why the stream ends here.
    pub(crate) fn set(&self, failure: Failure) {
        *self.lock() = Some(failure);
    }

    fn lock(&self) -> MutexGuard<'_, Option<Failure>> {
        lock(&self.0)
    }
}

/// Where ids are read from, and which column or member has them.
#[derive(Clone)]
pub(super) struct IdFile {
    /// For messages.
    name: String,
    /// None is standard input.
    path: Option<PathBuf>,
    column: Option<String>,
}

impl IdFile {
    /// `-` is standard input, as `/dev/stdin` is.
    pub(super) fn new(path: &Path, column: Option<&str>) -> Self {
        let is_stdin = path == Path::new("-") || path == Path::new("/dev/stdin");
        IdFile {
            name: match is_stdin {
                true => "standard input".to_owned(),
                false => shown(path),
            },
            path: (!is_stdin).then(|| path.to_owned()),
            column: column.map(str::to_owned),
        }
    }

    /// The ids. A thread reads them, since neither opening a pipe nor reading one may hold up a call or a signal.
    ///
    /// # Errors
    /// A regular file has a mistake in it, or cannot be read; or the path is that of a directory.
    pub(super) fn ids(self) -> Result<Ids, Failure> {
        let mut total = None;
        if let Some(path) = self.path.as_deref() {
            let data = fs::metadata(path).map_err(|error| self.unreadable(&error))?;
            // What is open already has a position, and is read once.
            if data.is_file() && !is_descriptor(path) {
                let (count, deep) = self.each(|_| true)?;
                self.say_where(deep);
                total = Some(count);
            } else if data.is_dir() {
                return Err(self.unreadable(&io::ErrorKind::IsADirectory.into()));
            }
        }
        let end = End::default();
        let (sender, ids) = mpsc::channel(AHEAD);
        let reader_end = end.clone();
        thread::spawn(move || {
            match self.each(|id| sender.blocking_send(id).is_ok()) {
                // Probably what should have written them failed.
                Ok((0, _)) => {
                    text::note(&format!("warning: there are no item ids in {}", self.name))
                }
                Ok((_, deep)) => self.say_where(deep.filter(|_| total.is_none())),
                Err(failure) => reader_end.set(failure),
            }
        });
        Ok(Ids {
            stream: Box::pin(received(ids)),
            end,
            total,
        })
    }

    /// Says which of several things in JSON were taken for item ids.
    fn say_where(&self, deep: Option<String>) {
        if let Some(deep) = deep {
            text::info(&format!(
                "note: the item ids in {} are at {deep}",
                self.name
            ));
        }
    }

    /// Hands on one id after the other, until there are no more or `take` wants none. Returns how many, and where in JSON
    /// they are if that is worth saying.
    fn each(&self, mut take: impl FnMut(String) -> bool) -> Result<(u64, Option<String>), Failure> {
        let mut count = 0;
        let opened: io::Result<Box<dyn Read>> = match &self.path {
            Some(path) => File::open(path).map(|file| Box::new(file) as Box<dyn Read>),
            None => Ok(Box::new(io::stdin())),
        };
        let source = opened.map_err(|error| self.unreadable(&error))?;
        let read = each(source, self.column.as_deref(), |id| {
            count += 1;
            take(id)
        });
        match read {
            Ok(deep) => Ok((count, deep)),
            Err(error) => Err(Failure::usage(format!("{}{error}", self.name))),
        }
    }

    /// The failure for an input that cannot be read.
    fn unreadable(&self, error: &io::Error) -> Failure {
        let message = format!("{} cannot be read: {error}", self.name);
        Failure::usage(message)
    }
}

/// What a thread sends: all that is there at once, so that the thread is not woken for each.
fn received(ids: mpsc::Receiver<String>) -> impl Stream<Item = String> {
    let next = async |mut ids: mpsc::Receiver<String>| {
        let mut more = Vec::new();
        ids.recv_many(&mut more, AHEAD).await;
        (!more.is_empty()).then_some((stream::iter(more), ids))
    };
    stream::unfold(ids, next).flatten()
}

/// Reads ids from text in UTF-8, or in UTF-16 with a byte order mark, as editors on Windows write it.
fn each(
    source: impl Read,
    column: Option<&str>,
    mut take: impl FnMut(String) -> bool,
) -> Result<Option<String>, String> {
    let mut source = BufReader::new(source);
    let start = source.fill_buf();
    let start = start.map_err(|error| format!(" cannot be read: {error}"))?;
    if let Some(what) = foreign(start) {
        return Err(format!(" is {what}"));
    }
    let is_json = matches!(start.trim_ascii_start().first(), Some(b'[' | b'{'));
    let max = if is_json { MAX_JSON } else { MAX_LINE };
    let text = DecodeReaderBytesBuilder::new()
        .utf8_passthru(true)
        .strip_bom(true)
        .build(source);
    let rows = IdList::new(BufReader::new(Bounded::new(text, max)), column)?;
    rows.each(&mut take)
}

/// What a file is instead of a list of ids, by its first bytes. UTF-16 without a mark is recognized by a zero in one of
/// the first two bytes.
fn foreign(start: &[u8]) -> Option<&'static str> {
    let what = FOREIGN.iter().find(|(magic, _)| start.starts_with(magic));
    match (what, start) {
        (Some((_, what)), _) => Some(what),
        // Letters of ASCII beside zeros.
        (None, [first, second, ..]) if (*first == 0) != (*second == 0) => {
            Some("UTF-16 without the mark that says so: save it as UTF-8")
        }
        _ => None,
    }
}

impl Ids {
    /// The ids of the command line.
    pub(super) fn given(ids: Vec<String>) -> Self {
        Ids {
            total: u64::try_from(ids.len()).ok(),
            stream: Box::pin(stream::iter(ids)),
            end: End::default(),
        }
    }
}
