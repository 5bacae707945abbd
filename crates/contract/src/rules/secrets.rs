//! Credentials, recognized by their names.
//!
//! `format: password` is what makes the generator use `Secret`, and `format: uri` what makes it use
//! `SensitiveUrl`; both are masked in `Debug`, tables, logs and exports. A name that sounds like one of them
//! must say so, or say that it is none:
//!
//! ```yaml
//! azure_openai_key: {type: string}                          # wrong: printed by the next `{:?}`
//! azure_openai_key: {type: string, format: password}        # right
//! cache_key: {type: string, x-not-secret: true}             # right: it opens nothing
//! webhook_url: {type: string, format: uri}                  # right: the query may hold a signature
//! webhook_headers: {type: object, additionalProperties: {type: string, format: password}}
//! ```
//!
//! Which names those are is `credential.rs`, for this rule as for unknown fields in the command.

use crate::credential::is_credential;
use crate::finding::Position;
use crate::report::Report;
use crate::rule::Rule;
use crate::spec::{Role, Site, Spec};
use crate::yaml::Node;
use heck::ToSnakeCase;

/// Looks at fields, the items of lists and the values of maps of such names, and at parameters: those in a
/// cookie always. A number or a boolean opens nothing (`max_tokens`, `use_api_key`), nor does a bare reference:
/// an enum is a list of public words. Values are not looked at; a key in a text with a harmless name is found
/// by nobody.
pub(crate) static SECRET_IS_PASSWORD: Rule = Rule {
    name: "secret-is-password",
    why: "only what says `format: password` is kept out of logs and of `Debug`; a key that opens nothing says `x-not-secret: true`",
    example: "azure_openai_key: {type: string}",
    fix: "azure_openai_key: {type: string, format: password}",
};

/// Words that mark a map whose values often are credentials.
const MAP_WORDS: [&str; 2] = ["env", "environment"];

/// For the rare text that is called a key and opens nothing. It has no effect but on this rule.
const EXEMPT: &str = "x-not-secret";

pub(crate) fn check(spec: &Spec, report: &mut Report) {
    for site in &spec.sites {
        if let Role::Property { name, .. } = site.role {
            property(name, site, report);
        }
    }
    for operation in spec.operations() {
        for parameter in operation.parameters(spec) {
            let name = parameter.text_of("name").unwrap_or_default();
            let is_secret = parameter.text_of("in") == Some("cookie") || is_credential(name);
            if let Some(schema) = parameter.get("schema").filter(|_| is_secret) {
                let schema = spec.resolve(schema).unwrap_or(schema);
                must_be_password(name, schema, schema.at, report);
            }
        }
    }
}

/// Checks a field, and what it holds if it is a list or a map.
fn property(name: &str, site: &Site, report: &mut Report) {
    let schema = site.schema;
    let items = schema.get("items").map(|items| (items, items.at));
    for (schema, at) in items.into_iter().chain([(schema, site.at)]) {
        if is_credential(name) {
            must_be_password(name, schema, at, report);
        } else if is_url(name) {
            must_be_url(name, schema, at, report);
        }
    }
    if is_credential_map(name)
        && let Some(values) = schema.entry("additionalProperties")
    {
        must_be_password(name, &values.value, values.at, report);
    }
}

/// `env: {DB_PASSWORD: ...}` holds credentials under keys that nobody knows, so the name of the map decides.
fn is_credential_map(name: &str) -> bool {
    let snake = name.to_snake_case();
    is_credential(name) || snake.split('_').any(|word| MAP_WORDS.contains(&word))
}

/// A URL may hold a password before its host, or a signature in its query.
pub(crate) fn is_url(name: &str) -> bool {
    let snake = name.to_snake_case();
    let last = snake.rsplit('_').next().unwrap_or_default();
    ["url", "urls", "uri", "uris", "proxy"].contains(&last)
}

/// A URL may also be a password, which masks more; so any `format` is accepted here.
fn must_be_url(name: &str, schema: &Node, at: Position, report: &mut Report) {
    if is_text(schema) && !schema.has("format") {
        let message = format!("`{name}` sounds like a URL, which may hold a credential");
        let help = format!("write `format: uri`; if it never does, write `{EXEMPT}: true`");
        report.add(&SECRET_IS_PASSWORD, at, message, help);
    }
}

fn must_be_password(name: &str, schema: &Node, at: Position, report: &mut Report) {
    if is_text(schema) && schema.text_of("format") != Some("password") {
        let at = schema.at_key("format", at);
        let message = format!("`{name}` sounds like a credential");
        let help = format!("write `format: password`; if it opens nothing, write `{EXEMPT}: true`");
        report.add(&SECRET_IS_PASSWORD, at, message, help);
    }
}

/// Only a text can be a credential: `max_tokens` is a number, `use_api_key` a boolean.
fn is_text(schema: &Node) -> bool {
    schema.text_of("type") == Some("string") && !schema.flag(EXEMPT)
}
