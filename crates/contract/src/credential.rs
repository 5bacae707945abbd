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
const WORDS: [&str; 19] = [
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
    "pw",
    "pwd",
    "sas",
    "session",
    "sig",
    "totp",
];

/// Words that end in `key` or `pass`, as `apikey` and `storepass` do, and open nothing.
const NOT_KEYS: &str = "bypass compass donkey encompass hockey jockey \
    monkey overpass surpass trespass turkey whiskey";
/// Words that say how many tokens of a text there are, or may be.
const AMOUNTS: &str = "budget cached completion count input limit max \
    min num output per prompt total usage used";

/// Whether a text of that name is to be treated as a credential, however the name is written.
///
/// Names are split into words as the generator splits them, in singular or plural. What counts tokens
/// (`max_tokens`) opens nothing.
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
    let is_amount = words.contains(&"tokens") && words.iter().any(|word| is_one_of(AMOUNTS, word))
        || words
            .last()
            .is_some_and(|word| is_one_of("count limit usage", word));
    let is_one = |word: &&str| match *word {
        word if identifies && is_word(word, "session") => false,
        word if is_amount && is_word(word, "token") => false,
        word => {
            let whole = WORDS.iter().any(|wanted| is_word(word, wanted));
            // A tokenizer splits texts.
            let is_part = |part: &&str| word.contains(*part) && !word.contains("tokeni");
            whole || opens(word) || PARTS.iter().any(is_part)
        }
    };
    words.iter().any(is_one) || (says("connection") && says("string"))
        // HTTP headers carry credentials; those of pages and tables are printed on paper.
        || (words.iter().any(|word| word.contains("header")) && !says("page") && !says("table"))
}

/// A word without the digits after it: `key2` is a key, and so is `oauth2` an `oauth`.
fn bare(word: &str) -> &str {
    word.trim_end_matches(|letter: char| letter.is_ascii_digit())
}

fn is_one_of(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|it| it == word)
}

/// Whether a word is another one, in singular or plural.
fn is_word(word: &str, wanted: &str) -> bool {
    word == wanted || word.strip_suffix('s') == Some(wanted)
}

/// Whether a word ends in `key` or `pass` and opens something: `apikeys`, `licensekey`, `storepass`, not `monkey`.
fn opens(word: &str) -> bool {
    let singular = word
        .strip_suffix('s')
        .filter(|it| !it.ends_with('s'))
        .unwrap_or(word);
    let ends = singular.ends_with("key") || singular.ends_with("pass");
    ends && !is_one_of(NOT_KEYS, singular)
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
        "pw",
        "pwd",
        "refresh_token",
        "s3Key",
        "s3_key",
        "sas_url",
        "session",
        "sig",
        "storepass",
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
        "bypass",
        "completion_tokens",
        "confidence_score_effort",
        "design",
        "hotkeyless",
        "job_type",
        "keep_page_separator_when_merging_tables",
        "keyboard",
        "keyword",
        "markdown_table_multiline_header_separator",
        "max_tokens",
        "monkey",
        "output_s3_path",
        "page_header_prefix",
        "pages",
        "parameters_hash",
        "passage",
        "pinned",
        "session_id",
        "spinner",
        "token_count",
        "tokenizer",
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
