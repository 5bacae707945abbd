//! What JSON pointers into the contract say: `/components/schemas/Item/properties/size/items` is about items of `size`,
//! a field of `Item`.

use super::super::difference::Disagreement;

/// The object that a pointer to a field is in, and the name of the field: `/components/schemas/Item` and `size`. `None`
/// for what is no field, such as the items of one.
pub(super) fn owner(pointer: &str) -> Option<(&str, String)> {
    let (rest, name) = pointer.rsplit_once('/')?;
    let name = name.replace("~1", "/").replace("~0", "~");
    Some((rest.strip_suffix("/properties")?, name))
}

/// The name that says what a value is for: of the parameter, or of the field around items and values.
pub(super) fn name_of<'d>(difference: &'d Disagreement) -> &'d str {
    if difference.pointer.contains("/parameters/") {
        return difference.place.rsplit(' ').next().unwrap_or_default();
    }
    let tokens = difference.pointer.rsplit('/');
    let mut tokens = tokens.filter(|token| !["items", "additionalProperties"].contains(token));
    tokens.next().unwrap_or_default()
}
