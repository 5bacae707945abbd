//! What a history says about changes and repeats.

pub(crate) mod args;
pub(crate) mod diff;
pub(crate) mod duplicates;
pub(crate) mod fetch_each;
pub(crate) mod ids;
pub(crate) mod sequence;
mod source;
