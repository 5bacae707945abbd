//! When failures are no longer those of single items, so that going on is of no use.
//!
//! A key that is not accepted ends everything at once. Failures of the service do so after a number of them
//! in a row, and items that do not exist if the list began with as many and none existed: then it is a list
//! of something else.

use processing_results::{Error, ErrorKind};

use crate::error_kinds::{Failures, Scope, facts, name};
use crate::exit::Failure;

/// Failures of the service in a row, or first items that do not exist, after which the next one fails too.
const MAX_IN_A_ROW: u64 = 20;

/// Counts how items fare, and says when to stop.
#[derive(Debug, Default)]
pub(crate) struct CircuitBreaker {
    in_a_row: u64,
    has_succeeded: bool,
    failures: Failures,
}

impl CircuitBreaker {
    /// `has_succeeded` is whether some items before these ones exist.
    pub(crate) fn new(has_succeeded: bool) -> Self {
        CircuitBreaker {
            has_succeeded,
            ..CircuitBreaker::default()
        }
    }

    /// An item's history arrived.
    pub(crate) fn succeeded(&mut self) {
        self.in_a_row = 0;
        self.has_succeeded = true;
    }

    /// An item failed. Returns the failure that ends everything, if there is no point in going on.
    pub(crate) fn failed(&mut self, error: &Error) -> Option<Failure> {
        self.count(error.kind()).then(|| self.reason(error))
    }

    /// Whether it is time to stop.
    fn count(&mut self, kind: ErrorKind) -> bool {
        self.failures.add(name(kind));
        let scope = facts(kind).scope;
        self.in_a_row = match scope {
            Scope::Item => 0,
            Scope::Service | Scope::Every => self.in_a_row + 1,
        };
        scope == Scope::Every || self.in_a_row >= MAX_IN_A_ROW || self.none_exists()
    }

    /// Whether the first items, and so probably all of them, are ids of something else.
    fn none_exists(&self) -> bool {
        let missing = self.failures.of(ErrorKind::NotFound);
        !self.has_succeeded && missing >= MAX_IN_A_ROW && missing == self.failures.count()
    }

    /// The failure of the last item, with what it says about all of them.
    fn reason(&self, error: &Error) -> Failure {
        let failure = Failure::from(error);
        if self.none_exists() {
            let message = format!(
                "none of the first {MAX_IN_A_ROW} items exists: check that these are ids of batch items, one a \
                line, and that project and region are theirs"
            );
            return Failure::new(failure.exit, message);
        }
        match self.in_a_row {
            0..MAX_IN_A_ROW => failure,
            count => {
                let message = format!(
                    "{count} items in a row failed, at last: {}",
                    failure.message()
                );
                Failure::new(failure.exit, message)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANY: std::ops::Range<u32> = 0..19;

    #[test]
    fn a_key_that_is_not_accepted_ends_all_and_a_missing_item_nothing() {
        let mut breaker = CircuitBreaker::default();
        breaker.succeeded();
        assert!((0..100).all(|_| !breaker.count(ErrorKind::NotFound)));
        assert!(breaker.count(ErrorKind::Unauthorized));
    }

    #[test]
    fn an_outage_ends_all_and_something_between_delays_that() {
        for kind in [
            ErrorKind::Connect,
            ErrorKind::Server,
            ErrorKind::Interrupted,
            ErrorKind::Undecodable,
            ErrorKind::Forbidden,
        ] {
            let mut breaker = CircuitBreaker::default();
            assert!(MANY.into_iter().all(|_| !breaker.count(kind)));
            assert!(!breaker.count(ErrorKind::Conflict));
            assert!(MANY.into_iter().all(|_| !breaker.count(kind)));
            breaker.succeeded();
            assert!(MANY.into_iter().all(|_| !breaker.count(kind)));
            assert!(breaker.count(ErrorKind::Gone), "{kind:?}");
        }
    }

    #[test]
    fn a_list_of_which_nothing_exists_is_no_list_of_items() {
        let mut breaker = CircuitBreaker::default();
        assert!(
            MANY.into_iter()
                .all(|_| !breaker.count(ErrorKind::NotFound))
        );
        assert!(breaker.count(ErrorKind::NotFound));
        let mut breaker = CircuitBreaker::new(true);
        assert!((0..100).all(|_| !breaker.count(ErrorKind::NotFound)));
    }
}
