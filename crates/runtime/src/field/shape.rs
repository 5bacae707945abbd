//! What the contract says about a value, as far as it matters for showing it: the one list of what is secret.
//!
//! It is derived from the types: a field's type says its shape, and a type without one is a compile error.

use std::collections::HashMap;

/// What is documented about a value. Of `BTreeMap<String, Secret>` it is `Map(&Secret)`, of a generated struct an `Object`
/// with its keys in alphabetical order, of `Option<T>` that of `T`.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Text that may be shown, but for what looks like a credential in it.
    Text,
    /// True or false.
    Boolean,
    /// A number.
    Number,
    /// A credential.
    Secret,
    /// A URL that may carry a credential.
    Url,
    /// A list of values of one shape.
    List(&'static Shape),
    /// Values of one shape under any key.
    Map(&'static Shape),
    /// An object with documented members; others may be among them.
    Object(&'static [(&'static str, Shape)]),
    /// A value whose shape depends on the text of the member beside it that has this name.
    TypedBy(&'static str, &'static [(&'static str, Shape)]),
    /// Anything.
    Unknown,
}

impl Shape {
    /// An object without documented members.
    pub const OPEN: Shape = Shape::Object(&[]);

    /// The shape of a value that is typed by the text beside it, given that text: one without members where none is
    /// documented.
    #[must_use]
    pub fn typed(&self, by: Option<&str>) -> &'static Shape {
        match self {
            Shape::TypedBy(_, shapes) => {
                let known = shapes.iter().find(|(name, _)| Some(*name) == by);
                known.map_or(&Shape::OPEN, |(_, shape)| shape)
            }
            _ => &Shape::OPEN,
        }
    }

    /// A documented member of an object.
    #[must_use]
    pub fn member(&self, name: &str) -> Option<&'static Shape> {
        match self {
            Shape::Object(members) => {
                let found = members.iter().find(|(key, _)| *key == name);
                found.map(|(_, shape)| shape)
            }
            _ => None,
        }
    }

    /// Whether it is, or holds under any key, something that is never shown as it is: `webhook_headers`, a map of secrets,
    /// is; an object with one documented secret among other members is not.
    pub(crate) const fn is_sensitive(&self) -> bool {
        match self {
            Shape::Secret | Shape::Url => true,
            Shape::Map(values) | Shape::List(values) => values.is_sensitive(),
            _ => false,
        }
    }

    /// Adds the documented members that are sensitive, by name, from all of the shape: the first of each name.
    pub(crate) fn gather_sensitive(
        &'static self,
        found: &mut HashMap<&'static str, &'static Shape>,
    ) {
        match self {
            Shape::Object(members) => {
                for (name, shape) in *members {
                    if shape.is_sensitive() {
                        found.entry(name).or_insert(shape);
                    }
                    shape.gather_sensitive(found);
                }
            }
            Shape::TypedBy(_, shapes) => {
                for (_, shape) in *shapes {
                    shape.gather_sensitive(found);
                }
            }
            Shape::List(inner) | Shape::Map(inner) => inner.gather_sensitive(found),
            _ => {}
        }
    }
}
