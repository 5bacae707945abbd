//! An operation and what belongs to it.

use super::names::{any_name, media_type, status};
use super::object::Shape::{Any, AnyList, Boolean, List, Map, Text, Word};
use super::object::{NONE, Object, Shape};
use super::schema::SCHEMA;
use super::server::SERVER;

pub(super) const SECURITY: Shape = AnyList(&Map(any_name, &AnyList(&Text)));
const HEADERS: Shape = Map(any_name, &Shape::Object(&HEADER));
const CONTENT: Shape = Map(media_type, &Shape::Object(&MEDIA_TYPE));
const RESPONSES: Shape = Map(status, &Shape::Object(&RESPONSE));
const PARAMETERS: Shape = List(&Shape::Object(&PARAMETER));

pub(super) static OPERATION: Object = Object {
    name: "an operation",
    referable: false,
    keys: &[
        (List(&Text), &["tags"]),
        (Text, &["summary", "description", "operationId"]),
        (Shape::Object(&EXTERNAL_DOCS), &["externalDocs"]),
        (Any, &["callbacks"]),
        (PARAMETERS, &["parameters"]),
        (Shape::Object(&REQUEST_BODY), &["requestBody"]),
        (RESPONSES, &["responses"]),
        (Boolean, &["deprecated"]),
        (SECURITY, &["security"]),
        (List(&Shape::Object(&SERVER)), &["servers"]),
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
        (Shape::Object(&SCHEMA), &["schema"]),
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
        (Shape::Object(&SCHEMA), &["schema"]),
        (Any, &["example"]),
        (EXAMPLES, &["examples"]),
        (CONTENT, &["content"]),
    ],
    required: NONE,
    one_of: &["schema", "content"],
};

const EXAMPLES: Shape = Map(any_name, &Shape::Object(&EXAMPLE));

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

const LINKS: Shape = Map(any_name, &Shape::Object(&LINK));

pub(super) static LINK: Object = Object {
    name: "a link",
    referable: true,
    keys: &[
        (Text, &["operationRef", "operationId", "description"]),
        (Map(any_name, &Any), &["parameters"]),
        (Any, &["requestBody"]),
        (Shape::Object(&SERVER), &["server"]),
    ],
    required: NONE,
    one_of: &["operationId", "operationRef"],
};

pub(super) static EXTERNAL_DOCS: Object = Object {
    name: "`externalDocs`",
    referable: false,
    keys: &[(Text, &["url", "description"])],
    required: &["url"],
    one_of: NONE,
};

pub(super) static MEDIA_TYPE: Object = Object {
    name: "a media type",
    referable: false,
    keys: &[
        (Shape::Object(&SCHEMA), &["schema"]),
        (Any, &["example", "encoding"]),
        (EXAMPLES, &["examples"]),
    ],
    required: &["schema"],
    one_of: NONE,
};
