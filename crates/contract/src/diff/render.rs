//! Changes as text for people, for GitHub, for a changelog and for programs. Nothing here prints. One change in three of
//! the formats:
//!
//! ```text
//! wire breaking  Rust API major  Item.size: optional became required
//!   - old.yaml:9:7   required: absent, so false
//!   + new.yaml:7:16  required: true
//!   requests that were fine are refused; it is an `Option` no more
//! ```
//! ```text
//! ### Breaking
//!
//! - `Item.size`: optional became required (wire breaking, Rust API major): requests that were fine are refused; ...
//! ```
//! ```json
//! [{"place": "Item.size", "what": "optional became required", "wire": "breaking", "api": "major", "line": 7}]
//! ```

use super::change::{Api, Change, Side, Wire};
use crate::render::{one_line, workflow_command};
use serde_json::{Value, json};

/// The names of the files that were compared, as they are shown.
///
/// ```
/// use processing_results_contract::diff::render::Files;
///
/// let files = Files { old: "main/api.yaml", new: "api.yaml" };
/// # let _ = files;
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Files<'f> {
    /// The old contract.
    pub old: &'f str,
    /// The new contract.
    pub new: &'f str,
}

/// What makes a comparison fail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "command", derive(clap::ValueEnum))]
pub enum FailOn {
    /// A change that breaks the wire, or Rust code
    #[default]
    Any,
    /// A change that breaks the wire
    Wire,
    /// A change that breaks Rust code
    Api,
    /// Nothing
    None,
}

impl FailOn {
    /// Whether a change is one to fail on.
    ///
    /// ```
    /// use processing_results_contract::diff::render::FailOn;
    /// use processing_results_contract::{Document, diff};
    ///
    /// let document = |text: &str| Document::parse("api.yaml", text).unwrap();
    /// let changes = diff::compare(&document("openapi: 3.0.3"), &document("openapi: 3.1.0"));
    /// assert!(FailOn::Wire.is_met_by(&changes[0]));
    /// assert!(!FailOn::None.is_met_by(&changes[0]));
    /// ```
    pub fn is_met_by(self, change: &Change) -> bool {
        let (wire, api) = (change.wire() == Wire::Breaking, change.api == Api::Major);
        match self {
            FailOn::Any => wire || api,
            FailOn::Wire => wire,
            FailOn::Api => api,
            FailOn::None => false,
        }
    }
}

/// Each change with its class, what both files say at which line, and why.
///
/// ```
/// use processing_results_contract::diff::{self, render};
/// use processing_results_contract::Document;
///
/// let document = |text: &str| Document::parse("api.yaml", text).unwrap();
/// let changes = diff::compare(&document("info: {title: A}"), &document("info: {title: B}"));
/// assert_eq!(
///     render::text(&changes, render::Files { old: "old.yaml", new: "new.yaml" }),
///     "wire none      Rust API patch  info: `title` changed\n  - old.yaml:1:8  title: A\n  + new.yaml:1:8  title: B\n  only documentation\n",
/// );
/// ```
pub fn text(changes: &[Change], files: Files) -> String {
    let blocks = changes.iter().map(|change| {
        let texts = [&change.place, &change.what, &change.reason];
        let [place, what, reason] = texts.map(|text| one_line(text));
        let side = |sign: char, file: &str, side: &Option<Side>| match side {
            Some(Side { text, at }) => {
                let text = one_line(text);
                format!("  {sign} {file}:{}:{}  {text}\n", at.line, at.column)
            }
            None => String::new(),
        };
        let sides = side('-', files.old, &change.old) + &side('+', files.new, &change.new);
        let direction = direction(change).map_or(String::new(), |direction| direction + ": ");
        let (wire, api) = (change.wire(), change.api);
        format!(
            "wire {wire:<8}  Rust API {api:<5}  {place}: {what}\n{sides}  {direction}{reason}\n"
        )
    });
    blocks.collect()
}

