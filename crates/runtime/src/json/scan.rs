//! Where the parts of a JSON text are. The text is JSON already; of one that is not, the parts are some pieces of it.
//!
//! Each function takes a position and returns the one behind what it read, at most the length of the text. None of them
//! recurses, so that no nesting is too deep, and none copies.

use memchr::memchr2;

/// The position of the next byte that is not white space.
pub(crate) fn skip_space(json: &[u8], mut at: usize) -> usize {
    while let Some(b' ' | b'\n' | b'\r' | b'\t') = json.get(at) {
        at += 1;
    }
    at
}

/// The position behind a string that begins at `at`.
pub(crate) fn string_end(json: &[u8], at: usize) -> usize {
    string(json, at).0
}

/// The position behind a string that begins at `at`, and whether there is an escape in it.
pub(crate) fn string(json: &[u8], at: usize) -> (usize, bool) {
    let (mut at, mut has_escape) = (at + 1, false);
    while let Some(rest) = json.get(at..)
        && let Some(found) = memchr2(b'"', b'\\', rest)
    {
        at += found + 1;
        if rest[found] == b'"' {
            return (at, has_escape);
        }
        has_escape = true;
        at += 1;
    }
    (json.len(), has_escape)
}

/// The position behind a number, `true`, `false` or `null` that begins at `at`.
fn word_end(json: &[u8], at: usize) -> usize {
    let rest = json.get(at..).unwrap_or_default();
    let is_end = |byte: &u8| matches!(byte, b',' | b']' | b'}' | b' ' | b'\n' | b'\r' | b'\t');
    // At least one byte, so that every loop over parts ends.
    let end = rest.iter().position(is_end).unwrap_or(rest.len());
    (at + end.max(1)).min(json.len())
}

/// The position behind any value that begins at `at`, without recursion.
pub(crate) fn value_end(json: &[u8], at: usize) -> usize {
    let (mut at, mut depth) = (at, 0_usize);
    match json.get(at) {
        Some(b'"') => return string_end(json, at),
        Some(b'{' | b'[') => {}
        _ => return word_end(json, at),
    }
    while let Some(byte) = json.get(at) {
        match byte {
            b'"' => {
                at = string_end(json, at);
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return at;
        }
    }
    json.len()
}

/// The pieces of a JSON text without the white space between them.
pub(crate) fn on_one_line(json: &str) -> impl Iterator<Item = &str> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let bytes = json.as_bytes();
        at = skip_space(bytes, at);
        let start = at;
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'"' => at = string_end(bytes, at),
                b' ' | b'\n' | b'\r' | b'\t' => break,
                _ => at += 1,
            }
        }
        json.get(start..at).filter(|piece| !piece.is_empty())
    })
}

/// The type of a JSON value, by its first byte.
pub(crate) fn kind(first: u8) -> &'static str {
    match first {
        b'n' => "<null>",
        b't' | b'f' => "<boolean>",
        b'"' => "<string>",
        b'[' => "<array>",
        b'{' => "<object>",
        _ => "<number>",
    }
}
