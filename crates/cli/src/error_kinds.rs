//! What each kind of error means to the command: the exit code, the reason in words, and whether the next item would
//! fail too.
//!
//! One table has all of it, for messages, the report, the circuit breaker, and the list of failed items. Names for scripts
//! are the library's `error.type`, such as `not_found`.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};

use indicatif::HumanCount;
use processing_results::ErrorKind;
use serde::{Deserialize, Serialize};

use crate::exit::Exit;

/// What a kind of error means.
pub(crate) struct KindOfError {
    pub(crate) exit: Exit,
    /// Why an item failed, in words, as the report has it.
    pub(crate) reason: &'static str,
    /// Whether other items fail too.
    pub(crate) scope: Scope,
}

/// What a failure says about the next call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Nothing: only this item fails.
    Item,
    /// The next item fails too, if several in a row did.
    Service,
    /// Every item fails.
    Every,
}

/// The table. All kinds of timeouts are one row.
pub(crate) fn facts(kind: ErrorKind) -> KindOfError {
    use Scope::{Every, Item, Service};
    let (exit, scope, reason) = match kind {
        ErrorKind::Configuration => (Exit::Usage, Every, "the client cannot be set up"),
        ErrorKind::InvalidRequest => (Exit::Usage, Item, "the id is invalid"),
        ErrorKind::Validation => (Exit::Usage, Item, "the service found the request invalid"),
        ErrorKind::Unauthorized => (Exit::Unauthorized, Every, "the key is not accepted"),
        ErrorKind::PaymentRequired => (Exit::Unauthorized, Every, "out of credits"),
        ErrorKind::Forbidden => (Exit::Unauthorized, Service, "not for this item"),
        ErrorKind::NotFound => (Exit::NotFound, Item, "no such item"),
        // The call is missing, not the item: a script must not skip the item for that.
        ErrorKind::Gone => (
            Exit::Service,
            Service,
            "the service does not have this call",
        ),
        // The client waits and slows down by itself.
        ErrorKind::RateLimited => (Exit::Service, Item, "too many requests"),
        ErrorKind::Conflict => (Exit::Service, Item, "a conflict in the service"),
        ErrorKind::Server => (Exit::Service, Service, "the service failed"),
        ErrorKind::Timeout(_) => (Exit::Service, Service, "it took too long"),
        ErrorKind::Connect => (Exit::Service, Service, "no connection"),
        ErrorKind::Tls => (Exit::Service, Service, "no TLS connection"),
        ErrorKind::Interrupted => (Exit::Service, Service, "the connection broke off"),
        ErrorKind::Redirect => (Exit::Service, Service, "the service redirects"),
        ErrorKind::Undecodable => (
            Exit::Unreadable,
            Service,
            "the response could not be decoded",
        ),
        ErrorKind::TooLarge => (Exit::Unreadable, Item, "the response was too large"),
        // A kind that a later version of the library has: all that is known is that the service is involved.
        _ => (Exit::Service, Service, "an unexpected status"),
    };
    KindOfError {
        exit,
        reason,
        scope,
    }
}

impl From<ErrorKind> for Exit {
    fn from(kind: ErrorKind) -> Self {
        facts(kind).exit
    }
}

/// The name of a kind for scripts, such as `not_found`. All kinds of timeouts have one.
pub(crate) fn name(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Timeout(_) => "timeout",
        kind => kind.error_type(),
    }
}

/// The name for an item whose history decodes in part. What decodes is kept, so it is not fetched again.
pub(crate) const PARTLY_UNDECODABLE: &str = "partly_undecodable";

/// Whether the same call may succeed later, so that `--resume` makes it again.
pub(crate) fn may_pass(name_of_kind: &str) -> bool {
    let for_good = [
        ErrorKind::NotFound,
        ErrorKind::InvalidRequest,
        ErrorKind::Validation,
    ];
    name_of_kind != PARTLY_UNDECODABLE && !for_good.map(name).contains(&name_of_kind)
}

/// Numbers of failures, by the name of the kind.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Failures(BTreeMap<String, u64>);

impl Failures {
    /// Counts one more failure of the kind with this name.
    pub(crate) fn add(&mut self, kind: &str) {
        *self.0.entry(kind.to_owned()).or_default() += 1;
    }

    /// Failures of all kinds.
    pub(crate) fn count(&self) -> u64 {
        self.0.values().sum()
    }

    /// Failures of one kind.
    pub(crate) fn of(&self, kind: ErrorKind) -> u64 {
        self.0.get(name(kind)).copied().unwrap_or_default()
    }
}

/// The most frequent first: `12 not found, 1 timeout`.
impl Display for Failures {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut kinds: Vec<_> = self.0.iter().collect();
        kinds.sort_by_key(|(kind, count)| (std::cmp::Reverse(**count), *kind));
        for (at, (kind, count)) in kinds.into_iter().enumerate() {
            let gap = if at == 0 { "" } else { ", " };
            write!(f, "{gap}{} {}", HumanCount(*count), kind.replace('_', " "))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_are_counted_by_kind_the_most_frequent_first() {
        let mut failures = Failures::default();
        failures.add(name(ErrorKind::Server));
        (0..1_200).for_each(|_| failures.add(name(ErrorKind::NotFound)));
        assert_eq!(failures.to_string(), "1,200 not found, 1 server");
        assert_eq!(
            (failures.count(), failures.of(ErrorKind::NotFound)),
            (1_201, 1_200)
        );
    }
}
