//! `required`, against the properties beside it.
//!
//! ```yaml
//! Item:
//!   type: object
//!   required: [item_idd]          # wrong: serde then waits for a field that nothing declares
//!   properties: {item_id: {type: string}}
//! ```
//!
//! `required: true` at a field, a habit from parameters, is `wrong-value`'s.

use super::twice::already;
use crate::nearest::did_you_mean;
use crate::report::Report;
use crate::rule::Rule;
use crate::spec::Spec;
use std::collections::HashMap;

/// Only the properties of the same schema count, not those that an `allOf` beside it brings, since `allOf`
/// stands for one reference here and has no siblings of that kind.
pub(crate) static REQUIRED_UNDECLARED: Rule = Rule {
    name: "required-undeclared",
    why: "a required property that is not declared makes the generated type refuse every response",
    example: "required: [item_idd]",
    fix: "required: [item_id]",
};

/// The first one is right and the others are reported, with the line of the first.
pub(crate) static REQUIRED_DUPLICATE: Rule = Rule {
    name: "required-duplicate",
    why: "a name that is listed twice was meant to be another name",
    example: "required: [item_id, item_id]",
    fix: "required: [item_id, item_name]",
};

pub(crate) fn check(spec: &Spec, report: &mut Report) {
    for site in &spec.sites {
        let mut lines = HashMap::new();
        for (name, at) in site.schema.texts_of("required") {
            if site.schema.property(name).is_none() {
                let message = format!("`{name}` is required, but there is no such property");
                let near = did_you_mean(name, site.schema.keys_of("properties"));
                let declare = || format!("declare `{name}` below `properties`, or remove it here");
                let help = near.unwrap_or_else(declare);
                report.add(&REQUIRED_UNDECLARED, at, message, help);
            }
            if let Some(line) = already(&mut lines, name, at.line) {
                let message = format!("`{name}` is already required on line {line}");
                let help = "remove it, or name the property that was meant";
                report.add(&REQUIRED_DUPLICATE, at, message, help);
            }
        }
    }
}
