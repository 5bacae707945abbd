//! Questions to the history of an item, or to those of many.

pub(crate) mod args;
pub(crate) mod ask;
pub(crate) mod diff;
mod diff_table;
pub(crate) mod duplicates;
