//! Takes credentials out of what a service echoes: also in other case, as numbers or in base64, with its characters
//! escaped as in URLs, HTML or JSON, with anything in between, and in parts.
//!
//! A text and a credential are compared by their ASCII letters and digits alone, in lower case.
//!
//! With the key `llx-Abc123Def456` in use, each of these becomes `bad ***`:
//!
//! ```text
//! bad llx-Abc123Def456       bad LLX-ABC123DEF456       bad llx%2DAbc123Def456      bad llx\u002dAbc123Def456
//! bad llx-Abc123             bad Abc123Def456           bad llx Abc1 23De f456      bad 6c6c782d416263313233446566343536
//! ```
//!
//! Eight characters in a row are looked up among all eight in a row of all forms of all credentials: work that grows with
//! the text alone, and finds parts without any guess where a service cuts.

use std::sync::OnceLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use crate::mask::{MASK, unescaped};

/// As many letters and digits in a row as make a part of a credential: fewer may be a word.
const LEN: usize = 8;

/// The credentials in use.
#[derive(Clone, Default)]
pub(crate) struct Secrets {
    texts: Vec<String>,
    /// Each [`LEN`] characters in a row of each form of each credential, in order.
    parts: OnceLock<Vec<[u8; LEN]>>,
}

/// A letter or digit in lower case, and where it was written.
struct Letter {
    byte: u8,
    start: usize,
    end: usize,
}

impl Secrets {
    pub(crate) fn push(&mut self, secret: &str) {
        self.texts.push(secret.to_owned());
        self.parts = OnceLock::new();
    }

    /// The text with a mask in the place of each credential and each part of one. A session of fewer than eight letters and
    /// digits is only found as it is.
    pub(crate) fn scrub(&self, text: &str) -> String {
        let short = self.texts.iter().filter(|secret| !secret.is_empty());
        let short = short.filter(|secret| letters(secret).len() < LEN);
        let text = short.fold(text.to_owned(), |text, secret| text.replace(secret, MASK));
        let parts = self.parts.get_or_init(|| self.parts());
        let letters = letters(&text);
        let bytes: Vec<_> = letters.iter().map(|letter| letter.byte).collect();
        let mut scrubbed = String::with_capacity(text.len());
        // What has been copied, and up to where the text is a credential's, in letters.
        let (mut copied, mut hidden) = (0, 0);
        for (at, window) in bytes.windows(LEN).enumerate() {
            if parts.binary_search_by(|part| part[..].cmp(window)).is_err() {
                continue;
            }
            if at > hidden || hidden == 0 {
                scrubbed.push_str(text.get(copied..letters[at].start).unwrap_or_default());
                scrubbed.push_str(MASK);
            }
            hidden = at + LEN;
            copied = letters[hidden - 1].end;
        }
        scrubbed.push_str(text.get(copied..).unwrap_or_default());
        scrubbed
    }

    /// What a text is compared with: some 300 entries for a key of 50 characters, made when the first error is.
    fn parts(&self) -> Vec<[u8; LEN]> {
        let mut parts = Vec::new();
        for form in self
            .texts
            .iter()
            .flat_map(|secret| forms(secret.as_bytes()))
        {
            let form: Vec<_> = letters(&form).iter().map(|letter| letter.byte).collect();
            let windows = form.windows(LEN);
            parts.extend(windows.filter_map(|window| <[u8; LEN]>::try_from(window).ok()));
        }
        parts.sort_unstable();
        parts.dedup();
        parts
    }
}

/// A credential as it is, as numbers of its bytes, and in base64, once or twice, wherever it stands in what was encoded.
fn forms(secret: &[u8]) -> Vec<String> {
    let numbers = |write: fn(&u8) -> String| secret.iter().map(write).collect();
    let mut forms = vec![
        String::from_utf8_lossy(secret).into_owned(),
        numbers(|byte| format!("{byte:02x}")),
        numbers(|byte| format!("0x{byte:02x}")),
        // As languages print an array of bytes.
        numbers(u8::to_string),
        numbers(|byte| format!("{byte:03o}")),
    ];
    for once in (0..3).map(|before| base64(secret, before)) {
        forms.extend((0..3).map(|before| base64(once.as_bytes(), before)));
        forms.push(once);
    }
    forms
}

