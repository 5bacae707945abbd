//! A schema, with the keys of our own.
//!
//! ```yaml
//! lang: {type: string, nullable: true, x-default: en}
//! key: {type: string, x-not-secret: true}
//! JobConfig: {oneOf: [...], x-typed-by: {property: job_type, mapping: {parse: ParseJob}}}
//! Config: {type: object, properties: {lang: ...}, x-settings: [lang]}
//! ```
//!
//! `title`, `default` and limits such as `maxLength` are keys of OpenAPI, and so they are here; that the
//! contract must not have them is `forbidden.rs`.

use super::names::any_name;
use super::object::ValueShape::{Any, Boolean, BooleanOr, List, Map, Number, Of, Text, Type};
use super::object::{Object, ValueShape};

/// A schema as the value of a key.
pub(super) static SCHEMA_HERE: ValueShape = Of(&SCHEMA);

/// A schema, or a reference to one. `x-unnamed` is free, as other keys with `x-` are: it lists what has no
/// name.
pub(super) static SCHEMA: Object = Object {
    name: "a schema",
    referable: true,
    keys: &[
        (Type, &["type"]),
        (Text, &["format", "description", "title", "pattern", "$ref"]),
        (
            Boolean,
            &[
                "nullable",
                "deprecated",
                "readOnly",
                "writeOnly",
                "exclusiveMinimum",
                "exclusiveMaximum",
                "uniqueItems",
                "x-not-secret",
            ],
        ),
        (List(&Text), &["required", "x-settings", "x-unnamed"]),
        (Map(any_name, &SCHEMA_HERE), &["properties"]),
        (Of(&EXTERNAL_DOCS), &["externalDocs"]),
        (BooleanOr(&SCHEMA), &["additionalProperties"]),
        (Of(&SCHEMA), &["items", "not"]),
        (Of(&TYPED_BY), &["x-typed-by"]),
        (List(&Any), &["enum"]),
        (List(&SCHEMA_HERE), &["allOf", "oneOf", "anyOf"]),
        (
            Any,
            &["default", "example", "xml", "discriminator", "x-default"],
        ),
        (
            Number,
            &[
                "multipleOf",
                "minimum",
                "maximum",
                "minLength",
                "maxLength",
                "minItems",
                "maxItems",
                "minProperties",
                "maxProperties",
            ],
        ),
    ],
    ..Object::PLAIN
};

/// What `x-typed-by` holds. Whether the names are right is `typed-by`'s.
static TYPED_BY: Object = Object {
    name: "`x-typed-by`",
    keys: &[(Text, &["property"]), (Map(any_name, &Text), &["mapping"])],
    required: &["property", "mapping"],
    ..Object::PLAIN
};

/// Where more is written, for schemas, operations and tags.
pub(super) static EXTERNAL_DOCS: Object = Object {
    name: "`externalDocs`",
    keys: &[(Text, &["url", "description"])],
    required: &["url"],
    ..Object::PLAIN
};
