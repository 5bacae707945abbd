//! A server. `variables` is known and ignored: a URL with holes is no place to send a key to.

use super::object::Object;
use super::object::ValueShape::{Any, Text};

pub(super) static SERVER: Object = Object {
    name: "a server",
    keys: &[
        (Text, &["url", "description", "x-region"]),
        (Any, &["variables"]),
    ],
    required: &["url"],
    ..Object::PLAIN
};
