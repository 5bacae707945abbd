//! Documents of other versions, and what OpenAPI 3.1 spells differently.
//!
//! The generator reads OpenAPI 3.0. The vendor publishes 3.1, so that a part copied from there is the most
//! likely source of these keys:
//!
//! ```yaml
//! type: [string, 'null']            # 3.1
//! type: string                      # 3.0
//! nullable: true
//! ```

use crate::report::Report;
use crate::rule::Rule;
use crate::yaml::Node;

/// A complete document of another version has this one finding and no other: checking it key by key would bury
/// the reason. Single keys of 3.1 within a document that says it is 3.0 are reported where they stand, with
/// what 3.0 has for them.
pub(crate) static OPENAPI_30_ONLY: Rule = Rule {
    name: "openapi-3.0-only",
    why: "the generator reads OpenAPI 3.0, and ignores or refuses what 3.1 spells differently",
    example: "type: [string, 'null']",
    fix: "type: string … nullable: true",
};

/// Keys of OpenAPI 3.1, and what 3.0 has in their place. `examples` is here for schemas only: parameters and
/// media types of 3.0 have that key, and are looked up before this table.
pub(super) const OPENAPI_31: [(&str, &str); 22] = [
    ("const", "write an enum of one value, as a component"),
    ("examples", "write `example: ...`"),
    ("$defs", "write a component"),
    ("$schema", "remove it"),
    ("$id", "remove it"),
    ("$anchor", "write a component"),
    ("$comment", "write a YAML comment"),
    ("prefixItems", "write `items: ...`"),
    ("contains", "say it in the description"),
    ("patternProperties", "write `additionalProperties: ...`"),
    ("propertyNames", "say it in the description"),
    ("unevaluatedProperties", "write `additionalProperties: {}`"),
    ("dependentSchemas", "say it in the description"),
    ("dependentRequired", "say it in the description"),
    ("if", "say it in the description"),
    ("then", "say it in the description"),
    ("else", "say it in the description"),
    ("contentEncoding", "say it in the description"),
    ("contentMediaType", "say it in the description"),
    ("webhooks", "remove it"),
    ("jsonSchemaDialect", "remove it"),
    ("pathItems", "write the path out"),
];

/// Whether this is a document of another version of OpenAPI, with a finding if so; nothing else is reported
/// then.
///
/// `openapi: 3.0` and `openapi: 3` are mistakes for `3.0.3`, not other versions, and the help says so. Without
/// either key it is `missing-key`'s.
pub(super) fn is_other_version(root: &Node, report: &mut Report) -> bool {
    let found = root.entry("swagger").or_else(|| root.entry("openapi"));
    let Some(entry) = found else {
        return false;
    };
    let text = entry.value.text().unwrap_or_default();
    let made_from = "and the bindings are made from OpenAPI 3.0";
    let (at, message, help) = match text {
        _ if entry.key.text == "swagger" => {
            let message = format!("this is a Swagger {text} document, {made_from}");
            (entry.at, message, "convert it to OpenAPI 3.0 first")
        }
        _ if text.starts_with("3.0.") => return false,
        "3" | "3.0" => {
            let message = format!("`{text}` is no version of OpenAPI");
            (entry.value.at, message, "write `3.0.3`")
        }
        _ => {
            let message = format!("this is an OpenAPI {text} document, {made_from}");
            let help = "write `openapi: 3.0.3`, and what 3.1 spells differently as 3.0 does";
            (entry.value.at, message, help)
        }
    };
    report.add(&OPENAPI_30_ONLY, at, message, help);
    true
}
