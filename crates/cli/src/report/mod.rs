//! `report`: an HTML page about many items, for the question what was paid for twice.
//!
//! The page has the figures, the duplicates, the results over time, the parameters that vary, the items that failed,
//! and the differences from the OpenAPI document. It is one file without scripts that loads nothing, so that it can
//! be sent to anyone; secrets are masked as in every format.
//!
//! ```text
//! fetch_each -> Tally (counts of each history) -> page (sections) -> the file
//! ```
//!
//! Histories are counted as they arrive, and dropped: memory does not grow with the number of items.

pub(crate) mod args;
mod chart;
mod count;
mod drift;
mod over_time;
mod page;
mod periods;
mod price;
mod repeats;
mod sections;
mod settings;
mod settings_section;
mod tables;
mod tally;
mod timeline;

use std::path::Path;

use crate::analysis::fetch_each::fetch_each;
use crate::atomic_file::Target;
use crate::exit::Failure;
use crate::paths::input;
use crate::roles::{check_distinct, standard_output};
use crate::text;
use args::Report;
use price::Prices;
use tally::Tally;

/// Fetches all histories, then writes the page. An existing file is replaced when the page is complete, and stays as
/// it was if the command is stopped. Failed items are counted on the page, and decide the exit code afterwards.
pub(crate) async fn run(report: &Report) -> Result<(), Failure> {
    check_distinct(&[
        ("--items", report.source.collection.file()),
        ("--from", report.source.from.as_deref().map(input)),
        match report.out == Path::new("-") {
            true => standard_output(),
            false => ("--out", Some(&report.out)),
        },
    ])?;
    let target = Target::new(&report.out)?;
    let prices = Prices {
        prices: report.price.clone(),
        pages: report.pages,
    };
    prices.check()?;
    let mut tally = Tally::new(prices)?;
    let summary = fetch_each(&report.source, &mut tally).await?;
    let page = page::page(&tally, &now());
    target.write(page.into_string().as_bytes())?;
    let unused = tally.repeats.unused_prices();
    if !unused.is_empty() {
        text::note(&format!(
            "warning: no result is of {}, which --price names",
            unused.join(", ")
        ));
    }
    summary.conclude(&tally.summary());
    summary.check()
}

/// When the report is made, to the minute, in UTC: `2026-11-27 08:30 UTC`.
fn now() -> String {
    jiff::Timestamp::now()
        .strftime("%Y-%m-%d %H:%M UTC")
        .to_string()
}
