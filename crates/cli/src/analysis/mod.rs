//! What a history says about changes and repeats.

pub(crate) mod args;
pub(crate) mod diff;
mod diff_table;
pub(crate) mod duplicates;
pub(crate) mod fetch_each;
