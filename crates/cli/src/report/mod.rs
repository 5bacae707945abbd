//! `report`: one page about a collection. What is kept of the histories are counts.
//!
//! The page shows what was paid for twice. It is one file, has no script and loads nothing, so that it can
//! be sent to anyone; secrets are masked as everywhere.

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
use crate::roles::{check_distinct, standard_output};
use args::Report;
use price::Prices;
use tally::Tally;

/// Reads all histories first: the file that exists is replaced when the page is complete.
pub(crate) async fn run(report: &Report) -> Result<(), Failure> {
    check_distinct(&[
        ("--items", report.source.collection.file()),
        ("--from", report.source.from.as_deref()),
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
    let mut tally = Tally::new(prices)?;
    let summary = fetch_each(&report.source, &mut tally).await?;
    let page = page::page(&tally, &now());
    target.write(page.into_string().as_bytes())?;
    summary.conclude(&tally.summary());
    summary.check()
}

/// When the report is made.
fn now() -> String {
    jiff::Timestamp::now()
        .strftime("%Y-%m-%d %H:%M UTC")
        .to_string()
}
