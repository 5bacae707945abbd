//! Text from elsewhere on its way to a terminal, and the streams it takes.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write as _};

use crate::exit::{Exit, Failure};

/// Whether a character acts on a terminal, rather than being shown: control
/// characters, and those that reverse what is shown around them.
fn is_active(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// With escapes in place of active characters.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if is_active(c) {
            safe.extend(c.escape_default());
        } else {
            safe.push(c);
        }
    }
    safe
}

/// With an ellipsis in place of what is beyond so many characters.
pub(crate) fn shortened(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}

/// JSON with escapes in place of active characters within its strings, where
/// alone they can be. It stays the same JSON.
pub(crate) fn escaped_json(json: String) -> String {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~' | b'\n' | b'\r' | b'\t');
    if json.bytes().all(is_plain) {
        return json;
    }
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        if is_active(c) && !matches!(c, '\n' | '\r' | '\t') {
            // All of them are in the basic plane; a failure to write to a string does not exist.
            let _ = write!(safe, "\\u{:04x}", u32::from(c));
        } else {
            safe.push(c);
        }
    }
    safe
}

/// Writes to standard output, all at once. That nobody reads on is no failure.
pub(crate) fn print(data: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    written(out.write_all(data).and_then(|()| out.flush()))
}

/// The same for a part of what is to be written. That nobody reads on ends it, and is no failure.
pub(crate) fn print_on(data: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(data).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Err(Failure::told(Exit::Done)),
        result => written(result),
    }
}

/// What became of writing to standard output.
pub(crate) fn written(result: io::Result<()>) -> Result<(), Failure> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::new(
            Exit::Output,
            format!("the output cannot be written: {error}"),
        )),
        _ => Ok(()),
    }
}

/// Writes a line to standard error; if that is closed, nobody is there to be told.
pub(crate) fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{}", escaped(line));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn active_characters_are_escaped_and_others_are_not() {
        assert_eq!(
            escaped("a\u{1b}[31m\n\u{9b}\u{202e}é ✓"),
            r"a\u{1b}[31m\n\u{9b}\u{202e}é ✓"
        );
    }

    #[test]
    fn escaped_json_is_the_same_json() {
        let json = "{\"a\u{7f}\u{9b}\": \"\u{202e}\\n\"}";
        let safe = escaped_json(json.to_owned());
        assert!(safe.is_ascii());
        let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        assert_eq!(value(&safe), value(json));
    }
}
