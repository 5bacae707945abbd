//! The type that fits all values seen at a place.
//!
//! | seen | inferred |
//! |---|---|
//! | `1`, `2.5` | `number` |
//! | `1`, `null` | `integer or null` |
//! | `"2026-03-01T09:30:00Z"` | `string (date-time)` |
//! | `"llx-..."`, `"low"` | `string (password)`: one credential is enough |
//! | `[1]`, `[]` | `array of integer` |
//! | `1`, `"one"` | no type; the field takes any value |
//! | `9007199254740993`, `1.5` | no type: a float would change the integer |
//!
//! The name of a field counts as well as its values: what is called `api_token` is a `password`, whatever was seen, for
//! a report or a log must not be the place where the first real one appears.

use super::secret;
use crate::credential::is_credential;
use crate::drafts::schema_of;
use crate::instance::{Json, is_date_time, kind_of, open};
use crate::yaml::Node;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt;

/// What was seen at a place so far, without the values themselves.
///
/// It only grows: adding a value never makes a type narrower. What is in arrays and maps is looked at one level deep,
/// since an edit that describes more than that is a guess.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Inferred {
    kinds: BTreeSet<&'static str>,
    /// A text looks like a credential, one is a URL, and all are times.
    secret: bool,
    url: bool,
    not_time: bool,
    /// An integer that a float would change.
    exact: bool,
    /// What arrays contain, one level deep, and what maps contain.
    items: Option<Box<Inferred>>,
    values: Option<Box<Inferred>>,
}

/// Up to here, a float holds each integer.
const MAX_FLOAT_INTEGER: u64 = 1 << 53;

impl Inferred {
    /// Takes a value into account, in time linear in its length.
    pub(super) fn add(&mut self, value: &RawValue) {
        match open(value) {
            Json::Array(items) => {
                let inner = self.items.get_or_insert_default();
                items.into_iter().for_each(|item| inner.add_flat(item));
            }
            Json::Object(entries) => {
                let inner = self.values.get_or_insert_default();
                entries.iter().for_each(|(_, value)| inner.add_flat(value));
            }
            _ => {}
        }
        self.add_flat(value);
    }

    /// Without what is within.
    fn add_flat(&mut self, value: &RawValue) {
        self.kinds.insert(kind_of(value));
        match open(value) {
            Json::Text(Some(text)) => {
                self.secret |= secret::looks_secret(&text);
                self.url |= secret::looks_like_url(&text);
                self.not_time |= !is_date_time(&text);
            }
            Json::Number(digits) => {
                let integer = digits.parse::<i64>().map(i64::unsigned_abs);
                self.exact |= integer.is_ok_and(|integer| integer > MAX_FLOAT_INTEGER);
            }
            _ => {}
        }
    }

