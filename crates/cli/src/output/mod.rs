//! A history in each of its formats.
//!
//! All formats show the same values with the same masking. Data formats are promises to programs; the table
//! is for people, and may change.

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
