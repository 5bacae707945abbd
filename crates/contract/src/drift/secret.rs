//! Credentials and URLs, recognized by their form.
//!
//! The contract says which of its fields are secret, but an unknown field has no schema yet. What a value looks like
//! decides whether its schema gets `format: password`. Both errors are possible: a credential of a form that nobody
//! knows is missed, and a long hash is hidden although it opens nothing. The second is the cheaper one.
//!
//! ```text
//! llx-a1b2...                          a credential: a known start
//! Host=db;Password=hunter2             a credential: a name that sounds like one, with a value
//! a1b2c3d4e5f6a7b8c9d0                 a credential: a run of letters and digits that is no word
//! https://hooks.example/s/a1b2c3...    a credential: a path that opens a webhook
//! 182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e none: an id
//! https://u:p@x.example/?sig=a1b2      a URL, whose user and query `format: uri` hides
//! ```

use crate::credential::is_credential;
use crate::rules::secrets::is_url;
use heck::ToSnakeCase;

/// How credentials of well-known services start: PEM keys, AWS, HTTP schemes, JSON web tokens, GitHub, GitLab, Hugging
/// Face, LlamaCloud, services that mark public and secret keys, Stripe, Slack.
const STARTS: [&str; 14] = [
    "-----BEGIN",
    "AKIA",
    "ASIA",
    "Basic ",
    "Bearer ",
    "eyJ",
    "ghp_",
    "glpat-",
    "hf_",
    "llx-",
    "pk-",
    "sk-",
    "sk_",
    "xox",
];

/// A run of letters and digits of this length is no word and no version. The runs of a UUID have 12 at most.
const MIN_RANDOM: usize = 16;

/// Whether a text looks like a credential, or has one in it.
pub(super) fn looks_secret(text: &str) -> bool {
    if looks_like_url(text) {
        // `format: uri` hides the user and the query, not a path that opens a webhook.
        let path = text.split(['?', '#']).next().unwrap_or_default();
        let path = path.rsplit_once('@').map_or(path, |(_, path)| path);
        return text.starts_with("http") && has_random_run(path);
    }
    STARTS.iter().any(|start| text.starts_with(start))
        || has_random_run(text)
        || has_assignment(text)
        // A URL within other text may carry credentials, and `format: uri` would not hide them there.
        || (text.contains("://") && text.contains(['@', '?']))
}

/// Letters and digits in a row, of both kinds. A UUID has no run of that length.
fn has_random_run(text: &str) -> bool {
    let runs = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    runs.filter(|run| run.len() >= MIN_RANDOM).any(|run| {
        let has = |kind: fn(&char) -> bool| run.chars().any(|letter| kind(&letter));
        has(char::is_ascii_digit) && has(char::is_ascii_alphabetic)
    })
}

/// `password=...`, `api-key: ...`, as in connection strings and headers.
///
/// Linear in the length of the text, as a name is looked at by its last [`MAX_NAME`] bytes only.
fn has_assignment(text: &str) -> bool {
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || "_-".contains(letter);
    text.match_indices(['=', ':']).any(|(index, _)| {
        let before = text[..index].trim_end_matches([' ', '"', '\'']);
        let start = before.trim_end_matches(is_name).len();
        let value = text[index + 1..].trim_start_matches([' ', '"', '\'']);
        // Names are short; a long run before the sign is looked at by its end only.
        let name = &before[start.max(before.len().saturating_sub(MAX_NAME))..];
        !value.is_empty() && !name.is_empty() && is_credential(name)
    })
}

/// Longer names than credentials have in connection strings.
const MAX_NAME: usize = 32;

/// Whether a text is one URL, of any scheme.
pub(super) fn looks_like_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else {
        return false;
    };
    let scheme_letter = |letter: char| letter.is_ascii_alphanumeric() || "+.-".contains(letter);
    scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.chars().all(scheme_letter)
        && !rest.is_empty()
        && !text.contains(char::is_whitespace)
}

/// Whether a field of that name has a URL in it.
pub(super) fn sounds_like_url(name: &str) -> bool {
    let snake = name.to_snake_case();
    let mut words = snake.split('_');
    is_url(name)
        || words.any(|word| ["url", "urls", "uri", "uris", "endpoint", "href"].contains(&word))
}

/// Whether a number of a credential's name counts something: `max_tokens` is a count, `token` is none.
pub(super) fn is_count(name: &str) -> bool {
    let snake = name.to_snake_case();
    snake
        .split('_')
        .any(|word| ["tokens", "keys", "max", "min", "count", "limit", "number"].contains(&word))
}

/// Whether a text looks like the name of an enum's value, not like data.
///
/// Such a value is shown in reports and written into the contract; any other one is counted only.
pub(super) fn is_name(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
    (1..=64).contains(&text.len()) && text.bytes().all(fits) && !looks_secret(text)
}

#[cfg(test)]
mod tests {
    use super::{looks_like_url, looks_secret, sounds_like_url};

    #[test]
    fn credentials_are_told_by_their_values() {
        for text in [
            "llx-short",
            "Bearer abc",
            "eyJhbGciOi.x.y",
            "-----BEGIN PRIVATE KEY-----",
            "a1b2c3d4e5f6a7b8c9d0",
            "Host=db;Password=hunter2",
            "X-Api-Key: abc",
            "see https://x.example/?sig=1 first",
            "https://hooks.example/services/a1b2c3d4e5f6a7b8c9d0",
        ] {
            assert!(looks_secret(text), "{text}");
        }
        for text in [
            "",
            "low",
            "a text of several words",
            "182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e",
            "2026-03-01T09:30:00Z",
            "anthropic-sonnet-4.5-20250929",
            "s3://bucket/a1b2c3d4e5f6a7b8c9d0.json",
            "https://u:a1b2c3d4e5f6a7b8c9d0@x.example/?sig=a1b2c3d4e5f6a7b8c9d0",
            "parse_page_with_layout_agent",
        ] {
            assert!(!looks_secret(text), "{text}");
        }
    }

    #[test]
    fn urls_are_told_by_name_and_by_value() {
        assert!(
            ["https://x", "s3://b/k", "postgres://u:p@h/db"]
                .iter()
                .all(|text| looks_like_url(text))
        );
        assert!(
            !["", "://x", "a b://c", "x", "https://a b"]
                .iter()
                .any(|text| looks_like_url(text))
        );
        assert!(
            ["callback_url", "webhookURL", "sas-uri"]
                .iter()
                .all(|name| sounds_like_url(name))
        );
        assert!(!["curl", "urlaub"].iter().any(|name| sounds_like_url(name)));
    }
}
