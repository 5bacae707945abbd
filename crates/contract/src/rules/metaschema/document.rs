//! The document around the call.

use super::call::{EXAMPLE, HEADER, LINK, OPERATION, PARAMETER, REQUEST_BODY, RESPONSE, SECURITY};
use super::names::{any_name, component, path};
use super::object::ValueShape::{Any, List, Map, Text, Word};
use super::object::{NONE, Object, ValueShape};
use super::schema::{EXTERNAL_DOCS, SCHEMA_HERE};
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
        (ValueShape::Object(&INFO), &["info"]),
        (List(&ValueShape::Object(&SERVER)), &["servers"]),
        (SECURITY, &["security"]),
        (Map(path, &ValueShape::Object(&PATH_ITEM)), &["paths"]),
        (ValueShape::Object(&COMPONENTS), &["components"]),
        (List(&ValueShape::Object(&TAG)), &["tags"]),
        (ValueShape::Object(&EXTERNAL_DOCS), &["externalDocs"]),
    ],
    required: &["openapi", "info", "servers", "paths"],
    one_of: NONE,
};

static INFO: Object = Object {
    name: "`info`",
    referable: false,
    keys: &[
        (Text, &["title", "description", "termsOfService", "version"]),
        (ValueShape::Object(&CONTACT), &["contact"]),
        (ValueShape::Object(&LICENSE), &["license"]),
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
        (ValueShape::Object(&EXTERNAL_DOCS), &["externalDocs"]),
    ],
    required: &["name"],
    one_of: NONE,
};

static PATH_ITEM: Object = Object {
    name: "a path",
    referable: false,
    keys: &[
        (Text, &["summary", "description"]),
        (ValueShape::Object(&OPERATION), METHODS),
        (List(&ValueShape::Object(&SERVER)), &["servers"]),
        (List(&ValueShape::Object(&PARAMETER)), &["parameters"]),
    ],
    required: NONE,
    one_of: NONE,
};

static COMPONENTS: Object = Object {
    name: "`components`",
    referable: false,
    keys: &[
        (Map(component, &SCHEMA_HERE), &["schemas"]),
        (
            Map(component, &ValueShape::Object(&RESPONSE)),
            &["responses"],
        ),
        (
            Map(component, &ValueShape::Object(&PARAMETER)),
            &["parameters"],
        ),
        (Map(component, &ValueShape::Object(&EXAMPLE)), &["examples"]),
        (
            Map(component, &ValueShape::Object(&REQUEST_BODY)),
            &["requestBodies"],
        ),
        (Map(component, &ValueShape::Object(&HEADER)), &["headers"]),
        (
            Map(component, &ValueShape::Object(&SECURITY_SCHEME)),
            &["securitySchemes"],
        ),
        (Map(component, &ValueShape::Object(&LINK)), &["links"]),
        (
            Map(component, &Map(any_name, &ValueShape::Object(&PATH_ITEM))),
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
