//! Which column of a table, or which member of an object, has the item ids.
//!
//! `--items-column` names it to the letter. Without that, usual names are tried, without case and punctuation:
//! `Item ID`, `item_id` and `itemId` are the same. If none fits, the message lists the names that there are.

use serde_json::Value;

use crate::mask::{self, MASK};
use crate::text::shortened;

/// Names of columns and members that have item ids, without case and punctuation, the most certain first: in an export
/// `result_id` is not looked at, and `id` only if there is no `item_id`.
const NAMES: [&str; 3] = ["itemid", "id", "item"];
/// Columns that a message lists.
const MAX_LISTED: usize = 8;
/// Characters of each.
const MAX_NAME: usize = 24;

/// The id in a value: a text is an id, and an object has one as a member.
pub(super) fn id_of<'a>(value: &'a Value, column: Option<&str>) -> Result<&'a str, String> {
    let members = match value {
        Value::String(id) => return Ok(id),
        Value::Object(members) => members,
        _ => return Err(" is JSON, but not of items".to_owned()),
    };
    let names = members.keys().map(String::as_str);
    let at = named(names.clone(), column).ok_or_else(|| without(names, "member"))?;
    let id = members.values().nth(at).and_then(Value::as_str);
    id.ok_or_else(|| " has an item id that is not a text".to_owned())
}

/// The position of the column or member with ids among these names.
pub(super) fn named<'a>(
    mut names: impl Iterator<Item = &'a str> + Clone,
    column: Option<&str>,
) -> Option<usize> {
    let plain = |name: &str| -> String {
        let kept = name.chars().filter(|c| c.is_alphanumeric());
        kept.flat_map(char::to_lowercase).collect()
    };
    match column {
        Some(column) => names.position(|name| name.trim() == column),
        None => NAMES
            .iter()
            .find_map(|wanted| names.clone().position(|name| plain(name) == *wanted)),
    }
}

/// The error for a row or an object without ids; `what` is `column` or `member`. Names that may be data, and so secrets,
/// are masked.
pub(super) fn without<'a>(names: impl Iterator<Item = &'a str> + Clone, what: &str) -> String {
    // Without a header these are data, which may be of any kind.
    let is_plain = |c: char| c.is_alphanumeric() || " _-.".contains(c);
    let shown = |name: &str| match shortened(name.trim(), MAX_NAME) {
        name if name.chars().all(is_plain) => mask::text(&name, false).into_owned(),
        _ => MASK.to_owned(),
    };
    let listed: Vec<_> = names.clone().take(MAX_LISTED).map(shown).collect();
    let more = if names.count() > MAX_LISTED {
        ", ..."
    } else {
        ""
    };
    format!(
        " has no {what} with item ids among {}{more}: name it item_id, or choose one with --items-column",
        listed.join(", ")
    )
}
