//! A schema.

use super::names::any_name;
use super::object::ValueShape::{Any, Boolean, BooleanOrObject, List, Map, Number, Text, Type};
use super::object::{NONE, Object, ValueShape};

/// A schema as the value of a key.
pub(super) static SCHEMA_HERE: ValueShape = ValueShape::Object(&SCHEMA);

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
        (List(&Text), &["required", "x-settings"]),
        (Map(any_name, &SCHEMA_HERE), &["properties"]),
        (ValueShape::Object(&EXTERNAL_DOCS), &["externalDocs"]),
        (BooleanOrObject(&SCHEMA), &["additionalProperties"]),
        (ValueShape::Object(&SCHEMA), &["items", "not"]),
        (ValueShape::Object(&TYPED_BY), &["x-typed-by"]),
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
    required: NONE,
    one_of: NONE,
};

static TYPED_BY: Object = Object {
    name: "`x-typed-by`",
    referable: false,
    keys: &[(Text, &["property"]), (Map(any_name, &Text), &["mapping"])],
    required: &["property", "mapping"],
    one_of: NONE,
};

/// Where more is written, for schemas, operations and tags.
pub(super) static EXTERNAL_DOCS: Object = Object {
    name: "`externalDocs`",
    referable: false,
    keys: &[(Text, &["url", "description"])],
    required: &["url"],
    one_of: NONE,
};
