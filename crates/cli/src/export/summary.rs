//! The last line of an export: how many results of how many items, what failed, and what to do about it.
//!
//! ```text
//! 75 results of 22 items, 1 of them without: results.csv
//! error: 2 of 24 items failed: 1 not found, 1 timeout, see results.csv.errors.ndjson; --resume fetches them again
//! ```
//!
//! A stream, a file and an export that was complete before use the same words.

use std::path::Path;

use indicatif::HumanCount;

use super::journal::{Counts, Journal};
use super::open::is_filled;
use super::store::Store;
use crate::error_kinds::Failures;
use crate::exit::{Exit, Failure};
use crate::text::{self, counted};

/// Prints the summary of an export to a file; an error if items failed. `--resume` is named only if it can change that.
pub(super) fn conclude(journal: &Journal, out: &Path, errors: &Path) -> Result<(), Failure> {
    let Journal {
        round,
        input,
        counts,
        ..
    } = journal;
    let summary = summary(*counts, input.items, &round.failures);
    text::info(&format!("{summary}: {}", out.display()));
    let what_to_do = match round.passing {
        0 => "",
        _ => "; --resume fetches them again",
    };
    match round.failures.count() {
        0 => Ok(()),
        _ => Err(partial(
            &round.failures,
            input.items,
            Some(errors),
            what_to_do,
        )),
    }
}

/// Says that there is nothing to resume; an error if a list of failed items is beside the file. Whose file it is and
/// which items are in it is not known any more, so it is not said either.
pub(super) fn complete(out: &Path, errors: &Path) -> Result<(), Failure> {
    let out = out.display();
    if is_filled(errors) {
        let errors = errors.display();
        let message = format!("{out} is complete but for the items in {errors}");
        return Err(Failure::new(Exit::Partial, message));
    }
    text::info(&format!(
        "note: {out} has no unfinished export beside it: there is nothing to resume; --force exports all items again"
    ));
    Ok(())
}

/// Commits what is done before the command ends early, and says that `--resume` continues. Returns the failure that ends
/// it. Without a journal there is nothing to continue.
pub(super) fn kept(store: &mut Store, failure: Failure) -> Failure {
    let is_kept = store.commit().is_ok();
    let done = counted(store.journal.succeeded(), "item");
    // What is not in the journal does not count.
    let is_any_kept = || {
        let found = Journal::read(&store.directory).ok().flatten();
        found.is_some_and(|journal| journal.input.items > 0)
    };
    if failure.exit != Exit::Usage && store.journal.input.items > 0 && is_any_kept() {
        let what = match is_kept {
            true => format!("done so far: {done}"),
            false => "what was done until a moment ago is kept".to_owned(),
        };
        text::info(&format!("note: {what}; --resume continues"));
    }
    failure
}

/// `75 results of 22 items, 1 of them without`. Failed items are not among them.
pub(super) fn summary(counts: Counts, items: u64, failures: &Failures) -> String {
    let empty = match counts.without_results {
        0 => String::new(),
        empty => format!(", {} of them without", HumanCount(empty)),
    };
    let done = items.saturating_sub(failures.count());
    let (results, done) = (counted(counts.results, "result"), counted(done, "item"));
    format!("{results} of {done}{empty}")
}

/// The failure of an export in which some items failed, by kind, with the file that lists them.
pub(super) fn partial(
    failures: &Failures,
    items: u64,
    errors: Option<&Path>,
    what_to_do: &str,
) -> Failure {
    let see = errors.map(|path| match path.to_str() {
        Some("-") => ", see standard output".to_owned(),
        _ => format!(", see {}", path.display()),
    });
    let message = format!(
        "{} of {} failed: {failures}{}{what_to_do}",
        HumanCount(failures.count()),
        counted(items, "item"),
        see.unwrap_or_default()
    );
    Failure::new(Exit::Partial, message)
}
