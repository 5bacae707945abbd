//! Credentials, told by their names.

use super::Rule;
use crate::finding::Position;
use crate::report::Report;
use crate::spec::{Role, Site, Spec};
use crate::words::words;
use crate::yaml::Node;

pub(crate) static SECRET_IS_PASSWORD: Rule = Rule {
    name: "secret-is-password",
    why: "only what says `format: password` is kept out of logs and of `Debug`",
    example: "azure_openai_key: {type: string}",
    fix: "azure_openai_key: {type: string, format: password}, or x-not-secret: true for a key that opens nothing",
};

/// Words that mark a text as a credential, in the singular.
const WORDS: [&str; 9] = [
    "key",
    "apikey",
    "token",
    "secret",
    "password",
    "passphrase",
    "credential",
    "authorization",
    "signature",
];

/// Words that mark a map whose values often are credentials.
const MAPS: [&str; 3] = ["header", "credential", "secret"];

/// For the rare text that is called a key and opens nothing.
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
            let cookie = parameter.text_of("in") == Some("cookie");
            if let Some(schema) = parameter
                .get("schema")
                .filter(|_| cookie || is_secret(name, &WORDS))
            {
                let schema = spec.resolve(schema).unwrap_or(schema);
                must_be_password(name, schema, schema.at, report);
            }
        }
    }
}

fn property(name: &str, site: &Site, report: &mut Report) {
    let schema = site.schema;
    if is_secret(name, &WORDS) {
        must_be_password(name, schema, site.at, report);
        if let Some(items) = schema.get("items") {
            must_be_password(name, items, items.at, report);
        }
    }
    if is_secret(name, &MAPS)
        && let Some(values) = schema.entry("additionalProperties")
    {
        must_be_password(name, &values.value, values.at, report);
    }
}

/// Only a text can be a credential: `max_tokens` is a number, `use_api_key` a boolean.
fn must_be_password(name: &str, schema: &Node, at: Position, report: &mut Report) {
    let is = |key: &str, wanted: &str| schema.text_of(key) == Some(wanted);
    let exempt = schema.get(EXEMPT).is_some_and(Node::is_true);
    if is("type", "string") && !is("format", "password") && !exempt {
        let at = schema.entry("format").map_or(at, |entry| entry.at);
        let message = format!("`{name}` sounds like a credential");
        let help = format!("write `format: password`; if it opens nothing, write `{EXEMPT}: true`");
        report.add(&SECRET_IS_PASSWORD, at, message, help);
    }
}

/// Whether a text of that name is to be taken for a credential.
pub(crate) fn sounds_secret(name: &str) -> bool {
    is_secret(name, &WORDS)
}

fn is_secret(name: &str, list: &[&str]) -> bool {
    let singular = |word: &str| word.strip_suffix('s').unwrap_or(word).to_owned();
    words(name)
        .iter()
        .any(|word| list.contains(&word.as_str()) || list.contains(&singular(word).as_str()))
}

#[cfg(test)]
mod tests {
    use super::{WORDS, is_secret};

    #[test]
    fn whole_words_tell_a_credential() {
        for name in [
            "azure_openai_key",
            "webhookSigningSecret",
            "Authorization",
            "api_keys",
            "access_token",
        ] {
            assert!(is_secret(name, &WORDS), "{name}");
        }
        for name in [
            "parameters_hash",
            "keep_page_separator_when_merging_tables",
            "monkey",
            "keyboard",
            "session_id",
        ] {
            assert!(!is_secret(name, &WORDS), "{name}");
        }
    }
}
