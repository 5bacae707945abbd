//! What in a text looks like a credential, whatever the field is.
//!
//! Free text cannot be searched for secrets with certainty. What is found is what people paste by mistake: tokens by the
//! prefixes that their issuers chose for that purpose, private keys, `Authorization` headers, assignments to a name of a
//! credential, passwords in URLs, connection strings and commands, and what a sentence calls a password; also where it is
//! escaped as in JSON, URLs or HTML. Of doubtful ones the rule is that a name decides, not the look of the value: hashes and
//! ids look like keys.
//!
//! Shown are, because to hide them is to hide prose and names:
//! - in a sentence, a password that is a word or a number, as in "the password is swordfish", and any that is named in a
//!   language that `spoken` does not know
//! - without a name, a token whose beginning says nothing, as those of Azure and Discord
//! - a column of a table whose name is rows above it; `user/password@host`; the words of a command that are a password by
//!   their position alone, as in `vault login x`

use std::borrow::Cow;
use std::ops::Range;

use super::escapes::find_unescaped;
use super::line::find_in_line;
use super::logins::netrc;
use super::named::named;
use super::policy::Names;
use super::spoken::spoken;
use super::tokens::{KINDS, Kind, is_token};
use super::words::is_random;
use crate::covered::covered;

/// Where a block of a key or a certificate begins: PEM's, that of SSH2, and PuTTY's.
const BLOCKS: [&str; 3] = ["-----BEGIN", "---- BEGIN", "PuTTY-User-Key-File"];

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
    covered(text, find_unescaped(text, |text| find(text, is_credential)))
}

/// What looks like a credential, in any order.
fn find(text: &str, is_credential: Names) -> Vec<Range<usize>> {
    let end = BLOCKS.iter().filter_map(|block| text.find(block)).min();
    let block = end.map(|end| end..text.len());
    let text = &text[..end.unwrap_or(text.len())];
    let mut hidden = named(text, is_credential);
    hidden.extend(spoken(text, is_credential));
    hidden.extend(netrc(text));
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        find_in_line(line, at, is_credential, &mut hidden);
        at += line.len();
    }
    hidden.extend(block);
    hidden
}

/// Whether it is worth a closer look: most texts are not. One pass over the bytes, without a call of `Names`, finds what
/// all of the searches below begin with: a sign, a block of a key, the name of a scheme, a known beginning of a credential,
/// a word that looks like a value and is not the first.
fn may_hold(text: &[u8]) -> bool {
    if text.iter().all(|byte| NUMBER[usize::from(*byte)]) {
        return false;
    }
    // The sign in the scheme of a location says nothing.
    let text = text.strip_prefix(b"s3://").unwrap_or(text);
    let mut is_start = true;
    // Where the word began that is not the first.
    let (mut at, mut word) = (0, text.len());
    let is_special = |byte: &u8| KINDS[usize::from(*byte)] != Kind::Word;
    loop {
        let rest = &text[at..];
        if is_start && (is_token(rest) || is_beginning(rest)) {
            return true;
        }
        let Some(length) = rest.iter().position(is_special) else {
            return text.get(word..).is_some_and(is_random);
        };
        at += length;
        let kind = KINDS[usize::from(text[at])];
        is_start = matches!(kind, Kind::Slash | Kind::Between);
        if is_start && text.get(word..at).is_some_and(is_random) {
            return true;
        }
        match kind {
            Kind::Sign => return true,
            Kind::Dash if text[at..].starts_with(b"--") => return true,
            Kind::Between => word = at + 1,
            Kind::Slash if word < at => word = at + 1,
            _ => {}
        }
        at += 1;
    }
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

/// What else a credential may begin with or follow: a scheme, a machine of a `.netrc`, a webhook.
const BEGINNINGS: [&[u8]; 6] = [
    b"bearer ",
    b"basic ",
    b"machine ",
    b"default login ",
    b"hooks.",
    b"discord",
];

/// Whether one of [`BEGINNINGS`] is here.
fn is_beginning(text: &[u8]) -> bool {
    let is_here = |word: &&[u8]| {
        let start = text.get(..word.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    matches!(text.first(), Some(b'B' | b'b' | b'm' | b'd' | b'h')) && BEGINNINGS.iter().any(is_here)
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
