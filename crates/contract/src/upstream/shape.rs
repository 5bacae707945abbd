//! A schema as the comparison sees it: the kind of its value, and its parts; and the words for it.
//!
//! | schema | sort | words |
//! |---|---|---|
//! | `{}` | `Any` | `any` |
//! | `{type: string, format: uuid}` | `Scalar` | `string uuid` |
//! | `{type: string, enum: [a, b]}` | `Values` | `values` |
//! | `{type: array, items: {$ref: Item}}` | `Array` | `array of object` |
//! | `{type: object, additionalProperties: {type: string}}` | `Map` | `map of string` |
//! | `{properties: {...}}` | `Object` | `object` |
//! | `{oneOf: [{$ref: A}, {type: string}]}` | `Union` | `object or string` |
//!
//! The words have no names in them, as each side has names of its own. They stand in the ledger, so that a change of the
//! words is a change of every row that quotes them.

use super::difference::Source;
use crate::instance::is_date_time;
use crate::meaning::{Kind, Meaning, Part, View};
use crate::spec::{DEFAULT, UNNAMED};
use serde_json::Value;
use std::collections::BTreeSet;

/// Facts that are looked at by name, or that only people read. All others are reported as keywords of the vendor's.
const KNOWN: [&str; 17] = [
    "type",
    "format",
    "nullable",
    "enum",
    "$ref",
    "required",
    "additionalProperties",
    "deprecated",
    "description",
    "title",
    "example",
    "externalDocs",
    "default",
    "xml",
    "readOnly",
    "writeOnly",
    "discriminator",
];

/// More levels of arrays and maps than anyone describes in a few words; deeper ones are `any`.
const MAX_DEPTH: usize = 8;

/// A schema with what it refers to, in short.
///
/// `default` is there only if it can be a value of the schema.
pub(super) struct SchemaSummary<'m, 'a> {
    pub(super) sort: Sort<'m, 'a>,
    /// The component that has the parts.
    pub(super) name: Option<&'m str>,
    pub(super) format: Option<&'m str>,
    pub(super) nullable: bool,
    pub(super) deprecated: bool,
    pub(super) default: Option<&'m Value>,
    /// Keywords that nobody here knows.
    pub(super) odd: BTreeSet<&'m str>,
    /// Fields or values that Rust has no name for.
    pub(super) unnamed: Vec<&'m str>,
}

/// The kind of a value, with the parts that are compared one by one.
///
/// A schema that is several things is the first of them: a union, an enum, an object with fields, by its `type`.
pub(super) enum Sort<'m, 'a> {
    Any,
    Scalar(&'m str),
    Values(Vec<&'m Part<'a>>),
    Array(Option<&'m Part<'a>>),
    Map(Option<&'m Part<'a>>),
    Object(Vec<&'m Part<'a>>),
    Union(Vec<&'m Part<'a>>),
}

impl Sort<'_, '_> {
    /// Whether a default can be a value of this kind. One that cannot is an error of the document, and says nothing.
    fn takes(&self, format: Option<&str>, value: &Value) -> bool {
        match (self, value) {
            (Sort::Any | Sort::Union(_), _) => true,
            (Sort::Scalar("integer"), Value::Number(number)) => !number.is_f64(),
            (Sort::Scalar("number"), Value::Number(_)) => true,
            (Sort::Scalar("boolean"), Value::Bool(_)) => true,
            (Sort::Scalar("string"), Value::String(text)) => {
                format != Some("date-time") || is_date_time(text)
            }
            (Sort::Values(values), Value::String(text)) => {
                values.iter().any(|known| known.key == *text)
            }
            (Sort::Array(_), Value::Array(_)) => true,
            (Sort::Map(_) | Sort::Object(_), Value::Object(_)) => true,
            _ => false,
        }
    }
}

impl<'m, 'a> Sort<'m, 'a> {
    fn of(view: &View<'m, 'a>) -> Sort<'m, 'a> {
        let parts =
            |kind: Kind| Some(Vec::from_iter(view.of(kind))).filter(|parts| !parts.is_empty());
        let composed = parts(Kind::OneOf)
            .map(Sort::Union)
            .or_else(|| parts(Kind::Value).map(Sort::Values))
            .or_else(|| parts(Kind::Property).map(Sort::Object));
        composed.unwrap_or_else(|| match view.fact("type").and_then(Value::as_str) {
            Some("array") => Sort::Array(view.of(Kind::Items).next()),
            Some("object") => Sort::Map(view.of(Kind::Values).next()),
            Some(kind) => Sort::Scalar(kind),
            None => Sort::Any,
        })
    }
}

impl<'m, 'a> SchemaSummary<'m, 'a> {
    /// Sums up a schema, or what it refers to.
    pub(super) fn of(meaning: &'m Meaning<'a>, part: &'m Part<'a>) -> SchemaSummary<'m, 'a> {
        let view = meaning.view(part);
        let sort = Sort::of(&view);
        let flag = |key: &str| view.fact(key) == Some(&Value::Bool(true));
        let format = view.fact("format").and_then(Value::as_str);
        let default = view.fact(DEFAULT);
        let unnamed = view.fact(UNNAMED).and_then(Value::as_array);
        let unnamed = unnamed.into_iter().flatten();
        let is_odd = |key: &&&'m str| !KNOWN.contains(key) && !key.starts_with("x-");
        SchemaSummary {
            default: default.filter(|value| sort.takes(format, value)),
            unnamed: unnamed.filter_map(Value::as_str).collect(),
            sort,
            name: last_reference(meaning, part),
            format,
            nullable: flag("nullable"),
            deprecated: flag("deprecated"),
            odd: view.facts.keys().filter(is_odd).copied().collect(),
        }
    }

