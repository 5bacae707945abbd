//! `type` and `format`, and the keywords that go with a type.

use super::vocabulary::MISSING_KEY;
use crate::nearest::did_you_mean;
use crate::report::Report;
use crate::rule::Rule;
use crate::spec::{Role, Site, Spec, referenced};
use crate::yaml::{Node, NodeKind};

pub(crate) static UNKNOWN_TYPE: Rule = Rule {
    name: "unknown-type",
    why: "the generator stops at a type that it does not know, with a line of its own source",
    example: "type: boolan",
    fix: "type: boolean",
};

pub(crate) static UNKNOWN_FORMAT: Rule = Rule {
    name: "unknown-format",
    why: "a typo in a format silently gives a plain string; other formats refuse what the service really sends",
    example: "format: datetime",
    fix: "format: date-time",
};

pub(crate) static TYPE_MISSING: Rule = Rule {
    name: "type-missing",
    why: "without a type, the keywords beside it say nothing and the field becomes any JSON value",
    example: "format: date-time … (no type)",
    fix: "type: string … format: date-time",
};

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
const KEYWORDS: [(&str, &str); 5] = [
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
        negation(site.schema, report);
        if let Some(known) = known {
            keywords(site.schema, known, report);
            same_as_referenced(spec, site.schema, known, report);
            if known == "array" && !site.schema.has("items") {
                let help = "write `items:` with the schema of one item";
                report.add(&MISSING_KEY, site.at, "an array needs `items`", help);
            }
        } else if !site.schema.has("type") {
            missing(site, report);
        }
    }
}

fn known_type<'a>(schema: &'a Node, report: &mut Report) -> Option<&'a str> {
    let node = schema.get("type")?;
    let NodeKind::Scalar(text) = &node.kind else {
        return None;
    };
    // `null` is a type of OpenAPI 3.1, and reported as that.
    if TYPES.contains(&text.text.as_str()) || text.text == "null" {
        return Some(text.text.as_str()).filter(|text| *text != "null");
    }
    let help = did_you_mean(&text.text, TYPES);
    let help = help.unwrap_or_else(|| format!("one of {}", TYPES.join(", ")));
    report.add(
        &UNKNOWN_TYPE,
        node.at,
        format!("there is no type `{}`", text.text),
        help,
    );
    None
}

fn format(schema: &Node, report: &mut Report) {
    let Some(entry) = schema.entry("format") else {
        return;
    };
    let format = entry.value.string().unwrap_or_default();
    let known = FORMATS.iter().find(|(name, _)| *name == format);
    let Some((_, wanted)) = known else {
        let names = || FORMATS.iter().map(|(name, _)| *name);
        let list = names().collect::<Vec<_>>().join(", ");
        let help = did_you_mean(format, names())
            .unwrap_or_else(|| format!("one of {list}; a plain text has no format"));
        let message = match format {
            "" => "`format` has no value".to_owned(),
            _ => format!("`{format}` is no format that the bindings know"),
        };
        report.add(&UNKNOWN_FORMAT, entry.value.at, message, help);
        return;
    };
    if let Some(other) = schema
        .text_of("type")
        .filter(|other| TYPES.contains(other) && other != wanted)
    {
        let message = format!("`{format}` is a format of the type `{wanted}`, not of `{other}`");
        let help = format!("write `type: {wanted}`, or remove `format`");
        report.add(&TYPE_MISMATCH, entry.at, message, help);
    }
}

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
    for value in schema.items_of("enum") {
        match value.text() {
            _ if value.string().is_some() => {}
            Some("") | None => {
                let message = "a value of an enum is a text";
                report.add(
                    &TYPE_MISMATCH,
                    value.at,
                    message,
                    "write the value alone, such as `- low`",
                );
            }
            Some(text) => {
                let message = format!("`{text}` is no text, as the enum's other values are");
                report.add(
                    &TYPE_MISMATCH,
                    value.at,
                    message,
                    format!("write `\"{text}\"`"),
                );
            }
        }
    }
}

/// What stands beside a reference and describes the value once more.
fn beside_reference(schema: &Node, report: &mut Report) {
    let Some(name) = referenced(schema).filter(|_| !schema.has("$ref")) else {
        return;
    };
    for entry in schema
        .entries()
        .iter()
        .filter(|entry| DESCRIBING.contains(&entry.key.text.as_str()))
    {
        let message = format!(
            "`{}` beside a reference contradicts `{name}`, or repeats it",
            entry.key.text
        );
        report.add(&TYPE_MISMATCH, entry.at, message, "remove it");
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
        report.add(
            &TYPE_MISMATCH,
            node.at,
            message,
            format!("write `type: {other}`"),
        );
    }
}

fn missing(site: &Site, report: &mut Report) {
    let format = site.schema.text_of("format");
    let format = FORMATS.iter().find(|(name, _)| Some(*name) == format);
    let found = format
        .map(|(_, wanted)| ("format", Some(*wanted)))
        .into_iter();
    let found = found.chain(
        KEYWORDS
            .iter()
            .map(|(keyword, wanted)| (*keyword, Some(*wanted))),
    );
    let found = found
        .chain([("nullable", None)])
        .find(|(keyword, _)| site.schema.has(keyword));
    if referenced(site.schema).is_some() && !matches!(site.role, Role::Property { .. }) {
        return;
    }
    if let Some((keyword, wanted)) = found.filter(|_| referenced(site.schema).is_none()) {
        let help = wanted.map(|wanted| format!("write `type: {wanted}`"));
        let help = help
            .unwrap_or_else(|| "write the type; a field of any type needs no `nullable`".into());
        let message = format!("`{keyword}` says nothing without a type");
        report.add(
            &TYPE_MISSING,
            site.schema.entry(keyword).map_or(site.at, |entry| entry.at),
            message,
            help,
        );
    } else if let Role::Property {
        name,
        required: true,
        ..
    } = site.role
        && !["$ref", "allOf", "oneOf", "anyOf"]
            .iter()
            .any(|key| site.schema.has(key))
        && site.schema.is_mapping()
    {
        let message = format!("`{name}` has no type, and so takes any value");
        report.add(
            &TYPE_MISSING,
            site.at,
            message,
            "write `type: ...`; only an optional field may be of any type",
        );
    } else if matches!(site.role, Role::Component(_)) && !site.schema.has("$ref") {
        report.add(
            &TYPE_MISSING,
            site.at,
            "the component has no type",
            "write `type: object` or `type: string`",
        );
    } else if let Some(entry) = site
        .schema
        .entry("allOf")
        .filter(|_| matches!(site.role, Role::Property { .. }))
    {
        let help = "write the type of the component beside `allOf`";
        report.add(
            &TYPE_MISSING,
            entry.at,
            "some tools need a type beside `allOf`",
            help,
        );
    }
}

/// `not` takes one component out of a union, and means nothing else.
fn negation(schema: &Node, report: &mut Report) {
    if let Some(entry) = schema
        .entry("not")
        .filter(|entry| referenced(&entry.value).is_none())
    {
        let message = "`not` without a reference refuses values that the service sends";
        let help = "write `not: {$ref: '#/components/schemas/NAME'}`, or remove it";
        report.add(&TYPE_MISSING, entry.at, message, help);
    }
}
