//! Text from elsewhere on its way to people: what acts on a terminal or cannot be seen is written as an escape.
//!
//! A response may hold `\u{1b}[2J`, which clears the screen, or `\u{202e}`, which turns the rest of a line
//! round. Each command decides which characters are active for where it writes; how they are escaped is here.

use std::fmt::Write as _;

/// Whether a character cannot be seen, or only as a space: control characters above ASCII, soft hyphens, marks
/// of direction, spaces other than the usual one, variation selectors, tags.
///
/// ```
/// use processing_results_contract::text::is_invisible;
///
/// assert!(is_invisible('\u{200b}') && is_invisible('\u{a0}'));
/// assert!(!is_invisible(' ') && !is_invisible('é'));
/// ```
#[must_use]
pub fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{80}'..='\u{a0}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{1680}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{205f}'..='\u{206f}'
        | '\u{2800}' | '\u{3000}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffc}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// A noun for a number of things: `finding` for one, `findings` for none and for several.
///
/// ```
/// use processing_results_contract::text::noun;
///
/// assert_eq!([noun(0, "finding"), noun(1, "finding"), noun(2, "finding")], ["findings", "finding", "findings"]);
/// ```
#[must_use]
pub fn noun(count: u64, singular: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{singular}{ending}")
}

/// The text with escapes in place of active characters.
///
/// ```
/// use processing_results_contract::text::{escaped, is_invisible};
///
/// assert_eq!(escaped("a\u{200b}b", is_invisible), "a\\u{200b}b");
/// ```
#[must_use]
pub fn escaped(text: &str, is_active: fn(char) -> bool) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match is_active(letter) {
            true => safe.extend(letter.escape_default()),
            false => safe.push(letter),
        }
    }
    safe
}

/// JSON with escapes in place of active characters within its strings, where alone they can be. It is the same
/// JSON.
///
/// Line breaks and tabs stay, since between values they are layout. A character beyond 16 bits is two escapes.
///
/// ```
/// use processing_results_contract::text::{escaped_json, is_invisible};
///
/// assert_eq!(escaped_json("[\"a\u{200b}\"]", is_invisible), "[\"a\\u200b\"]");
/// ```
#[must_use]
pub fn escaped_json(json: &str, is_active: fn(char) -> bool) -> String {
    let mut safe = String::with_capacity(json.len());
    let mut done = 0;
    let is_plain = |letter| matches!(letter, ' '..='~' | '\n' | '\r' | '\t');
    for (at, letter) in json.char_indices() {
        if !is_plain(letter) && is_active(letter) {
            safe.push_str(&json[done..at]);
            for unit in letter.encode_utf16(&mut [0; 2]) {
                // Writing to a string does not fail.
                let _ = write!(safe, "\\u{unit:04x}");
            }
            done = at + letter.len_utf8();
        }
    }
    safe.push_str(&json[done..]);
    safe
}
