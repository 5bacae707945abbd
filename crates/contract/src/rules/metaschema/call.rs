//! An operation and what belongs to it.

use super::names::{any_name, media_type, status};
use super::object::ValueShape::{Any, AnyList, Boolean, List, Map, Of, Text, Word};
use super::object::{Object, ValueShape};
use super::schema::{EXTERNAL_DOCS, SCHEMA};
use super::server::SERVER;

pub(super) const SECURITY: ValueShape = AnyList(&Map(any_name, &AnyList(&Text)));
const HEADERS: ValueShape = Map(any_name, &Of(&HEADER));
const CONTENT: ValueShape = Map(media_type, &Of(&MEDIA_TYPE));
const RESPONSES: ValueShape = Map(status, &Of(&RESPONSE));
const PARAMETERS: ValueShape = List(&Of(&PARAMETER));

pub(super) static OPERATION: Object = Object {
    name: "an operation",
    keys: &[
        (List(&Text), &["tags"]),
        (Text, &["summary", "description", "operationId"]),
        (Of(&EXTERNAL_DOCS), &["externalDocs"]),
        (Any, &["callbacks"]),
        (PARAMETERS, &["parameters"]),
        (Of(&REQUEST_BODY), &["requestBody"]),
        (RESPONSES, &["responses"]),
        (Boolean, &["deprecated"]),
        (SECURITY, &["security"]),
        (List(&Of(&SERVER)), &["servers"]),
    ],
    required: &["responses"],
    ..Object::PLAIN
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
        (Of(&SCHEMA), &["schema"]),
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
        (Of(&SCHEMA), &["schema"]),
        (Any, &["example"]),
        (EXAMPLES, &["examples"]),
        (CONTENT, &["content"]),
    ],
    one_of: &["schema", "content"],
    ..Object::PLAIN
};

const EXAMPLES: ValueShape = Map(any_name, &Of(&EXAMPLE));

pub(super) static EXAMPLE: Object = Object {
    name: "an example",
    referable: true,
    keys: &[
        (Text, &["summary", "description", "externalValue"]),
        (Any, &["value"]),
    ],
    one_of: &["value", "externalValue"],
    ..Object::PLAIN
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
    ..Object::PLAIN
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
    ..Object::PLAIN
};

const LINKS: ValueShape = Map(any_name, &Of(&LINK));

pub(super) static LINK: Object = Object {
    name: "a link",
    referable: true,
    keys: &[
        (Text, &["operationRef", "operationId", "description"]),
        (Map(any_name, &Any), &["parameters"]),
        (Any, &["requestBody"]),
        (Of(&SERVER), &["server"]),
    ],
    one_of: &["operationId", "operationRef"],
    ..Object::PLAIN
};

pub(super) static MEDIA_TYPE: Object = Object {
    name: "a media type",
    keys: &[
        (Of(&SCHEMA), &["schema"]),
        (Any, &["example", "encoding"]),
        (EXAMPLES, &["examples"]),
    ],
    required: &["schema"],
    ..Object::PLAIN
};
