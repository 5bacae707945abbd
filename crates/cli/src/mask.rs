//! Which values are secret, when the contract knows them and when it does not.

use processing_results::types::SensitiveUrl;
pub(crate) use processing_results_contract::is_credential as is_credential_name;

/// What stands for a secret.
pub(crate) const MASK: &str = "***";

/// How the values of some keys begin, whatever the key is.
const PREFIXES: [&str; 8] = [
    "sk-", "llx-", "bearer ", "basic ", "eyj", "ghp_", "akia", "xox",
];

/// The text of a field that the contract does not know, as far as it may be shown.
pub(crate) fn unknown_text(text: &str) -> String {
    let lower = text.trim_start().to_lowercase();
    if PREFIXES.iter().any(|prefix| lower.starts_with(prefix)) {
        return MASK.to_owned();
    }
    let shown = |word: &str| {
        let bare = word.trim_end();
        match bare.contains("://") {
            true => url(bare) + &word[bare.len()..],
            false => word.to_owned(),
        }
    };
    text.split_inclusive(char::is_whitespace)
        .map(shown)
        .collect()
}

/// A URL without what may be a credential in it.
pub(crate) fn url(text: &str) -> String {
    SensitiveUrl::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_credentials_are_recognized() {
        for name in [
            "key",
            "api_key",
            "apiKey",
            "APIKEY",
            "openaiAPIKey",
            "X-Api-Key",
            "key2",
            "access_keys",
            "webhook_signing_secret",
            "Authorization",
            "auth",
            "refresh_token",
            "tokens",
            "X-Amz-Signature",
            "sig",
            "password",
            "db_passwd",
            "pass",
            "credentials",
            "Set-Cookie",
            "extra_headers",
        ] {
            assert!(is_credential_name(name), "{name}");
        }
        for name in [
            "",
            "keyword",
            "author",
            "hotkeyless",
            "confidence_score_effort",
            "design",
            "pages",
            "passage",
        ] {
            assert!(!is_credential_name(name), "{name}");
        }
    }

    #[test]
    fn unknown_text_loses_what_may_be_a_credential() {
        for (text, shown) in [
            ("sk-abc", "***"),
            ("Bearer abc", "***"),
            ("eyJhbGciOi.x.y", "***"),
            (
                "see https://u:p@h/x?sig=1 or ask",
                "see https://***@h/x?*** or ask",
            ),
            ("plain text", "plain text"),
        ] {
            assert_eq!(unknown_text(text), shown);
        }
    }
}