    /// Whether both are read in the same way, apart from what is in them. `integers` is whether the other side
    /// distinguishes them from numbers, which the page does not.
    pub(super) fn is_like(&self, other: &SchemaSummary, integers: bool) -> bool {
        match (&self.sort, &other.sort) {
            (Sort::Scalar("integer"), Sort::Scalar("number")) if !integers => true,
            (Sort::Scalar(one), Sort::Scalar(other)) => one == other,
            (one, other) => std::mem::discriminant(one) == std::mem::discriminant(other),
        }
    }
}

/// References of references are read like the last one.
fn last_reference<'m>(meaning: &'m Meaning, part: &'m Part) -> Option<&'m str> {
    let mut name = part.reference()?;
    for _ in 0..MAX_DEPTH {
        match meaning.component(name).and_then(Part::reference) {
            Some(next) => name = next,
            None => break,
        }
    }
    Some(name)
}

/// A type in a few words, the same for both documents: `string uuid`, `array of values`, `map of any`. Of the page, as
/// it would say it.
pub(super) fn words(source: Source, meaning: &Meaning, part: &Part) -> String {
    words_within(source, meaning, part, &mut Vec::new())
}

/// What is within itself, or deeper than anyone reads, is any value.
fn words_within<'m>(
    source: Source,
    meaning: &'m Meaning,
    part: &'m Part,
    around: &mut Vec<Option<&'m str>>,
) -> String {
    let shape = SchemaSummary::of(meaning, part);
    let is_around = shape.name.is_some() && around.contains(&shape.name);
    if is_around || around.len() >= MAX_DEPTH {
        return "any".to_owned();
    }
    around.push(shape.name);
    let mut inner = |part: Option<&'m Part>| match part {
        Some(part) => words_within(source, meaning, part, around),
        None => "any".to_owned(),
    };
    let words = match &shape.sort {
        Sort::Any => "any".to_owned(),
        Sort::Scalar("integer") if source == Source::Page => "number".to_owned(),
        Sort::Scalar(kind) => (*kind).to_owned(),
        Sort::Values(_) => "values".to_owned(),
        Sort::Array(items) => format!("array of {}", inner(*items)),
        Sort::Map(values) => format!("map of {}", inner(*values)),
        Sort::Object(_) => "object".to_owned(),
        Sort::Union(arms) => {
            let arms: Vec<String> = arms.iter().map(|arm| inner(Some(*arm))).collect();
            arms.join(" or ")
        }
    };
    around.pop();
    match shape.format {
        Some(format) if source == Source::Document && words != "any" => format!("{words} {format}"),
        _ => words,
    }
}
