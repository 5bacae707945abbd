//! Schemas without a type.
//!
//! A schema without `type` takes any value. In an optional field that is a decision, and the bindings keep the
//! value as JSON; anywhere else a line is missing:
//!
//! ```yaml
//! output_metadata: {description: Anything.}     # right: optional, of any type
//! processed_at: {format: date-time}             # wrong: `format` says nothing without a type
//! item_id: {description: The item.}             # wrong where it is required
//! Job: {properties: {...}}                      # wrong: a component has a type
//! ```

use super::types::{KEYWORDS, type_of_format};
use crate::report::Report;
use crate::rule::Rule;
use crate::spec::{COMPOSED, Role, Site, Spec, referenced};
use crate::yaml::Node;

/// Beside `allOf` a type is needed too, for validators that do not look into it; the generator would do
/// without.
///
/// `not` is here since it is a type by exclusion: beside a union it may take one component out, and a schema of
/// its own would refuse what the service sends.
pub(crate) static TYPE_MISSING: Rule = Rule {
    name: "type-missing",
    why: "without a type, the keywords beside it say nothing and the field becomes any JSON value",
    example: "format: date-time … (no type)",
    fix: "type: string … format: date-time",
};

pub(crate) fn check(spec: &Spec, report: &mut Report) {
    for site in &spec.sites {
        negation(site.schema, report);
        if !site.schema.has("type") {
            missing(site, report);
        }
    }
}

/// Reports a schema without a type, once: the first of four reasons that applies.
fn missing(site: &Site, report: &mut Report) {
    let schema = site.schema;
    let of_any_type = || !schema.has("$ref") && !schema.has_any(&COMPOSED) && schema.is_mapping();
    let (at, message, help) = match (site.role, referenced(schema), lonely_keyword(schema)) {
        (_, None, Some((keyword, help))) => {
            let message = format!("`{keyword}` says nothing without a type");
            (schema.at_key(keyword, site.at), message, help)
        }
        (Role::Property { name, required, .. }, ..) if required && of_any_type() => {
            let message = format!("`{name}` has no type, and so takes any value");
            let help = "write `type: ...`; only an optional field may be of any type";
            (site.at, message, help.to_owned())
        }
        (Role::Component(_), None, _) if !schema.has("$ref") => {
            let message = "the component has no type".to_owned();
            let help = "write `type: object` or `type: string`".to_owned();
            (site.at, message, help)
        }
        (Role::Property { .. }, ..) if schema.has("allOf") => {
            let message = "some tools need a type beside `allOf`".to_owned();
            let help = "write the type of the component beside `allOf`".to_owned();
            (schema.at_key("allOf", site.at), message, help)
        }
        _ => return,
    };
    report.add(&TYPE_MISSING, at, message, help);
}

/// A keyword that needs a type beside it, and the type to write. `format` comes first, since it is the most specific.
fn lonely_keyword(schema: &Node) -> Option<(&'static str, String)> {
    let of_format = schema.text_of("format").and_then(type_of_format);
    let format = of_format.map(|wanted| ("format", wanted));
    let mut keywords = format.into_iter().chain(KEYWORDS);
    if let Some((keyword, wanted)) = keywords.find(|(keyword, _)| schema.has(keyword)) {
        return Some((keyword, format!("write `type: {wanted}`")));
    }
    let help = "write the type; a field of any type needs no `nullable`";
    schema
        .has("nullable")
        .then(|| ("nullable", help.to_owned()))
}

/// `not` takes one component out of a union, and means nothing else.
fn negation(schema: &Node, report: &mut Report) {
    let refused = schema.entry("not");
    if let Some(entry) = refused.filter(|entry| referenced(&entry.value).is_none()) {
        let message = "`not` without a reference refuses values that the service sends";
        let help = "write `not: {$ref: '#/components/schemas/NAME'}`, or remove it";
        report.add(&TYPE_MISSING, entry.at, message, help);
    }
}
