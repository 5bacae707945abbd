//! The ids to ask for: each once, and the same ones when an export is resumed.

use std::future::ready;

use futures_util::StreamExt;
use sha2::{Digest, Sha256};

use super::seen::Seen;
use crate::collection::Ids;
use crate::exit::{Exit, Failure};

/// Ids that have been seen, as far as it takes to know them again.
#[derive(Clone, Default)]
pub(super) struct Fingerprint(Sha256);

impl Fingerprint {
    pub(super) fn add(&mut self, id: &str) {
        self.0.update(id);
        self.0.update("\n");
    }

    pub(super) fn text(&self) -> String {
        let hash = self.0.clone().finalize();
        hash.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Leaves out ids that were there before.
pub(super) fn once(ids: Ids) -> Result<Ids, Failure> {
    let unusable = |error: std::io::Error| {
        let folder = std::env::temp_dir();
        let message = format!("{} cannot be written: {error}", folder.display());
        Failure::new(Exit::Output, message)
    };
    let mut seen = Seen::new().map_err(unusable)?;
    let end = ids.end.clone();
    let fresh = ids.stream.map(move |id| match seen.insert(&id) {
        Ok(is_new) => Some(is_new.then_some(id)),
        Err(error) => {
            end.set(unusable(error));
            None
        }
    });
    let stream = fresh
        .take_while(|fresh| ready(fresh.is_some()))
        .filter_map(|fresh| ready(fresh.flatten()));
    Ok(Ids {
        stream: Box::pin(stream),
        end: ids.end,
    })
}
