//! A server.

use super::object::ValueShape::{Any, Text};
use super::object::{NONE, Object};

pub(super) static SERVER: Object = Object {
    name: "a server",
    referable: false,
    keys: &[
        (Text, &["url", "description", "x-region"]),
        (Any, &["variables"]),
    ],
    required: &["url"],
    one_of: NONE,
};
