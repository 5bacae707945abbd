//! Which two results `diff` compares, and what is different.
//!
//! The library says which parameters there are and which of them differ. Without names, the results are the last two of
//! a job type: those of the latest result that has an earlier one to compare with.

use std::collections::HashMap;

use processing_results::JobType;
use processing_results::types::{ItemProcessingResults, ProcessingResult};
use serde::Serialize;
use serde_json::value::RawValue;

use super::args::Diff;
use super::ids;
use crate::contract::Contract;
use crate::exit::{Exit, Failure};
use crate::output::parameters::{self, Parameter};

/// What is compared, and how it differs. Scripts rely on its JSON. Without two results to compare, `before` is null and
/// `after` the only result, or null too.
#[derive(Serialize)]
pub(super) struct Comparison<'a> {
    pub(super) item_id: &'a str,
    pub(super) item_name: &'a str,
    pub(super) before: Option<Side<'a>>,
    pub(super) after: Option<Side<'a>>,
    pub(super) changes: Vec<Change>,
}

/// One of the two results.
#[derive(Serialize)]
pub(super) struct Side<'a> {
    result_id: &'a str,
    pub(super) job_type: &'a str,
    /// As the service sent it.
    processed_at: &'a str,
    pub(super) parameters_hash: &'a str,
    /// The result itself, for the table.
    #[serde(skip)]
    pub(super) result: &'a ProcessingResult,
}

/// A parameter that changed. A side is null where it is not set.
#[derive(Serialize)]
pub(super) struct Change {
    /// With its path: `parsing_configuration.lang`.
    name: String,
    before: Option<Box<RawValue>>,
    after: Option<Box<RawValue>>,
    /// What the service does where it is not set on one side, where its vendor documents that.
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<Box<RawValue>>,
    /// The same, for the table.
    #[serde(skip)]
    pub(super) parameter: Parameter,
}

/// The comparison of the two results that are named by id or prefix, else of the last two of a job type.
pub(super) fn compared<'a>(
    history: &'a ItemProcessingResults,
    diff: &Diff,
    contract: &Contract,
) -> Result<Comparison<'a>, Failure> {
    let (before, after) = match (&diff.before, &diff.after) {
        (Some(before), Some(after)) => (
            Some(ids::find(history, before, Exit::Usage)?),
            Some(ids::find(history, after, Exit::Usage)?),
        ),
        _ => last_two(history, diff.job_type.as_deref()),
    };
    let changes = before.zip(after).map(|(before, after)| {
        let changes = parameters::changes(after, before, contract, diff.reveal_secrets);
        changes.into_iter().map(Change::of).collect()
    });
    Ok(Comparison {
        item_id: &history.item_id,
        item_name: &history.item_name,
        before: before.map(Side::of),
        after: after.map(Side::of),
        changes: changes.unwrap_or_default(),
    })
}

impl<'a> Side<'a> {
    fn of(result: &'a ProcessingResult) -> Self {
        Side {
            result_id: &result.result_id,
            job_type: result.job_type.as_str(),
            processed_at: result.processed_at.as_str(),
            parameters_hash: &result.parameters_hash,
            result,
        }
    }
}

impl Change {
    fn of(parameter: Parameter) -> Self {
        let raw = |json: &Option<String>| RawValue::from_string(json.clone()?).ok();
        Change {
            name: parameter.name.clone(),
            before: raw(&parameter.before),
            after: raw(&parameter.after),
            default: raw(&parameter.default),
            parameter,
        }
    }
}

type MaybeResult<'a> = Option<&'a ProcessingResult>;

/// The latest result that has an earlier one of its job type, behind that one; if there is none, the latest alone.
fn last_two<'a>(
    history: &'a ItemProcessingResults,
    job_type: Option<&str>,
) -> (MaybeResult<'a>, MaybeResult<'a>) {
    let wanted = job_type.map(JobType::from);
    let mut results = history.chronological();
    results.retain(|result| {
        wanted
            .as_ref()
            .is_none_or(|wanted| result.job_type == *wanted)
    });
    let mut last = HashMap::new();
    let mut pair = None;
    for result in &results {
        if let Some(before) = last.insert(&result.job_type, *result) {
            pair = Some((Some(before), Some(*result)));
        }
    }
    pair.unwrap_or((None, results.last().copied()))
}
