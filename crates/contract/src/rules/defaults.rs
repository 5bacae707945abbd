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
        let Some(default) = site.schema.entry(DEFAULT) else {
            continue;
        };
        let value = default.value.to_json();
        for (pointer, problem) in instance::problems(spec, site.schema, &value) {
            let at = default.value.pointer(&pointer);
            let at = at.map_or(default.value.at, |(_, at)| at);
            let message = format!("the default {}", problem);
            report.add(
                &DEFAULT_MATCHES_SCHEMA,
                at,
                message,
                "correct the default, or the schema",
            );
        }
    }
}
