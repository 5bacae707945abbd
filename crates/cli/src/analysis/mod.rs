//! What a history says about changes and repeats.
//!
//! These commands show what changed and what was done twice. `sequence` compares the results of one history;
//! `fetch_each` has many histories, from the service or from an export.

pub(crate) mod args;
pub(crate) mod diff;
pub(crate) mod duplicates;
pub(crate) mod fetch_each;
pub(crate) mod ids;
pub(crate) mod sequence;
mod source;
