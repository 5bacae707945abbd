//! What in a text looks like a credential, whatever the field is.
//!
//! Free text cannot be searched for secrets with certainty. What is found is what people paste by mistake: tokens by the
//! prefixes that their issuers chose for that purpose, private keys, `Authorization` headers, assignments to a name of a
//! credential, and passwords in URLs and connection strings. Of doubtful ones the rule is that a name decides, not the
//! look of the value: hashes and ids look like keys.

use std::borrow::Cow;
use std::ops::Range;

use super::members::members;
use super::{MASK, Names};
use crate::types::SensitiveUrl;

/// How known credentials begin, and how much follows at least.
const TOKENS: [(&str, usize); 34] = [
    ("sk-", 1),
    ("sk_live_", 1),
    ("sk_test_", 1),
    ("rk_live_", 1),
    ("whsec_", 1),
    ("llx-", 1),
    ("ghp_", 1),
    ("gho_", 1),
    ("ghu_", 1),
    ("ghs_", 1),
    ("ghr_", 1),
    ("github_pat_", 1),
    ("glpat-", 1),
    ("gsk_", 8),
    ("AKIA", 12),
    ("ASIA", 12),
    ("AIza", 16),
    ("hf_", 8),
    ("pat_", 16),
    ("ya29.", 1),
    ("1//0", 16),
    ("SG.", 8),
    ("xoxa-", 1),
    ("xoxb-", 1),
    ("xoxe-", 1),
    ("xoxp-", 1),
    ("xoxr-", 1),
    ("xoxs-", 1),
    ("xapp-", 1),
    ("eyJ", 7),
    ("npm_", 16),
    ("pypi-", 16),
    ("dop_v1_", 8),
    ("shpat_", 8),
];

/// Names in links and connection strings that are known to stand before a credential, whatever else is known of names.
const SIGNATURES: [&str; 9] = [
    "x-amz-signature",
    "x-amz-security-token",
    "x-amz-credential",
    "x-goog-signature",
    "awsaccesskeyid",
    "signature",
    "sig",
    "accountkey",
    "sharedaccesskey",
];

/// Where a block of a key or a certificate begins.
const PEM: &str = "-----BEGIN";

/// The text without what looks like a credential.
pub(super) fn masked(text: &str, is_credential: Names) -> Cow<'_, str> {
    if !may_hold(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    let end = text.find(PEM).unwrap_or(text.len());
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for value in members(&text[..end], is_credential) {
        push_lines(&text[at..value.start], is_credential, &mut out);
        out.push_str(MASK);
        at = value.end;
    }
    push_lines(&text[at..end], is_credential, &mut out);
    if end < text.len() {
        out.push_str(MASK);
    }
    match out == text {
        true => Cow::Borrowed(text),
        false => Cow::Owned(out),
    }
}

/// Whether it is worth a closer look: most texts are not.
fn may_hold(text: &[u8]) -> bool {
    let mut rest = text;
    let mut is_start = true;
    loop {
        if is_start && (token_start(rest) || scheme(rest).is_some()) {
            return true;
        }
        let is_special = |byte: &u8| KINDS[usize::from(*byte)] != Kind::Word;
        let Some(at) = rest.iter().position(is_special) else {
            return false;
        };
        let kind = KINDS[usize::from(rest[at])];
        if kind == Kind::Sign || kind == Kind::Dash && rest[at..].starts_with(PEM.as_bytes()) {
            return true;
        }
        is_start = kind == Kind::Between;
        rest = &rest[at + 1..];
    }
}

/// What a byte of a text is.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// Part of a word or a credential.
    Word,
    /// Part of a word, too, and the beginning of a key in a block of its own.
    Dash,
    /// What stands between a name and a credential, or before a host.
    Sign,
    /// Between words.
    Between,
}

const KINDS: [Kind; 256] = {
    let mut kinds = [Kind::Between; 256];
    let mut byte = 0;
    while byte < 128 {
        kinds[byte as usize] = match byte {
            b'=' | b'@' | b':' | b'?' => Kind::Sign,
            b'-' => Kind::Dash,
            b'_' | b'.' | b'/' | b'+' | b'~' => Kind::Word,
            _ if byte.is_ascii_alphanumeric() => Kind::Word,
            _ => Kind::Between,
        };
        byte += 1;
    }
    kinds
};

fn is_token_byte(byte: u8) -> bool {
    byte == b'=' || matches!(KINDS[usize::from(byte)], Kind::Word | Kind::Dash)
}

/// For each first byte of a known credential, the bytes that may be its second: most words have no such beginning.
const SECOND: [u128; 128] = {
    let mut second = [0; 128];
    let mut at = 0;
    while at < TOKENS.len() {
        let start = TOKENS[at].0.as_bytes();
        second[start[0] as usize] |= 1 << start[1];
        at += 1;
    }
    second
};

fn token_start(text: &[u8]) -> bool {
    let [first, second, ..] = *text else {
        return false;
    };
    let may_begin = |second: u8| SECOND[usize::from(first)] >> second & 1 == 1;
    let begins = |(start, _): &(&str, usize)| {
        start.as_bytes()[..2] == [first, second] && text.starts_with(start.as_bytes())
    };
    first.is_ascii() && second.is_ascii() && may_begin(second) && TOKENS.iter().any(begins)
}

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

