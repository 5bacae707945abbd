//! `type` and `format`, and the keywords that go with a type.
//!
//! ```yaml
//! type: boolan                              # unknown-type
//! {type: string, format: datetime}          # unknown-format: would silently be a plain string
//! {type: integer, format: date-time}        # type-mismatch
//! {type: string, items: {type: string}}     # type-mismatch: a list was meant
//! {type: string, enum: [1, 2]}              # type-mismatch: the values are numbers
//! ```
//!
//! Which type a keyword belongs to is in two tables, `FORMATS` and `KEYWORDS`. Schemas without a type are
//! `untyped.rs`.

use super::vocabulary::MISSING_KEY;
use crate::nearest::did_you_mean;
use crate::report::Report;
use crate::rule::Rule;
use crate::rust_name::variant_name;
use crate::spec::{Spec, referenced};
use crate::yaml::Node;

/// Only if `type` is one word. A list of types, and `null`, are of OpenAPI 3.1, which has a rule of its own.
pub(crate) static UNKNOWN_TYPE: Rule = Rule {
    name: "unknown-type",
    why: "the generator stops at a type that it does not know, with a line of its own source",
    example: "type: boolan",
    fix: "type: boolean",
};

/// OpenAPI allows any format. The bindings have a type for three of them, and know six that inform the reader.
/// `email` and the like would be read as a promise that the service does not make.
pub(crate) static UNKNOWN_FORMAT: Rule = Rule {
    name: "unknown-format",
    why: "a typo in a format silently gives a plain string; other formats refuse what the service really sends",
    example: "format: datetime",
    fix: "format: date-time",
};

/// Also a type beside a reference that is not the one of the component, and what describes the value once more
/// there:
///
/// ```yaml
/// {type: object, allOf: [{$ref: '#/components/schemas/Mode'}]}                 # wrong: Mode is a string
/// {type: string, enum: [a], allOf: [{$ref: '#/components/schemas/Mode'}]}      # wrong: Mode has its values
/// ```
pub(crate) static TYPE_MISMATCH: Rule = Rule {
    name: "type-mismatch",
    why: "a keyword or a reference that contradicts the type describes a value that cannot exist",
    example: "type: string … items: ...",
    fix: "type: array … items: ...",
};

const TYPES: [&str; 6] = ["string", "number", "integer", "boolean", "array", "object"];

/// Formats and the type that they are a format of. The bindings have a type for the first three; the others inform,
/// since a real response may hold more than they allow.
const FORMATS: [(&str, &str); 9] = [
    ("date-time", "string"),
    ("password", "string"),
    ("uri", "string"),
    ("uuid", "string"),
    ("date", "string"),
    ("int32", "integer"),
    ("int64", "integer"),
    ("float", "number"),
    ("double", "number"),
];

/// Keywords and the type without which they mean nothing.
pub(super) const KEYWORDS: [(&str, &str); 5] = [
    ("enum", "string"),
    ("items", "array"),
    ("properties", "object"),
    ("required", "object"),
    ("additionalProperties", "object"),
];

/// Keywords that describe a value, which a reference does already.
const DESCRIBING: [&str; 7] = [
    "format",
    "enum",
    "items",
    "properties",
    "required",
    "additionalProperties",
    "oneOf",
];

pub(crate) fn check(spec: &Spec, report: &mut Report) {
    for site in &spec.sites {
        let known = known_type(site.schema, report);
        format(site.schema, report);
        beside_reference(site.schema, report);
        if let Some(known) = known {
            keywords(site.schema, known, report);
            values(site.schema, report);
            same_as_referenced(spec, site.schema, known, report);
            if known == "array" && !site.schema.has("items") {
                let help = "write `items:` with the schema of one item";
                report.add(&MISSING_KEY, site.at, "an array needs `items`", help);
            }
        }
    }
}

/// The type of a schema, if it is one that there is. `None` without a type, too, and for what is reported
/// elsewhere.
fn known_type<'a>(schema: &'a Node, report: &mut Report) -> Option<&'a str> {
    let node = schema.get("type")?;
    // `null` is a type of OpenAPI 3.1, and reported as that.
    let text = node.text().filter(|text| *text != "null")?;
    if TYPES.contains(&text) {
        return Some(text);
    }
    let one_of = || format!("one of {}", TYPES.join(", "));
    let help = did_you_mean(text, TYPES).unwrap_or_else(one_of);
    let message = format!("there is no type `{text}`");
    report.add(&UNKNOWN_TYPE, node.at, message, help);
    None
}

