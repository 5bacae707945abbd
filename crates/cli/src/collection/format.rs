//! The forms of a list of ids: one id per line, CSV, JSON, JSON lines. People have their ids in any of them.
//!
//! | first line | form |
//! |---|---|
//! | begins a JSON value that ends below | JSON, such as a page of the service's own list; pages may follow each other |
//! | `{"item_id": "a"}`, `{"items": [{"item_id": "a"}]}`, `["a"]` | JSON lines, such as an export |
//! | has `,`, `;` or a tab, begins with `"`, or is `item_id` | CSV, with the separator that comes first |
//! | anything else | one id per line; empty lines and `# comments` are skipped |
//!
//! A line `sep=;` above all others, as Excel writes it, is the separator of the CSV below it.
//!
//! A line that does not fit the form is an error with its number, and never an id that is sent to the service.
//! Messages are what follows the name of the file: `, line 3 is no item id: ...`.

use std::io::{self, BufRead, Cursor, Read};

use serde::de::IgnoredAny;
use serde_json::Value;

use super::bounded::MAX_JSON;
use super::names::named;
use crate::item_id;

mod csv;
mod json;

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
    /// A JSON value per line.
    JsonLines,
    /// JSON values of several lines.
    Document,
}

impl<R: BufRead> IdList<R> {
    /// Decides about the form by the first line that is neither empty nor a comment.
    pub(super) fn new(mut rest: R, column: Option<&str>) -> Result<Self, String> {
        let mut first = String::new();
        // An empty line for each line that was skipped, so that lines have the numbers that they have in the file.
        let mut skipped = String::new();
        let mut separator = None;
        loop {
            let read = rest.read_line(&mut first);
            let read = read.map_err(|error| in_line(skipped.len() + 1, &error))?;
            if let [b's', b'e', b'p', b'=', byte] = first.trim_end_matches(['\r', '\n']).as_bytes()
            {
                separator = Some(*byte);
                first.clear();
            }
            if read == 0 || !(first.trim().is_empty() || first.trim_start().starts_with('#')) {
                break;
            }
            first.clear();
            skipped.push('\n');
        }
        let form = separator.map_or_else(|| form(first.trim(), column), Form::Csv);
        Ok(IdList {
            form,
            first: skipped + &first,
            rest,
            column: column.map(str::to_owned),
        })
    }

    /// Hands on each id; `take` returns whether it wants more. Returns where in JSON the ids are, such as
    /// `data[].item.id`, if that is deeper than in a list of items.
    pub(super) fn each(
        self,
        take: &mut impl FnMut(String) -> bool,
    ) -> Result<Option<String>, String> {
        match self.form {
            Form::Plain => self.plain(take).map(|()| None),
            Form::Csv(delimiter) => self.csv(delimiter, take).map(|()| None),
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
            // As in a table, before a comment, and in YAML.
            let is_row = id.contains([',', ';', '|', '\t'])
                || ["  ", " #", ": "]
                    .iter()
                    .any(|between| id.contains(between));
            if id.starts_with(['{', '[', '"']) || is_row {
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

    /// A JSON value per line, as `export` and `get -o ndjson` write them, and those who fetch page after page.
    fn json_lines(self, take: &mut impl FnMut(String) -> bool) -> Result<Option<String>, String> {
        let column = self.column.as_deref();
        let mut deep = None;
        let lines = Cursor::new(self.first).lines().chain(self.rest.lines());
        for (at, line) in lines.enumerate() {
            let line = line.map_err(|error| in_line(at + 1, &error))?;
            if line.trim().is_empty() {
                continue;
            }
            let value: Value = serde_json::from_str(&line)
                .map_err(|_| format!(", line {} is not JSON, as the lines before it", at + 1))?;
            let found =
                json::ids(&value, column).map_err(|why| format!(", line {}{why}", at + 1))?;
            for id in &found.ids {
                if !take(checked(id, at + 1)?) {
                    return Ok(deep);
                }
            }
            deep = deep.or_else(|| found.deep());
        }
        Ok(deep)
    }

    /// One JSON value of several lines, or one after the other.
    fn document(self, take: &mut impl FnMut(String) -> bool) -> Result<Option<String>, String> {
        let mut text = self.first;
        let read = self.rest.take(MAX_JSON).read_to_string(&mut text);
        read.map_err(|error| format!(" cannot be read: {error}"))?;
        let mut deep = None;
        for value in serde_json::Deserializer::from_str(&text).into_iter::<Value>() {
            let value = value.map_err(|error| {
                format!(
                    " is not JSON at line {}, column {}",
                    error.line(),
                    error.column()
                )
            })?;
            let found = json::ids(&value, self.column.as_deref())?;
            for id in &found.ids {
                if !take(checked(id, 1)?) {
                    return Ok(deep);
                }
            }
            deep = deep.or_else(|| found.deep());
        }
        Ok(deep)
    }
}

/// The form of a list, by its first line. A single column without a name that is known may be CSV or not: only quotes
/// make it CSV.
fn form(first: &str, column: Option<&str>) -> Form {
    if first.starts_with(['[', '{']) {
        return match serde_json::from_str::<IgnoredAny>(first) {
            Ok(_) => Form::JsonLines,
            Err(_) => Form::Document,
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
