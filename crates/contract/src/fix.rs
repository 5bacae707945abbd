//! Mechanical remedies of findings, made in place. A remedy counts only if a check afterwards agrees: the
//! finding is gone, and no other has come.
//!
//! | finding | edit |
//! |---|---|
//! | any with "did you mean `x`?" | the key or value becomes `x` |
//! | `optional-is-nullable` | `nullable: true`, over `allOf` where a reference stands |
//! | `secret-is-password` | `format: password` |
//! | `keeps-unknown-keys` | `additionalProperties: {}` |
//! | `no-default-in-response`, `no-constraint-in-response`, `ignored-key` | the key goes |
//! | `bare-yaml11-boolean`, `bare-status-key` | quotes |
//!
//! What takes a decision is left to a person: a description, a type, which of two equal keys stays.

use crate::document::Document;
use crate::edit::{Edit, Place, apply, nullable};
use crate::finding::{Finding, Position};
use crate::spec::Spec;
use crate::yaml::{Node, NodeKind, node::escape};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap, HashSet};

/// How often the findings that are left are looked at again, since one may hide another.
const MAX_ROUNDS: usize = 8;

/// How many are tried one by one, each with a check, where not all go together.
const MAX_TRIES: usize = 200;

/// The text with every mechanical remedy made; the text as it is where there is none, or where it is not YAML.
///
/// ```
/// use processing_results_contract::fix;
///
/// assert_eq!(fix("opnapi: 3.0.3  # kept\n"), "openapi: 3.0.3  # kept\n");
/// ```
pub fn fix(text: &str) -> String {
    let rounds = std::iter::successors(Some(text.to_owned()), |text| once(text));
    rounds.take(MAX_ROUNDS + 1).last().unwrap_or_default()
}

/// All remedies together, or else those that help on their own; `None` if none does.
///
/// One at a time costs a check each, so their number is limited; together they need one.
fn once(text: &str) -> Option<String> {
    let document = Document::parse("", text).ok()?;
    let findings = document.check();
    let remedies = remedies(&document, &findings);
    let all: Vec<Edit> = remedies.iter().flatten().cloned().collect();
    if let Some(better) = better(text, &all, &findings) {
        return Some(better);
    }
    let mut edits = Vec::new();
    for remedy in remedies.into_iter().take(MAX_TRIES) {
        let together = [edits.as_slice(), remedy.as_slice()].concat();
        if better(text, &together, &findings).is_some() {
            edits = together;
        }
    }
    better(text, &edits, &findings)
}

/// The edited text, if a check finds less in it and nothing new.
fn better(text: &str, edits: &[Edit], before: &[Finding]) -> Option<String> {
    let edited = apply(text, edits).ok().filter(|_| !edits.is_empty())?;
    let after = Document::parse("", &edited).ok()?.check();
    // Its place may have moved.
    let kind = |finding: &Finding| (finding.rule, finding.message.clone());
    let known: HashSet<_> = before.iter().map(kind).collect();
    let nothing_new = after.iter().all(|finding| known.contains(&kind(finding)));
    (nothing_new && after.len() < before.len()).then_some(edited)
}

/// The edits for each finding that has some, those of one place once: two findings of one key want the same of
/// it.
fn remedies(document: &Document, findings: &[Finding]) -> Vec<Vec<Edit>> {
    let mut places = HashMap::new();
    find_places(document.root(), "", &mut places);
    let spec = Spec::new(document.root());
    let mut by_place = BTreeMap::new();
    for finding in findings {
        let at = Position {
            line: finding.line,
            column: finding.column,
        };
        let target = places.get(&at);
        let Some((target, edits)) = target.and_then(|it| Some((it, remedy(&spec, finding, it)?)))
        else {
            continue;
        };
        // What was mistyped comes first: without it, other things seem to be missing.
        let place = (meant(finding).is_none(), &target.pointer);
        by_place.entry(place).or_insert(edits);
    }
    by_place.into_values().collect()
}

/// What the help says was meant.
fn meant(finding: &Finding) -> Option<&str> {
    let help = finding.help.as_deref()?;
    help.strip_prefix("did you mean `")?.strip_suffix("`?")
}

/// What a position names: a key with its value, or an item.
struct FixTarget<'a> {
    pointer: String,
    key: Option<&'a str>,
    node: &'a Node,
}

/// Maps the positions of all keys, scalars and items below a node to what they name. A key wins over a value
/// that begins where it does.
fn find_places<'a>(node: &'a Node, above: &str, places: &mut HashMap<Position, FixTarget<'a>>) {
    for entry in node.entries() {
        let pointer = format!("{above}/{}", escape(&entry.key.text));
        find_places(&entry.value, &pointer, places);
        let target = |key| FixTarget {
            pointer: pointer.clone(),
            key,
            node: &entry.value,
        };
        if matches!(entry.value.kind, NodeKind::Scalar(_)) {
            places.insert(entry.value.at, target(None));
        }
        places.insert(entry.at, target(Some(&entry.key.text)));
    }
    for (index, item) in node.items().iter().enumerate() {
        let pointer = format!("{above}/{index}");
        find_places(item, &pointer, places);
        let (key, node) = (None, item);
        places
            .entry(item.at)
            .or_insert(FixTarget { pointer, key, node });
    }
}

/// The edits that a finding asks for at its place; `None` where a person has to decide.
fn remedy(spec: &Spec, finding: &Finding, target: &FixTarget) -> Option<Vec<Edit>> {
    let at = target.pointer.as_str();
    let edit = match (finding.rule, target.key) {
        ("optional-is-nullable", Some("nullable" | "$ref")) => {
            let (at, _) = at.rsplit_once('/')?;
            let (schema, _) = spec.root.pointer(at)?;
            return Some(nullable(spec, schema, at));
        }
        ("optional-is-nullable", _) => return Some(nullable(spec, target.node, at)),
        ("secret-is-password", Some("format")) => replace(at, "password"),
        ("secret-is-password", Some(_)) => insert(at, "format", json!("password"), "type"),
        ("keeps-unknown-keys", Some("additionalProperties")) => replace(at, json!({})),
        ("keeps-unknown-keys", Some(_)) => {
            insert(at, "additionalProperties", json!({}), "description")
        }
        ("no-default-in-response", Some(key)) if finding.help.as_deref() != Some("remove it") => {
            rename(at, &format!("x-{key}"))
        }
        ("no-default-in-response" | "no-constraint-in-response" | "ignored-key", Some(_)) => {
            Edit::Remove { at: at.to_owned() }
        }
        ("bare-yaml11-boolean" | "bare-scalar" | "bare-status-key", Some(key)) => rename(at, key),
        ("bare-yaml11-boolean" | "bare-scalar", None) => replace(at, target.node.text()?),
        (_, Some(_)) => rename(at, meant(finding)?),
        (_, None) => replace(at, meant(finding)?),
    };
    Some(vec![edit])
}

/// Writes another value.
fn replace(at: &str, value: impl Into<Value>) -> Edit {
    let (at, value) = (at.to_owned(), value.into());
    Edit::Replace { at, value }
}

/// A key that stays the same is rewritten with the quotes that it needs.
fn rename(at: &str, key: &str) -> Edit {
    let (at, key) = (at.to_owned(), key.to_owned());
    Edit::Rename { at, key }
}

fn insert(into: &str, key: &str, value: Value, after: &str) -> Edit {
    Edit::Insert {
        into: into.to_owned(),
        key: key.to_owned(),
        value,
        place: Place::After(after.to_owned()),
    }
}
