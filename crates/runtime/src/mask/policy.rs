//! How JSON is shown, as the caller decides.

use std::borrow::Cow;

use crate::field::Shape;

/// Whether a name is that of a credential.
pub type Names = fn(&str) -> bool;

/// What happens to values that the contract does not know.
#[derive(Clone, Copy, Debug)]
pub enum Unknown {
    /// Only their type is shown, such as `"<string>"`.
    Hidden,
    /// They are shown, but for what the name or the value reveals as a credential.
    Recognized(Names),
}

/// How JSON is shown.
#[derive(Clone, Copy, Debug)]
pub struct Masking {
    /// What happens to values that the contract does not know.
    pub unknown: Unknown,
    /// All documented shapes; a sensitive name of them is sensitive wherever it turns up.
    pub documented: &'static Shape,
    /// Whether the members stand on lines of their own, or all on one line.
    pub is_pretty: bool,
}

/// The text of a JSON string; none if it is no Unicode text.
pub(super) fn decoded(quoted: &str) -> Option<Cow<'_, str>> {
    let inner = quoted.strip_prefix('"')?.strip_suffix('"')?;
    match inner.contains('\\') {
        false => Some(Cow::Borrowed(inner)),
        true => serde_json::from_str(quoted).ok().map(Cow::Owned),
    }
}
