//! Keys that OpenAPI has and a schema of the contract must not have.
//!
//! Each is right in OpenAPI, and makes a worse type of the generator. So they are rows of one table: the key,
//! where it is forbidden, and what to write instead. Whether a key exists at all is `vocabulary.rs`.
//!
//! ```yaml
//! job_type: {title: Kind of job, type: string}       # no-title: renames the Rust type
//! page_count: {type: integer, minimum: 1}            # no-constraint-in-response: a 0 costs the response
//! page_count: {type: integer, description: At least 1.}    # right
//! ```

use crate::report::Report;
use crate::rule::Rule;
use crate::spec::{CONSTRAINTS, DEFAULT, Role, Site, Spec};

/// The vendor's own document writes an optional field as `anyOf: [T, null]`, which `cargo spec upstream`
/// rewrites. For an open set of values the enum alone is right, since every enum of the bindings takes new
/// values:
///
/// ```yaml
/// mode: {anyOf: [{$ref: '#/components/schemas/Mode'}, {type: string}]}   # wrong
/// mode: {$ref: '#/components/schemas/Mode'}                              # right
/// ```
pub(crate) static NO_ANY_OF: Rule = Rule {
    name: "no-any-of",
    why: "`anyOf` becomes a struct that reads neither of its parts",
    example: "anyOf: [{$ref: ...}, {type: string}]",
    fix: "the enum alone, which takes new values anyway, or no type at all, which takes any value",
};

/// In every schema, named or not. The `title` of `info` is another key, and required.
pub(crate) static NO_TITLE: Rule = Rule {
    name: "no-title",
    why: "a title renames the Rust type",
    example: "title: Kind of job",
    fix: "description: Kind of job.",
};

/// Of the schema that is written at the parameter. What a `$ref` leads to is a component, and judged by where
/// else it is used.
pub(crate) static NO_CONSTRAINT_IN_PARAMETER: Rule = Rule {
    name: "no-constraint-in-parameter",
    why: "a constraint makes a type of its own of the parameter, and the service checks it anyway",
    example: "in: query … schema: {type: string, maxLength: 64}",
    fix: "say it in the description",
};

/// Only where the schema can be part of a response. In a parameter a `default` changes nothing of what is sent.
///
/// ```yaml
/// lang: {type: string, nullable: true, default: en}      # wrong: "en" where the service sent nothing
/// lang: {type: string, nullable: true, x-default: en}    # right: shown, never filled in
/// ```
pub(crate) static NO_DEFAULT_IN_RESPONSE: Rule = Rule {
    name: "no-default-in-response",
    why: "a default invents data that the service did not send",
    example: "default: parse",
    fix: "x-default: parse",
};

/// The service may relax a limit any day, and one result that breaks it would cost the complete history.
///
/// ```yaml
/// name: {type: string, maxLength: 64}                               # wrong
/// name: {type: string, description: At most 64 characters.}         # right
/// ```
pub(crate) static NO_CONSTRAINT_IN_RESPONSE: Rule = Rule {
    name: "no-constraint-in-response",
    why: "a constraint makes a type that refuses a response",
    example: "maxLength: 64",
    fix: "say it in the description",
};

/// Keys that a schema must not have.
struct Forbidden {
    rule: &'static Rule,
    keys: &'static [&'static str],
    is_here: fn(&Spec, &Site) -> bool,
    /// `{key}` stands for the key.
    message: &'static str,
    help: &'static str,
}

static FORBIDDEN: [Forbidden; 5] = [
    Forbidden {
        rule: &NO_ANY_OF,
        keys: &["anyOf"],
        is_here: |_, _| true,
        message: "`anyOf` becomes a type that reads none of its parts",
        help: NO_ANY_OF.fix,
    },
    Forbidden {
        rule: &NO_TITLE,
        keys: &["title"],
        is_here: |_, _| true,
        message: "a title renames the type in Rust",
        help: "write it as `description`",
    },
    Forbidden {
        rule: &NO_CONSTRAINT_IN_PARAMETER,
        keys: &CONSTRAINTS,
        is_here: |_, site| matches!(site.role, Role::Parameter),
        message: "`{key}` makes a type of its own of the parameter",
        help: NO_CONSTRAINT_IN_PARAMETER.fix,
    },
    Forbidden {
        rule: &NO_DEFAULT_IN_RESPONSE,
        keys: &["default"],
        is_here: |spec, site| spec.in_response(site),
        message: "a default invents data that the service did not send",
        help: "write `x-default`, which changes no type",
    },
    Forbidden {
        rule: &NO_CONSTRAINT_IN_RESPONSE,
        keys: &CONSTRAINTS,
        is_here: |spec, site| spec.in_response(site),
        message: "`{key}` makes a type that refuses a response",
        help: NO_CONSTRAINT_IN_RESPONSE.fix,
    },
];

/// Looks at every key of every schema that a row is about. A key that is there twice is reported twice.
pub(crate) fn check(spec: &Spec, report: &mut Report) {
    for site in &spec.sites {
        for forbidden in FORBIDDEN.iter().filter(|it| (it.is_here)(spec, site)) {
            for entry in site.schema.entries() {
                let key = entry.key.text.as_str();
                if forbidden.keys.contains(&key) {
                    let message = forbidden.message.replace("{key}", key);
                    let is_said = match key {
                        "default" => site.schema.has(DEFAULT),
                        _ => key == "title" && site.schema.has("description"),
                    };
                    let help = if is_said { "remove it" } else { forbidden.help };
                    report.add(forbidden.rule, entry.at, message, help);
                }
            }
        }
    }
}