/// The characters of base64 that depend on nothing but the secret, with this many bytes before it. Base64 writes three bytes
/// as four characters, so there are three ways in which a secret can stand in what was encoded, as in `user:secret` of
/// Basic authentication.
fn base64(secret: &[u8], before: usize) -> String {
    let bytes = [&[0; 2][..before], secret].concat();
    let text = STANDARD_NO_PAD.encode(&bytes);
    let start = (before * 8).div_ceil(6);
    let end = bytes.len() * 8 / 6;
    text.get(start..end).unwrap_or_default().to_owned()
}

/// The letters and digits of a text.
fn letters(text: &str) -> Vec<Letter> {
    let mut letters = Vec::with_capacity(text.len());
    let mut start = 0;
    while start < text.len() {
        let (byte, end) = unescaped(text.as_bytes(), start);
        if byte.is_ascii_alphanumeric() {
            letters.push(Letter {
                byte: byte.to_ascii_lowercase(),
                start,
                end,
            });
        }
        start = end;
    }
    letters
}

#[cfg(test)]
mod tests {
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::*;

    const KEY: &str = "llx-c4n4ryOfTheK3yAnd-More";

    fn scrub(text: &str) -> String {
        let mut secrets = Secrets::default();
        secrets.push(KEY);
        secrets.push("s-1");
        secrets.push("#-+-!-:-1");
        secrets.scrub(text)
    }

    #[test]
    fn a_credential_is_hidden_in_every_form() {
        let percent: String = KEY.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let hex: String = KEY.bytes().map(|byte| format!("{byte:02x}")).collect();
        let mut forms = vec![
            KEY.to_owned(),
            KEY.to_uppercase(),
            percent,
            KEY.replace('-', "%2d"),
            hex.to_uppercase(),
            hex,
            format!("{}\n  {}", &KEY[..9], &KEY[9..]),
            KEY[1..].to_owned(),
            KEY[..KEY.len() - 1].to_owned(),
            KEY[..KEY.len() / 2].to_owned(),
            KEY[8..].to_owned(),
            KEY.bytes().map(|byte| format!("%25{byte:02x}")).collect(),
            KEY.bytes().map(|byte| format!("&#{byte};")).collect(),
            KEY.bytes().map(|byte| format!("&#x{byte:X};")).collect(),
            KEY.bytes().map(|byte| format!("\\u{byte:04x}")).collect(),
            KEY.bytes().map(|byte| format!("\\x{byte:02x}")).collect(),
            KEY.bytes().map(|byte| format!("{byte:03o}\\")).collect(),
            KEY.bytes().map(|byte| format!("{byte:02X}=")).collect(),
            KEY.bytes().map(|byte| format!("{byte:02x}:")).collect(),
            KEY.bytes().map(|byte| format!("0x{byte:02x}, ")).collect(),
            KEY.bytes().map(|byte| format!("{byte}, ")).collect(),
            KEY.chars().map(|c| format!("{c}, ")).collect::<String>(),
            KEY.split_at(6).0.to_owned() + "-\u{ad}ü_" + KEY.split_at(6).1,
        ];
        for form in &forms {
            let form = form.trim_end_matches([',', ' ', ':', '=', '\\']);
            assert_eq!(scrub(&format!("bad ({form}), sorry")), "bad (***), sorry");
        }
        forms = ["", "B", "Be", "Bearer ", "user:"]
            .iter()
            .flat_map(|before| {
                let text = format!("{before}{KEY}");
                let once = STANDARD_NO_PAD.encode(&text);
                let twice = STANDARD_NO_PAD.encode(&once);
                [once, twice, URL_SAFE_NO_PAD.encode(text)]
            })
            .collect();
        for form in &forms {
            let scrubbed = scrub(&format!("bad {form}!"));
            // What encodes the text around it may stay.
            assert!(scrubbed.len() < 30 && scrubbed.contains(MASK), "{scrubbed}");
        }
    }

    #[test]
    fn other_text_stays_as_it_is() {
        for text in [
            "",
            "llx-c4n is no key",
            "100% sure: 50%2",
            "größe 日本語 %zz",
            "ab",
            "&# &#; &#x; &#xfff; \\u00 \\xzz %%%25 ü%c3",
        ] {
            assert_eq!(scrub(text), text);
        }
        assert_eq!(scrub("session s-1 ends"), "session *** ends");
        assert_eq!(scrub("session #-+-!-:-1."), "session ***.");
        assert_eq!(scrub(&format!("ü{KEY}ü and {KEY}.")), "ü***ü and ***.");
    }
}
