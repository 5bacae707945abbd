//! What a response may contain: everything that the service sends must be read, and kept.

use crate::report::Report;
use crate::rule::Rule;
use crate::spec::{CONSTRAINTS, Role, Site, Spec};
use crate::yaml::Node;

pub(crate) static KEEPS_UNKNOWN_KEYS: Rule = Rule {
    name: "keeps-unknown-keys",
    why: "without `additionalProperties: {}`, keys that the service adds are dropped or refuse the response",
    example: "additionalProperties: false",
    fix: "additionalProperties: {}",
};

pub(crate) static OPTIONAL_IS_NULLABLE: Rule = Rule {
    name: "optional-is-nullable",
    why: "the service sends null for what was not set, and a null that is not allowed costs the complete response",
    example: "lang: {type: string} … (not required)",
    fix: "lang: {type: string, nullable: true}",
};

pub(crate) static NO_DEFAULT_IN_RESPONSE: Rule = Rule {
    name: "no-default-in-response",
    why: "a default invents data that the service did not send",
    example: "default: parse",
    fix: "say in the description what holds where the field is absent",
};

pub(crate) static NO_CONSTRAINT_IN_RESPONSE: Rule = Rule {
    name: "no-constraint-in-response",
    why: "a constraint makes a type that refuses a response",
    example: "maxLength: 64",
    fix: "say it in the description",
};

pub(crate) fn check(spec: &Spec, report: &mut Report) {
    for site in spec.sites.iter().filter(|site| spec.in_response(site)) {
        keeps_unknown_keys(site, report);
        optional_is_nullable(site, report);
        forbidden_keys(site.schema, report);
    }
}

fn keeps_unknown_keys(site: &Site, report: &mut Report) {
    let help = "write `additionalProperties: {}`";
    match site.schema.entry("additionalProperties") {
        Some(entry) if !entry.value.is_mapping() => {
            let text = entry.value.text().unwrap_or_default();
            let message =
                format!("`{text}` here drops the keys that the service adds, or refuses them");
            report.add(&KEEPS_UNKNOWN_KEYS, entry.at, message, help);
        }
        Some(entry) if site.schema.has("properties") && !entry.value.entries().is_empty() => {
            let message = "an unknown key may hold anything";
            report.add(&KEEPS_UNKNOWN_KEYS, entry.at, message, help);
        }
        Some(_) => {}
        None if site.schema.has("properties") || is_bare_object(site) => {
            let message = "the object drops the keys that the service adds";
            report.add(&KEEPS_UNKNOWN_KEYS, site.at, message, help);
        }
        None => {}
    }
}

/// A component that says it is an object and no more; a union has its keys in its branches.
fn is_bare_object(site: &Site) -> bool {
    let composed = ["allOf", "oneOf", "anyOf"]
        .iter()
        .any(|keyword| site.schema.has(keyword));
    let object = site.schema.text_of("type") == Some("object");
    matches!(site.role, Role::Component(_)) && object && !composed
}

fn optional_is_nullable(site: &Site, report: &mut Report) {
    let Role::Property { name, required, .. } = site.role else {
        return;
    };
    let schema = site.schema;
    // A value of any type may be null already.
    let of_any_type = !schema.has("type") && !schema.has("$ref") && !schema.has("allOf");
    if required || of_any_type || schema.flag("nullable") {
        return;
    }
    let help = match schema.has("$ref") {
        true => "write `type: ...`, `nullable: true` and `allOf: [{$ref: ...}]`",
        false => "write `nullable: true`",
    };
    let message = format!("`{name}` is optional, and the service sends null for what is not set");
    let culprit = schema.entry("nullable").or_else(|| schema.entry("$ref"));
    let at = culprit.map_or(site.at, |entry| entry.at);
    report.add(&OPTIONAL_IS_NULLABLE, at, message, help);
}

fn forbidden_keys(schema: &Node, report: &mut Report) {
    if let Some(entry) = schema.entry("default") {
        let message = "a default invents data that the service did not send";
        report.add(
            &NO_DEFAULT_IN_RESPONSE,
            entry.at,
            message,
            NO_DEFAULT_IN_RESPONSE.fix,
        );
    }
    for entry in schema
        .entries()
        .iter()
        .filter(|entry| CONSTRAINTS.contains(&entry.key.text.as_str()))
    {
        let message = format!("`{}` makes a type that refuses a response", entry.key.text);
        report.add(
            &NO_CONSTRAINT_IN_RESPONSE,
            entry.at,
            message,
            NO_CONSTRAINT_IN_RESPONSE.fix,
        );
    }
}
