//! The differences, in each format: for a terminal, for programs, for an issue, for GitHub's annotations.
//!
//! ```text
//! | where | what | vendor | contract | wire | Rust API |
//! |---|---|---|---|---|---|
//! | `Item.size` | new field: optional integer | line 41 | line 12 | additive | minor |
//! | `Item.old` | `Item.old`: the ledger says ... | - | ledger, line 80 | - | - |
//! ```
//!
//! ```json
//! [{"kind": "field", "place": "Item.size", "what": "new field: optional integer", "vendor": "optional integer",
//!   "contract": "-", "vendor_line": 41, "line": 12, "wire": "additive", "api": "minor", "fragment": "# line 15\n..."}]
//! ```
//!
//! Rows of the ledger that explain nothing are listed behind the differences, since they need a decision as well. In
//! JSON their kind is `ledger`, and their line is one of the ledger.

use super::super::files;
use super::super::output::{escaped_lines, json_text};
use super::{FollowFormat, Inputs};
use crate::finding::Finding;
use crate::render;
use crate::upstream::{Comparison, Deviation, Stale};
use serde_json::{Value, json};
use std::path::Path;

/// The report as it is printed; `contract` and `ledger` are paths, as annotations need them.
pub(super) fn report(
    format: FollowFormat,
    report: &Comparison,
    inputs: &Inputs,
    contract: &Path,
    ledger: &Path,
) -> String {
    match format {
        FollowFormat::Text => escaped_lines(&text(report, inputs)),
        FollowFormat::Json => json_text(&json(report)),
        FollowFormat::Markdown => escaped_lines(&markdown(report, inputs)),
        FollowFormat::Github => {
            escaped_lines(&render::github(&findings(report, inputs, contract, ledger)))
        }
    }
}

/// A block for each difference, with the lines to write below it, and an empty line between two.
fn text(report: &Comparison, inputs: &Inputs) -> String {
    let (vendor, contract) = (&inputs.vendor.name, &inputs.contract.name);
    let found = |found: &Deviation| {
        let (at, vendor_at) = (found.contract_at, found.vendor_at);
        let fragment = found.fragment.lines().map(|line| format!("{line}\n"));
        format!(
            "{}: {}\n  vendor    {vendor}:{}:{}\n  contract  {contract}:{}:{}\n  {}\n{}\n",
            found.place,
            found.what(),
            vendor_at.line,
            vendor_at.column,
            at.line,
            at.column,
            judged(found),
            fragment.collect::<String>(),
        )
    };
    let stale = |row: &Stale| format!("{}:{}: {}\n\n", inputs.ledger.name, row.line, outdated(row));
    let found = report.differences.iter().map(found);
    found.chain(report.stale.iter().map(stale)).collect()
}

/// What following would mean, in the words of `spec diff`; or that nobody can follow without a decision.
fn judged(found: &Deviation) -> String {
    match &found.verdict {
        Some((wire, api, reason)) => format!("wire: {wire}, Rust API: {api}: {reason}"),
        None => "to be decided by hand: edit the contract, or add a row to the ledger".to_owned(),
    }
}

/// A row of the ledger that explains nothing, with what it says.
fn outdated(row: &Stale) -> String {
    let (theirs, ours) = &row.says;
    format!(
        "`{}`: the ledger says `{theirs}` at the vendor and `{ours}` here, which is so no more",
        row.place
    )
}

/// An array of objects. What a person has to decide has null for `wire`, `api` and `reason`.
fn json(report: &Comparison) -> Value {
    let found = report.differences.iter().map(|found| {
        let verdict = found.verdict.as_ref();
        json!({
            "kind": found.kind,
            "place": found.place,
            "what": found.what(),
            "vendor": found.vendor,
            "contract": found.contract,
            "vendor_line": found.vendor_at.line,
            "vendor_column": found.vendor_at.column,
            "line": found.contract_at.line,
            "column": found.contract_at.column,
            "wire": verdict.map(|(wire, _, _)| wire.to_string()),
            "api": verdict.map(|(_, api, _)| api.to_string()),
            "reason": verdict.map(|(_, _, reason)| reason),
            "fragment": found.fragment,
        })
    });
    let stale = report.stale.iter().map(|row| {
        json!({"kind": "ledger", "place": row.place, "what": outdated(row), "vendor": row.says.0, "contract": row.says.1, "line": row.line})
    });
    found.chain(stale).collect()
}

/// A report to open as an issue: a table, then the lines to write. A bar in a cell is escaped.
fn markdown(report: &Comparison, inputs: &Inputs) -> String {
    let cell = |text: &str| text.replace('|', "\\|");
    let title = format!(
        "## {} against {}\n\n",
        inputs.vendor.name, inputs.contract.name
    );
    if report.differences.is_empty() && report.stale.is_empty() {
        return title + "In sync.\n";
    }
    let found = report.differences.iter().map(|found| {
        let (place, what) = (cell(&found.place), cell(&found.what()));
        let (line, vendor_line) = (found.contract_at.line, found.vendor_at.line);
        let [wire, api] = match &found.verdict {
            Some((wire, api, _)) => [wire.to_string(), api.to_string()],
            None => ["by hand".to_owned(), "by hand".to_owned()],
        };
        format!("| `{place}` | {what} | line {vendor_line} | line {line} | {wire} | {api} |\n")
    });
    let stale = report.stale.iter().map(|row| {
        let (place, what) = (cell(&row.place), cell(&outdated(row)));
        format!(
            "| `{place}` | {what} | - | ledger, line {} | - | - |\n",
            row.line
        )
    });
    let fragments = report
        .differences
        .iter()
        .filter(|found| !found.fragment.is_empty())
        .map(|found| {
            let (place, judged) = (&found.place, judged(found));
            format!("\n`{place}`: {judged}\n\n```yaml\n{}```\n", found.fragment)
        });
    let head =
        "| where | what | vendor | contract | wire | Rust API |\n|---|---|---|---|---|---|\n";
    let rows: String = found.chain(stale).chain(fragments).collect();
    title + head + &rows
}

/// As findings, which GitHub shows at their lines: differences in the contract, outdated rows in the ledger.
fn findings(report: &Comparison, inputs: &Inputs, contract: &Path, ledger: &Path) -> Vec<Finding> {
    let (contract, ledger) = (files::in_repository(contract), files::in_repository(ledger));
    let found = report.differences.iter().map(|found| Finding {
        file: contract.clone(),
        line: found.contract_at.line,
        column: found.contract_at.column,
        rule: "upstream",
        message: format!("{}: {} ({})", found.place, found.what(), inputs.vendor.name),
        help: Some(format!("{}\n{}", judged(found), found.fragment)),
    });
    let stale = report.stale.iter().map(|row| Finding {
        file: ledger.clone(),
        line: row.line,
        column: 1,
        rule: "ledger",
        message: outdated(row),
        help: None,
    });
    found.chain(stale).collect()
}
