//! When a failure is not the item's, but that of every one.

use processing_results::ErrorKind;

/// After so many items in a row that were out of reach, the next one will be too.
const OUT_OF_REACH: u32 = 20;

/// How much there is left of it.
#[derive(Default)]
pub(crate) struct Patience(u32);

impl Patience {
    /// An item was answered.
    pub(crate) fn answered(&mut self) {
        self.0 = 0;
    }

    /// An item failed. Says whether there is no point in asking for another one.
    pub(crate) fn ends_with(&mut self, kind: ErrorKind) -> bool {
        self.0 = match kind {
            ErrorKind::Configuration | ErrorKind::Unauthorized | ErrorKind::PaymentRequired => {
                OUT_OF_REACH
            }
            // Mostly not the item's, but may be.
            ErrorKind::Connect
            | ErrorKind::Tls
            | ErrorKind::Timeout(_)
            | ErrorKind::Redirect
            | ErrorKind::Gone => self.0 + 1,
            _ => 0,
        };
        self.0 >= OUT_OF_REACH
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_is_not_accepted_ends_all_and_a_missing_item_nothing() {
        let mut patience = Patience::default();
        assert!((0..100).all(|_| !patience.ends_with(ErrorKind::NotFound)));
        assert!(patience.ends_with(ErrorKind::Unauthorized));
    }

    #[test]
    fn what_is_out_of_reach_again_and_again_ends_all() {
        let mut patience = Patience::default();
        for between in [ErrorKind::NotFound, ErrorKind::Server] {
            assert!((0..19).all(|_| !patience.ends_with(ErrorKind::Connect)));
            assert!(!patience.ends_with(between));
        }
        assert!((0..19).all(|_| !patience.ends_with(ErrorKind::Connect)));
        patience.answered();
        assert!((0..19).all(|_| !patience.ends_with(ErrorKind::Gone)));
        assert!(patience.ends_with(ErrorKind::Connect));
    }
}
