//! `Debug` of the generated types: the fields that are set, without secrets.
//!
//! Each type of a field says how it is shown. A type that does not say so
//! does not compile, so nothing is shown by oversight.

use std::collections::BTreeMap;
use std::fmt::{self, Debug, DebugStruct, Formatter};

use serde_json::{Map, Value};

/// How a field is shown in `Debug`.
pub(crate) trait Show: Debug {
    /// Whether there is anything to show.
    fn is_set(&self) -> bool {
        true
    }

    /// Shows the value. By default, the type's own `Debug` is safe.
    fn show(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Debug::fmt(self, f)
    }
}

/// Writes a struct's fields, leaving out those that are not set.
pub(crate) struct Shown<'a, 'b>(DebugStruct<'a, 'b>);

impl<'a, 'b> Shown<'a, 'b> {
    pub(crate) fn new(f: &'a mut Formatter<'b>, name: &str) -> Self {
        Shown(f.debug_struct(name))
    }

    pub(crate) fn field(mut self, name: &str, value: &impl Show) -> Self {
        if value.is_set() {
            self.0.field(name, &By(value));
        }
        self
    }

    pub(crate) fn finish(mut self) -> fmt::Result {
        self.0.finish()
    }
}

struct By<'a, T>(&'a T);

impl<T: Show> Debug for By<'_, T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0.show(f)
    }
}

impl Show for String {}
impl Show for bool {}
impl Show for i64 {}
impl Show for f64 {}

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
}

impl<T: Show> Show for Vec<T> {
    fn show(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter().map(By)).finish()
    }
}

impl<T: Show> Show for BTreeMap<String, T> {
    fn show(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_map()
            .entries(self.iter().map(|(key, value)| (key, By(value))))
            .finish()
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
}

/// Only the kind of a value of unknown meaning is shown.
impl Show for Value {
    fn show(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Value::Null => "<null>",
            Value::Bool(_) => "<boolean>",
            Value::Number(_) => "<number>",
            Value::String(_) => "<string>",
            Value::Array(_) => "<array>",
            Value::Object(_) => "<object>",
        })
    }
}
