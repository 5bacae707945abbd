//! An object or array that is being written, and what is known of its members.
//!
//! Most names decide about the value behind them. Some decide about the value beside them, which may come before or after:
//!
//! | in an object or array that the contract does not know | is hidden |
//! |---|---|
//! | `{"api_key": "x"}` | `x` |
//! | `{"name": "X-Api-Key", "value": "x"}`, in either order | `x` |
//! | `["Authorization", "x"]`, of two items | `x` |
//! | `["curl", "--api-key", "x"]` | `x` |
//! | `{"properties": {"api_key": {"type": "string", "default": "x"}}}`, a JSON Schema | `x` |
//!
//! A value that comes before its name has been written when the name is read. So the place of such a value in what was
//! written is kept until the object ends, and replaced then.

use std::borrow::Cow;
use std::ops::Range;

use super::policy::{Masking, Unknown};
use super::words::{is_column, is_one_of};
use crate::field::Shape;
use crate::json::scan::{decoded, members, string};

/// Members that name what the value beside them is, as in a list of headers; their case does not matter.
pub(super) const NAMES: [&str; 5] = ["name", "key", "header", "variable", "parameter"];
/// Members that hold such a value.
pub(super) const VALUES: [&str; 2] = ["value", "values"];
/// What a JSON Schema says about a value without saying which it is.
const KEYWORDS: &str = "$ref additionalProperties allOf anyOf description format items maxItems maxLength minItems \
                        minLength nullable oneOf pattern properties required title type";

