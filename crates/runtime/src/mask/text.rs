//! What in a text looks like a credential, whatever the field is.
//!
//! Free text cannot be searched for secrets with certainty. What is found is what people paste by mistake: tokens by the
//! prefixes that their issuers chose for that purpose, private keys, `Authorization` headers, assignments to a name of a
//! credential, and passwords in URLs and connection strings. Of doubtful ones the rule is that a name decides, not the
//! look of the value: hashes and ids look like keys.

use std::borrow::Cow;

use super::logins::without_user;
use super::named::{is_name, named};
use super::policy::{MASK, Names};
use super::tokens::{KINDS, Kind, token_start, tokens};
use crate::types::SensitiveUrl;

/// Where a block of a key or a certificate begins: PEM's, and PuTTY's.
const BLOCKS: [&str; 2] = ["-----BEGIN", "PuTTY-User-Key-File"];

/// The text without what looks like a credential; borrowed if there is none.
///
/// | text | shown |
/// |---|---|
/// | `use sk-proj-1 for this` | `use *** for this` |
/// | `Authorization: Bearer x` | `Authorization: ***` |
/// | `{'api_key': 'x', 'b': 1}` | `{'api_key': '***', 'b': 1}` |
/// | `see https://u:p@h/x?sig=1` | `see https://***@h/x?***` |
/// | `Basic extraction, a bearer of news` | the same |
pub(super) fn masked(text: &str, is_credential: Names) -> Cow<'_, str> {
    if !may_hold(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    let end = BLOCKS.iter().filter_map(|block| text.find(block)).min();
    let end = end.unwrap_or(text.len());
    let mut named_hidden = String::with_capacity(text.len());
    let mut at = 0;
    for value in named(&text[..end], is_credential) {
        named_hidden.extend([&text[at..value.start], MASK]);
        at = value.end;
    }
    named_hidden.push_str(&text[at..end]);
    let mut out = String::with_capacity(text.len());
    for line in named_hidden.split_inclusive('\n') {
        push_line(line, is_credential, &mut out);
    }
    if end < text.len() {
        out.push_str(MASK);
    }
    match out == text {
        true => Cow::Borrowed(text),
        false => Cow::Owned(out),
    }
}

/// Whether it is worth a closer look: most texts are not. One pass over the bytes, without a call of `Names`, finds what
/// all of the searches below begin with: a sign, a block of a key, the name of a scheme, a known beginning of a credential.
fn may_hold(text: &[u8]) -> bool {
    if text.iter().all(|byte| NUMBER[usize::from(*byte)]) {
        return false;
    }
    // The sign in the scheme of a location says nothing.
    let text = text.strip_prefix(b"s3://").unwrap_or(text);
    let mut is_start = true;
    for (at, byte) in text.iter().enumerate() {
        let rest = &text[at..];
        if is_start && (token_start(rest) || scheme(rest).is_some()) {
            return true;
        }
        is_start = match KINDS[usize::from(*byte)] {
            Kind::Word => false,
            Kind::Sign => return true,
            Kind::Dash if rest.starts_with(b"--") => return true,
            Kind::Dash => false,
            Kind::Slash | Kind::Between => true,
        };
    }
    false
}

/// What numbers, times, hashes and UUIDs consist of. No name of a credential has only such letters.
const NUMBER: [bool; 256] = {
    let mut number = [false; 256];
    let bytes = b"0123456789abcdef-+.: TZ";
    let mut at = 0;
    while at < bytes.len() {
        number[bytes[at] as usize] = true;
        at += 1;
    }
    number
};

/// The length of an authentication scheme with the space behind it.
fn scheme(text: &[u8]) -> Option<usize> {
    if !matches!(text.first(), Some(b'B' | b'b')) {
        return None;
    }
    [b"bearer ".as_slice(), b"basic "]
        .into_iter()
        .find_map(|scheme| {
            let start = text.get(..scheme.len())?;
            start.eq_ignore_ascii_case(scheme).then_some(scheme.len())
        })
}

fn push_line(line: &str, is_credential: Names, out: &mut String) {
    let mut follows = Follows::Nothing;
    for (at, word) in line.split_inclusive(char::is_whitespace).enumerate() {
        let bare = word.trim_end();
        match follows.hides(bare) {
            true => out.push_str(MASK),
            false => push_word(bare, out),
        }
        out.push_str(&word[bare.len()..]);
        follows = follows.next(bare, at == 0, is_credential);
    }
}

/// What follows a word.
#[derive(Clone, Copy)]
enum Follows {
    Nothing,
    /// The name of an authentication scheme, which is a word of the language too.
    Perhaps,
    Credential,
    /// The value of an option that is a credential, unless another option follows.
    Value,
    /// The rest of a credential that began with this quote.
    Rest(char),
    /// `user:password`, after curl's option.
    Login,
}

