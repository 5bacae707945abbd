//! Text that comes from elsewhere, made safe for a terminal; messages on standard error; plurals.
//!
//! Everything that comes from the service, from files or from arguments is escaped here before it is printed. A name such
//! as `\u{1b}[2J` would clear the screen, and one with a right-to-left override would show another name.

use std::borrow::Cow;
use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use console::style;
use indicatif::HumanCount;
use processing_results_contract::text::{self, is_invisible};

/// Time between two attempts to write to a pipe that is full and does not block.
const FULL_PIPE: Duration = Duration::from_millis(5);

/// Whether a character acts on a terminal, or cannot be seen. Names and texts of people have some that cannot be seen,
/// and are left as they are: spaces of other scripts, joiners of letters and of emoji, and selectors of their form.
fn is_active(c: char) -> bool {
    let is_of_texts = (c.is_whitespace() && !matches!(c, '\u{2028}' | '\u{2029}'))
        || matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}');
    c.is_control() || (is_invisible(c) && !is_of_texts)
}

/// The text with escapes such as `\u{1b}` in place of active characters.
pub(crate) fn escaped(text: &str) -> String {
    text::escaped(text, is_active)
}

/// The first `most` characters, with an ellipsis if there are more.
pub(crate) fn shortened(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}

/// JSON with escapes such as `\u001b` in place of active characters, which can only be within its strings. It has the
/// same value.
pub(crate) fn escaped_json(json: String) -> String {
    // Below a space, JSON has white space only. Without a branch in a block, the compiler looks at several bytes at once:
    // nearly all JSON has nothing to escape.
    let has_active = |block: &[u8]| block.iter().fold(false, |any, byte| any | (*byte > b'~'));
    if !json.as_bytes().chunks(256).any(has_active) {
        return json;
    }
    text::escaped_json(&json, is_active)
}

/// Whether only errors and warnings are printed on standard error.
static QUIET: AtomicBool = AtomicBool::new(false);

/// Sets what `--quiet` says.
pub(crate) fn set_quiet(is_quiet: bool) {
    QUIET.store(is_quiet, Ordering::Relaxed);
}

/// Whether `--quiet` was given.
pub(crate) fn is_quiet() -> bool {
    QUIET.load(Ordering::Relaxed)
}

/// Prints a summary, a note or progress on standard error, unless `--quiet` was given.
pub(crate) fn info(line: &str) {
    if !is_quiet() {
        note(line);
    }
}

/// Prints a line on standard error, with the word before the first colon in color: `error`, `warning` or `note`. If it
/// cannot be written, nobody reads it.
pub(crate) fn note(line: &str) {
    let line = escaped(line);
    let line = match line.split_once(": ") {
        Some(("error", rest)) => format!("{}: {rest}", style("error").red().bold().for_stderr()),
        Some(("warning", rest)) => format!("{}: {rest}", style("warning").yellow().for_stderr()),
        Some(("note", rest)) => format!("{}: {rest}", style("note").cyan().for_stderr()),
        _ => line,
    };
    let _ = write_all(&mut io::stderr(), (line + "\n").as_bytes());
}

/// Writes all of it. A stream that does not block, such as a pipe that Node.js has made, is waited for when it is full.
pub(crate) fn write_all(out: &mut impl Write, mut data: &[u8]) -> io::Result<()> {
    loop {
        let step = match data.is_empty() {
            true => out.flush().map(|()| 0),
            false => out.write(data),
        };
        match step {
            Ok(0) if data.is_empty() => return Ok(()),
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => data = &data[written..],
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => thread::sleep(FULL_PIPE),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// A number of things: `1 result`, `2,000 results`. Every count in a message or on a page is made by this.
pub(crate) fn counted(count: u64, thing: &str) -> String {
    format!("{} {}", HumanCount(count), text::noun(count, thing))
}

/// Bytes as hexadecimal digits in lower case.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn active_characters_are_escaped_and_others_are_not() {
        assert_eq!(
            escaped("a\u{1b}[31m\n\u{9b}\u{202e}\u{61c}\u{200b}é ✓"),
            r"a\u{1b}[31m\n\u{9b}\u{202e}\u{61c}\u{200b}é ✓"
        );
    }

    #[test]
    fn escaped_json_is_the_same_json() {
        let json = "{\"a\u{7f}\u{9b}\": \"\u{202e}\u{61c}\u{e0041}\\n\"}";
        let safe = escaped_json(json.to_owned());
        assert!(safe.is_ascii());
        let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        assert_eq!(value(&safe), value(json));
        // Which is why control characters of ASCII are not looked for.
        for control in '\0'..' ' {
            let json = format!("{{\"a\": \"{control}\"}}");
            assert!(serde_json::from_str::<&serde_json::value::RawValue>(&json).is_err());
        }
    }
}
