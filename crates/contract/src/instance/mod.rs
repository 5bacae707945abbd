//! Where a JSON value is not what a schema says: for examples in the contract, and for real answers.

mod walk;

use crate::spec::Spec;
use crate::yaml::Node;
use serde_json::Value;
use std::fmt;

/// One place in a value that the schema does not describe. It never holds the value itself.
pub(crate) struct Difference<'a> {
    /// Where in the value.
    pub(crate) pointer: String,
    /// The component that the place belongs to, and the property of it.
    pub(crate) home: Home<'a>,
    pub(crate) problem: Problem,
    /// The value found there, for those who want to infer a type from it.
    pub(crate) value: Value,
}

/// A place in the contract, as `Component.property`, with `[]` for items and `.*` for values of a map.
#[derive(Clone, Debug, Default)]
pub(crate) struct Home<'a> {
    pub(crate) component: Option<&'a str>,
    pub(crate) rest: String,
}

/// What is wrong with the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    UnknownField,
    UnknownValue,
    Null,
    WrongType { wanted: String, found: &'static str },
    Missing { name: String },
    NoSuchSchema,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::UnknownField => write!(f, "has a key that the schema does not know"),
            Problem::UnknownValue => write!(f, "has a value that the enum does not know"),
            Problem::Null => write!(f, "has a null where the schema allows none"),
            Problem::WrongType { wanted, found } => write!(
                f,
                "has {} where the schema wants {}",
                article(found),
                article(wanted)
            ),
            Problem::Missing { name } => write!(f, "lacks the required `{name}`"),
            Problem::NoSuchSchema => write!(f, "cannot be compared, for its schema is not found"),
        }
    }
}

fn article(kind: &str) -> String {
    match kind.starts_with(['a', 'i', 'o']) {
        true => format!("an {kind}"),
        false => format!("a {kind}"),
    }
}

/// Every difference between a value and a schema, in the order of the value.
pub(crate) fn differences<'a>(
    spec: &Spec<'a>,
    schema: &'a Node,
    value: &Value,
) -> Vec<Difference<'a>> {
    let mut walk = walk::Walk {
        spec,
        found: Vec::new(),
    };
    walk.value(schema, value, String::new(), &Home::default(), 0);
    walk.found
}

impl fmt::Display for Home<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.component.unwrap_or("answer"), self.rest)
    }
}

impl Difference<'_> {
    /// The place of a key that the contract does not know.
    pub(crate) fn field_place(&self) -> String {
        let key = self.pointer.rsplit('/').next().unwrap_or_default();
        format!(
            "{}.{}",
            self.home,
            key.replace("~1", "/").replace("~0", "~")
        )
    }
}

impl<'a> Home<'a> {
    fn child(&self, step: &str) -> Home<'a> {
        Home {
            component: self.component,
            rest: format!("{}{step}", self.rest),
        }
    }
}

/// The type of a value in the words of OpenAPI.
pub(crate) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// A date and a time of day, with or without an offset.
pub(crate) fn is_date_time(text: &str) -> bool {
    let shape: String = text
        .chars()
        .map(|letter| if letter.is_ascii_digit() { '0' } else { letter })
        .collect();
    let separated = shape
        .get(10..11)
        .is_some_and(|letter| ["T", "t", " "].contains(&letter));
    shape.starts_with("0000-00-00") && separated && shape.get(11..16) == Some("00:00")
}