impl Follows {
    fn hides(self, word: &str) -> bool {
        match self {
            Follows::Nothing => false,
            Follows::Credential => !word.is_empty(),
            Follows::Value => !word.is_empty() && !word.starts_with('-'),
            Follows::Rest(_) => true,
            Follows::Perhaps => !word
                .chars()
                .all(|c| c.is_lowercase() || ",.;:)".contains(c)),
            Follows::Login => word.contains(':') && !word.contains("://"),
        }
    }

    /// What follows this word, which is the first of its line or not.
    fn next(self, word: &str, is_first: bool, is_credential: Names) -> Follows {
        match self {
            Follows::Rest(quote) if !word.ends_with(quote) => return self,
            // Of more than one space, each ends a word.
            Follows::Credential | Follows::Value | Follows::Login if word.is_empty() => {
                return self;
            }
            Follows::Value if !word.starts_with('-') => {
                let quote = word.chars().next().filter(|c| matches!(c, '"' | '\''));
                return quote
                    .filter(|quote| word.len() == 1 || !word.ends_with(*quote))
                    .map_or(Follows::Nothing, Follows::Rest);
            }
            _ => {}
        }
        if let Some(name) = word.strip_prefix("--").filter(|name| is_name(name)) {
            return match name {
                "user" | "proxy-user" => Follows::Login,
                _ if is_credential(name) => Follows::Value,
                _ => Follows::Nothing,
            };
        }
        let name = word.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
        match name.to_ascii_lowercase().as_str() {
            "bearer" if is_first => Follows::Credential,
            "bearer" | "basic" => Follows::Perhaps,
            _ if matches!(word, "-u" | "-U") => Follows::Login,
            _ => Follows::Nothing,
        }
    }
}

fn push_word(word: &str, out: &mut String) {
    let url = match word.find("://") {
        Some(at) if !word[..at].to_ascii_lowercase().ends_with("s3") => {
            Some(SensitiveUrl::from(word).to_string())
        }
        Some(_) => None,
        None => without_user(word),
    };
    let word = url.as_deref().unwrap_or(word);
    let mut at = 0;
    for range in tokens(word) {
        out.push_str(&word[at..range.start]);
        out.push_str(MASK);
        at = range.end;
    }
    out.push_str(&word[at..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As in the command, where the contract says which names are those of credentials.
    fn is_credential(name: &str) -> bool {
        let name = name.to_ascii_lowercase();
        ["key", "token", "password", "authorization", "pwd"]
            .iter()
            .any(|it| name.contains(it))
    }

    #[test]
    fn credentials_are_recognized_by_their_form() {
        for (text, shown) in [
            ("sk-abc", "***"),
            ("Bearer abc", "Bearer ***"),
            ("bearer eyJhbGciOi.x.y", "bearer ***"),
            ("Basic dXNlcjpwdw==", "Basic ***"),
            ("eyJhbGciOi.x.y", "***"),
            (
                "use 'ghp_16C7e42F292c6912E7710c838347Ae178B4a'!",
                "use '***'!",
            ),
            ("AKIAIOSFODNN7EXAMPLE", "***"),
            ("key:llx-1", "key:***"),
            (
                "see https://u:p@h/x?sig=1 or ask",
                "see https://***@h/x?*** or ask",
            ),
            ("Authorization: Bearer X", "Authorization: ***"),
            (
                "Accept: text/html\nX-Api-Key: abc\n",
                "Accept: text/html\nX-Api-Key: ***\n",
            ),
            ("API_KEY=abc", "API_KEY=***"),
            (
                "Server=h;Password=a b;Database=d",
                "Server=h;Password=***;Database=d",
            ),
            (
                "AccountName=a;AccountKey=abc==;x=y",
                "AccountName=a;AccountKey=***;x=y",
            ),
            (
                "jdbc:sqlserver://h;password=X;x=y",
                "jdbc:sqlserver://h;password=***;x=y",
            ),
            ("postgres:hunter2@db/x", "***@db/x"),
            (
                "s3://b/k?X-Amz-Signature=1&X-Amz-Date=2",
                "s3://b/k?X-Amz-Signature=***&X-Amz-Date=2",
            ),
            ("b/k?sig=1", "b/k?sig=***"),
            ("x -----BEGIN PRIVATE KEY-----\nabc", "x ***"),
            (
                "https://hooks.slack.com/services/T0/B0/X",
                "https://hooks.slack.com/***",
            ),
        ] {
            assert_eq!(masked(text, is_credential), shown, "{text}");
        }
    }

    #[test]
    fn other_text_is_shown_as_it_is() {
        for text in [
            "",
            "plain text",
            "mail a@b.c or mailto:a@b.c",
            "Basic extraction, a bearer of news",
            "at 10:30: go; a=b, c != d",
            "s3://bucket/2026/100% done?.md",
            "task-list risk-free ask-me",
            "pages 1-3, {\"a\": 1}",
            "key figures: revenue and net income",
            "größe=日本?é@",
        ] {
            assert_eq!(masked(text, is_credential), text);
        }
    }
}
