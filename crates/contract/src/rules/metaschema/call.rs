//! An operation and what belongs to it.

use super::names::{any_name, media_type, status};
use super::object::ValueShape::{Any, AnyList, Boolean, List, Map, Text, Word};
use super::object::{NONE, Object, ValueShape};
use super::schema::{EXTERNAL_DOCS, SCHEMA};
use super::server::SERVER;

pub(super) const SECURITY: ValueShape = AnyList(&Map(any_name, &AnyList(&Text)));
const HEADERS: ValueShape = Map(any_name, &ValueShape::Object(&HEADER));
const CONTENT: ValueShape = Map(media_type, &ValueShape::Object(&MEDIA_TYPE));
const RESPONSES: ValueShape = Map(status, &ValueShape::Object(&RESPONSE));
const PARAMETERS: ValueShape = List(&ValueShape::Object(&PARAMETER));

pub(super) static OPERATION: Object = Object {
    name: "an operation",
    referable: false,
    keys: &[
        (List(&Text), &["tags"]),
        (Text, &["summary", "description", "operationId"]),
        (ValueShape::Object(&EXTERNAL_DOCS), &["externalDocs"]),
        (Any, &["callbacks"]),
        (PARAMETERS, &["parameters"]),
        (ValueShape::Object(&REQUEST_BODY), &["requestBody"]),
        (RESPONSES, &["responses"]),
        (Boolean, &["deprecated"]),
        (SECURITY, &["security"]),
        (List(&ValueShape::Object(&SERVER)), &["servers"]),
    ],
    required: &["responses"],
    one_of: NONE,
};

const STYLES: &[&str] = &[
    "matrix",
    "label",
    "form",
    "simple",
    "spaceDelimited",
    "pipeDelimited",
    "deepObject",
];

pub(super) static PARAMETER: Object = Object {
    name: "a parameter",
    referable: true,
    keys: &[
        (Text, &["name", "description"]),
        (Word(&["path", "query", "header", "cookie"]), &["in"]),
        (
            Boolean,
            &[
                "required",
                "deprecated",
                "allowEmptyValue",
                "explode",
                "allowReserved",
            ],
        ),
        (Word(STYLES), &["style"]),
        (ValueShape::Object(&SCHEMA), &["schema"]),
        (Any, &["example"]),
        (EXAMPLES, &["examples"]),
        (CONTENT, &["content"]),
    ],
    required: &["name", "in"],
    one_of: &["schema", "content"],
};

pub(super) static HEADER: Object = Object {
    name: "a header",
    referable: true,
    keys: &[
        (Text, &["description"]),
        (Boolean, &["required", "deprecated", "explode"]),
        (Word(&["simple"]), &["style"]),
        (ValueShape::Object(&SCHEMA), &["schema"]),
        (Any, &["example"]),
        (EXAMPLES, &["examples"]),
        (CONTENT, &["content"]),
    ],
    required: NONE,
    one_of: &["schema", "content"],
};

const EXAMPLES: ValueShape = Map(any_name, &ValueShape::Object(&EXAMPLE));

pub(super) static EXAMPLE: Object = Object {
    name: "an example",
    referable: true,
    keys: &[
        (Text, &["summary", "description", "externalValue"]),
        (Any, &["value"]),
    ],
    required: NONE,
    one_of: &["value", "externalValue"],
};

pub(super) static REQUEST_BODY: Object = Object {
    name: "a request body",
    referable: true,
    keys: &[
        (Text, &["description"]),
        (CONTENT, &["content"]),
        (Boolean, &["required"]),
    ],
    required: &["content"],
    one_of: NONE,
};

pub(super) static RESPONSE: Object = Object {
    name: "an answer",
    referable: true,
    keys: &[
        (Text, &["description"]),
        (HEADERS, &["headers"]),
        (CONTENT, &["content"]),
        (LINKS, &["links"]),
    ],
    required: NONE,
    one_of: NONE,
};

const LINKS: ValueShape = Map(any_name, &ValueShape::Object(&LINK));

pub(super) static LINK: Object = Object {
    name: "a link",
    referable: true,
    keys: &[
        (Text, &["operationRef", "operationId", "description"]),
        (Map(any_name, &Any), &["parameters"]),
        (Any, &["requestBody"]),
        (ValueShape::Object(&SERVER), &["server"]),
    ],
    required: NONE,
    one_of: &["operationId", "operationRef"],
};

pub(super) static MEDIA_TYPE: Object = Object {
    name: "a media type",
    referable: false,
    keys: &[
        (ValueShape::Object(&SCHEMA), &["schema"]),
        (Any, &["example", "encoding"]),
        (EXAMPLES, &["examples"]),
    ],
    required: &["schema"],
    one_of: NONE,
};
