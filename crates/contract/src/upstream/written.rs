//! The contract, edited to agree with the vendor, with its ledger and its changelog.

use super::changelog::{add_entry, changes};
use super::difference::{ABSENT, Difference, Facet, Source};
use super::inputs::{Texts, cut, parsed};
use super::ledger::{Ledger, Row};
use super::walk;
use super::write::{Edits, applied, unused};
use crate::document::Document;
use crate::edit::Edit;
use crate::meaning::Meaning;

/// The texts after following the vendor.
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
    let contract = follow(source, texts.contract, &before, &theirs, &ledger)?;
    let after = parsed(&contract)?;
    let (was, ours) = (Meaning::of(before.root()), Meaning::of(after.root()));
    let compared = walk::compare(source, &ours, &theirs);
    let (unexplained, stale) = ledger.explain(source, &compared);
    let mut rows = Rows::default();
    rows.gone.extend(stale.into_iter().cloned());
    let mut left = Vec::new();
    for difference in unexplained {
        match kept_for(difference) {
            Some(evidence) => rows
                .new
                .push((Row::of(source, difference), evidence.to_owned())),
            None => left.push(difference.place.clone()),
        }
    }
    rows.of_the_other(
        source,
        &ledger,
        &walk::compare(source.other(), &ours, &was).differences,
    );
    Ok(Written {
        changes: changes(
            source,
            date,
            &walk::compare(Source::Document, &ours, &was).differences,
        ),
        ledger: ledger.edited(&rows.gone, &rows.new, date),
        left,
        contract,
    })
}

/// The contract with all edits that can be made.
fn follow(
    source: Source,
    text: &str,
    contract: &Document,
    theirs: &Meaning,
    ledger: &Ledger,
) -> Result<String, String> {
    let ours = Meaning::of(contract.root());
    let compared = walk::compare(source, &ours, theirs);
    let (mut open, _) = ledger.explain(source, &compared);
    open.extend(
        compared
            .differences
            .iter()
            .filter(|difference| difference.facet == Facet::Default),
    );
    // New fields with one place between them go in by name.
    open.sort_by_key(|difference| match difference.facet {
        Facet::Field => (false, difference.pointer.to_lowercase()),
        facet => (facet != Facet::Type, String::new()),
    });
    let mut maker = Edits::new(contract.root(), &ours, theirs, &compared);
    let mut edits: Vec<Edit> = Vec::new();
    for difference in open {
        // A thing that was replaced as a whole is as the vendor has it.
        let is_done = |edit: &Edit| edits.iter().any(|done| covers(done, edit));
        let new: Vec<Edit> = maker
            .of(difference)
            .into_iter()
            .filter(|edit| !is_done(edit))
            .collect();
        edits.extend(new);
    }
    without_unused(applied(text, &maker.settled(edits))?)
}

/// Without the components that nothing refers to any more, and those that only they referred to.
fn without_unused(mut text: String) -> Result<String, String> {
    loop {
        let removals = unused(&Meaning::of(parsed(&text)?.root()));
        if removals.is_empty() {
            return Ok(text);
        }
        text = applied(&text, &removals)?;
    }
}

/// Whether one edit has replaced or removed what another one is about.
fn covers(done: &Edit, edit: &Edit) -> bool {
    let (Edit::Replace { at, .. } | Edit::Remove { at }) = done else {
        return false;
    };
    let place = match edit {
        Edit::Insert { into, .. } | Edit::Push { into, .. } => into,
        Edit::Remove { at } | Edit::Replace { at, .. } | Edit::Rename { at, .. } => at,
    };
    place == at
        || place
            .strip_prefix(at.as_str())
            .is_some_and(|rest| rest.starts_with('/'))
}

/// Why the contract says this otherwise by its own conventions, where it does: the ledger takes it without a person.
fn kept_for(difference: &Difference) -> Option<&'static str> {
    let ours = difference.ours.rsplit(' ').next();
    match (difference.facet, ours) {
        (Facet::Format, Some("password")) => Some("it sounds like a credential"),
        (Facet::Format, Some("uri")) => Some("a URL may hold a credential"),
        (Facet::Format, _) => Some("no format but `date-time` is relied on"),
        (Facet::Response, _)
            if difference.ours == ABSENT && !difference.place.contains("response 2") =>
        {
            Some("errors are read without the contract")
        }
        (Facet::Type, Some("any")) if difference.theirs.contains(" or ") => {
            Some("a value of several types is any value")
        }
        _ => None,
    }
}

impl Source {
    fn other(self) -> Source {
        match self {
            Source::Document => Source::Page,
            Source::Page => Source::Document,
        }
    }
}

/// What becomes of the ledger.
#[derive(Default)]
struct Rows {
    gone: Vec<Row>,
    /// New rows with the evidence.
    new: Vec<(Row, String)>,
}

impl Rows {
    /// The other source said what the contract said before, or what the ledger knows of it, and still does.
    fn of_the_other(&mut self, source: Source, ledger: &Ledger, changed: &[Difference]) {
        let other = source.other();
        for change in changed
            .iter()
            .filter(|change| change.facet != Facet::Default)
        {
            let is_known = |row: &&Row| {
                row.source == other && row.place == change.place && row.ours == change.theirs
            };
            let known = ledger.rows.iter().find(is_known);
            let theirs = known.map_or(&change.theirs, |row| &row.theirs);
            self.gone.extend(known.cloned());
            if *theirs != change.ours {
                let row = Row::new(other, &change.place, theirs, &change.ours);
                self.new
                    .push((row, format!("the vendor's {}", source.word())));
            }
        }
    }
}
