//! Keys of OpenAPI, and of our own, that several files know.
//!
//! ```yaml
//! servers: [{url: https://api.example.com, x-region: Eu}]
//! Config: {type: object, x-settings: [lang], x-unnamed: ["%"], properties: {lang: {type: string, x-default: en}}}
//! ```

/// The methods that a path may have. The bindings make one call, with `get`.
pub(crate) const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Keys that only people read.
pub(crate) const PROSE: [&str; 6] = [
    "description",
    "summary",
    "example",
    "examples",
    "externalDocs",
    "tags",
];

/// How `$ref` begins when it names a schema.
pub(crate) const SCHEMAS: &str = "#/components/schemas/";

/// The key of a server that names its region: `x-region: NorthAmerica`.
pub(crate) const REGION: &str = "x-region";

/// The key of a component that says by which property it is typed: `x-typed-by: {property: job_type, mapping:
/// {...}}`.
pub(crate) const TYPED_BY: &str = "x-typed-by";

/// The key of a component that lists the properties that say how a job works: `x-settings: [lang]`.
/// `changes_since` compares these, and no others.
pub(crate) const SETTINGS: &str = "x-settings";

/// Keys of a schema that restrict its values. `rules/forbidden.rs` says where they must not be.
pub(crate) const CONSTRAINTS: [&str; 13] = [
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
];

/// The key of a field that has what the service does where the field is absent. OpenAPI's `default` would invent data.
pub(crate) const DEFAULT: &str = "x-default";

/// The keys of an object, or the values of an enum, that the service sends and that Rust has no name for. They are
/// kept as unknown ones are.
pub(crate) const UNNAMED: &str = "x-unnamed";

/// Keywords that compose a schema of other schemas.
pub(crate) const COMPOSED: [&str; 3] = ["allOf", "oneOf", "anyOf"];
