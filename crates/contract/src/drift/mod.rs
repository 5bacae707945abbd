//! What real answers hold that the contract does not.
//!
//! Values of answers are never part of a report: they may be credentials. The one exception is a new value of an
//! enum, which belongs to the schema, and only if it looks like a name.

mod fragment;
mod infer;

use crate::document::Document;
use crate::instance::{self, Difference, Problem};
use crate::spec::Spec;
use crate::yaml::Node;
use infer::Inferred;
use serde_json::Value;
use std::fmt;

/// How an answer leaves the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A key that the object does not declare.
    UnknownField,
    /// A value that the enum does not list.
    UnknownValue,
    /// A null where none is allowed.
    Null,
    /// A value of another type, or a text that is not of the declared format.
    WrongType,
    /// A required key that is not there.
    Missing,
}

/// One way in which answers leave the contract, however often they do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    /// What kind of difference it is.
    pub kind: Kind,
    /// The place in the contract: component, then property, `[]` for items, `.*` for values of a map.
    pub place: String,
    /// Where it was seen first, as a JSON pointer into the answer.
    pub pointer: String,
    /// How often it was seen.
    pub count: usize,
    /// The type that the values had, in the words of OpenAPI; for [`Kind::UnknownField`] and [`Kind::WrongType`].
    pub inferred: Option<String>,
    /// The new value of an enum, if it looks like a name of at most 64 letters.
    pub value: Option<String>,
    /// YAML to paste into the contract, and the place to paste it as a comment above it.
    pub fragment: Option<String>,
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inferred = self.inferred.as_deref().unwrap_or("something else");
        write!(f, "{}: ", self.place.escape_debug())?;
        match (self.kind, &self.value) {
            (Kind::UnknownField, _) => write!(f, "unknown field, {inferred}")?,
            (Kind::UnknownValue, Some(value)) => write!(f, "unknown value `{value}`")?,
            (Kind::UnknownValue, None) => {
                write!(f, "unknown value that does not look like a name")?
            }
            (Kind::Null, _) => write!(f, "null, which is not allowed")?,
            (Kind::WrongType, _) => write!(f, "wrong type, {inferred}")?,
            (Kind::Missing, _) => write!(f, "required, but not there")?,
        }
        let pointer = self.pointer.escape_debug();
        match self.count {
            1 => write!(f, " (at `{pointer}`)"),
            count => write!(f, " ({count} times, first at `{pointer}`)"),
        }
    }
}

/// What one answer holds beyond the contract.
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
/// let drifts = drift::inspect(&document, &json!({"id": "1", "size": 12}));
/// assert_eq!(drifts[0].to_string(), "Item.size: unknown field, integer (at `/size`)");
/// ```
pub fn inspect(document: &Document, answer: &Value) -> Vec<Drift> {
    inspect_all(document, [answer])
}

/// What many answers hold beyond the contract, each difference once, with its count.
pub fn inspect_all<'v>(
    document: &Document,
    answers: impl IntoIterator<Item = &'v Value>,
) -> Vec<Drift> {
    let spec = Spec::new(document.root());
    let Some(schema) = answer_schema(&spec) else {
        return Vec::new();
    };
    let mut groups: Vec<Group> = Vec::new();
    for answer in answers {
        for difference in instance::differences(&spec, schema, answer) {
            Group::add(&mut groups, &difference);
        }
    }
    groups.sort_by(|one, other| {
        (&one.place, one.kind, &one.value).cmp(&(&other.place, other.kind, &other.value))
    });
    groups.into_iter().map(Group::into_drift).collect()
}

/// The schema of the JSON body of the first answer that is a success.
fn answer_schema<'a>(spec: &Spec<'a>) -> Option<&'a Node> {
    let mut answers = spec
        .operations()
        .flat_map(|operation| operation.responses());
    let answer = answers.find(|status| status.key.text.starts_with('2'))?;
    spec.resolve(&answer.value)?
        .get("content")?
        .get("application/json")?
        .get("schema")
}

/// Differences of one kind at one place.
struct Group {
    kind: Kind,
    place: String,
    pointer: String,
    count: usize,
    value: Option<String>,
    inferred: Inferred,
}

impl Group {
    fn add(groups: &mut Vec<Group>, difference: &Difference) {
        let (kind, place) = match &difference.problem {
            Problem::UnknownField => (Kind::UnknownField, difference.field_place()),
            Problem::UnknownValue => (Kind::UnknownValue, difference.home.to_string()),
            Problem::Null => (Kind::Null, difference.home.to_string()),
            Problem::WrongType { .. } => (Kind::WrongType, difference.home.to_string()),
            Problem::Missing { name } => (Kind::Missing, format!("{}.{name}", difference.home)),
            Problem::NoSuchSchema => return,
        };
        let name = difference
            .value
            .as_str()
            .filter(|text| kind == Kind::UnknownValue && infer::is_name(text));
        let same = |group: &&mut Group| {
            group.kind == kind && group.place == place && group.value.as_deref() == name
        };
        match groups.iter_mut().find(same) {
            Some(group) => {
                group.count += 1;
                group.inferred.add(&difference.value);
            }
            None => groups.push(Group {
                kind,
                pointer: difference.pointer.clone(),
                count: 1,
                value: name.map(str::to_owned),
                inferred: Inferred::new(&difference.value),
                place,
            }),
        }
    }

    fn into_drift(self) -> Drift {
        let inferred = [Kind::UnknownField, Kind::WrongType].contains(&self.kind);
        Drift {
            fragment: fragment::write(
                self.kind,
                &self.place,
                self.value.as_deref(),
                &self.inferred,
            ),
            inferred: inferred.then(|| self.inferred.to_string()),
            kind: self.kind,
            place: self.place,
            pointer: self.pointer,
            count: self.count,
            value: self.value,
        }
    }
}