/// Workflow commands that GitHub shows as annotations at the lines of the new file. What fails is an error, what else
/// is more than documentation a notice.
///
/// ```
/// use processing_results_contract::diff::{self, render};
/// use processing_results_contract::Document;
///
/// let document = |text: &str| Document::parse("api.yaml", text).unwrap();
/// let changes = diff::compare(&document("openapi: 3.0.3"), &document("openapi: 3.1.0"));
/// let files = render::Files { old: "old.yaml", new: "api.yaml" };
/// let line = render::github(&changes, files, render::FailOn::Wire);
/// assert!(line.starts_with("::error file=api.yaml,line=1,col=1,title=wire breaking%2C Rust API major::document: "));
/// ```
pub fn github(changes: &[Change], files: Files, fail_on: FailOn) -> String {
    let lines = changes.iter().map(|change| {
        let level = match change.is_prose() && !change.exposes {
            _ if fail_on.is_met_by(change) => "error",
            true => "notice",
            false => "warning",
        };
        let (place, what, reason) = (&change.place, &change.what, &change.reason);
        let title = format!("wire {}, Rust API {}", change.wire(), change.api);
        let message = format!("{place}: {what}\n{reason}");
        let at = change.new.as_ref().map(|side| side.at);
        workflow_command(level, files.new, at, &title, &message)
    });
    lines.collect()
}

/// A list for a changelog or a pull request, the worst first; a heading is left out where nothing is below it.
///
/// ```
/// use processing_results_contract::diff::{self, render};
/// use processing_results_contract::Document;
///
/// let document = |text: &str| Document::parse("api.yaml", text).unwrap();
/// let changes = diff::compare(&document("info: {title: A}"), &document("info: {title: B}"));
/// let list = "### Documentation\n\n- `info`: `title` changed (wire none, Rust API patch): only documentation\n";
/// assert_eq!(render::markdown(&changes), list);
/// ```
pub fn markdown(changes: &[Change]) -> String {
    let breaks = |change: &Change| FailOn::Any.is_met_by(change) || change.exposes;
    let group = |change: &Change| match breaks(change) {
        true => 0,
        false if change.is_prose() => 2,
        false => 1,
    };
    let item = |change: &Change| {
        let (place, what, reason) = (&change.place, &change.what, &change.reason);
        let (wire, api) = (change.wire(), change.api);
        let direction = direction(change).map(|direction| format!(": {direction}"));
        let direction = direction.unwrap_or_default();
        format!("- `{place}`: {what} (wire {wire}{direction}, Rust API {api}): {reason}\n")
    };
    let groups = ["Breaking", "Compatible", "Documentation"]
        .into_iter()
        .enumerate();
    let sections = groups.filter_map(|(index, heading)| {
        let grouped = changes.iter().filter(|change| group(change) == index);
        let items: String = grouped.map(item).collect();
        (!items.is_empty()).then(|| format!("### {heading}\n\n{items}"))
    });
    sections.collect::<Vec<_>>().join("\n")
}

/// One JSON array of the changes.
///
/// ```
/// use processing_results_contract::diff::{self, render};
/// use processing_results_contract::Document;
///
/// let document = |text: &str| Document::parse("api.yaml", text).unwrap();
/// let changes = diff::compare(&document("info: {title: A}"), &document("info: {title: B}"));
/// let json = render::json(&changes, render::Files { old: "old.yaml", new: "new.yaml" });
/// let json: serde_json::Value = serde_json::from_str(&json).unwrap();
/// assert_eq!((&json[0]["wire"], &json[0]["api"]), (&"none".into(), &"patch".into()));
/// assert_eq!((&json[0]["old"]["line"], &json[0]["new"]["text"]), (&1.into(), &"title: B".into()));
/// ```
pub fn json(changes: &[Change], files: Files) -> String {
    let changes = changes.iter().map(|change| {
        let side = |file: &str, side: &Option<Side>| match side {
            Some(Side { text, at }) => {
                json!({"file": file, "line": at.line, "column": at.column, "text": text})
            }
            None => Value::Null,
        };
        let (old, new) = (side(files.old, &change.old), side(files.new, &change.new));
        let place = if change.new.is_some() { &new } else { &old };
        json!({
            "place": change.place,
            "what": change.what,
            "wire": change.wire().to_string(),
            "requests": change.request.to_string(),
            "responses": change.response.to_string(),
            "api": change.api.to_string(),
            "exposes_credential": change.exposes,
            "reason": change.reason,
            "file": place["file"],
            "line": place["line"],
            "column": place["column"],
            "old": old,
            "new": new,
        })
    });
    format!("{:#}\n", changes.collect::<Value>())
}

/// Which way the wire is concerned, where both are not concerned alike.
///
/// `requests breaking` alone if responses are not concerned.
fn direction(change: &Change) -> Option<String> {
    let (request, response) = (change.request, change.response);
    match (request, response) {
        _ if request == response => None,
        (Wire::None, _) => Some(format!("responses {response}")),
        (_, Wire::None) => Some(format!("requests {request}")),
        _ => Some(format!("requests {request}, responses {response}")),
    }
}
