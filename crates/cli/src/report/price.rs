//! What jobs cost, by the prices of `--price`.
//!
//! The service does not say what a job cost. The caller does, per job or per page: `--price parse=0.05`,
//! `--price parse:agentic=0.1`, `--price parse=0.003/page`. The number of pages comes from the result's metadata, else
//! from `--pages`; results for which neither says it are counted as not in the cost, since a guess would be a wrong
//! amount of money.

use std::collections::HashSet;
use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

use processing_results::types::ProcessingResult;

use crate::exit::Failure;
use crate::output::members::Members;

/// Members of a result's metadata that say how many pages the document has, the likeliest first. The contents of the
/// metadata are not documented, so the usual names are tried.
const PAGE_COUNTS: [&str; 4] = ["page_count", "num_pages", "total_pages", "pages"];

/// A price for all jobs of a type, or for those of a tier or mode. It is finite and not negative.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Price {
    job_type: String,
    /// The tier or mode, such as `agentic`; `None` is the price of all others of the type.
    kind: Option<String>,
    /// In the caller's currency.
    amount: f64,
    is_per_page: bool,
}

/// The prices that the caller gave, and what is assumed about documents. The default is no prices.
#[derive(Clone, Debug, Default)]
pub(super) struct Prices {
    pub(super) prices: Vec<Price>,
    /// Pages of a document whose result does not say how many it has.
    pub(super) pages: Option<u32>,
}

impl FromStr for Price {
    type Err = String;

    /// Reads `parse=0.05`, `parse:agentic=0.1` or `parse=0.003/page`; `/job` may be written too.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (what, amount) = text.split_once('=').unwrap_or_default();
        let (job_type, kind) = match what.split_once(':') {
            Some((job_type, kind)) => (job_type, Some(kind.to_owned())),
            None => (what, None),
        };
        let (amount, unit) = amount.split_once('/').unwrap_or((amount, "job"));
        let amount = amount
            .trim()
            .parse()
            .ok()
            .filter(|amount: &f64| amount.is_finite() && *amount >= 0.0);
        match (amount, unit.trim()) {
            (Some(amount), "job" | "page") if !job_type.is_empty() => Ok(Price {
                job_type: job_type.to_owned(),
                kind,
                amount,
                is_per_page: unit.trim() == "page",
            }),
            _ => Err(
                "write a price per job or page, such as parse=0.05, parse:agentic=0.1 or parse=0.003/page"
                    .to_owned(),
            ),
        }
    }
}

/// What has the price, as it was written: `parse`, `parse:agentic`.
impl Display for Price {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.job_type)?;
        self.kind
            .as_ref()
            .map_or(Ok(()), |kind| write!(f, ":{kind}"))
    }
}

impl Prices {
    /// What a job cost; `None` if it has no price, or a price per page and an unknown number of pages. `kind` is its
    /// tier or mode, empty if it has none.
    pub(super) fn of(&self, result: &ProcessingResult, kind: &str) -> Option<f64> {
        let price = self.price(result.job_type.as_str(), kind)?;
        let count = match price.is_per_page {
            true => pages(result).or(self.pages.map(f64::from))?,
            false => 1.0,
        };
        Some(price.amount * count)
    }

    /// The price of a tier goes before that of the job type.
    pub(super) fn price(&self, job_type: &str, kind: &str) -> Option<&Price> {
        let of_type = || self.prices.iter().filter(|it| it.job_type == job_type);
        let exact = of_type().find(|price| price.kind.as_deref() == Some(kind));
        exact.or_else(|| of_type().find(|price| price.kind.is_none()))
    }

    /// Fails if a kind of job has two prices.
    pub(super) fn check(&self) -> Result<(), Failure> {
        let mut seen = HashSet::new();
        let mut kinds = self.prices.iter().map(Price::to_string);
        match kinds.find(|kind| !seen.insert(kind.clone())) {
            Some(kind) => Err(Failure::usage(format!(
                "--price gives {kind} two prices: leave one of them out"
            ))),
            None => Ok(()),
        }
    }

    /// The kinds of the prices that none of these jobs has, given as job type, and tier or mode: a kind that is misspelt
    /// leaves jobs without a price.
    pub(super) fn unused(&self, jobs: &[(&str, &str)]) -> Vec<String> {
        let used: Vec<_> = jobs
            .iter()
            .filter_map(|(job_type, kind)| self.price(job_type, kind))
            .collect();
        let unused = self.prices.iter().filter(|price| !used.contains(price));
        unused.map(Price::to_string).collect()
    }

    /// Whether the page has columns for money.
    pub(super) fn are_given(&self) -> bool {
        !self.prices.is_empty()
    }
}

/// The number of pages, if the result's metadata has it as a number.
fn pages(result: &ProcessingResult) -> Option<f64> {
    let metadata = Members::read(result.output_metadata.as_ref()?.raw())?;
    PAGE_COUNTS.iter().find_map(|name| {
        let count = serde_json::from_str::<f64>(metadata.get(name)?).ok()?;
        (count >= 0.0).then_some(count)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn prices(texts: &[&str], pages: Option<u32>) -> Prices {
        let prices = texts.iter().map(|text| text.parse().unwrap());
        Prices {
            prices: prices.collect(),
            pages,
        }
    }

    fn result(job_type: &str, metadata: serde_json::Value) -> ProcessingResult {
        let result = json!({
            "item_id": "a", "result_id": "r", "job_type": job_type, "job_config": {},
            "processed_at": "2026-01-01T00:00:00Z", "parameters_hash": "h", "output_s3_path": "",
            "output_metadata": metadata,
        });
        serde_json::from_value(result).unwrap()
    }

    #[test]
    fn the_price_of_a_tier_goes_before_that_of_the_type() {
        let prices = prices(&["parse=0.05", "parse:agentic=0.1/job"], None);
        let parse = result("parse", json!({}));
        assert_eq!(prices.of(&parse, "agentic"), Some(0.1));
        assert_eq!(prices.of(&parse, "fast"), Some(0.05));
        assert_eq!(prices.of(&result("extract", json!({})), ""), None);
        assert_eq!(
            prices.unused(&[("parse", "agentic"), ("extract", "")]),
            ["parse"]
        );
        for text in [
            "",
            "parse",
            "=1",
            "parse=x",
            "parse=-1",
            "parse=inf",
            "parse=1/sheet",
        ] {
            assert!(text.parse::<Price>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_price_per_page_wants_the_number_of_pages() {
        let unknown = prices(&["parse=0.5/page"], None);
        let assumed = prices(&["parse=0.5/page"], Some(10));
        for (metadata, of_unknown, of_assumed) in [
            (json!({"page_count": 3}), Some(1.5), Some(1.5)),
            (
                json!({"num_pages": 4.0, "pages": ["a"]}),
                Some(2.0),
                Some(2.0),
            ),
            (json!({"pages": -1}), None, Some(5.0)),
            (json!({"pages": "7"}), None, Some(5.0)),
            (json!(null), None, Some(5.0)),
        ] {
            let result = result("parse", metadata);
            assert_eq!(unknown.of(&result, ""), of_unknown);
            assert_eq!(assumed.of(&result, ""), of_assumed);
        }
    }
}
