//! The forms of a list of ids: one id per line, CSV, JSON, JSON lines. People have their ids in any of them.
//!
//! | first line | form |
//! |---|---|
//! | `[` or `{` | JSON, such as the service's own list `{"items": [{"item_id": "a"}]}` |
//! | `{"item_id": "a", ...}` | JSON lines, such as an export |
//! | has `,`, `;` or a tab, begins with `"`, or is `item_id` | CSV, with the separator that comes first |
//! | anything else | one id per line; empty lines and `# comments` are skipped |
//!
//! A line `sep=;` above all others, as Excel writes it, is the separator of the CSV below it.
//!
//! A line that does not fit the form is an error with its number, and never an id that is sent to the service.
//! Messages are what follows the name of the file: `, line 3 is no item id: ...`.

use std::io::{self, BufRead, Cursor, Read};

use serde_json::Value;

use super::names::{id_of, named};
use crate::item_id;

mod csv;

/// Bytes of a JSON document, which is completely in memory; 256 MiB are some million ids.
const MAX_DOCUMENT: u64 = 256 << 20;
/// Bytes of an id. No id is that long, and a URL could not hold it.
const MAX_ID: usize = 1024;

/// A list whose form is known by its first line.
pub(super) struct IdList<R> {
    form: Form,
    /// The first line, which has been read.
    first: String,
    rest: R,
    /// From `--items-column`.
    column: Option<String>,
}

/// The form of a list.
#[derive(Clone, Copy)]
enum Form {
    /// One id per line.
    Plain,
    /// With this separator.
    Csv(u8),
    /// An object or a text per line.
    JsonLines,
    /// One JSON value with a list in it.
    Document,
}

impl<R: BufRead> IdList<R> {
    /// Decides about the form by the first line that is not empty.
    pub(super) fn new(mut rest: R, column: Option<&str>) -> Result<Self, String> {
        let mut first = String::new();
        let mut line = 0;
        let mut separator = None;
        while first.trim().is_empty() {
            first.clear();
            line += 1;
            if rest
                .read_line(&mut first)
                .map_err(|error| in_line(line, &error))?
                == 0
            {
                break;
            }
            if let [b's', b'e', b'p', b'=', byte] = first.trim_end_matches(['\r', '\n']).as_bytes()
            {
                separator = Some(*byte);
                first.clear();
            }
        }
        let form = separator.map_or_else(|| form(first.trim(), column), Form::Csv);
        Ok(IdList {
            form,
            first,
            rest,
            column: column.map(str::to_owned),
        })
    }

    /// Hands on each id; `take` returns whether it wants more.
    pub(super) fn each(self, take: &mut impl FnMut(String) -> bool) -> Result<(), String> {
        match self.form {
            Form::Plain => self.plain(take),
            Form::Csv(delimiter) => self.csv(delimiter, take),
            Form::JsonLines => self.json_lines(take),
            Form::Document => self.document(take),
        }
    }

    /// One id per line. Empty lines and comments are skipped.
    fn plain(self, take: &mut impl FnMut(String) -> bool) -> Result<(), String> {
        if self.column.is_some() && !self.first.trim().is_empty() {
            return Err(
                " has no columns, and no line above with the name of one: leave out --items-column"
                    .to_owned(),
            );
        }
        let lines = Cursor::new(self.first).lines().chain(self.rest.lines());
        for (at, line) in lines.enumerate() {
            let line = line.map_err(|error| in_line(at + 1, &error))?;
            let id = line.trim();
            if id.is_empty() || id.starts_with('#') {
                continue;
            }
            if id.starts_with(['{', '[', '"']) || id.contains([',', ';', '|', '\t']) {
                return Err(format!(
                    ", line {} is no item id: write one a line, or CSV or JSON with a name for the ids",
                    at + 1
                ));
            }
            if !take(checked(id, at + 1)?) {
                break;
            }
        }
        Ok(())
    }

    /// A text or an object per line, as `export` and `get -o ndjson` write them.
    fn json_lines(self, take: &mut impl FnMut(String) -> bool) -> Result<(), String> {
        let column = self.column.as_deref();
        let lines = Cursor::new(self.first).lines().chain(self.rest.lines());
        for (at, line) in lines.enumerate() {
            let line = line.map_err(|error| in_line(at + 1, &error))?;
            if line.trim().is_empty() {
                continue;
            }
            let value: Value = serde_json::from_str(&line)
                .map_err(|_| format!(", line {} is not JSON, as the lines before it", at + 1))?;
            let id = id_of(&value, column).map_err(|why| format!(", line {}{why}", at + 1))?;
            if !take(checked(id, at + 1)?) {
                break;
            }
        }
        Ok(())
    }

    /// A list of texts or objects, or an object with one list in it, as the service sends it.
    fn document(self, take: &mut impl FnMut(String) -> bool) -> Result<(), String> {
        let mut text = self.first;
        let read = self.rest.take(MAX_DOCUMENT).read_to_string(&mut text);
        read.map_err(|error| format!(" cannot be read: {error}"))?;
        let document: Value = serde_json::from_str(&text).map_err(|error| {
            format!(
                " is not JSON at line {}, column {}",
                error.line(),
                error.column()
            )
        })?;
        let list = list(&document).ok_or(" is JSON without a list of items")?;
        for value in list {
            if !take(checked(id_of(value, self.column.as_deref())?, 1)?) {
                break;
            }
        }
        Ok(())
    }
}

/// The form of a list, by its first line. A single column without a name that is known may be CSV or not: only quotes
/// make it CSV.
fn form(first: &str, column: Option<&str>) -> Form {
    if first.starts_with('[') {
        return Form::Document;
    }
    if first.starts_with('{') {
        // One object a line, unless the first one is a list of items itself.
        return match serde_json::from_str::<Value>(first) {
            Ok(value) if list(&value).is_none() || id_of(&value, column).is_ok() => Form::JsonLines,
            _ => Form::Document,
        };
    }
    let delimiter = first.bytes().find(|byte| b",;\t".contains(byte));
    if let Some(delimiter) = delimiter {
        return Form::Csv(delimiter);
    }
    match first.starts_with('"') || named([first].into_iter(), column).is_some() {
        true => Form::Csv(b','),
        false => Form::Plain,
    }
}

/// The list, or the only list that is a member of the document.
fn list(document: &Value) -> Option<&Vec<Value>> {
    match document {
        Value::Array(list) => Some(list),
        Value::Object(members) => {
            let mut lists = members.values().filter_map(Value::as_array);
            lists.next().filter(|_| lists.next().is_none())
        }
        _ => None,
    }
}

/// The id, if it could be one; else what it is instead, with its line.
fn checked(id: &str, line: usize) -> Result<String, String> {
    match id {
        id if id.len() > MAX_ID => Err(format!(", line {line} is too long for an item id")),
        id => {
            let id = item_id::trimmed(id).map_err(|why| format!(", line {line} {why}"))?;
            Ok(id.to_owned())
        }
    }
}

/// The error of a line that cannot be read.
fn in_line(line: usize, error: &io::Error) -> String {
    let why = match error.kind() {
        io::ErrorKind::InvalidData => "it is not UTF-8".to_owned(),
        _ => error.to_string(),
    };
    format!(", line {line} cannot be read: {why}")
}

#[cfg(test)]
mod tests;
