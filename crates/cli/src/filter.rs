//! Which results are selected: by job type, time and tier.
//!
//! `--since` and `--until` take a day, a time, or an age such as `30d`; days are in UTC. `get` compares with results that
//! are left out, too: a change since last month is one, whether last month is shown or not. `duplicates` and `report`
//! look at the selected results alone.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use clap::Args;
use clap::builder::NonEmptyStringValueParser;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan};
use processing_results::JobType;
use processing_results::types::{ItemProcessingResults, ProcessingResult};

use crate::contract::Contract;
use crate::exit::Failure;
use crate::output::{parameters, shown};
use crate::text::{self, counted};
use crate::words::{instant, number};

/// Conditions on results; all of them have to be met. The service selects the job type, the command the rest.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Filter {
    /// Only results of this type: parse, extract, classify
    #[arg(short = 't', long, value_name = "TYPE", value_parser = job_type)]
    pub(crate) job_type: Option<String>,

    /// Only results from 2026-01-31, a time, or 30d ago on
    #[arg(long, value_name = "TIME", value_parser = since)]
    since: Option<Timestamp>,

    /// Only results up to this time; a day to its end
    #[arg(long, value_name = "TIME", value_parser = until)]
    until: Option<Timestamp>,

    /// Only results of this tier, such as agentic
    #[arg(long, value_parser = NonEmptyStringValueParser::new())]
    tier: Option<String>,

    #[arg(skip)]
    counts: Arc<SelectionCounts>,
}

/// Results that conditions were applied to, and those that met all of them. Clones of a filter share the counts.
#[derive(Debug, Default)]
struct SelectionCounts {
    all: AtomicU64,
    selected: AtomicU64,
}

impl Filter {
    /// Fails if no time meets the conditions.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        match (self.since, self.until) {
            (Some(since), Some(until)) if since >= until => Err(Failure::usage(
                "--since is not before --until, so that no result could be between them",
            )),
            _ => Ok(()),
        }
    }

    /// Whether a result meets every condition.
    pub(crate) fn accepts(&self, result: &ProcessingResult, contract: &Contract) -> bool {
        let time = instant(result);
        let is_tier = |tier: &String| {
            let json = parameters::setting(result, "tier", contract);
            json.is_some_and(|json| shown(&json).eq_ignore_ascii_case(tier))
        };
        self.accepts_type(result)
            && self
                .since
                .is_none_or(|since| time.is_some_and(|time| time >= since))
            && self
                .until
                .is_none_or(|until| time.is_some_and(|time| time < until))
            && self.tier.as_ref().is_none_or(is_tier)
    }

    /// Whether there is no condition but the job type, which the service has selected.
    fn accepts_all(&self) -> bool {
        self.since.is_none() && self.until.is_none() && self.tier.is_none()
    }

    /// Whether a result has the right job type: the rows of an export may have any.
    fn accepts_type(&self, result: &ProcessingResult) -> bool {
        let wanted = self.job_type.as_ref();
        wanted.is_none_or(|wanted| result.job_type.as_str() == wanted)
    }

    /// The history with the results that are accepted.
    pub(crate) fn selected<'a>(
        &self,
        history: &'a ItemProcessingResults,
        contract: &Contract,
    ) -> Cow<'a, ItemProcessingResults> {
        let mut history = Cow::Borrowed(history);
        if !self.accepts_all() {
            self.apply(history.to_mut(), contract);
        }
        history
    }

    /// Removes the results that are not accepted. A list that is null stays null.
    pub(crate) fn apply(&self, history: &mut ItemProcessingResults, contract: &Contract) {
        if let Some(results) = &mut history.processing_results {
            let count = |to: &AtomicU64, results: &[_]| {
                to.fetch_add(number(results.len()), Ordering::Relaxed)
            };
            count(&self.counts.all, results);
            results.retain(|result| self.accepts(result, contract));
            count(&self.counts.selected, results);
        }
    }

    /// Warns if there were results, and none of them met the conditions: a tier that is misspelt must not look like a
    /// tier without duplicates.
    pub(crate) fn conclude(&self) {
        let SelectionCounts { all, selected } = &*self.counts;
        let all = all.load(Ordering::Relaxed);
        if all > 0 && selected.load(Ordering::Relaxed) == 0 {
            let given = [
                ("--job-type", self.job_type.is_some()),
                ("--since", self.since.is_some()),
                ("--until", self.until.is_some()),
                ("--tier", self.tier.is_some()),
            ];
            let given: Vec<_> = given
                .into_iter()
                .filter_map(|(name, is_given)| is_given.then_some(name))
                .collect();
            let (given, all) = (given.join(" and "), counted(all, "result"));
            text::note(&format!("warning: {given} selected none of {all}"));
        }
    }
}

/// Reads a job type. Known ones are recognized in any case; others are passed on as they are, since the service may have
/// new ones.
pub(crate) fn job_type(text: &str) -> Result<String, String> {
    if text.trim().is_empty() {
        return Err("write the name of a job type, such as parse".to_owned());
    }
    let lower = text.to_lowercase();
    Ok(match JobType::from(lower.as_str()).is_known() {
        true => lower,
        false => text.to_owned(),
    })
}

/// Reads `--since`: a day begins at midnight UTC.
fn since(text: &str) -> Result<Timestamp, String> {
    time(text, 0.days())
}

/// Reads `--until`: a day counts to its end, so that `--since` and `--until` with the same day select that day.
fn until(text: &str) -> Result<Timestamp, String> {
    time(text, 1.day())
}

/// Reads a time, a day to which `of_day` is added, or an age: a length of time before now, such as `30d`.
fn time(text: &str, of_day: Span) -> Result<Timestamp, String> {
    let day = |date: Date| date.checked_add(of_day)?.to_zoned_datetime(TimeZone::UTC);
    let ago = text.trim().trim_end_matches("ago").trim_end();
    let before = |span: Span| {
        Timestamp::now()
            .to_zoned_datetime(TimeZone::UTC)
            .checked_sub(span)
    };
    let found = text
        .parse::<Timestamp>()
        .or_else(|_| text.parse::<Date>().and_then(day).map(|it| it.timestamp()))
        .or_else(|_| {
            ago.parse::<Span>()
                .and_then(before)
                .map(|it| it.timestamp())
        });
    found.map_err(|_| {
        "write a day (2026-01-31), a time with its zone (2026-01-31T12:00Z) or an age (30d)"
            .to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight_and_ends_at_the_next() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        assert_eq!(since("2026-01-31"), Ok(at("2026-01-31T00:00:00Z")));
        assert_eq!(until("2026-01-31"), Ok(at("2026-02-01T00:00:00Z")));
        assert_eq!(
            since("2026-01-31T12:00+02:00"),
            Ok(at("2026-01-31T10:00:00Z"))
        );
        assert!(since("30d").unwrap() < since("2 weeks ago").unwrap());
        for text in ["", "yesterday", "2026-13-01", "30"] {
            assert!(since(text).is_err(), "{text}");
        }
    }

    #[test]
    fn known_job_types_are_recognized_in_any_case() {
        assert_eq!(job_type("Parse").as_deref(), Ok("parse"));
        assert_eq!(job_type("Banana").as_deref(), Ok("Banana"));
        assert!(job_type(" ").is_err());
    }
}
