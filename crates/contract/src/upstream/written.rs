//! The contract, edited to agree with the vendor, with its ledger and its changelog.
//!
//! What following can't settle is of two kinds. Where the contract has a convention of its own (no `format: uuid`, no
//! documented errors), the ledger gets a row with that as its evidence; everything else is listed for a person. And the
//! other source may still say what the contract said before:
//!
//! ```text
//! the vendor's document has a new field `lang`; the page does not
//! contract   gets `lang`
//! ledger     | `Item.lang` | page | `-` | `optional string` | 2026-08-20 | the vendor's document |
//! ```

use super::changelog::{add_entry, changes};
use super::difference::{ABSENT, Disagreement, Facet, Source};
use super::follow::follow;
use super::inputs::{Texts, cut, parsed};
use super::ledger::Ledger;
use super::row::LedgerRow;
use super::walk;
use crate::meaning::Meaning;

/// The texts after following the vendor. All of them are complete files, to be written as they are.
#[derive(Clone, Debug)]
pub struct Written {
    /// The contract.
    pub contract: String,
    /// The file with the ledger.
    pub ledger: String,
    /// What the changelog says of it, without the mark of a list; empty where nothing changed.
    pub changes: String,
    /// Places that a person has to write.
    pub left: Vec<String>,
}

impl Written {
    /// The changelog with an entry about this; `None` if it has no section "Contract".
    ///
    /// ```
    /// # use processing_results_contract::upstream::Written;
    /// # let [contract, ledger] = [String::new(), String::new()];
    /// let written = Written { contract, ledger, changes: "New field: `lang`.".into(), left: vec![] };
    /// let changelog = "## 0.1.0\n\n### Contract\n\n- The call.\n\n### Rust API\n";
    /// let entered = written.entered_in(changelog).unwrap();
    /// assert!(entered.contains("- The call.\n- New field: `lang`.\n\n### Rust API\n"));
    /// ```
    pub fn entered_in(&self, changelog: &str) -> Option<String> {
        add_entry(changelog, &self.changes)
    }
}

/// Edits the contract so that it agrees with the vendor, and keeps the ledger true.
///
/// # Errors
///
/// As for [`compare`](super::compare), and where the contract cannot be edited in place.
///
/// ```
/// use processing_results_contract::upstream::{Source, Texts, write};
///
/// let yaml = "
/// openapi: 3.0.3
/// paths:
///   /a: {get: {responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/Kind'}}}}}}}
/// components:
///   schemas:
///     Kind:
///       type: string
///       enum:
///         - a  # The first.
/// ";
/// let vendor = yaml.replace("- a", "- a\n        - b");
/// let texts = Texts { contract: yaml, vendor: &vendor, ledger: "" };
/// let written = write(Source::Document, texts, "2026-08-20").unwrap();
/// assert!(written.contract.ends_with("- a  # The first.\n        - b\n"));
/// ```
pub fn write(source: Source, texts: Texts, date: &str) -> Result<Written, String> {
    let ledger = Ledger::read(texts.ledger)?;
    let before = parsed(texts.contract)?;
    let theirs = cut(source, &before, texts.vendor)?;
    let theirs = Meaning::of(&theirs);
    let contract = follow(source, texts.contract.to_owned(), &theirs, &ledger)?;
    let after = parsed(&contract)?;
    let (was, ours) = (Meaning::of(before.root()), Meaning::of(after.root()));
    let compared = walk::compare(source, &ours, &theirs);
    let (unexplained, stale) = ledger.explain(source, &compared);
    let mut rows = LedgerEdits::default();
    rows.gone.extend(stale.into_iter().cloned());
    let mut left = Vec::new();
    for difference in unexplained {
        let row = LedgerRow::of(source, difference);
        match kept_for(difference) {
            Some(evidence) => rows.new.push((row, evidence.to_owned())),
            None => left.push(format!(
                "{} ({})",
                difference.place,
                difference.facet.word()
            )),
        }
    }
    left.dedup();
    let other = walk::compare(source.other(), &ours, &was).differences;
    rows.of_the_other(source, &ledger, &other);
    let made = walk::compare(Source::Document, &ours, &was).differences;
    Ok(Written {
        changes: changes(source, date, &made),
        ledger: ledger.edited(&rows.gone, &rows.new, date),
        left,
        contract,
    })
}

/// Why the contract says this otherwise by its own conventions, where it does: the ledger takes it without a person.
/// The text is the row's evidence.
fn kept_for(difference: &Disagreement) -> Option<&'static str> {
    let is_new = difference.ours == ABSENT;
    let ours = difference.ours.rsplit(' ').next();
    match (difference.facet, ours) {
        (Facet::Format, Some("password")) => Some("it sounds like a credential"),
        (Facet::Format, Some("uri")) => Some("a URL may hold a credential"),
        (Facet::Format, _) => Some("no format but `date-time` is relied on"),
        (Facet::Response, _) if is_new && difference.is_error() => {
            Some("errors are read without the contract")
        }
        (Facet::Media, _) if is_new => Some("the client asks for JSON"),
        (Facet::Header, _) if is_new => Some("headers are read without the contract"),
        (Facet::Type, _) if difference.ours.contains(" or ") => {
            Some("it is typed by the property beside it, and any other value is kept as JSON")
        }
        (Facet::Type, Some("any")) => Some("the bindings have no type for it, and keep it as JSON"),
        (Facet::Alternative, _) if is_new => {
            Some("a value of no documented object is kept as JSON")
        }
        _ => None,
    }
}

/// What becomes of the ledger: rows that go, with the line that they have, and rows that come.
#[derive(Default)]
struct LedgerEdits {
    gone: Vec<LedgerRow>,
    /// New rows with the evidence.
    new: Vec<(LedgerRow, String)>,
}

impl LedgerEdits {
    /// The other source agrees with the contract as it was before, or with a row of the ledger, and has not changed.
    fn of_the_other(&mut self, source: Source, ledger: &Ledger, changed: &[Disagreement]) {
        let other = source.other();
        let is_default = |change: &&Disagreement| change.facet == Facet::Default;
        for change in changed.iter().filter(|change| !is_default(change)) {
            let is_known = |row: &&LedgerRow| {
                row.source == other && row.place == change.place && row.ours == change.theirs
            };
            let known = ledger.rows.iter().find(is_known);
            let theirs = known.map_or(&change.theirs, |row| &row.theirs);
            self.gone.extend(known.cloned());
            if *theirs != change.ours {
                let row = LedgerRow::new(other, &change.place, theirs, &change.ours);
                let evidence = format!("the vendor's {}", source.word());
                self.new.push((row, evidence));
            }
        }
    }
}
