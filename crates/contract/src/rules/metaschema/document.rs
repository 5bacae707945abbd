//! The document around the call.

use super::call::{
    EXAMPLE, EXTERNAL_DOCS, HEADER, LINK, OPERATION, PARAMETER, REQUEST_BODY, RESPONSE, SECURITY,
};
use super::names::{any_name, component, path};
use super::object::Shape::{Any, List, Map, Text, Word};
use super::object::{NONE, Object, Shape};
use super::schema::SCHEMA_HERE;
use super::server::SERVER;

/// The methods of a path.
const METHODS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

pub(in crate::rules) static OPENAPI: Object = Object {
    name: "the contract",
    referable: false,
    keys: &[
        (Text, &["openapi"]),
        (Shape::Object(&INFO), &["info"]),
        (List(&Shape::Object(&SERVER)), &["servers"]),
        (SECURITY, &["security"]),
        (Map(path, &Shape::Object(&PATH_ITEM)), &["paths"]),
        (Shape::Object(&COMPONENTS), &["components"]),
        (List(&Shape::Object(&TAG)), &["tags"]),
        (Shape::Object(&EXTERNAL_DOCS), &["externalDocs"]),
    ],
    required: &["openapi", "info", "servers", "paths"],
    one_of: NONE,
};

static INFO: Object = Object {
    name: "`info`",
    referable: false,
    keys: &[
        (Text, &["title", "description", "termsOfService", "version"]),
        (Shape::Object(&CONTACT), &["contact"]),
        (Shape::Object(&LICENSE), &["license"]),
    ],
    required: &["title", "version"],
    one_of: NONE,
};

static CONTACT: Object = Object {
    name: "`contact`",
    referable: false,
    keys: &[(Text, &["name", "url", "email"])],
    required: NONE,
    one_of: NONE,
};

static LICENSE: Object = Object {
    name: "`license`",
    referable: false,
    keys: &[(Text, &["name", "url"])],
    required: &["name"],
    one_of: NONE,
};

static TAG: Object = Object {
    name: "a tag",
    referable: false,
    keys: &[
        (Text, &["name", "description"]),
        (Shape::Object(&EXTERNAL_DOCS), &["externalDocs"]),
    ],
    required: &["name"],
    one_of: NONE,
};

static PATH_ITEM: Object = Object {
    name: "a path",
    referable: false,
    keys: &[
        (Text, &["summary", "description"]),
        (Shape::Object(&OPERATION), METHODS),
        (List(&Shape::Object(&SERVER)), &["servers"]),
        (List(&Shape::Object(&PARAMETER)), &["parameters"]),
    ],
    required: NONE,
    one_of: NONE,
};

static COMPONENTS: Object = Object {
    name: "`components`",
    referable: false,
    keys: &[
        (Map(component, &SCHEMA_HERE), &["schemas"]),
        (Map(component, &Shape::Object(&RESPONSE)), &["responses"]),
        (Map(component, &Shape::Object(&PARAMETER)), &["parameters"]),
        (Map(component, &Shape::Object(&EXAMPLE)), &["examples"]),
        (
            Map(component, &Shape::Object(&REQUEST_BODY)),
            &["requestBodies"],
        ),
        (Map(component, &Shape::Object(&HEADER)), &["headers"]),
        (
            Map(component, &Shape::Object(&SECURITY_SCHEME)),
            &["securitySchemes"],
        ),
        (Map(component, &Shape::Object(&LINK)), &["links"]),
        (
            Map(component, &Map(any_name, &Shape::Object(&PATH_ITEM))),
            &["callbacks"],
        ),
    ],
    required: NONE,
    one_of: NONE,
};

static SECURITY_SCHEME: Object = Object {
    name: "a security scheme",
    referable: true,
    keys: &[
        (
            Word(&["http", "apiKey", "oauth2", "openIdConnect"]),
            &["type"],
        ),
        (
            Text,
            &["description", "name", "bearerFormat", "openIdConnectUrl"],
        ),
        (Word(&["query", "header", "cookie"]), &["in"]),
        (Word(&["bearer", "basic"]), &["scheme"]),
        (Any, &["flows"]),
    ],
    required: &["type"],
    one_of: NONE,
};
