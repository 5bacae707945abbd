//! The document around the call: the root, `info`, tags, paths, and the sections of `components`.
//!
//! ```yaml
//! openapi: 3.0.3                                               # OPENAPI
//! info: {title: Processing results, version: "2026-03-27"}     # INFO
//! servers: [{url: https://api.example.com, x-region: Eu}]
//! paths: {/items/{item_id}: {get: {...}}}                      # PATH_ITEM
//! components: {schemas: {...}, securitySchemes: {...}}         # COMPONENTS
//! ```

use super::call::{EXAMPLE, HEADER, LINK, OPERATION, PARAMETER, REQUEST_BODY, RESPONSE, SECURITY};
use super::names::{any_name, component, path};
use super::object::Object;
use super::object::ValueShape::{Any, List, Map, Of, Text, Word};
use super::schema::{EXTERNAL_DOCS, SCHEMA_HERE};
use super::server::SERVER;
use crate::spec::METHODS;

/// The root. OpenAPI does not require `servers`; the contract does, since a key would be sent to a relative URL
/// otherwise.
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

/// A path. Keys that begin with `x-` may stand beside the paths, and beside the methods here.
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

/// What has a name. Each section is a map; a misspelled section is an unknown key, and everything in it would
/// be lost.
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

/// A way to authenticate. Which keys each type needs, and which types the client can do, are matters of
/// `security.rs`.
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