/// The type that a format is a format of.
pub(super) fn type_of_format(format: &str) -> Option<&'static str> {
    let known = FORMATS.iter().find(|(name, _)| *name == format);
    known.map(|(_, wanted)| *wanted)
}

fn format(schema: &Node, report: &mut Report) {
    let Some(entry) = schema.entry("format") else {
        return;
    };
    let format = entry.value.text().unwrap_or_default();
    let Some(wanted) = type_of_format(format) else {
        let names = FORMATS.map(|(name, _)| name);
        let one_of = || format!("one of {}; a plain text has no format", names.join(", "));
        let help = did_you_mean(format, names).unwrap_or_else(one_of);
        let message = match format {
            "" => "`format` has no value".to_owned(),
            _ => format!("`{format}` is no format that the bindings know"),
        };
        report.add(&UNKNOWN_FORMAT, entry.value.at, message, help);
        return;
    };
    let known = schema.text_of("type").filter(|kind| TYPES.contains(kind));
    if let Some(other) = known.filter(|other| *other != wanted) {
        let message = format!("`{format}` is a format of the type `{wanted}`, not of `{other}`");
        let help = format!("write `type: {wanted}`, or remove `format`");
        report.add(&TYPE_MISMATCH, entry.at, message, help);
    }
}

/// Reports keywords of another type. Where the parts of a list or an object are written, the type is the likely
/// mistake, and the finding is at `type`; an `enum` is a detail of a text, and the finding is at `enum`.
fn keywords(schema: &Node, known: &str, report: &mut Report) {
    for (keyword, wanted) in KEYWORDS {
        let Some(entry) = schema.entry(keyword).filter(|_| wanted != known) else {
            continue;
        };
        // `required: true` is a mistake of another kind.
        if keyword == "required" && entry.value.items().is_empty() {
            continue;
        }
        // An enum is a detail of the type; the parts of an array or an object show its type.
        let of_type = schema.get("type").map_or(entry.at, |node| node.at);
        let at = if keyword == "enum" { entry.at } else { of_type };
        let message = format!("`{keyword}` says nothing about the type `{known}`");
        let help = format!("write `type: {wanted}`, or remove `{keyword}`");
        report.add(&TYPE_MISMATCH, at, message, help);
    }
}

/// The values of an enum are texts: `1` and `true` are none, and neither is an item that was left empty.
fn values(schema: &Node, report: &mut Report) {
    for value in schema.items_of("enum") {
        let (message, help) = match value.text() {
            _ if value.string().is_some() => continue,
            Some("") | None => {
                let help = "write the value alone, such as `- low`";
                ("a value of an enum is a text".to_owned(), help.to_owned())
            }
            Some(text) => {
                let message = format!("`{text}` is no text, as the enum's other values are");
                let help = match variant_name(text) {
                    Some(_) => format!("write `\"{text}\"`"),
                    None => "leave it out; it is read as a value that is not known".to_owned(),
                };
                (message, help)
            }
        };
        report.add(&TYPE_MISMATCH, value.at, message, help);
    }
}

/// What stands beside a reference and describes the value once more.
fn beside_reference(schema: &Node, report: &mut Report) {
    let Some(name) = referenced(schema).filter(|_| !schema.has("$ref")) else {
        return;
    };
    for entry in schema.entries() {
        let key = entry.key.text.as_str();
        if DESCRIBING.contains(&key) {
            let message = format!("`{key}` beside a reference contradicts `{name}`, or repeats it");
            report.add(&TYPE_MISMATCH, entry.at, message, "remove it");
        }
    }
}

/// `type` stands beside `allOf` for validators; it must be that of the component.
fn same_as_referenced(spec: &Spec, schema: &Node, known: &str, report: &mut Report) {
    let component = referenced(schema).and_then(|name| Some((name, spec.component(name)?)));
    let Some((name, component)) = component.filter(|_| !schema.has("$ref")) else {
        return;
    };
    // A component of another type is reported itself.
    if let (Some(node), Some(other @ ("object" | "string"))) =
        (schema.get("type"), component.text_of("type"))
        && other != known
    {
        let message = format!("`{name}` is of type `{other}`, not `{known}`");
        let help = format!("write `type: {other}`");
        report.add(&TYPE_MISMATCH, node.at, message, help);
    }
}
