//! A history in each of its formats.

pub(crate) mod columns;
pub(crate) mod csv;
pub(crate) mod json;
pub(crate) mod members;
pub(crate) mod paint;
pub(crate) mod parameters;
mod shown;

pub(crate) use shown::shown;
