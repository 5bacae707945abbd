//! JSON as text: where its parts are, and when two texts are the same JSON.

pub(crate) mod canonical;
pub(crate) mod scan;
