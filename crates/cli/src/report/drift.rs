//! What responses have that the OpenAPI document lacks, or the other way around: where, and in how many items.
//!
//! It is the comparison of `spec drift`, added up over all items. The page shows places and kinds of values, such as
//! `unknown field: string`, and never a value. The service adds fields every month, so a report over many items
//! shows that the document should follow.

use std::collections::{BTreeMap, BTreeSet};

use processing_results::types::{ItemProcessingResults, Json};
use processing_results_contract::Document;
use processing_results_contract::drift::{self, DriftKind};

use crate::contract;
use crate::exit::{Exit, Failure};
use crate::text::{escaped, shortened};

/// Differences that are counted one by one; memory does not grow beyond them.
const MAX_PLACES: usize = 1_000;
/// Differences that the page lists.
const MAX_LISTED: usize = 50;
/// Characters of a place that are kept.
const MAX_PLACE: usize = 160;

/// The differences so far, with how often each was seen.
pub(super) struct Drift {
    document: &'static Document,
    seen: BTreeMap<(String, DriftKind), Seen>,
    /// How often something was seen beyond [`MAX_PLACES`].
    further: u64,
}

/// How often one thing was seen.
#[derive(Default)]
struct Seen {
    items: u64,
    times: u64,
    /// The type of the values, such as `integer`, as far as they show it.
    inferred: Option<String>,
}

/// One difference, in words.
pub(super) struct Difference<'a> {
    /// A path such as `processing_results[].job_config.parameters.new_option`.
    pub(super) place: &'a str,
    pub(super) what: String,
    pub(super) items: u64,
    pub(super) times: u64,
}

impl Drift {
    /// Nothing was seen yet. It compares with the document that the command was built with.
    pub(super) fn new() -> Result<Self, Failure> {
        Ok(Drift {
            document: contract::document()?,
            seen: BTreeMap::new(),
            further: 0,
        })
    }

    /// Compares one history. It is written as JSON again for that, which loses nothing: unknown fields are kept.
    pub(super) fn add(&mut self, history: &ItemProcessingResults) -> Result<(), Failure> {
        let response = Json::of(history).map_err(|error| {
            let message = format!("the history cannot be written as JSON: {error}");
            Failure::new(Exit::Unreadable, message)
        })?;
        let mut of_item = BTreeSet::new();
        let drifts = drift::inspect(self.document, response.value())
            .map_err(|error| Failure::output(format!("the bundled contract {error}")))?;
        for drift in drifts {
            let place = shortened(&escaped(&drift.place), MAX_PLACE).into_owned();
            let key = (place, drift.kind);
            if !self.seen.contains_key(&key) && self.seen.len() >= MAX_PLACES {
                self.further += 1;
                continue;
            }
            let seen = self.seen.entry(key.clone()).or_default();
            // A place has a difference for each value of an enum.
            seen.items += u64::from(of_item.insert(key));
            seen.times += u64::try_from(drift.count).unwrap_or(u64::MAX);
            seen.inferred = seen.inferred.take().or(drift.inferred);
        }
        Ok(())
    }

    /// What is in most items first, and how many more there are.
    pub(super) fn differences(&self) -> (Vec<Difference<'_>>, usize) {
        let all = self.seen.iter().map(|((place, kind), seen)| Difference {
            place,
            what: what(*kind, seen.inferred.as_deref()),
            items: seen.items,
            times: seen.times,
        });
        let mut all: Vec<_> = all.collect();
        all.sort_by_key(|difference| u64::MAX - difference.items);
        let more = all.len().saturating_sub(MAX_LISTED);
        all.truncate(MAX_LISTED);
        (all, more)
    }

    /// Whether more differences were seen than are counted, so that their number is a lower bound.
    pub(super) fn is_cut_off(&self) -> bool {
        self.further > 0
    }
}

/// A difference in words for people who do not read the OpenAPI document.
fn what(kind: DriftKind, inferred: Option<&str>) -> String {
    let (what, inferred) = match kind {
        DriftKind::UnknownField => ("unknown field", inferred),
        DriftKind::UnknownValue => ("unknown value", None),
        DriftKind::Null => ("null where none is allowed", None),
        DriftKind::WrongType => ("another type", inferred),
        DriftKind::Missing => ("required, not there", None),
        DriftKind::Duplicate => ("there twice", None),
        DriftKind::NotCompared => ("could not be compared", None),
    };
    match inferred {
        Some(inferred) => format!("{what}: {inferred}"),
        None => what.to_owned(),
    }
}
