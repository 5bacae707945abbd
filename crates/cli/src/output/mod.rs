//! Formats of a history, and what they are made from.
//!
//! | file | what it has |
//! |---|---|
//! | `json`, `csv`, `columns` | data formats: names, types and order are a promise to programs |
//! | `format`, `layout` | the options that choose a format and columns |
//! | `parameters`, `shown`, `members` | the parameters of a result, and their values as people read them |
//! | `paint` | colors and aligned columns |
//!
//! The table is in `history_table`: it is for people, and may change. All formats have the same values with the same
//! masking.

pub(crate) mod columns;
pub(crate) mod csv;
pub(crate) mod format;
pub(crate) mod json;
pub(crate) mod layout;
pub(crate) mod members;
pub(crate) mod paint;
pub(crate) mod parameters;
mod shown;

pub(crate) use shown::shown;
