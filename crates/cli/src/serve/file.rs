//! One file of a directory: an item, and what is wrong with it.
//!
//! The text is served as it is in the file; it is only read to find the id and mistakes.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Deserializer, de};

/// A file that changed so lately may change again without a newer time.
const UNSETTLED: Duration = Duration::from_secs(1);

/// A file as it was read last.
#[derive(Default)]
pub(super) struct File {
    /// The last good version.
    pub(super) item: Option<Item>,
    /// The file with the same item, once that was reported.
    pub(super) rival: Option<PathBuf>,
    /// Whether it was not there in the last scan. In the next one it is forgotten; some editors
    /// take a file away before they put the new one in its place.
    pub(super) is_missing: bool,
    stamp: Option<Stamp>,
    complaint: Option<Complaint>,
}

/// An item as it is in the file, which is what the server responds with.
pub(super) struct Item {
    pub(super) id: String,
    pub(super) text: String,
    /// The scan that read it.
    pub(super) version: u64,
}

/// Two versions of a file are the same if this is.
#[derive(PartialEq, Eq)]
struct Stamp {
    modified: Option<SystemTime>,
    length: u64,
    content: u64,
}

/// Why there is no item in a file: line and column, and a sentence.
struct Complaint {
    text: String,
    /// The scan that found it.
    found: u64,
    is_reported: bool,
}

impl File {
    /// Reads it, if it may have changed.
    pub(super) fn read(&mut self, path: &Path, scan: u64) {
        let metadata = path.metadata().ok();
        // What is no file is not opened: a pipe would hold up everything.
        let is_file = metadata.as_ref().is_none_or(std::fs::Metadata::is_file);
        let modified = metadata.as_ref().and_then(|data| data.modified().ok());
        let length = metadata.map_or(0, |data| data.len());
        let is_old = |time: SystemTime| time.elapsed().is_ok_and(|age| age > UNSETTLED);
        let is_same = |stamp: &Stamp| stamp.modified == modified && stamp.length == length;
        if self.stamp.as_ref().is_some_and(is_same) && modified.is_some_and(is_old) {
            return;
        }
        let bytes = match is_file {
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

    /// What is wrong with it, once. While the server runs, it is reported one scan later: the file
    /// may be in the middle of being written.
    pub(super) fn complaint(&mut self, path: &Path, scan: u64) -> Option<String> {
        let complaint = self.complaint.as_mut()?;
        let is_due = scan == 1 || complaint.found < scan;
        if !is_due || std::mem::replace(&mut complaint.is_reported, true) {
            return None;
        }
        Some(format!("error: {}:{}", path.display(), self.problem()?))
    }

    /// What is wrong with it at present, with its line and column.
    pub(super) fn problem(&self) -> Option<String> {
        let text = &self.complaint.as_ref()?.text;
        let rest = match self.item {
            Some(_) => "; its last good version stays",
            None => "; it is not served",
        };
        Some(format!("{text}{rest}"))
    }
}

/// What the server reads of an item.
#[derive(Deserialize)]
#[serde(expecting = "an object")]
struct Head {
    item_id: Id,
    #[serde(rename = "respond")]
    _respond: Option<Vec<Status>>,
}

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

/// The item, or line, column and a sentence.
fn parse(bytes: Vec<u8>, version: u64) -> Result<Item, String> {
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let lines = good.split(|byte| *byte == b'\n');
        let column = lines.clone().next_back().map_or(0, <[u8]>::len) + 1;
        format!("{}:{column}: this is not UTF-8", lines.count())
    })?;
    let before = text.len() - text.trim_start().len();
    if text[before..].starts_with('[') {
        // Which serde would take for the object's values in their order.
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
