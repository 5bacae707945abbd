//! The type that fits all values seen at a place.

use crate::instance::{is_date_time, kind_of};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt;

/// What was seen at a place so far, without the values themselves.
#[derive(Default)]
pub(super) struct Inferred {
    kinds: BTreeSet<&'static str>,
    /// The formats that every text so far has.
    formats: Option<BTreeSet<&'static str>>,
    items: Option<Box<Inferred>>,
}

impl Inferred {
    pub(super) fn new(value: &Value) -> Inferred {
        let mut inferred = Inferred::default();
        inferred.add(value);
        inferred
    }

    pub(super) fn add(&mut self, value: &Value) {
        self.kinds.insert(kind_of(value));
        match value {
            Value::String(text) => {
                let found = formats(text);
                self.formats = Some(match self.formats.take() {
                    Some(formats) => formats.intersection(&found).copied().collect(),
                    None => found,
                });
            }
            Value::Array(items) => {
                let inner = self.items.get_or_insert_default();
                items.iter().for_each(|item| inner.add(item));
            }
            _ => {}
        }
    }

    /// The one type of all values but null; `None` where there are several, or only nulls.
    pub(super) fn kind(&self) -> Option<&'static str> {
        let mut kinds: Vec<&str> = self
            .kinds
            .iter()
            .copied()
            .filter(|kind| *kind != "null")
            .collect();
        if kinds.contains(&"number") {
            kinds.retain(|kind| *kind != "integer");
        }
        match kinds[..] {
            [kind] => Some(kind),
            _ => None,
        }
    }

    pub(super) fn format(&self) -> Option<&'static str> {
        self.formats.as_ref()?.first().copied()
    }

    pub(super) fn items(&self) -> Option<&Inferred> {
        self.items.as_deref()
    }
}

impl fmt::Display for Inferred {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.kind(), self.items()) {
            (Some("array"), Some(items)) if !items.kinds.is_empty() => {
                write!(f, "array of {items}")?
            }
            (Some(kind), _) => write!(f, "{kind}")?,
            (None, _) => {
                return write!(
                    f,
                    "{}",
                    Vec::from_iter(self.kinds.iter().copied()).join(" or ")
                );
            }
        }
        if let Some(format) = self.format() {
            write!(f, " ({format})")?;
        }
        match self.kinds.contains("null") {
            true => write!(f, " or null"),
            false => Ok(()),
        }
    }
}

fn formats(text: &str) -> BTreeSet<&'static str> {
    let url = ["http://", "https://"]
        .iter()
        .any(|scheme| text.starts_with(scheme));
    let date_time = is_date_time(text).then_some("date-time");
    date_time.into_iter().chain(url.then_some("uri")).collect()
}

/// Whether a text looks like the name of an enum's value, not like data.
pub(super) fn is_name(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
    (1..=64).contains(&text.len()) && text.bytes().all(fits)
}
