//! A text with masks over parts of it.

use std::borrow::Cow;
use std::ops::Range;

/// What stands for a secret.
pub(crate) const MASK: &str = "***";

/// The text with a mask over each of these parts, in whatever order they are: one for parts that overlap or touch.
pub(crate) fn covered(text: &str, mut hidden: Vec<Range<usize>>) -> Cow<'_, str> {
    hidden.sort_unstable_by_key(|range| range.start);
    let mut out = String::with_capacity(text.len());
    let mut covered = None;
    for range in hidden {
        if covered.is_none_or(|covered| range.start > covered) {
            out.extend([&text[covered.unwrap_or(0)..range.start], MASK]);
        }
        covered = covered.max(Some(range.end));
    }
    out.push_str(&text[covered.unwrap_or(0)..]);
    match out == text {
        true => Cow::Borrowed(text),
        false => Cow::Owned(out),
    }
}
