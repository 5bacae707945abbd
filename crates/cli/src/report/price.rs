//! What jobs cost, as the caller says.

use std::str::FromStr;

/// A price of a job, for all jobs of a type or for those of a tier or mode.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Price {
    job_type: String,
    kind: Option<String>,
    amount: f64,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Prices(pub(super) Vec<Price>);

impl FromStr for Price {
    type Err = String;

    /// `parse=0.05` or `parse:agentic=0.1`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (what, amount) = text.split_once('=').unwrap_or_default();
        let (job_type, kind) = match what.split_once(':') {
            Some((job_type, kind)) => (job_type, Some(kind.to_owned())),
            None => (what, None),
        };
        let amount = amount
            .parse()
            .ok()
            .filter(|amount: &f64| amount.is_finite() && *amount >= 0.0);
        match amount {
            Some(amount) if !job_type.is_empty() => Ok(Price {
                job_type: job_type.to_owned(),
                kind,
                amount,
            }),
            _ => Err("write the price of a job, such as parse=0.05, or of a tier, such as parse:agentic=0.1".to_owned()),
        }
    }
}

impl Prices {
    /// The price of a job; that of its tier goes before that of its type.
    pub(super) fn of(&self, job_type: &str, kind: &str) -> f64 {
        let of_type = || self.0.iter().filter(|price| price.job_type == job_type);
        let exact = of_type().find(|price| price.kind.as_deref() == Some(kind));
        let price = exact.or_else(|| of_type().find(|price| price.kind.is_none()));
        price.map_or(0.0, |price| price.amount)
    }

    pub(super) fn are_given(&self) -> bool {
        !self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_price_of_a_tier_goes_before_that_of_the_type() {
        let prices = Prices(
            ["parse=0.05", "parse:agentic=0.1"]
                .map(|text| text.parse().unwrap())
                .to_vec(),
        );
        assert_eq!(prices.of("parse", "agentic"), 0.1);
        assert_eq!(prices.of("parse", "fast"), 0.05);
        assert_eq!(prices.of("extract", ""), 0.0);
        for text in ["", "parse", "=1", "parse=x", "parse=-1", "parse=inf"] {
            assert!(text.parse::<Price>().is_err(), "{text}");
        }
    }
}
