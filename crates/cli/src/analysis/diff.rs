//! `diff`: what changed between two results of an item.

use processing_results::types::{ItemProcessingResults, ProcessingResult};
use processing_results::{JobType, ParameterChange};
use serde::Serialize;

use super::args::{Diff, DiffFormat};
use super::diff_table;
use crate::connect::connect;
use crate::exit::{Exit, Failure};
use crate::output::table::moment;
use crate::text;

/// So many results are listed where a result is not found.
const LISTED: usize = 12;

/// What is compared, and how it differs. The JSON of it is a promise.
#[derive(Serialize)]
pub(super) struct Comparison<'a> {
    pub(super) item_id: &'a str,
    pub(super) item_name: &'a str,
    pub(super) before: Option<Side<'a>>,
    pub(super) after: Option<Side<'a>>,
    pub(super) changes: Vec<ParameterChange>,
}

#[derive(Serialize)]
pub(super) struct Side<'a> {
    result_id: &'a str,
    job_type: &'a str,
    /// As the service sent it.
    processed_at: &'a str,
    parameters_hash: &'a str,
    #[serde(skip)]
    pub(super) result: &'a ProcessingResult,
}

pub(crate) async fn run(diff: &Diff) -> Result<(), Failure> {
    let connection = connect(&diff.service).await?;
    let mut request = connection.client.processing_results(&diff.item_id);
    if let Some(job_type) = &diff.job_type {
        request = request.job_type(job_type.as_str());
    }
    let history = request.send().await?.into_inner();
    let comparison = compared(&history, diff)?;
    let output = match diff.output {
        DiffFormat::Table => diff_table::drawn(&comparison),
        DiffFormat::Json => json(&comparison)?,
    };
    crate::stdout::print(output.as_bytes())?;
    if let Some(note) = note(&comparison, diff) {
        text::note(&format!("note: {note}"));
    }
    Ok(())
}

fn compared<'a>(
    history: &'a ItemProcessingResults,
    diff: &Diff,
) -> Result<Comparison<'a>, Failure> {
    let (before, after) = match (&diff.before, &diff.after) {
        (Some(before), Some(after)) => {
            (Some(named(history, before)?), Some(named(history, after)?))
        }
        _ => last_two(history, diff.job_type.as_deref()),
    };
    let changes = before
        .zip(after)
        .map(|(before, after)| after.changes_since(before));
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

type Found<'a> = Option<&'a ProcessingResult>;

/// The latest result that has one of its type before it, and that; else the latest alone.
fn last_two<'a>(
    history: &'a ItemProcessingResults,
    job_type: Option<&str>,
) -> (Found<'a>, Found<'a>) {
    let wanted = job_type.map(JobType::from);
    let mut results = history.chronological();
    results.retain(|result| {
        wanted
            .as_ref()
            .is_none_or(|wanted| result.job_type == *wanted)
    });
    let pair = (0..results.len()).rev().find_map(|at| {
        let same = |before: &&&ProcessingResult| before.job_type == results[at].job_type;
        let before = results[..at].iter().rev().find(same)?;
        Some((Some(*before), Some(results[at])))
    });
    pair.unwrap_or((None, results.last().copied()))
}

fn named<'a>(
    history: &'a ItemProcessingResults,
    id: &str,
) -> Result<&'a ProcessingResult, Failure> {
    let results = history.results();
    if let Some(found) = results.iter().find(|result| result.result_id == id) {
        return Ok(found);
    }
    let item = &history.item_id;
    let mut listed: Vec<_> = history
        .chronological()
        .into_iter()
        .rev()
        .map(|result| {
            let job_type = result.job_type.as_str();
            format!("{} ({job_type}, {})", result.result_id, moment(result))
        })
        .take(LISTED)
        .collect();
    if results.len() > LISTED {
        listed.push(format!("and {} more", results.len() - LISTED));
    }
    let there_are = match listed.is_empty() {
        true => "it has none".to_owned(),
        false => format!("there are {}", listed.join(", ")),
    };
    let message = format!("item {item} has no result {id}; {there_are}");
    Err(Failure::new(Exit::Usage, message))
}

fn json(comparison: &Comparison<'_>) -> Result<String, Failure> {
    let json = serde_json::to_string_pretty(comparison).map_err(|error| {
        Failure::new(
            Exit::Output,
            format!("the changes cannot be written as JSON: {error}"),
        )
    })?;
    Ok(text::escaped_json(json) + "\n")
}

/// What the output does not say, or not in words.
fn note(comparison: &Comparison<'_>, diff: &Diff) -> Option<String> {
    let item = comparison.item_id;
    let of_type = diff.job_type.as_ref();
    let of_type = of_type.map(|job_type| format!(" of job type {job_type}"));
    let (Some(before), Some(after)) = (&comparison.before, &comparison.after) else {
        let what = match (&of_type, &comparison.after) {
            (_, None) => "no results",
            (Some(_), _) => "only one result",
            (None, _) => "no two results of the same job type",
        };
        let of_type = of_type.unwrap_or_default();
        return Some(format!(
            "nothing to compare: item {item} has {what}{of_type}"
        ));
    };
    let is_same_hash = before.parameters_hash == after.parameters_hash;
    match (comparison.changes.is_empty(), is_same_hash) {
        _ if before.job_type != after.job_type => {
            Some("the results are of different job types".to_owned())
        }
        (true, true) => Some("the results have the same parameters".to_owned()),
        (true, false) => Some("no parameter differs, although the parameters hash does".to_owned()),
        (false, true) => Some("the parameters hash is the same nevertheless".to_owned()),
        (false, false) => None,
    }
}
