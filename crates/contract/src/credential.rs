//! Which names sound like a credential: the one list, for the rule, for drift and for what the command masks.
//!
//! The list errs on the side of masking: a `connection_string` that has no password is masked for nothing, an
//! `apikey` that is shown is in a log for ever. What opens nothing and is shown on purpose (`session_id`,
//! `page_header_prefix`) is left out by rule, not by name.

use heck::ToSnakeCase;

/// Words that mean a credential wherever they are within a word: `clientsecret`, `apikeys`, `passwd`.
const PARTS: [&str; 12] = [
    "token",
    "secret",
    "passw",
    "passphrase",
    "passcode",
    "signature",
    "credential",
    "authoriz",
    "cookie",
    "apikey",
    "accesskey",
    "privatekey",
];

/// Words that mean a credential only as complete words: `auth` is one, `author` is not.
const WORDS: [&str; 18] = [
    "auth",
    "bearer",
    "cert",
    "certificate",
    "cred",
    "dsn",
    "hmac",
    "jwt",
    "mfa",
    "otp",
    "pass",
    "pem",
    "pin",
    "pwd",
    "sas",
    "session",
    "sig",
    "totp",
];

/// Words that end in `key`, as `apikey` does, and open nothing.
const NOT_KEYS: [&str; 6] = ["donkey", "hockey", "jockey", "monkey", "turkey", "whiskey"];

/// Whether a text of that name is to be treated as a credential, however the name is written.
///
/// Names are split into words as the generator splits them, in singular or plural. A number or a boolean of such a
/// name (`max_tokens`) is none; that is up to those who know the value.
///
/// ```
/// use processing_results_contract::is_credential;
///
/// for name in ["azure_openai_key", "s3Key", "oauth2Token", "X-Api-Key", "webhook_headers", "db_passwd"] {
///     assert!(is_credential(name), "{name}");
/// }
/// for name in ["parameters_hash", "keyword", "monkey", "author", "session_id", "page_header_prefix"] {
///     assert!(!is_credential(name), "{name}");
/// }
/// ```
pub fn is_credential(name: &str) -> bool {
    let name = name.to_snake_case();
    let words: Vec<&str> = name.split('_').map(bare).collect();
    let says = |wanted: &str| words.iter().any(|word| is_word(word, wanted));
    // The identifier of a session or a key is shown in logs on purpose.
    let identifies = words.len() > 1 && words.last() == Some(&"id");
    words.iter().any(|word| {
        let whole = WORDS.iter().any(|wanted| is_word(word, wanted));
        match identifies && is_word(word, "session") {
            true => false,
            false => whole || is_key(word) || PARTS.iter().any(|part| word.contains(part)),
        }
    }) || (says("connection") && says("string"))
        // HTTP headers carry credentials; those of pages and tables are printed on paper.
        || (words.iter().any(|word| word.contains("header")) && !says("page") && !says("table"))
}

/// A word without the digits after it: `key2` is a key, and so is `oauth2` an `oauth`.
fn bare(word: &str) -> &str {
    word.trim_end_matches(|letter: char| letter.is_ascii_digit())
}

/// Whether a word is another one, in singular or plural.
fn is_word(word: &str, wanted: &str) -> bool {
    word == wanted || word.strip_suffix('s') == Some(wanted)
}

/// Whether a word ends in `key` and opens something: `apikeys`, `licensekey`, not `monkey`.
fn is_key(word: &str) -> bool {
    let singular = word.strip_suffix('s').unwrap_or(word);
    singular.ends_with("key") && !NOT_KEYS.contains(&singular)
}

#[cfg(test)]
mod tests {
    use super::is_credential;

    const CREDENTIALS: &[&str] = &[
        "APIKEY",
        "Authorization",
        "Set-Cookie",
        "X-Amz-Signature",
        "X-Api-Key",
        "access_keys",
        "accesskeyid",
        "api2Key",
        "apiKey",
        "api_keys",
        "auth",
        "aws_access_key_id",
        "azure_openai_key",
        "basic_auth",
        "client_certificate",
        "connection_string",
        "credentials",
        "db_passwd",
        "dsn",
        "extra_headers",
        "gpt4oApiKey",
        "hf_access_token",
        "hmac",
        "jwt",
        "key",
        "key2",
        "keys",
        "license-key",
        "oauth2Token",
        "openaiAPIKey",
        "otp",
        "pass",
        "password",
        "pem",
        "pin",
        "private.key",
        "pwd",
        "refresh_token",
        "s3Key",
        "s3_key",
        "sas_url",
        "session",
        "sig",
        "tokens",
        "user_session",
        "v2Secret",
        "webhookHeaders",
        "webhookSigningSecret",
        "webhook_auth",
        "webhook_signing_secret",
    ];

    const OTHERS: &[&str] = &[
        "",
        "author",
        "confidence_score_effort",
        "design",
        "hotkeyless",
        "job_type",
        "keep_page_separator_when_merging_tables",
        "keyboard",
        "keyword",
        "markdown_table_multiline_header_separator",
        "monkey",
        "output_s3_path",
        "page_header_prefix",
        "pages",
        "parameters_hash",
        "passage",
        "pinned",
        "session_id",
        "spinner",
    ];

    #[test]
    fn credentials_are_told_by_their_names() {
        for name in CREDENTIALS {
            assert!(is_credential(name), "{name}");
        }
    }

    #[test]
    fn other_names_are_not_taken_for_credentials() {
        for name in OTHERS {
            assert!(!is_credential(name), "{name}");
        }
    }

    #[test]
    fn a_name_is_the_same_however_it_is_written() {
        use heck::{ToKebabCase, ToLowerCamelCase, ToUpperCamelCase};
        for (list, wanted) in [(CREDENTIALS, true), (OTHERS, false)] {
            for name in list {
                for written in [
                    name.to_kebab_case(),
                    name.to_lower_camel_case(),
                    name.to_upper_camel_case(),
                    name.to_uppercase(),
                ] {
                    // Without a border between its words, a name in capitals is one word.
                    let readable =
                        !name.chars().any(char::is_uppercase) || written != name.to_uppercase();
                    assert!(!readable || is_credential(&written) == wanted, "{written}");
                }
            }
        }
    }
}
