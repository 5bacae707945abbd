//! How values are shown: in `Debug`, and as JSON, without secrets.
//!
//! Each type of a field says how it is shown. A type that does not say so
//! does not compile, so nothing is shown by oversight.

use std::collections::BTreeMap;
use std::fmt::{self, Debug, Formatter};

use serde_json::{Map, Value};

/// The field that takes the keys that the contract does not know.
const EXTRA: &str = "extra";

/// How a field is shown.
pub(crate) trait Show: Debug {
    /// Whether there is anything to show.
    fn is_set(&self) -> bool {
        true
    }

    /// Shows the value in `Debug`. By default, the type's own `Debug` is safe.
    fn show(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Debug::fmt(self, f)
    }

    /// The value as JSON, as far as it may be shown.
    fn masked(&self) -> Value;
}

/// A generated struct.
pub(crate) trait Fields: Debug {
    const NAME: &'static str;

    /// Its fields, named as on the wire.
    fn fields(&self) -> Vec<(&'static str, &dyn Show)>;
}

/// The `Debug` of generated structs: the fields that are set.
pub(crate) fn debug<T: Fields>(value: &T, f: &mut Formatter<'_>) -> fmt::Result {
    struct_of(T::NAME, value.fields(), f)
}

/// Apart from its caller, so that it is compiled once.
fn struct_of(
    name: &str,
    fields: Vec<(&'static str, &dyn Show)>,
    f: &mut Formatter<'_>,
) -> fmt::Result {
    let mut shown = f.debug_struct(name);
    for (name, field) in fields {
        if field.is_set() {
            shown.field(name, &By(field));
        }
    }
    shown.finish()
}

impl<T: Fields> Show for T {
    fn masked(&self) -> Value {
        let mut object = Map::new();
        mask(self.fields(), &mut object);
        Value::Object(object)
    }
}

fn mask(fields: Vec<(&'static str, &dyn Show)>, object: &mut Map<String, Value>) {
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

/// Keys with what may be shown of their values.
fn object<'a>(members: &mut dyn Iterator<Item = (&'a String, &'a dyn Show)>) -> Value {
    let mut object = Map::new();
    for (key, value) in members {
        object.insert(key.clone(), value.masked());
    }
    Value::Object(object)
}

struct By<'a>(&'a dyn Show);

impl Debug for By<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0.show(f)
    }
}

impl Show for String {
    fn masked(&self) -> Value {
        self.as_str().into()
    }
}

impl Show for bool {
    fn masked(&self) -> Value {
        (*self).into()
    }
}

impl Show for i64 {
    fn masked(&self) -> Value {
        (*self).into()
    }
}

impl Show for f64 {
    fn masked(&self) -> Value {
        (*self).into()
    }
}

impl<T: Show> Show for Option<T> {
    fn is_set(&self) -> bool {
        self.is_some()
    }

    fn show(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Some(value) => value.show(f),
            None => f.write_str("None"),
        }
    }

    fn masked(&self) -> Value {
        self.as_ref().map_or(Value::Null, Show::masked)
    }
}

impl<T: Show> Show for Vec<T> {
    fn show(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.iter().map(|it| By(it)))
            .finish()
    }

    fn masked(&self) -> Value {
        self.iter().map(Show::masked).collect()
    }
}

impl<T: Show> Show for BTreeMap<String, T> {
    fn show(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_map()
            .entries(self.iter().map(|(key, value)| (key, By(value))))
            .finish()
    }

    fn masked(&self) -> Value {
        object(&mut self.iter().map(|(key, value)| (key, value as &dyn Show)))
    }
}

/// Keys are shown; what stands behind an unknown key may be a secret.
impl Show for Map<String, Value> {
    fn is_set(&self) -> bool {
        !self.is_empty()
    }

    fn show(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_map()
            .entries(self.iter().map(|(key, value)| (key, By(value))))
            .finish()
    }

    fn masked(&self) -> Value {
        object(&mut self.iter().map(|(key, value)| (key, value as &dyn Show)))
    }
}

/// Only the kind of a value of unknown meaning is shown.
impl Show for Value {
    fn show(&self, f: &mut Formatter<'_>) -> fmt::Result {
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
