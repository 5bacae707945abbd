//! The ids of an export, to know them again when it is resumed.

use sha2::{Digest, Sha256};

use crate::text::hex;

/// Ids that have been seen, as far as it takes to know them again.
#[derive(Clone, Default)]
pub(super) struct Fingerprint(Sha256);

impl Fingerprint {
    pub(super) fn add(&mut self, id: &str) {
        self.0.update(id);
        self.0.update("\n");
    }

    pub(super) fn text(&self) -> String {
        hex(&self.0.clone().finalize())
    }
}