fn push_lines(text: &str, is_credential: Names, out: &mut String) {
    for line in text.split_inclusive('\n') {
        push_line(line, is_credential, out);
    }
}

/// One line: a header, or words.
fn push_line(line: &str, is_credential: Names, out: &mut String) {
    if let Some((name, value)) = line.split_once(':')
        && is_name(name.trim())
        && value.starts_with([' ', '\t'])
        && !value.trim().is_empty()
        && is_credential(name.trim())
    {
        let ending = &value[value.trim_end().len()..];
        out.extend([name, ": ", MASK, ending]);
        return;
    }
    let mut follows = Follows::Nothing;
    for (at, word) in line.split_inclusive(char::is_whitespace).enumerate() {
        let bare = word.trim_end();
        let is_secret = match follows {
            Follows::Nothing => false,
            Follows::Credential => !bare.is_empty(),
            Follows::Perhaps => !bare
                .chars()
                .all(|c| c.is_lowercase() || ",.;:)".contains(c)),
        };
        match is_secret {
            true => out.push_str(MASK),
            false => push_word(bare, is_credential, out),
        }
        out.push_str(&word[bare.len()..]);
        let name = bare.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
        follows = match name.to_ascii_lowercase().as_str() {
            "bearer" if at == 0 => Follows::Credential,
            "bearer" | "basic" => Follows::Perhaps,
            _ => Follows::Nothing,
        };
    }
}

/// What follows the name of an authentication scheme; both names are words of the language too.
#[derive(Clone, Copy)]
enum Follows {
    Nothing,
    Perhaps,
    Credential,
}

fn push_word(word: &str, is_credential: Names, out: &mut String) {
    let url = match word.find("://") {
        Some(at) if !word[..at].to_ascii_lowercase().ends_with("s3") => {
            Some(SensitiveUrl::from(word).to_string())
        }
        Some(_) => None,
        None => without_user(word),
    };
    let word = url.as_deref().unwrap_or(word);
    let mut hidden = Vec::new();
    assignments(word, is_credential, &mut hidden);
    tokens(word, &mut hidden);
    hidden.sort_by_key(|range: &Range<usize>| range.start);
    let mut at = 0;
    for range in hidden {
        // Of two that overlap, the second is a part of the first or adds to it.
        if range.start >= at {
            out.push_str(&word[at..range.start]);
            out.push_str(MASK);
        }
        at = at.max(range.end);
    }
    out.push_str(&word[at..]);
}

/// `user:password@host` without the part before the host; a mail address has no colon.
fn without_user(word: &str) -> Option<String> {
    let (user, host) = word.rsplit_once('@')?;
    let start = user
        .rfind(['"', '\'', '(', '<', ',', ';', '='])
        .map_or(0, |at| at + 1);
    let (name, password) = user[start..].split_once(':')?;
    let is_login = !name.eq_ignore_ascii_case("mailto") && !password.is_empty();
    is_login.then(|| format!("{}{MASK}@{host}", &user[..start]))
}

/// The values in `name=value` whose name is that of a credential.
fn assignments(word: &str, is_credential: Names, hidden: &mut Vec<Range<usize>>) {
    let mut at = 0;
    while let Some(sign) = word[at..].find('=').map(|sign| at + sign) {
        let start = word[at..sign]
            .rfind(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | '.'))
            .map_or(at, |before| at + before + 1);
        // A separator of more than one byte ends within a character.
        let name = word.get(start..sign).unwrap_or_default();
        let ends = |c: char| matches!(c, '&' | ';' | ',' | '#' | ')' | '}' | '"' | '\'');
        let value = sign + 1;
        let from = value + usize::from(word[value..].starts_with(['"', '\'']));
        at = value;
        if is_name(name) && (is_credential(name) || signs(name)) {
            let end = word[from..].find(ends).map_or(word.len(), |end| from + end);
            if end > from && &word[from..end] != MASK {
                hidden.push(from..end);
                at = end;
            }
        }
    }
}

fn signs(name: &str) -> bool {
    SIGNATURES
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}

fn is_name(text: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-' || c == '_')
        && text.chars().all(is_letter)
}

/// Credentials of a known form.
fn tokens(word: &str, hidden: &mut Vec<Range<usize>>) {
    let bytes = word.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let is_start = at == 0
            || !is_token_byte(bytes[at - 1])
            || bytes[at - 1] == b'='
            || bytes[at - 1] == b'/';
        if is_start && token_start(&bytes[at..]) {
            let is_end = |byte: &u8| !is_token_byte(*byte);
            let end = bytes[at..]
                .iter()
                .position(is_end)
                .map_or(bytes.len(), |end| at + end);
            let is_token = |(start, least): &(&str, usize)| {
                word[at..end]
                    .strip_prefix(start)
                    .is_some_and(|rest| rest.len() >= *least)
            };
            if TOKENS.iter().any(is_token) {
                hidden.push(at..end);
            }
            at = end;
        }
        at += 1;
    }
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
                "Server=h;Password=*** b;Database=d",
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