    /// The one type of all values but null; `None` where there are several, none that OpenAPI has, or only nulls.
    pub(super) fn kind(&self) -> Option<&'static str> {
        let mut kinds = self.kinds.clone();
        kinds.remove("null");
        if kinds.contains("number") && !self.exact {
            kinds.remove("integer");
        }
        match Vec::from_iter(kinds)[..] {
            [kind] if TYPES.contains(&kind) => Some(kind),
            _ => None,
        }
    }

    /// Whether all values but null are of these kinds.
    ///
    /// True where only nulls were seen.
    pub(super) fn is_only(&self, kinds: &[&str]) -> bool {
        let mut others = self.kinds.iter();
        !others.any(|kind| *kind != "null" && !kinds.contains(kind))
    }

    pub(super) fn has_null(&self) -> bool {
        self.kinds.contains("null")
    }

    /// By the values alone. A format that hides comes first, as one such value among many is enough.
    fn format(&self) -> Option<&'static str> {
        match self.kinds.contains("string") {
            _ if self.secret => Some("password"),
            _ if self.url => Some("uri"),
            true if !self.not_time => Some("date-time"),
            _ => None,
        }
    }

    /// By the values and the name of the field.
    fn format_for(&self, name: &str) -> Option<&'static str> {
        match self.format() {
            _ if is_credential(name) => Some("password"),
            Some("password") => Some("password"),
            _ if secret::sounds_like_url(name) => Some("uri"),
            format => format,
        }
    }

    /// The schema of a new field, with a description to fill in.
    ///
    /// Always nullable where it has a type: the bindings make an `Option` of an optional field anyway, and a service that
    /// omits a field today may send `null` tomorrow.
    pub(super) fn property(&self, name: &str, description: &str) -> Value {
        let Some(kind) = self.property_type(name) else {
            // Any value at all, null too.
            return json!({"description": description});
        };
        let (items, values) = match kind {
            "array" => (Some(inner(&self.items, name)), None),
            // A map of texts that are no credentials stays a map of anything, which is not shown.
            "object" => match inner(&self.values, name) {
                values if values["format"] == "password" => (None, Some(values)),
                _ => (None, Some(json!({}))),
            },
            _ => (None, None),
        };
        let schema = schema_of([
            ("type", Some(kind.into())),
            ("format", self.format_of(kind, name)),
            ("nullable", Some(true.into())),
            ("description", Some(description.into())),
            ("items", items),
            ("additionalProperties", values),
        ]);
        schema.into()
    }

    /// The type that a new field gets, with what its name says taken into account.
    fn property_type(&self, name: &str) -> Option<&'static str> {
        match self.kind() {
            // A number that opens something is not shown if it has no type; `max_tokens` is a count.
            Some("integer" | "number") if is_credential(name) && !secret::is_count(name) => None,
            // A field that has not been set yet, but whose name says what it will have.
            None if self.kinds.len() == 1 && self.has_null() => {
                let known = is_credential(name) || secret::sounds_like_url(name);
                known.then_some("string")
            }
            kind => kind,
        }
    }

    fn format_of(&self, kind: &str, name: &str) -> Option<Value> {
        let format = self.format_for(name).filter(|_| kind == "string");
        format.map(Value::from)
    }

    /// The keys of a documented schema that keep it from describing what was seen, and another type that would.
    ///
    /// `{type: integer}` against `2.5` becomes `number`, which reads both; against `"two"` it can only become any value.
    pub(super) fn against(&self, schema: &Node) -> Loosened {
        let is = |kind: &str| schema.text_of("type") == Some(kind);
        match schema.has("format") {
            true if is("string") && self.is_only(&["string"]) => Loosened::NoFormat,
            true if is("integer") && self.is_only(&["integer"]) => Loosened::NoFormat,
            _ if is("integer") && self.is_only(&["integer", "number"]) && !self.exact => {
                Loosened::Number
            }
            _ => Loosened::Any,
        }
    }
}

/// The schema of what arrays or maps contain; any value where no one type fits, or where a value may be a credential
/// that no format of its type hides.
fn inner(inner: &Option<Box<Inferred>>, name: &str) -> Value {
    let seen = inner
        .as_ref()
        .and_then(|inner| Some((inner, inner.kind()?)));
    let is_hidden = |kind: &str| kind != "string" && is_credential(name) && !secret::is_count(name);
    let Some((inner, kind)) = seen.filter(|(_, kind)| !is_hidden(kind)) else {
        return json!({});
    };
    let schema = schema_of([
        ("type", Some(kind.into())),
        ("format", inner.format_of(kind, name)),
        ("nullable", inner.has_null().then(|| true.into())),
        ("items", (kind == "array").then(|| json!({}))),
        (
            "additionalProperties",
            (kind == "object").then(|| json!({})),
        ),
    ]);
    schema.into()
}

/// What becomes of a schema that does not describe what was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Loosened {
    NoFormat,
    Number,
    Any,
}

const TYPES: [&str; 6] = ["string", "number", "integer", "boolean", "array", "object"];

impl fmt::Display for Inferred {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(kind) = self.kind() else {
            let kinds: Vec<&str> = self.kinds.iter().copied().collect();
            return write!(f, "{}", kinds.join(" or "));
        };
        match self
            .items
            .as_deref()
            .filter(|items| kind == "array" && !items.kinds.is_empty())
        {
            Some(items) => write!(f, "array of {items}")?,
            None => write!(f, "{kind}")?,
        }
        if let Some(format) = self.format().filter(|_| kind == "string") {
            write!(f, " ({format})")?;
        }
        match self.has_null() {
            true => write!(f, " or null"),
            false => Ok(()),
        }
    }
}
