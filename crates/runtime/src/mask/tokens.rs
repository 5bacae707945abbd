//! Credentials of a known form: by the prefixes that their issuers chose for that purpose.

use std::ops::Range;
use std::sync::LazyLock;

mod issuers;

use issuers::ISSUERS;

/// What a byte of a text is.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// Part of a word or a credential.
    Word,
    /// Part of a word, too, and the beginning of a key in a block of its own.
    Dash,
    /// Part of a word, too, and before a name in a path.
    Slash,
    /// What stands between a name and a credential, or before a host; or begins an escape.
    Sign,
    /// Between words.
    Between,
}

/// The kind of each byte. Bytes beyond ASCII are between words: no known credential has one.
pub(super) const KINDS: [Kind; 256] = {
    let mut kinds = [Kind::Between; 256];
    let mut byte = 0;
    while byte < 128 {
        kinds[byte as usize] = match byte {
            b'=' | b'@' | b':' | b'?' | b'>' | b'%' | b'&' | b'\\' => Kind::Sign,
            b'-' => Kind::Dash,
            b'/' => Kind::Slash,
            b'_' | b'.' | b'+' | b'~' => Kind::Word,
            _ if byte.is_ascii_alphanumeric() => Kind::Word,
            _ => Kind::Between,
        };
        byte += 1;
    }
    kinds
};

fn is_token_byte(byte: u8) -> bool {
    byte == b'='
        || matches!(
            KINDS[usize::from(byte)],
            Kind::Word | Kind::Dash | Kind::Slash
        )
}

/// How a credential begins, and how many characters follow at least.
type Start = (&'static [u8], usize);

/// How credentials begin, by the first byte.
static STARTS: LazyLock<[Vec<Start>; 256]> = LazyLock::new(|| {
    let mut starts = [const { Vec::new() }; 256];
    for (_, least, of_issuer) in ISSUERS {
        for start in of_issuer.split(' ').map(str::as_bytes) {
            starts[usize::from(start[0])].push((start, least));
        }
    }
    starts
});

/// More than any credential needs to be recognized.
const MAX_LOOK: usize = 160;

/// Whether a text begins with a credential of a known form.
pub(super) fn is_token(text: &[u8]) -> bool {
    let [first, second, ..] = *text else {
        return false;
    };
    STARTS[usize::from(first)].iter().any(|(start, least)| {
        // Most words are done after a look at two bytes.
        start.get(1) == Some(&second) && text.starts_with(start) && {
            let run = token_bytes(&text[..text.len().min(MAX_LOOK)]);
            run.strip_prefix(*start)
                .is_some_and(|rest| is_random(rest, *least))
        }
    })
}

fn token_bytes(text: &[u8]) -> &[u8] {
    let end = text.iter().position(|byte| !is_token_byte(*byte));
    &text[..end.unwrap_or(text.len())]
}

/// Whether what follows the beginning of a credential is random: of some length, and no words and numbers as in
/// `hf_transfer` or `key-figures-of-the-year-2026-11-27.pdf`.
fn is_random(rest: &[u8], least: usize) -> bool {
    let body = rest.split(|byte| *byte == b'/').next().unwrap_or_default();
    let is_word = |part: &[u8]| {
        part.iter().all(u8::is_ascii_lowercase) || part.iter().all(u8::is_ascii_digit)
    };
    let mut parts = body.split(|byte| !byte.is_ascii_alphanumeric());
    body.len() >= least && (least == 1 || !parts.all(is_word))
}

/// Credentials of a known form.
pub(super) fn tokens(word: &str) -> Vec<Range<usize>> {
    let bytes = word.as_bytes();
    let mut hidden = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let is_start = at == 0 || !is_token_byte(bytes[at - 1]) || b"=/".contains(&bytes[at - 1]);
        if is_start && is_token(&bytes[at..]) {
            let end = at + token_bytes(&bytes[at..]).len();
            hidden.push(at..end);
            at = end;
        }
        at += 1;
    }
    hidden
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credential_of_each_issuer_is_found_and_a_word_is_not() {
        for (issuer, least, starts) in ISSUERS {
            for start in starts.split(' ') {
                let random: String = "aB3d".chars().cycle().take(least).collect();
                let text = format!("x/{start}{random}");
                assert_eq!(
                    tokens(&text).first(),
                    Some(&(2..text.len())),
                    "{issuer}: {text}"
                );
                let short = &text[..text.len() - 1];
                assert!(tokens(short).is_empty(), "{issuer}: {short}");
                let words = format!("{start}{}", "words-and-12_".repeat(least / 13 + 1));
                assert!(least == 1 || tokens(&words).is_empty(), "{issuer}: {words}");
            }
        }
    }
}
