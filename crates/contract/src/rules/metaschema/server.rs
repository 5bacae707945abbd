//! A server.

use super::Shape::{Any, Text};
use super::{NONE, Object};

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
