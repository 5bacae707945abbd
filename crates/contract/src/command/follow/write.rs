//! `--write`: the contract, its ledger and its changelog, edited to agree.
//!
//! ```text
//! $ cargo spec upstream openapi.json --write
//! note: openapi/processing-results.yaml is written
//! note: CHANGELOG.md is written
//! error: to be written by hand: security bearer (security)
//! ```
//!
//! All texts are made before the first file is written, so that an error in one of them (a changelog without a section
//! "Contract") leaves all files as they are.

use super::super::files;
use super::super::outcome::{Failure, Verdict};
use super::super::output::say;
use super::{FollowArguments, Inputs};
use crate::upstream::{Source, Written, write};
use std::path::{Path, PathBuf};

/// Writes the files, and names what is left for a person.
pub(super) fn run(
    source: Source,
    arguments: &FollowArguments,
    inputs: &Inputs,
    (contract, ledger): (PathBuf, PathBuf),
) -> Result<Verdict, Failure> {
    let today = || jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
    let date = arguments.date.clone().unwrap_or_else(today);
    let written = write(source, inputs.texts(), &date);
    let written = written.map_err(|message| inputs.unusable(&message))?;
    let changelog = changelog(arguments, &contract, &written)?;
    let mut files = vec![(contract, written.contract), (ledger, written.ledger)];
    files.extend(changelog);
    save(&files, inputs, &written.left)
}

/// The changelog with its entry, where there is one and something to enter.
fn changelog(
    arguments: &FollowArguments,
    contract: &Path,
    written: &Written,
) -> Result<Option<(PathBuf, String)>, Failure> {
    let named = arguments.changelog.clone();
    let Some(path) = named.or_else(|| files::above(contract, "CHANGELOG.md")) else {
        return Ok(None);
    };
    if written.changes.is_empty() {
        return Ok(None);
    }
    let missing = || Failure::unusable(format!("{} has no section \"Contract\"", path.display()));
    let entered = written
        .entered_in(&files::read(&path)?.text)
        .ok_or_else(missing)?;
    Ok(Some((path, entered)))
}

/// Writes the files that changed. What was left is a failure: the contract does not agree yet.
fn save(files: &[(PathBuf, String)], inputs: &Inputs, left: &[String]) -> Result<Verdict, Failure> {
    for (path, text) in files {
        let before = std::fs::read_to_string(path).unwrap_or_default();
        if before != *text {
            files::write(path, text)?;
            say(&format!("note: {} is written", path.display()));
        }
    }
    let (contract, vendor) = (&inputs.contract.name, &inputs.vendor.name);
    Ok(match left {
        [] => Verdict::Good(format!("{contract} is in sync with {vendor}")),
        left => Verdict::Found(format!("to be written by hand: {}", left.join(", "))),
    })
}
