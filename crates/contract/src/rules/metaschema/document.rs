//! The document around the call.

use super::call::{EXAMPLE, HEADER, LINK, OPERATION, PARAMETER, REQUEST_BODY, RESPONSE, SECURITY};
use super::names::{any_name, component, path};
use super::object::Object;
use super::object::ValueShape::{Any, List, Map, Of, Text, Word};
use super::schema::{EXTERNAL_DOCS, SCHEMA_HERE};
use super::server::SERVER;
use crate::spec::METHODS;

pub(in crate::rules) static OPENAPI: Object = Object {
    name: "the contract",
    keys: &[
        (Text, &["openapi"]),
        (Of(&INFO), &["info"]),
        (List(&Of(&SERVER)), &["servers"]),
        (SECURITY, &["security"]),
        (Map(path, &Of(&PATH_ITEM)), &["paths"]),
        (Of(&COMPONENTS), &["components"]),
        (List(&Of(&TAG)), &["tags"]),
        (Of(&EXTERNAL_DOCS), &["externalDocs"]),
    ],
    required: &["openapi", "info", "servers", "paths"],
    ..Object::PLAIN
};

static INFO: Object = Object {
    name: "`info`",
    keys: &[
        (Text, &["title", "description", "termsOfService", "version"]),
        (Of(&CONTACT), &["contact"]),
        (Of(&LICENSE), &["license"]),
    ],
    required: &["title", "version"],
    ..Object::PLAIN
};

static CONTACT: Object = Object {
    name: "`contact`",
    keys: &[(Text, &["name", "url", "email"])],
    ..Object::PLAIN
};

static LICENSE: Object = Object {
    name: "`license`",
    keys: &[(Text, &["name", "url"])],
    required: &["name"],
    ..Object::PLAIN
};

static TAG: Object = Object {
    name: "a tag",
    keys: &[
        (Text, &["name", "description"]),
        (Of(&EXTERNAL_DOCS), &["externalDocs"]),
    ],
    required: &["name"],
    ..Object::PLAIN
};

static PATH_ITEM: Object = Object {
    name: "a path",
    keys: &[
        (Text, &["summary", "description"]),
        (Of(&OPERATION), &METHODS),
        (List(&Of(&SERVER)), &["servers"]),
        (List(&Of(&PARAMETER)), &["parameters"]),
    ],
    ..Object::PLAIN
};

static COMPONENTS: Object = Object {
    name: "`components`",
    keys: &[
        (Map(component, &SCHEMA_HERE), &["schemas"]),
        (Map(component, &Of(&RESPONSE)), &["responses"]),
        (Map(component, &Of(&PARAMETER)), &["parameters"]),
        (Map(component, &Of(&EXAMPLE)), &["examples"]),
        (Map(component, &Of(&REQUEST_BODY)), &["requestBodies"]),
        (Map(component, &Of(&HEADER)), &["headers"]),
        (Map(component, &Of(&SECURITY_SCHEME)), &["securitySchemes"]),
        (Map(component, &Of(&LINK)), &["links"]),
        (
            Map(component, &Map(any_name, &Of(&PATH_ITEM))),
            &["callbacks"],
        ),
    ],
    ..Object::PLAIN
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
    ..Object::PLAIN
};
