//! Takes credentials out of what a service echoes: also in other case, percent-encoded, in hexadecimal or base64, with
//! white space in between, and in parts.

use std::sync::OnceLock;

use base64::Engine;
use base64::engine::GeneralPurpose;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// As many characters in a row as make a part of a credential: fewer may be a word.
const LEN: usize = 8;
const MASK: &str = "***";

/// The credentials in use.
#[derive(Clone, Default)]
pub(crate) struct Secrets {
    texts: Vec<String>,
    /// Each [`LEN`] characters in a row of each form of each credential, in order.
    parts: OnceLock<Vec<[u8; LEN]>>,
}

/// A byte of a text without its case, white space and percent-encoding, and where it was.
struct Place {
    byte: u8,
    start: usize,
    end: usize,
}

impl Secrets {
    pub(crate) fn push(&mut self, secret: &str) {
        self.texts.push(secret.to_owned());
        self.parts = OnceLock::new();
    }

    /// The text with a mask in the place of each credential and each part of one.
    pub(crate) fn scrub(&self, text: &str) -> String {
        let short = self.texts.iter();
        let short = short.filter(|secret| !secret.is_empty() && secret.len() < LEN);
        let text = short.fold(text.to_owned(), |text, secret| text.replace(secret, MASK));
        let parts = self.parts.get_or_init(|| self.parts());
        let places = places(&text);
        let bytes: Vec<_> = places.iter().map(|place| place.byte).collect();
        let mut scrubbed = String::with_capacity(text.len());
        // What has been copied, and up to where the text is a credential's, in places.
        let (mut copied, mut hidden) = (0, 0);
        for (at, window) in bytes.windows(LEN).enumerate() {
            if parts.binary_search_by(|part| part[..].cmp(window)).is_err() {
                continue;
            }
            if at > hidden || hidden == 0 {
                scrubbed.push_str(text.get(copied..places[at].start).unwrap_or_default());
                scrubbed.push_str(MASK);
            }
            hidden = at + LEN;
            copied = places[hidden - 1].end;
        }
        scrubbed.push_str(text.get(copied..).unwrap_or_default());
        scrubbed
    }

    fn parts(&self) -> Vec<[u8; LEN]> {
        let long = self.texts.iter().filter(|secret| secret.len() >= LEN);
        let forms = long.flat_map(|secret| forms(secret.as_bytes()));
        let mut parts: Vec<_> = forms
            .flat_map(|form| {
                let form = form.to_ascii_lowercase();
                let windows = form.as_bytes().windows(LEN);
                let parts = windows.filter_map(|window| window.try_into().ok());
                parts.collect::<Vec<[u8; LEN]>>()
            })
            .collect();
        parts.sort_unstable();
        parts.dedup();
        parts
    }
}

/// A credential as it is, in hexadecimal, and in base64, wherever it stands in what was encoded.
fn forms(secret: &[u8]) -> Vec<String> {
    let hex = secret.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut forms = vec![String::from_utf8_lossy(secret).into_owned(), hex];
    for engine in [&STANDARD_NO_PAD, &URL_SAFE_NO_PAD] {
        forms.extend((0..3).map(|before| base64(engine, secret, before)));
    }
    forms
}

/// The characters of base64 that depend on nothing but the secret, with this many bytes before it.
fn base64(engine: &GeneralPurpose, secret: &[u8], before: usize) -> String {
    let bytes = [&[0; 2][..before], secret].concat();
    let text = engine.encode(&bytes);
    let start = (before * 8).div_ceil(6);
    let end = bytes.len() * 8 / 6;
    text.get(start..end).unwrap_or_default().to_owned()
}

fn places(text: &str) -> Vec<Place> {
    let mut places = Vec::with_capacity(text.len());
    let bytes = text.as_bytes();
    let hex = |at: usize| char::from(*bytes.get(at)?).to_digit(16);
    let mut after = 0;
    for (start, character) in text.char_indices() {
        if start < after || character.is_whitespace() || character.is_control() {
            continue;
        }
        after = start + character.len_utf8();
        if let ('%', Some(high), Some(low)) = (character, hex(start + 1), hex(start + 2)) {
            after = start + 3;
            let byte = (high * 16 + low) as u8;
            places.push(Place {
                byte: byte.to_ascii_lowercase(),
                start,
                end: after,
            });
            continue;
        }
        let all = bytes[start..after].iter();
        places.extend(all.map(|byte| Place {
            byte: byte.to_ascii_lowercase(),
            start,
            end: after,
        }));
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "llx-c4n4ryOfTheK3yAnd-More";

    fn scrub(text: &str) -> String {
        let mut secrets = Secrets::default();
        secrets.push(KEY);
        secrets.push("s-1");
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
        ];
        for form in &forms {
            assert_eq!(scrub(&format!("bad ({form}), sorry")), "bad (***), sorry");
        }
        forms = ["", "B", "Be", "Bearer ", "user:"]
            .iter()
            .flat_map(|before| {
                let text = format!("{before}{KEY}");
                [STANDARD_NO_PAD.encode(&text), URL_SAFE_NO_PAD.encode(text)]
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
        ] {
            assert_eq!(scrub(text), text);
        }
        assert_eq!(scrub("session s-1 ends"), "session *** ends");
        assert_eq!(scrub(&format!("ü{KEY}ü and {KEY}.")), "ü***ü and ***.");
    }
}
