//! Where the parts of a JSON text are. The text is JSON already; of one that is not, the parts are some pieces of it.
//!
//! Each function takes a position and returns the one behind what it read, at most the length of the text. None of them
//! recurses, so that no nesting is too deep, and none copies but `decoded`, where there is an escape.
//!
//! serde_json's own reader gives values or borrowed text, and no positions: masking, comparison and error paths need to know
//! where a part begins and ends, and to pass over others at the speed of `memchr`. Whether a text is JSON at all, serde_json
//! decides before any of this is called.

use std::borrow::Cow;

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

/// The text of a JSON string, given whether there is an escape in it; none if it is no Unicode text.
pub(crate) fn decoded(quoted: &str, has_escape: bool) -> Option<Cow<'_, str>> {
    let inner = quoted.strip_prefix('"')?.strip_suffix('"')?;
    match has_escape {
        false => Some(Cow::Borrowed(inner)),
        true => serde_json::from_str(quoted).ok().map(Cow::Owned),
    }
}

/// The position behind a number, `true`, `false` or `null` that begins at `at`.
fn word_end(json: &[u8], at: usize) -> usize {
    let rest = json.get(at..).unwrap_or_default();
    let is_end = |byte: &u8| matches!(byte, b',' | b']' | b'}' | b' ' | b'\n' | b'\r' | b'\t');
    // At least one byte, so that every loop over parts ends.
    let end = rest.iter().position(is_end).unwrap_or(rest.len());
    (at + end.max(1)).min(json.len())
}

/// The position behind any value that begins at `at`. Brackets are counted and not matched: `[}` ends like `[]`.
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

/// The pieces of a JSON text without the white space between them; what is within strings stays.
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

/// Key and value of each member of an object, as they are written: of `{"a" : 1}`, `"a"` in its quotes and `1`. A key that
/// comes twice is there twice. What follows the object is not looked at.
pub(crate) fn members(json: &str) -> impl Iterator<Item = (&str, &str)> {
    let bytes = json.as_bytes();
    let mut at = skip_space(bytes, 1);
    std::iter::from_fn(move || {
        let key = json
            .get(at..string_end(bytes, at))
            .filter(|key| key.starts_with('"'))?;
        let value = skip_space(bytes, skip_space(bytes, at + key.len()) + 1);
        let end = value_end(bytes, value);
        at = skip_space(bytes, skip_space(bytes, end) + 1);
        Some((key, json.get(value..end)?))
    })
}

/// The items of an array, as they are written: of `[1.0, {}]`, `1.0` and `{}`. What follows the array is not looked at.
pub(crate) fn items(json: &str) -> impl Iterator<Item = &str> {
    let bytes = json.as_bytes();
    let mut at = skip_space(bytes, 1);
    std::iter::from_fn(move || {
        let item = json
            .get(at..value_end(bytes, at))
            .filter(|item| !item.starts_with(']'))?;
        at = skip_space(bytes, skip_space(bytes, at + item.len()) + 1);
        (!item.is_empty()).then_some(item)
    })
}

/// The type of a JSON value by its first byte, with an article as sentences have it; no two types begin with the same one.
pub(crate) fn kind(first: u8) -> &'static str {
    match first {
        b'n' => "null",
        b't' | b'f' => "a boolean",
        b'"' => "a string",
        b'[' => "an array",
        b'{' => "an object",
        _ => "a number",
    }
}

/// What stands in the place of a value that is not shown: its type, as in `<string>`.
pub(crate) fn placeholder(first: u8) -> String {
    let kind = kind(first);
    let noun = kind.split_once(' ').map_or(kind, |(_, noun)| noun);
    format!("<{noun}>")
}
