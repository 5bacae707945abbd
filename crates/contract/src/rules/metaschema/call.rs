//! An operation and what belongs to it: parameters, bodies, responses, headers, links, examples.
//!
//! ```yaml
//! operationId: get_results                                                             # OPERATION
//! parameters: [{name: item_id, in: path, required: true, schema: {type: string}}]      # PARAMETER
//! requestBody: {content: {application/json: {schema: {type: object}}}}                 # REQUEST_BODY
//! responses:
//!   "200":                                                                             # RESPONSE
//!     headers: {x-request-id: {schema: {type: string}}}                                # HEADER
//!     content: {application/json: {schema: {type: object}, examples: {one: {value: 1}}}} # MEDIA_TYPE, EXAMPLE
//! ```
//!
//! The tables refer to each other in circles (a media type has a schema, a header may have media types), which
//! statics may.

use super::names::{any_name, media_type, status};
use super::object::ValueShape::{Any, AnyList, Boolean, List, Map, Of, Text, Word};
use super::object::{Object, ValueShape};
use super::schema::{EXTERNAL_DOCS, SCHEMA};
use super::server::SERVER;

/// Requirements: `[{bearerAuth: []}]`. An empty list is right here, and `security-supported` has something to
/// say about it.
pub(super) const SECURITY: ValueShape = AnyList(&Map(any_name, &AnyList(&Text)));
const HEADERS: ValueShape = Map(any_name, &Of(&HEADER));
const CONTENT: ValueShape = Map(media_type, &Of(&MEDIA_TYPE));
const RESPONSES: ValueShape = Map(status, &Of(&RESPONSE));
const PARAMETERS: ValueShape = List(&Of(&PARAMETER));

/// A method of a path. `description` is `description-missing`'s, and `operationId` is `operation-id`'s, so
/// neither is required here.
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

/// How a value with parts is written into a URL. Which of them goes with which place is not checked: the
/// contract has texts.
const STYLES: &[&str] = &[
    "matrix",
    "label",
    "form",
    "simple",
    "spaceDelimited",
    "pipeDelimited",
    "deepObject",
];

/// A value that is sent beside the body. That one in a path is `required` is `path-parameter-optional`'s.
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

/// A header of a response: a parameter whose name is the key.
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

/// A named example, below `examples`. One below `example` is a bare value.
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

/// A body that is sent. The bindings send none (`used-by-bindings`).
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

/// What comes back with a status. OpenAPI requires its description, and `description-missing` says so.
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

/// Where another operation takes a value from this response. The generator makes nothing of it.
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

/// A body of one type. Without a schema, nothing would be known of it.
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
