//! Defaults that the vendor documents. They are not OpenAPI's `default`, which invents data that was not sent.

use crate::instance;
use crate::report::Report;
use crate::rule::Rule;
use crate::spec::{DEFAULT, Spec};

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
