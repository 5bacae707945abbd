//! Names that are the same name in Rust.
//!
//! A name of the wire becomes a name of Rust by `heck`, here as in the generator, and two may become one:
//!
//! | wire | Rust |
//! |---|---|
//! | `parse.success`, `parse_success` | the variant `ParseSuccess`, twice |
//! | `outputBucket`, `output_bucket` | the field `output_bucket`, twice |
//! | `JobType`, `jobType` | the type `JobType`, twice |
//!
//! Two names are taken from the start: the field `extra`, which keeps unknown keys, and the variant `Unknown`,
//! which keeps unknown values. What cannot be named at all goes into `x-unnamed`, and is read as what is not
//! known.

use super::twice::already;
use crate::report::Report;
use crate::rule::Rule;
use crate::rust_name::{UNKNOWN, field_name, variant_name};
use crate::spec::{Spec, UNNAMED};
use crate::yaml::{Node, NodeKind};
use heck::ToUpperCamelCase;
use std::collections::HashMap;

/// The very same text twice. Values that only become the same in Rust are `enum-name-collision`'s.
pub(crate) static ENUM_DUPLICATE: Rule = Rule {
    name: "enum-duplicate",
    why: "a value that is listed twice was meant to be another value",
    example: "enum: [parse, parse]",
    fix: "enum: [parse, extract]",
};

/// A YAML list does not mind what is in an item, so a mistake there becomes a value that no response ever has:
///
/// ```yaml
/// enum:
///   - parse, extract      # wrong: one value with a comma
///   - "classify "         # wrong: a space at the end
///   - "%"                 # wrong: no letter or digit to name a variant by
///   - classify            # right
/// ```
pub(crate) static ENUM_VALUE: Rule = Rule {
    name: "enum-value",
    why: "a value becomes a Rust variant, and a stray comma or space makes it a value that the service never sends",
    example: "- extract,",
    fix: "- extract",
};

/// Letters of either case are alike in a variant name, and so are all separators. A value that becomes
/// `Unknown` is reported too.
pub(crate) static ENUM_NAME_COLLISION: Rule = Rule {
    name: "enum-name-collision",
    why: "two values that become the same Rust variant do not compile",
    example: "enum: [parse.success, parse_success]",
    fix: "keep one of them; `unknown` is taken by the variant for new values",
};

/// Within one object. A key that is there twice to the letter is reported as `duplicate-key` while the file is
/// read.
pub(crate) static PROPERTY_NAME_COLLISION: Rule = Rule {
    name: "property-name-collision",
    why: "two properties that become the same Rust field do not compile",
    example: "outputBucket: ... output_bucket: ...",
    fix: "keep one of them; `extra` is taken by the field for unknown keys",
};

/// ```yaml
/// schemas:
///   job_type: ...      # wrong: JobType
///   Option: ...        # wrong: the generated code means another Option
///   S3Path: ...        # right; a digit starts no new word
/// ```
pub(crate) static COMPONENT_NAME: Rule = Rule {
    name: "component-name",
    why: "components become Rust types, so their names are UpperCamelCase, and no two become the same type",
    example: "schemas: {job_type: ...}",
    fix: "schemas: {JobType: ...}",
};

/// Types that the generated code uses by their bare name. A component of such a name would shadow them.
pub(crate) const TAKEN: [&str; 9] = [
    "Job",
    "Json",
    "JsonObject",
    "Option",
    "Secret",
    "Self",
    "SensitiveUrl",
    "String",
    "Timestamp",
];

pub(crate) fn check(spec: &Spec, report: &mut Report) {
    for site in &spec.sites {
        enum_values(site.schema, report);
        unnamed(site.schema, report);
        properties(site.schema, report);
    }
    component_names(spec, report);
}

/// Checks the values of one enum, each once: a value with a mistake of its own is not compared with the others.
fn enum_values(schema: &Node, report: &mut Report) {
    let mut lines: HashMap<&str, usize> = HashMap::new();
    let mut variants: HashMap<String, (&str, usize)> = HashMap::new();
    // What is no text has another rule.
    let values = schema.items_of("enum").iter();
    let line = schema.at_key("enum", schema.at).line;
    for (value, item) in values.filter_map(|item| Some((item.string()?, item))) {
        let at = item.at;
        let is_plain = matches!(&item.kind, NodeKind::Scalar(text) if text.plain);
        if is_plain && at.line == line && value.contains(' ') {
            let message = format!("`{value}` in brackets looks like several values");
            let help = "write a `,` between values, and a value with a space in quotes";
            report.add(&ENUM_VALUE, at, message, help);
            continue;
        }
        if let Some(line) = already(&mut lines, value, at.line) {
            let message = format!("`{value}` is already on line {line}");
            let help = "remove it, or write the value that was meant";
            report.add(&ENUM_DUPLICATE, at, message, help);
            continue;
        }
        let variant = match variant(value) {
            Ok(variant) => variant,
            Err((message, help)) => {
                report.add(&ENUM_VALUE, at, message, help);
                continue;
            }
        };
        if variant == UNKNOWN {
            let message = format!("`{value}` becomes the variant that stands for new values");
            let help = "leave it out; it is read as a value that is not known";
            report.add(&ENUM_NAME_COLLISION, at, message, help);
        }
        if let Some((other, line)) = already(&mut variants, variant, (value, at.line)) {
            let message = format!("`{value}` and `{other}` on line {line} are one variant in Rust");
            report.add(&ENUM_NAME_COLLISION, at, message, "keep one of them");
        }
    }
}

