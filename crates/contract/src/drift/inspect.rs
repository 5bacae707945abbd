//! Compares responses with the contract.
//!
//! A million lines with the same unknown field are one drift with a count, so that memory is bound by how many ways
//! there are to leave the contract, not by how many responses there are; comparing is linear in the size of a response.

use super::infer::Inferred;
use super::secret::is_name;
use super::target::{ResponseSchema, list_of_results, response_schema};
use super::{Drift, DriftKind, Response};
use crate::document::Document;
use crate::instance::{self, Json, Problem, Violation, open};
use crate::spec::Spec;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::fmt;

/// What `export` puts into each of its lines, beside the result: no field of the service.
const ADDED_BY_EXPORT: [&str; 2] = ["output_bucket", "output_key"];

/// The contract is not about one call with a JSON response, so that there is nothing to compare with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSuchCall;

impl fmt::Display for NoSuchCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "does not describe one call with a JSON response, so there is nothing to compare with"
        )
    }
}

impl std::error::Error for NoSuchCall {}

/// What one response contains beyond the contract.
///
/// # Errors
///
/// If the contract does not describe exactly one call with a JSON response.
///
/// ```
/// use processing_results_contract::{Document, drift};
/// use serde_json::json;
///
/// # let yaml = "
/// # paths: {/items: {get: {responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/Item'}}}}}}}}
/// # components: {schemas: {Item: {type: object, additionalProperties: {}, properties: {id: {type: string}}}}}
/// # ";
/// let document = Document::parse("api.yaml", yaml).unwrap();
/// let drifts = drift::inspect(&document, &json!({"id": "1", "size": 12})).unwrap();
/// assert_eq!(drifts[0].to_string(), "Item.size: unknown field, integer (at `/size`)");
/// ```
pub fn inspect(document: &Document, response: &Value) -> Result<Vec<Drift>, NoSuchCall> {
    let mut inspector = Inspector::new(document)?;
    // A `Value` is always JSON.
    if let Ok(json) = serde_json::value::to_raw_value(response) {
        inspector.compare(&json, false);
    }
    Ok(inspector.into_drifts())
}

/// Compares any number of responses, and keeps each difference once, with its count.
///
/// ```
/// use processing_results_contract::{Document, drift};
///
/// # let yaml = "
/// # paths: {/items: {get: {responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/Item'}}}}}}}}
/// # components: {schemas: {Item: {type: object, additionalProperties: {}, properties: {id: {type: string}}}}}
/// # ";
/// let document = Document::parse("api.yaml", yaml).unwrap();
/// let mut inspector = drift::Inspector::new(&document).unwrap();
/// for response in drift::read(br#"[{"id": "1", "size": 1}, {"id": "2", "size": 2.5}]"#).unwrap() {
///     inspector.add(&response);
/// }
/// assert_eq!(inspector.responses(), 2);
/// let drifts = inspector.into_drifts();
/// assert_eq!(drifts[0].to_string(), "Item.size: unknown field, number (2 times, first at `/size`)");
/// ```
pub struct Inspector<'d> {
    spec: Spec<'d>,
    whole: ResponseSchema<'d>,
    /// One result, where the response is an object with a list of them.
    one: Option<ResponseSchema<'d>>,
    groups: Vec<Drift>,
    known: HashMap<(DriftKind, String, Option<String>), usize>,
    responses: usize,
}

impl<'d> Inspector<'d> {
    /// Finds the call.
    ///
    /// # Errors
    ///
    /// If the contract does not describe exactly one call with a JSON response.
    pub fn new(document: &'d Document) -> Result<Inspector<'d>, NoSuchCall> {
        let spec = Spec::new(document.root());
        let whole = response_schema(&spec).ok_or(NoSuchCall)?;
        let one = list_of_results(&spec, &whole);
        Ok(Inspector {
            spec,
            whole,
            one,
            groups: Vec::new(),
            known: HashMap::new(),
            responses: 0,
        })
    }

    /// Compares a response, or one result out of one, such as a line that `export` writes.
    ///
    /// What a line of `export` has beside the result, `item_id` for instance, is no drift.
    pub fn add(&mut self, response: &Response) {
        let one = self.one.as_ref();
        let is_line = one.is_some_and(|one| one.keys_in(response) > self.whole.keys_in(response));
        self.compare(&response.0, is_line);
    }

    fn compare(&mut self, response: &RawValue, is_line: bool) {
        let one = self.one.as_ref().filter(|_| is_line);
        let ResponseSchema {
            schema, pointer, ..
        } = one.unwrap_or(&self.whole);
        let mut found = instance::differences(&self.spec, schema, pointer, response);
        found.retain(|found| !is_line || !self.is_beside(found));
        self.responses += 1;
        found.into_iter().for_each(|found| self.note(found));
    }

    /// Whether a line has a key that belongs to the response around the result, or that the command itself put there.
    fn is_beside(&self, difference: &Violation) -> bool {
        let Problem::UnknownField { key } = &difference.problem else {
            return false;
        };
        let key = key.as_str();
        difference.pointer.matches('/').count() == 1
            && (self.whole.keys.contains(&key) || ADDED_BY_EXPORT.contains(&key))
    }

    /// Counts a difference with those that are the same, and adds its value to what is known of the type.
    ///
    /// The value is looked at and forgotten, but for one that an enum lacks and that looks like a name.
    fn note(&mut self, difference: Violation) {
        let (kind, detail) = match difference.problem {
            Problem::UnknownField { key } => (DriftKind::UnknownField, Some(key)),
            Problem::UnknownValue => (DriftKind::UnknownValue, None),
            Problem::Null => (DriftKind::Null, None),
            Problem::WrongType { .. } => (DriftKind::WrongType, None),
            Problem::Missing { name } => (DriftKind::Missing, Some(name)),
            Problem::Duplicate { key } => (DriftKind::Duplicate, Some(key)),
            other => (DriftKind::NotCompared, Some(other.to_string())),
        };
        let value = difference.value;
        let name = value.filter(|_| kind == DriftKind::UnknownValue).map(open);
        let name = match name {
            Some(Json::Text(Some(text))) if is_name(&text) => Some(text.into_owned()),
            _ => None,
        };
        let key = (kind, difference.place, name);
        let index = *self.known.entry(key.clone()).or_insert(self.groups.len());
        if index == self.groups.len() {
            let (kind, place, value) = key;
            self.groups.push(Drift {
                kind,
                place,
                pointer: difference.pointer,
                response: self.responses,
                count: 0,
                inferred: None,
                value,
                schema: difference.schema,
                detail,
                seen: Inferred::default(),
            });
        }
        if let Some(group) = self.groups.get_mut(index) {
            group.count += 1;
            if let Some(value) = value {
                group.seen.add(value);
            }
        }
    }

    /// How many responses were compared.
    pub fn responses(&self) -> usize {
        self.responses
    }

    /// Everything that was found, by place.
    pub fn into_drifts(self) -> Vec<Drift> {
        let mut drifts = self.groups;
        drifts.sort_by(|one, other| {
            (&one.place, one.kind, &one.value).cmp(&(&other.place, other.kind, &other.value))
        });
        for drift in &mut drifts {
            let inferred = [DriftKind::UnknownField, DriftKind::WrongType].contains(&drift.kind);
            drift.inferred = inferred.then(|| drift.seen.to_string());
        }
        drifts
    }
}
