//! Characters that are written as escapes of JSON, of URLs or of HTML.

use std::ops::Range;

/// How often a text can have been escaped, as JSON within JSON is; what is deeper is looked at as it is.
const MAX_LEVELS: usize = 4;

/// Characters that HTML has names for and that say where a value begins or ends.
const NAMED: [(&str, u8); 9] = [
    ("quot;", b'"'),
    ("apos;", b'\''),
    ("lt;", b'<'),
    ("gt;", b'>'),
    ("amp;", b'&'),
    ("equals;", b'='),
    ("colon;", b':'),
    ("lowbar;", b'_'),
    ("nbsp;", b' '),
];

/// A text whose ASCII characters are no longer escaped, and where each byte of it was written.
struct Unescaped {
    text: String,
    starts: Vec<usize>,
}

/// What `find` finds in the text and in what it becomes when it is unescaped, once or more often.
pub(super) fn find_unescaped(
    text: &str,
    find: impl Fn(&str) -> Vec<Range<usize>>,
) -> Vec<Range<usize>> {
    let mut found = find(text);
    let mut starts: Vec<usize> = Vec::new();
    let mut level = None;
    for _ in 0..MAX_LEVELS {
        let Some(next) = unescape(level.as_deref().unwrap_or(text)) else {
            break;
        };
        starts = match starts.is_empty() {
            true => next.starts,
            false => next.starts.iter().map(|at| starts[*at]).collect(),
        };
        let hidden = find(&next.text).into_iter();
        found.extend(hidden.map(|range| starts[range.start]..starts[range.end]));
        level = Some(next.text);
    }
    found
}

/// The text with one level of escapes less; none if there is none.
fn unescape(text: &str) -> Option<Unescaped> {
    text.find(['\\', '%', '&'])?;
    let mut bytes = Vec::with_capacity(text.len());
    let mut starts = Vec::with_capacity(text.len() + 1);
    let mut at = 0;
    while at < text.len() {
        let (byte, end) = match unescaped(text.as_bytes(), at) {
            (byte, end) if byte.is_ascii() => (byte, end),
            _ => (text.as_bytes()[at], at + 1),
        };
        bytes.push(byte);
        starts.push(at);
        at = end;
    }
    starts.push(text.len());
    // Only ASCII was put in place of ASCII, so it is text.
    let text = (bytes.len() < text.len()).then(|| String::from_utf8(bytes).ok())?;
    text.map(|text| Unescaped { text, starts })
}

/// The byte that is written at a place, and where what is written ends: `%6b`, also escaped itself as `%256b`, `\u006b`,
/// `\x6b`, `&#107;` and `&#x6b;` are `k`, and `\"` and `&quot;` are a quote.
pub(crate) fn unescaped(text: &[u8], at: usize) -> (u8, usize) {
    let number = |range: Range<usize>, radix| {
        let digits = std::str::from_utf8(text.get(range)?).ok()?;
        u8::from_str_radix(digits, radix).ok()
    };
    let found = match text[at..] {
        [b'\\', b'u', b'0', b'0', ..] => number(at + 4..at + 6, 16).zip(Some(at + 6)),
        [b'\\', b'x', ..] => number(at + 2..at + 4, 16).zip(Some(at + 4)),
        [b'\\', b'n' | b'r' | b't', ..] => Some((b'\n', at + 2)),
        [b'\\', quoted @ (b'"' | b'\'' | b'/' | b'\\'), ..] => Some((quoted, at + 2)),
        [b'&', b'#', ..] => {
            let end = text[at..].iter().take(8).position(|byte| *byte == b';');
            let end = at + end.unwrap_or_default();
            let hex = number(at + 3..end, 16).filter(|_| matches!(text[at + 2], b'x' | b'X'));
            hex.or_else(|| number(at + 2..end, 10)).zip(Some(end + 1))
        }
        [b'&', ..] => {
            let is_here = |(name, _): &&(&str, u8)| text[at + 1..].starts_with(name.as_bytes());
            let found = NAMED.iter().find(is_here);
            found.map(|(name, byte)| (*byte, at + 1 + name.len()))
        }
        _ => None,
    };
    let (mut byte, mut end) = found.unwrap_or((text[at], at + 1));
    while byte == b'%'
        && let Some(escaped) = number(end..end + 2, 16)
    {
        (byte, end) = (escaped, end + 2);
    }
    (byte, end)
}
