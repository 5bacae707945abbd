//! Ends a command over many items when the next ones would fail too.
//!
//! | failure | ends the command |
//! |---|---|
//! | the key is not accepted, out of credits | at once |
//! | the service fails, refuses, or cannot be reached | after 20 items in a row |
//! | the items do not exist | if the first 20 do not: it is a list of something else |
//! | anything else about one item | never |
//!
//! A million requests to a service that is down, or with a list of file names, would otherwise take hours to say the
//! same thing a million times.

use processing_results::{Error, ErrorKind};

use crate::error_kinds::{Failures, Scope, facts, name};
use crate::exit::Failure;

/// Failures of the service in a row, or first items that do not exist, after which the next one fails too.
const MAX_IN_A_ROW: u64 = 20;

/// Counts successes and failures of items, and says when to stop.
#[derive(Debug, Default)]
pub(crate) struct CircuitBreaker {
    /// Failures of the service since its last response about an item.
    in_a_row: u64,
    /// Whether any item is known to exist.
    has_succeeded: bool,
    failures: Failures,
}

impl CircuitBreaker {
    /// `has_succeeded` is whether items before these exist, as in an export that is resumed.
    pub(crate) fn new(has_succeeded: bool) -> Self {
        CircuitBreaker {
            has_succeeded,
            ..CircuitBreaker::default()
        }
    }

    /// The history of an item arrived.
    pub(crate) fn succeeded(&mut self) {
        self.in_a_row = 0;
        self.has_succeeded = true;
    }

    /// An item failed. Returns the failure that ends the command, if the next items would fail too.
    pub(crate) fn failed(&mut self, error: &Error) -> Option<Failure> {
        self.count(error.kind()).then(|| self.reason(error))
    }

    /// Counts a failure, and returns whether to stop.
    fn count(&mut self, kind: ErrorKind) -> bool {
        self.failures.add(name(kind));
        let scope = facts(kind).scope;
        self.in_a_row = match scope {
            Scope::Item => 0,
            Scope::Service | Scope::Every => self.in_a_row + 1,
        };
        scope == Scope::Every || self.in_a_row >= MAX_IN_A_ROW || self.none_exists()
    }

    /// Whether none of the first items exists, and nothing else went wrong.
    fn none_exists(&self) -> bool {
        let missing = self.failures.of(ErrorKind::NotFound);
        !self.has_succeeded && missing >= MAX_IN_A_ROW && missing == self.failures.count()
    }

    /// The failure that ends the command, with how many items failed before it.
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