/// What is known about a value, and with it about all that is in it.
#[derive(Clone, Copy)]
pub(super) enum Place {
    /// All of it is written.
    Clear,
    /// The contract has this shape for it.
    Known(&'static Shape),
    /// The contract has this shape for it, chosen by the member beside it.
    Typed(&'static Shape),
    /// The contract does not know it.
    Unknown,
    /// The properties of a JSON Schema by their names, or only the names.
    Schemas,
    /// The JSON Schema of a credential.
    Schema,
    /// Nothing of it is written.
    Hidden,
}

impl Place {
    /// The place, now that the value begins: one that is not of its documented type is not known.
    pub(super) fn of(self, first: u8) -> Place {
        let (Place::Known(shape) | Place::Typed(shape)) = self else {
            return self;
        };
        let is_documented = match shape {
            _ if first == b'n' => true,
            Shape::Text | Shape::Url => first == b'"',
            Shape::Secret => !matches!(first, b'{' | b'['),
            Shape::Boolean => matches!(first, b't' | b'f'),
            Shape::Number => matches!(first, b'-' | b'0'..=b'9'),
            Shape::List(_) => first == b'[',
            Shape::Map(_) | Shape::Object(_) => first == b'{',
            Shape::TypedBy(..) | Shape::Unknown => false,
        };
        match is_documented {
            true => Place::Known(shape),
            false if shape.is_sensitive() => Place::Hidden,
            false => Place::Unknown,
        }
    }
}

/// An object or array that has begun and not ended.
pub(super) struct Frame {
    place: Place,
    pub(super) is_object: bool,
    /// Members that were begun.
    pub(super) count: usize,
    /// Its position in the text.
    start: usize,
    /// Where the next documented member is expected.
    next: usize,
    /// Whether a member was the name of a credential.
    names_credential: bool,
    /// Whether the item before was the option of a command that takes a credential.
    after_option: bool,
    /// Whether the value that follows is one that a name may turn out to make a credential.
    pub(super) is_awaited: bool,
    /// Where such a value began, while it is written.
    pub(super) began: Option<usize>,
    /// Where that value is.
    pub(super) value: Option<Range<usize>>,
}

impl Frame {
    pub(super) fn new(place: Place, is_object: bool, start: usize) -> Self {
        Frame {
            place,
            is_object,
            count: 0,
            start,
            next: 0,
            names_credential: false,
            after_option: false,
            is_awaited: false,
            began: None,
            value: None,
        }
    }

    /// The place of a member, whose value begins at `value`.
    pub(super) fn member(
        &mut self,
        key: &str,
        typed_by: Option<&str>,
        json: &str,
        value: usize,
        masking: &Masking,
    ) -> Place {
        match self.place {
            Place::Known(Shape::Object(members)) => match self.find(members, key) {
                Some(shape @ Shape::TypedBy(name, _)) => {
                    let by = typed_by.or_else(|| text_of_member(json.get(self.start..)?, name));
                    Place::Typed(shape.typed(by))
                }
                Some(shape) => Place::Known(shape),
                None => self.unknown(key, json, value, masking),
            },
            Place::Known(Shape::Map(_)) if masking.names()(key) => Place::Hidden,
            Place::Known(Shape::Map(values)) => Place::Known(values),
            Place::Unknown => self.unknown(key, json, value, masking),
            Place::Schemas => match self.unknown(key, json, value, masking) {
                Place::Hidden if json.as_bytes().get(value) == Some(&b'{') => Place::Schema,
                place => place,
            },
            Place::Schema if is_one_of(KEYWORDS, key) => Place::Unknown,
            Place::Schema => Place::Hidden,
            Place::Known(_) | Place::Typed(_) => Place::Unknown,
            place @ (Place::Clear | Place::Hidden) => place,
        }
    }

    /// A documented member: most come in the order of the contract.
    fn find(
        &mut self,
        members: &'static [(&'static str, Shape)],
        key: &str,
    ) -> Option<&'static Shape> {
        let expected = members.get(self.next).filter(|(name, _)| *name == key);
        let position = match expected {
            Some(_) => self.next,
            None => members.binary_search_by_key(&key, |(name, _)| name).ok()?,
        };
        self.next = position + 1;
        members.get(position).map(|(_, shape)| shape)
    }

    /// The place of a member that the contract does not know, by its name; a name of credentials in it is remembered.
    fn unknown(&mut self, key: &str, json: &str, value: usize, masking: &Masking) -> Place {
        let Unknown::Recognized(is_credential) = masking.unknown else {
            return Place::Unknown;
        };
        let is_one_of = |names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(key));
        if is_one_of(&NAMES) {
            self.names_credential |= text_at(json, value).is_some_and(|name| is_credential(&name));
        }
        if let Some(shape) = masking.sensitive.shape(key) {
            return Place::Known(shape);
        }
        if is_one_of(&VALUES) {
            self.is_awaited = true;
        }
        let is_column = || text_at(json, value).is_some_and(|value| is_column(key, &value));
        match is_credential(key) {
            true if is_column() => Place::Unknown,
            true => Place::Hidden,
            false if ["properties", "required"].contains(&key) => Place::Schemas,
            false => Place::Unknown,
        }
    }

    /// The place of an item that begins at `at`.
    pub(super) fn item(&mut self, json: &str, at: usize, masking: &Masking) -> Place {
        match self.place {
            Place::Known(Shape::List(items)) => Place::Known(items),
            Place::Known(_) | Place::Typed(_) | Place::Unknown | Place::Schema => {
                self.unknown_item(json, at, masking)
            }
            Place::Schemas => Place::Unknown,
            place @ (Place::Clear | Place::Hidden) => place,
        }
    }

    /// Of `["--api-key", "x"]` and `["Authorization", "x"]`, the second is a credential.
    fn unknown_item(&mut self, json: &str, at: usize, masking: &Masking) -> Place {
        let Unknown::Recognized(is_credential) = masking.unknown else {
            return Place::Unknown;
        };
        let text = text_at(json, at).filter(|text| !text.contains([' ', '=', ':']));
        let is_name = text.as_deref().is_some_and(is_credential);
        let is_option = text.is_some_and(|text| text.starts_with('-'));
        let was_option = std::mem::replace(&mut self.after_option, is_name && is_option);
        match self.count {
            1 => self.names_credential = is_name,
            2 if json.as_bytes().get(at) == Some(&b'"') => self.is_awaited = true,
            _ => {}
        }
        match was_option && !is_option {
            true => Place::Hidden,
            false => Place::Unknown,
        }
    }

    /// Where in what was written a value is that turned out to be a credential, now that the object or array ends. A pair
    /// is a pair only if nothing follows: `["key", "value", "id"]` are the columns of a table.
    pub(super) fn hidden(&self) -> Option<Range<usize>> {
        let is_pair = self.is_object || self.count == 2;
        self.value
            .clone()
            .filter(|_| self.names_credential && is_pair)
    }
}

/// The text of a member of an object, as it is written; none if it is no text.
fn text_of_member<'a>(object: &'a str, name: &str) -> Option<&'a str> {
    let inner = |quoted: &'a str| quoted.strip_prefix('"')?.strip_suffix('"');
    let mut members = members(object);
    let (_, value) = members.find(|(key, _)| inner(key) == Some(name))?;
    inner(value)
}

/// The text that begins at `at`, if it is one.
fn text_at(json: &str, at: usize) -> Option<Cow<'_, str>> {
    match json.as_bytes().get(at) {
        Some(b'"') => {
            let (end, has_escape) = string(json.as_bytes(), at);
            decoded(json.get(at..end)?, has_escape)
        }
        _ => None,
    }
}
