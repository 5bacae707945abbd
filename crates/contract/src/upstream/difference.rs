//! Differences, before anyone judges them.
//!
//! A difference is two short texts about one facet of one place, which is how the ledger quotes it and how it is found
//! again there: `Item.size`, `document`, `optional integer`, `-`. So the words are chosen in one place (`shape`), are
//! the same for both sides, and do not depend on positions.

use crate::finding::Position;
use crate::meaning::Part;

/// Stands for what one side does not have, in reports as in the ledger.
pub(crate) const ABSENT: &str = "-";

/// Where the vendor says what its service does.
///
/// ```
/// use processing_results_contract::upstream::{Source, Texts, compare};
///
/// # let yaml = "{openapi: 3.0.3, paths: {/a: {get: {responses: {}}}}}";
/// let page = "# A\n\n**get** `/a`\n\n### Returns\n\n- `size: optional number`\n";
/// let texts = Texts { contract: yaml, vendor: page, ledger: "" };
/// let report = compare(Source::Page, texts).unwrap();
/// assert_eq!(report.differences[0].place, "response 200");
/// assert!(compare(Source::Document, texts).is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The OpenAPI document.
    Document,
    /// The documentation page of the call, which has no word on null, integers and formats.
    Page,
}

/// What differs about a thing. Of one place, each facet differs at most once, except for keywords.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Facet {
    Path,
    Server,
    Security,
    Deprecated,
    Parameter,
    Response,
    Body,
    Media,
    Header,
    Field,
    Value,
    Alternative,
    Type,
    Format,
    Required,
    Nullable,
    Keyword,
    Default,
}

/// One thing that the vendor and the contract say differently.
///
/// `ours` and `theirs` are never the same text, and at most one of them is [`ABSENT`].
#[derive(Clone, Debug)]
pub(crate) struct Disagreement<'m, 'a> {
    pub(crate) place: String,
    pub(crate) facet: Facet,
    pub(crate) ours: String,
    pub(crate) theirs: String,
    /// Where in the contract, or where it would be.
    pub(crate) pointer: String,
    pub(crate) at: Position,
    pub(crate) their_at: Position,
    /// What the vendor says.
    pub(crate) part: Option<&'m Part<'a>>,
    /// The value of an enum that a new one follows.
    pub(crate) after: Option<String>,
}

impl Source {
    /// As the ledger has it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Source::Document => "document",
            Source::Page => "page",
        }
    }

    pub(super) fn other(self) -> Source {
        match self {
            Source::Document => Source::Page,
            Source::Page => Source::Document,
        }
    }
}

impl Disagreement<'_, '_> {
    /// Whether a response is none of success.
    pub(super) fn is_error(&self) -> bool {
        !self.place.contains("response 2")
    }

    /// Whether the contract lacks what the vendor has.
    pub(super) fn is_new(&self) -> bool {
        self.ours == ABSENT
    }
}

impl Facet {
    /// The word for it in reports.
    pub(super) fn word(self) -> &'static str {
        match self {
            Facet::Path => "path",
            Facet::Server => "server",
            Facet::Security => "security",
            Facet::Media => "media type",
            Facet::Header => "header",
            Facet::Deprecated => "deprecation",
            Facet::Parameter => "parameter",
            Facet::Response => "response",
            Facet::Body => "body",
            Facet::Field => "field",
            Facet::Value => "value",
            Facet::Alternative => "alternative",
            Facet::Type => "type",
            Facet::Format => "format",
            Facet::Required => "requiredness",
            Facet::Nullable => "nullability",
            Facet::Keyword => "keyword",
            Facet::Default => "default",
        }
    }
}
