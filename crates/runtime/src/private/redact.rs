//! How values are shown without secrets: in `Debug`, and as JSON.
//!
//! Each type of a field implements [`Redact`]. A type that does not is a compile error, so nothing is shown by mistake.

use std::collections::BTreeMap;
use std::fmt::{self, Debug, Formatter};

use serde_json::{Map, Value};

/// The field for keys that the contract does not have.
const EXTRA: &str = "extra";

/// How a field is shown.
pub trait Redact: Debug {
    /// Whether there is a value to show.
    fn is_set(&self) -> bool {
        true
    }

    /// Redacts the value in `Debug`. By default, the type's own `Debug` is safe.
    fn fmt_redacted(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Debug::fmt(self, f)
    }

    /// The value as JSON, with secrets masked.
    fn masked(&self) -> Value;
}

/// A generated struct: the code generator writes the implementations.
pub trait Fields: Debug {
    /// Its name.
    const NAME: &'static str;

    /// Its fields, named as on the wire.
    fn fields(&self) -> Vec<(&'static str, &dyn Redact)>;
}

/// The `Debug` of generated structs: the fields that are set.
pub fn debug<T: Fields>(value: &T, f: &mut Formatter<'_>) -> fmt::Result {
    struct_of(T::NAME, value.fields(), f)
}

/// Not generic, so that it is compiled once.
fn struct_of(
    name: &str,
    fields: Vec<(&'static str, &dyn Redact)>,
    f: &mut Formatter<'_>,
) -> fmt::Result {
    let mut shown = f.debug_struct(name);
    for (name, field) in fields {
        if field.is_set() {
            shown.field(name, &DebugRedacted(field));
        }
    }
    shown.finish()
}

impl<T: Fields> Redact for T {
    fn masked(&self) -> Value {
        let mut object = Map::new();
        mask_fields(self.fields(), &mut object);
        Value::Object(object)
    }
}

fn mask_fields(fields: Vec<(&'static str, &dyn Redact)>, object: &mut Map<String, Value>) {
    for (name, field) in fields {
        match (name, field.masked()) {
            (EXTRA, Value::Object(extra)) => object.extend(extra),
            (_, value) if field.is_set() => {
                object.insert(name.to_owned(), value);
            }
            _ => {}
        }
    }
}

/// The members with masked values.
fn object<'a>(members: &mut dyn Iterator<Item = (&'a String, &'a dyn Redact)>) -> Value {
    let mut object = Map::new();
    for (key, value) in members {
        object.insert(key.clone(), value.masked());
    }
    Value::Object(object)
}

struct DebugRedacted<'a>(&'a dyn Redact);

impl Debug for DebugRedacted<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0.fmt_redacted(f)
    }
}

impl Redact for String {
    fn masked(&self) -> Value {
        self.as_str().into()
    }
}

impl Redact for bool {
    fn masked(&self) -> Value {
        (*self).into()
    }
}

impl Redact for i64 {
    fn masked(&self) -> Value {
        (*self).into()
    }
}

impl Redact for f64 {
    fn masked(&self) -> Value {
        (*self).into()
    }
}

impl<T: Redact> Redact for Option<T> {
    fn is_set(&self) -> bool {
        self.is_some()
    }

    fn fmt_redacted(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Some(value) => value.fmt_redacted(f),
            None => f.write_str("None"),
        }
    }

    fn masked(&self) -> Value {
        self.as_ref().map_or(Value::Null, Redact::masked)
    }
}

impl<T: Redact> Redact for Vec<T> {
    fn fmt_redacted(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.iter().map(|it| DebugRedacted(it)))
            .finish()
    }

    fn masked(&self) -> Value {
        self.iter().map(Redact::masked).collect()
    }
}

impl<T: Redact> Redact for BTreeMap<String, T> {
    fn fmt_redacted(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_map()
            .entries(self.iter().map(|(key, value)| (key, DebugRedacted(value))))
            .finish()
    }

    fn masked(&self) -> Value {
        object(&mut self.iter().map(|(key, value)| (key, value as &dyn Redact)))
    }
}

/// Keys are shown; the value of an unknown key may be a secret.
impl Redact for Map<String, Value> {
    fn is_set(&self) -> bool {
        !self.is_empty()
    }

    fn fmt_redacted(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_map()
            .entries(self.iter().map(|(key, value)| (key, DebugRedacted(value))))
            .finish()
    }

    fn masked(&self) -> Value {
        object(&mut self.iter().map(|(key, value)| (key, value as &dyn Redact)))
    }
}

/// Of a value of unknown meaning, only the type is shown.
impl Redact for Value {
    fn fmt_redacted(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(kind(self))
    }

    fn masked(&self) -> Value {
        kind(self).into()
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "<null>",
        Value::Bool(_) => "<boolean>",
        Value::Number(_) => "<number>",
        Value::String(_) => "<string>",
        Value::Array(_) => "<array>",
        Value::Object(_) => "<object>",
    }
}
