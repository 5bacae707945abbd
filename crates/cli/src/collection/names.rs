//! Which column of a table, or which member of an object, has the item ids.
//!
//! `--items-column` names it to the letter. Without that, usual names are tried, without case and punctuation:
//! `Item ID`, `item_id` and `itemId` are the same. If none fits, the message lists the names that there are.

use crate::mask::{self, MASK};
use crate::text::shortened;

/// Names of columns and members that have item ids, without case and punctuation, the most certain first: in an export
/// `result_id` is not looked at, and `id` only if there is no `item_id`.
const NAMES: [&str; 3] = ["itemid", "id", "item"];
/// Columns that a message lists.
const MAX_LISTED: usize = 8;
/// Characters of each.
const MAX_NAME: usize = 24;

/// How certain it is that a column or member of this name has item ids: 0 is the most certain, `None` is no such name.
pub(super) fn rank(name: &str, column: Option<&str>) -> Option<usize> {
    let kept = name.chars().filter(|c| c.is_alphanumeric());
    let plain: String = kept.flat_map(char::to_lowercase).collect();
    match column {
        Some(column) => (name.trim() == column).then_some(0),
        None => NAMES.iter().position(|wanted| plain == *wanted),
    }
}

/// The position of the column with ids among these names.
pub(super) fn named<'a>(
    names: impl Iterator<Item = &'a str>,
    column: Option<&str>,
) -> Option<usize> {
    let ranks = names.enumerate();
    let ranks = ranks.filter_map(|(at, name)| Some((rank(name, column)?, at)));
    ranks.min().map(|(_, at)| at)
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
