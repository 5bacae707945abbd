//! The options of every command that calls the service: which server, for which project, with which limits.
//!
//! `--timeout` and `--max-retries` are per item, for commands over many items too: an export may take a day.

use std::time::Duration;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use processing_results::Region;

/// Which service to call, and with which limits.
#[derive(Debug, Args)]
#[command(next_help_heading = "Service")]
pub(crate) struct Service {
    /// Built-in sample data; needs no key or network
    #[arg(long, conflicts_with_all = ["region", "base_url", "allow_plain_http"])]
    pub(crate) demo: bool,

    /// Project ID
    #[arg(short, long, value_name = "ID")]
    pub(crate) project_id: Option<String>,

    /// Organization ID
    #[arg(long, value_name = "ID")]
    pub(crate) organization_id: Option<String>,

    /// Region of the API key
    #[arg(
        short,
        long,
        value_parser = region(),
        ignore_case = true,
        value_name = "REGION",
        conflicts_with = "base_url"
    )]
    pub(crate) region: Option<Region>,

    /// API base URL, such as https://host/prefix
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<String>,

    /// Allow unencrypted HTTP (exposes the key)
    #[arg(long, value_name = "HOST")]
    pub(crate) allow_plain_http: Vec<String>,

    /// Time per item, retries included [default: 300s]
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    pub(crate) timeout: Option<Duration>,

    /// Retries of transient failures [default: 5]
    #[arg(long, value_name = "N", value_parser = count)]
    pub(crate) max_retries: Option<u32>,
}

/// Reads a region by its short name, such as `eu`. The contract has the regions.
fn region() -> impl TypedValueParser<Value = Region> {
    let names = Region::ALL.iter().map(|region| region.short_name());
    PossibleValuesParser::new(names).try_map(|name| name.parse())
}

/// Reads a duration above 0: `30s`, `2.5s`, `50ms`, `2m`, `1h`. A number without a unit is in seconds.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let text = text.trim();
    let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let factor = match &text[number.len()..] {
        "ms" => Some(1e-3),
        "" | "s" => Some(1.0),
        "m" | "min" => Some(60.0),
        "h" => Some(3600.0),
        _ => None,
    };
    let seconds = number.trim().parse::<f64>().ok().zip(factor);
    seconds
        .map(|(number, factor)| number * factor)
        .filter(|seconds| *seconds > 0.0)
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .ok_or_else(|| "write a number above 0 with a unit, such as 30s, 2.5s or 2m".to_owned())
}

/// Reads an integer from 0 on. The error of the type's own parser would repeat the text, which may be a key that was
/// pasted in the wrong place.
pub(crate) fn count(text: &str) -> Result<u32, String> {
    let number = text.trim().parse();
    number.map_err(|_| "write a whole number, such as 5".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_has_a_unit_or_is_in_seconds() {
        for (text, millis) in [
            ("30", 30_000),
            ("2.5", 2_500),
            ("5s", 5_000),
            ("50ms", 50),
            ("2m", 120_000),
            (" 1 h ", 3_600_000),
        ] {
            assert_eq!(duration(text), Ok(Duration::from_millis(millis)), "{text}");
        }
        for text in ["", "0", "-1", "s", "5d", "1e300", "NaN", "inf"] {
            assert!(duration(text).is_err(), "{text}");
        }
    }
}
