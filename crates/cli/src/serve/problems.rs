//! What is wrong with the data files at present, as the list of items shows it.
//!
//! A message on standard error scrolls away, or is in a log that nobody looks at; the page shows it as long as it is
//! true.

use std::sync::{Arc, Mutex};

use crate::lock::lock;

/// Shared by the directory, which finds the problems, and the pages, which show them.
#[derive(Clone, Default)]
pub(crate) struct Problems(Arc<Mutex<Vec<String>>>);

impl Problems {
    /// Replaces all of them.
    pub(super) fn set(&self, problems: Vec<String>) {
        *lock(&self.0) = problems;
    }

    /// One line each, with the name of the file: `a.json:2:14: expected value; it is not served`.
    pub(crate) fn all(&self) -> Vec<String> {
        lock(&self.0).clone()
    }
}
