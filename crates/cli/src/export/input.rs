//! A fingerprint of the ids of an export, to recognize them when it is resumed.
//!
//! Rows are in the order of the ids, and the journal says only how many of them are done. With other ids, or another
//! order, `--resume` would skip the wrong ones, so the ids that are skipped have to have the same fingerprint.

use sha2::{Digest, Sha256};

use crate::text::hex;

/// A SHA-256 of the ids so far, each with a line break. An id has none, so that `ab` is not the same as `a` and `b`.
#[derive(Clone, Default)]
pub(super) struct Fingerprint(Sha256);

impl Fingerprint {
    /// Adds one more id.
    pub(super) fn add(&mut self, id: &str) {
        self.0.update(id);
        self.0.update("\n");
    }

    /// The fingerprint so far; more ids can follow.
    pub(super) fn text(&self) -> String {
        hex(&self.0.clone().finalize())
    }
}
