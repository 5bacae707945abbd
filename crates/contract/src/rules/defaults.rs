//! Defaults that the vendor documents. They are not OpenAPI's `default`, which invents data that was not sent.
//!
//! ```yaml
//! save_images: {type: boolean, nullable: true, x-default: true}    # right
//! save_images: {type: boolean, nullable: true, x-default: "true"}  # wrong: a text is no boolean
//! ```
//!
//! `changes_since`, the command's tables and `Document::defaults` show the value where the field is absent, so
//! it has to be one that the field could have.

use crate::instance;
use crate::report::Report;
use crate::rule::Rule;
use crate::spec::{DEFAULT, Spec};

/// The value is compared in the way of examples and real responses (`instance`), with the same leniency: `10.0`
/// is an integer, and `null` is right where the field is `nullable`. Whether the service really does this is
/// not to be seen here; following the vendor's document compares it.
pub(crate) static DEFAULT_MATCHES_SCHEMA: Rule = Rule {
    name: "default-matches-schema",
    why: "a default that its own schema refuses is none; callers are shown it where a field is absent",
    example: "type: boolean … x-default: off",
    fix: "type: boolean … x-default: false",
};

pub(crate) fn check(spec: &Spec, report: &mut Report) {
    for site in &spec.sites {
        let default = site.schema.get(DEFAULT).into_iter();
        let problems =
            default.flat_map(|default| instance::problems_of(spec, site.schema, default));
        for (at, problem) in problems {
            let message = format!("the default {problem}");
            let help = "correct the default, or the schema";
            report.add(&DEFAULT_MATCHES_SCHEMA, at, message, help);
        }
    }
}