/// What has no name in Rust is not documented as a value or a property as well.
fn unnamed(schema: &Node, report: &mut Report) {
    for (name, at) in schema.texts_of(UNNAMED) {
        let is_value = schema.texts_of("enum").any(|(value, _)| value == name);
        let (rule, what) = match (is_value, schema.property(name)) {
            (true, _) => (&ENUM_DUPLICATE, "a value of the enum"),
            (_, Some(_)) => (&PROPERTY_NAME_COLLISION, "a property of the object"),
            _ => continue,
        };
        let message = format!("`{UNNAMED}` has `{name}`, which is {what}");
        report.add(rule, at, message, "remove one of the two");
    }
}

/// The variant of a value that no rule refuses.
pub(crate) fn variant_of(value: &str) -> Option<String> {
    variant(value).ok()
}

/// The variant of a value; or a message and a help, where the value is not what it was meant to be.
///
/// `"extract,"` has a character too many, `"parse, extract"` is several values, `"%"` has nothing to name a
/// variant by. An empty text is reported apart from that, since it is usually a forgotten value.
fn variant(value: &str) -> Result<String, (String, String)> {
    let leave_out = || "leave it out; it is read as a value that is not known".to_owned();
    let meant = value.trim().trim_end_matches([',', ';', ':']).trim();
    Err(if meant != value && !meant.is_empty() {
        let message = format!("`{value}` has a character too many");
        (message, format!("write `{meant}`"))
    } else if value.contains([',', '\n', '\t']) || format!(" {value}").contains(" - ") {
        let message = format!("`{}` looks like several values", value.escape_debug());
        (message, "write one `- ` line for each value".to_owned())
    } else if let Some(variant) = variant_name(value) {
        return Ok(variant);
    } else if value.is_empty() {
        let message = "an empty text cannot name a Rust variant".to_owned();
        (message, leave_out())
    } else {
        let message = format!("`{value}` has no letter or digit to name a Rust variant by");
        (message, leave_out())
    })
}

fn properties(schema: &Node, report: &mut Report) {
    let mut fields: HashMap<String, (&str, usize)> = HashMap::new();
    for entry in schema.entries_of("properties") {
        let name = entry.key.text.as_str();
        let field = field_name(name);
        if field == "extra" {
            let message = format!("`{name}` becomes the field that keeps unknown keys");
            let help = "leave it out; it is kept as an unknown key";
            report.add(&PROPERTY_NAME_COLLISION, entry.at, message, help);
            continue;
        }
        let first = already(&mut fields, field, (name, entry.at.line));
        // The very same name is a duplicate key.
        if let Some((other, line)) = first.filter(|(other, _)| *other != name) {
            let message = format!("`{name}` and `{other}` on line {line} are one field in Rust");
            let help = "keep one of them";
            report.add(&PROPERTY_NAME_COLLISION, entry.at, message, help);
        }
    }
}

fn component_names(spec: &Spec, report: &mut Report) {
    let mut types: HashMap<String, (&str, usize)> = HashMap::new();
    for entry in spec.components() {
        let name = entry.key.text.as_str();
        let wanted = name.to_upper_camel_case();
        let (other, line) = *types.entry(wanted.clone()).or_insert((name, entry.at.line));
        let (message, help) = if other != name {
            let message = format!("`{name}` and `{other}` on line {line} are one type in Rust");
            (message, "keep one of them".to_owned())
        } else if !wanted.starts_with(|first: char| first.is_ascii_uppercase()) {
            let message = format!("`{name}` does not begin with a letter, as Rust types do");
            (
                message,
                "write a name in UpperCamelCase, such as `JobType`".to_owned(),
            )
        } else if wanted != name {
            let message = format!("`{name}` is not in UpperCamelCase, as Rust types are");
            (message, format!("write `{wanted}`"))
        } else if TAKEN.contains(&name) {
            let message = format!("`{name}` is the name of another type in the bindings");
            let help = format!("write another name, such as `{name}Object`");
            (message, help)
        } else {
            continue;
        };
        report.add(&COMPONENT_NAME, entry.at, message, help);
    }
}
