//! One file of the data directory: an item, and what is wrong with it.
//!
//! The text is served byte by byte as it is in the file. It is parsed only for the id of the item, and to report a
//! mistake where it is: `data/a.json:2:14: expected value`, a place that editors and terminals can jump to.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Deserializer, de};

/// A file that was modified within this time is read again even if time and length are the same: on some file systems
/// two changes within a second have one time.
const UNSETTLED: Duration = Duration::from_secs(1);

/// Bytes of a file. The client of this project reads responses of at most 64 MiB unless it is told otherwise.
const MAX_LEN: u64 = 256 << 20;

/// The mark that says that a text is UTF-8.
const BOM: &[u8] = "\u{feff}".as_bytes();

/// A file as it was read last.
#[derive(Default)]
pub(super) struct File {
    /// The last version that is an item.
    pub(super) item: Option<Item>,
    /// The other file that defines the same item, once that was reported.
    pub(super) rival: Option<PathBuf>,
    /// Whether it was not there in the last scan. If it is not there in the next one either, it is forgotten.
    pub(super) is_missing: bool,
    /// What the file was like when it was read last.
    stamp: Option<Stamp>,
    /// Why the last version is not an item.
    complaint: Option<Complaint>,
}

/// An item as it is in the file.
pub(super) struct Item {
    pub(super) id: String,
    /// What the server responds with.
    pub(super) text: String,
    /// The scan that read it.
    pub(super) version: u64,
}

/// Two versions of a file are the same if their stamps are.
#[derive(PartialEq, Eq)]
struct Stamp {
    modified: Option<SystemTime>,
    /// In bytes.
    length: u64,
    /// A hash of the content; that of nothing if it cannot be read.
    content: u64,
}

/// Why a file is not an item.
struct Complaint {
    /// Line, column and a sentence: `2:14: expected value`.
    text: String,
    /// The scan that found it.
    found: u64,
    is_reported: bool,
}

impl File {
    /// Reads the file, if it may have changed. `scan` is the number of the current scan.
    pub(super) fn read(&mut self, path: &Path, scan: u64) {
        let metadata = path.metadata().ok();
        // Only regular files are opened: reading a pipe would wait for its writer.
        let is_file = metadata.as_ref().is_none_or(std::fs::Metadata::is_file);
        let modified = metadata.as_ref().and_then(|data| data.modified().ok());
        let length = metadata.map_or(0, |data| data.len());
        let is_old = |time: SystemTime| time.elapsed().is_ok_and(|age| age > UNSETTLED);
        let is_same = |stamp: &Stamp| stamp.modified == modified && stamp.length == length;
        if self.stamp.as_ref().is_some_and(is_same) && modified.is_some_and(is_old) {
            return;
        }
        let bytes = match is_file {
            true if length > MAX_LEN => Err(io::Error::other("it is larger than 256 MiB")),
            true => std::fs::read(path),
            false => Err(io::Error::other("it is not a regular file")),
        };
        let mut hasher = DefaultHasher::new();
        bytes.as_ref().ok().hash(&mut hasher);
        let stamp = Stamp {
            modified,
            length,
            content: hasher.finish(),
        };
        if self.stamp.as_ref() == Some(&stamp) {
            return;
        }
        self.stamp = Some(stamp);
        let item = bytes.map_err(|error| format!("1:1: {error}"));
        let item = item.and_then(|bytes| parse(bytes, scan));
        self.complaint = item.as_ref().err().map(|text| Complaint {
            text: text.clone(),
            found: scan,
            is_reported: false,
        });
        self.item = item.ok().or(self.item.take());
    }

    /// The line to report about the file, once for each mistake. In the first scan at once; later only in the scan after
    /// the one that found it, since the file may be in the middle of being written.
    pub(super) fn complaint(&mut self, path: &Path, scan: u64) -> Option<String> {
        let complaint = self.complaint.as_mut()?;
        let is_due = scan == 1 || complaint.found < scan;
        if !is_due || std::mem::replace(&mut complaint.is_reported, true) {
            return None;
        }
        Some(format!("error: {}:{}", path.display(), self.problem()?))
    }

    /// What is wrong with the file at present, with line and column, and what is served meanwhile.
    pub(super) fn problem(&self) -> Option<String> {
        let text = &self.complaint.as_ref()?.text;
        let rest = match self.item {
            Some(_) => "; its last good version stays",
            None => "; it is not served",
        };
        Some(format!("{text}{rest}"))
    }
}

/// The members that have to be right before the text is handed to the server, which reads them again.
#[derive(Deserialize)]
#[serde(expecting = "an object")]
struct Head {
    item_id: Id,
    #[serde(rename = "respond")]
    _respond: Option<Vec<Status>>,
}

/// An id that is not empty.
struct Id(String);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let id = String::deserialize(from)?;
        match id.is_empty() {
            true => Err(de::Error::custom("`item_id` is empty")),
            false => Ok(Id(id)),
        }
    }
}

/// A status that a server can respond with.
struct Status;

impl<'de> Deserialize<'de> for Status {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match u16::deserialize(from)? {
            200..600 => Ok(Status),
            other => Err(de::Error::custom(format!(
                "`respond`: {other} is not a status from 200 to 599"
            ))),
        }
    }
}

/// The item in these bytes, or why there is none, as line, column and a sentence: `1:15: `item_id` is empty`.
/// The mark that editors on Windows put before UTF-8 is left out: a response has none.
fn parse(mut bytes: Vec<u8>, version: u64) -> Result<Item, String> {
    if bytes.starts_with(BOM) {
        bytes.drain(..BOM.len());
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let lines = good.split(|byte| *byte == b'\n');
        let column = lines.clone().next_back().map_or(0, <[u8]>::len) + 1;
        format!("{}:{column}: this is not UTF-8", lines.count())
    })?;
    let before = text.len() - text.trim_start().len();
    if text[before..].starts_with('[') {
        // serde would take an array for the values of the object in their order.
        let line = text[..before].split('\n').count();
        return Err(format!("{line}:1: an array is not an item"));
    }
    match serde_json::from_str::<Head>(&text) {
        Ok(head) => Ok(Item {
            id: head.item_id.0,
            text,
            version,
        }),
        Err(error) => {
            let message = error.to_string();
            let end = format!(" at line {} column {}", error.line(), error.column());
            let message = message.strip_suffix(&end).unwrap_or(&message);
            Err(format!(
                "{}:{}: {message}",
                error.line(),
                error.column().max(1)
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_has_a_place_and_a_sentence() {
        for (text, complaint) in [
            (&b"{\n  \"item_id\": }"[..], "2:14: expected value"),
            (b"", "1:1: EOF while parsing a value"),
            (b"7", "1:1: invalid type: integer `7`, expected an object"),
            (b"\n[\"a\", []]", "2:1: an array is not an item"),
            (b"{\n}", "2:1: missing field `item_id`"),
            (b"{\"item_id\": \"\"}", "1:15: `item_id` is empty"),
            (
                b"{\"item_id\": 1}",
                "1:13: invalid type: integer `1`, expected a string",
            ),
            (
                b"{\"item_id\": \"a\",\n\"respond\": [99]}",
                "2:15: `respond`: 99 is not a status from 200 to 599",
            ),
            (
                b"{\"item_id\": \"a\", \"respond\": 503}",
                "1:31: invalid type: integer `503`, expected a sequence",
            ),
            (b"{\"item_id\":\n \"\xff\"}", "2:3: this is not UTF-8"),
        ] {
            let found = parse(text.to_vec(), 1).err();
            assert_eq!(found.as_deref(), Some(complaint));
        }
    }
}
