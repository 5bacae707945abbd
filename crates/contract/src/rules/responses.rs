//! What a response may contain: everything that the service sends must be read, and kept.
//!
//! A schema counts if a response can contain it: written in one, or a component that one leads to, over fields,
//! lists, maps, unions and `x-typed-by`. What is only ever sent is not looked at.
//!
//! ```yaml
//! Result:
//!   type: object
//!   properties:
//!     lang: {type: string}                      # wrong: the service sends `null` for what was not set
//!     lang: {type: string, nullable: true}      # right
//!   additionalProperties: {}                    # right: keys of tomorrow are kept
//! ```

use crate::report::Report;
use crate::rule::Rule;
use crate::spec::{COMPOSED, Role, Site, Spec};

/// `additionalProperties: {}` is the one form that makes the generator keep unknown keys, in a field `extra`.
/// Absent, `true` and `false` drop or refuse them; a schema there would refuse a key that holds something else.
///
/// A map, which has `additionalProperties` and no `properties`, may say what it holds.
pub(crate) static KEEPS_UNKNOWN_KEYS: Rule = Rule {
    name: "keeps-unknown-keys",
    why: "without `additionalProperties: {}`, keys that the service adds are dropped or refuse the response",
    example: "additionalProperties: false",
    fix: "additionalProperties: {}",
};

/// A required field may be `nullable` or not, as the page says. A field of any type (without `type`, `$ref` and
/// `allOf`) takes a null already. Items of lists are not looked at: a list with nulls in it was never seen.
///
/// ```yaml
/// mode: {$ref: '#/components/schemas/Mode'}                                             # wrong
/// mode: {type: string, nullable: true, allOf: [{$ref: '#/components/schemas/Mode'}]}    # right
/// ```
pub(crate) static OPTIONAL_IS_NULLABLE: Rule = Rule {
    name: "optional-is-nullable",
    why: "the service sends null for what was not set, and a null that is not allowed costs the complete response",
    example: "lang: {type: string} … (not required)",
    fix: "lang: {type: string, nullable: true}",
};

pub(crate) fn check(spec: &Spec, report: &mut Report) {
    for site in spec.sites.iter().filter(|site| spec.in_response(site)) {
        keeps_unknown_keys(site, report);
        optional_is_nullable(site, report);
    }
}

/// Reports one schema. A reference or a plain value has no keys to lose, and none of these arms.
fn keeps_unknown_keys(site: &Site, report: &mut Report) {
    let has_properties = site.schema.has("properties");
    let (at, message) = match site.schema.entry("additionalProperties") {
        Some(entry) if !entry.value.is_mapping() => {
            let text = entry.value.text().unwrap_or_default();
            let message =
                format!("`{text}` here drops the keys that the service adds, or refuses them");
            (entry.at, message)
        }
        Some(entry) if has_properties && !entry.value.entries().is_empty() => {
            (entry.at, "an unknown key may hold anything".to_owned())
        }
        None if has_properties || is_bare_object(site) => {
            let message = "the object drops the keys that the service adds";
            (site.at, message.to_owned())
        }
        _ => return,
    };
    let help = "write `additionalProperties: {}`";
    report.add(&KEEPS_UNKNOWN_KEYS, at, message, help);
}

/// A component that says it is an object and no more; a union has its keys in its branches.
fn is_bare_object(site: &Site) -> bool {
    let object = site.schema.text_of("type") == Some("object");
    matches!(site.role, Role::Component(_)) && object && !site.schema.has_any(&COMPOSED)
}

fn optional_is_nullable(site: &Site, report: &mut Report) {
    let Role::Property { name, required, .. } = site.role else {
        return;
    };
    let schema = site.schema;
    // A value of any type may be null already.
    let of_any_type = !schema.has_any(&["type", "$ref", "allOf"]);
    if required || of_any_type || schema.flag("nullable") {
        return;
    }
    let help = match schema.has("$ref") {
        true => "write `type: ...`, `nullable: true` and `allOf: [{$ref: ...}]`",
        false => "write `nullable: true`",
    };
    let message = format!("`{name}` is optional, and the service sends null for what is not set");
    let at = schema.at_key("nullable", schema.at_key("$ref", site.at));
    report.add(&OPTIONAL_IS_NULLABLE, at, message, help);
}
