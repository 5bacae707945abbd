//! What OpenAPI 3.1 spells differently.

/// Keys of OpenAPI 3.1, and what 3.0 has in their place.
pub(super) const OPENAPI_31: [(&str, &str); 22] = [
    ("const", "write an enum of one value, as a component"),
    ("examples", "write `example: ...`"),
    ("$defs", "write a component"),
    ("$schema", "remove it"),
    ("$id", "remove it"),
    ("$anchor", "write a component"),
    ("$comment", "write a YAML comment"),
    ("prefixItems", "write `items: ...`"),
    ("contains", "say it in the description"),
    ("patternProperties", "write `additionalProperties: ...`"),
    ("propertyNames", "say it in the description"),
    ("unevaluatedProperties", "write `additionalProperties: {}`"),
    ("dependentSchemas", "say it in the description"),
    ("dependentRequired", "say it in the description"),
    ("if", "say it in the description"),
    ("then", "say it in the description"),
    ("else", "say it in the description"),
    ("contentEncoding", "say it in the description"),
    ("contentMediaType", "say it in the description"),
    ("webhooks", "remove it"),
    ("jsonSchemaDialect", "remove it"),
    ("pathItems", "write the path out"),
];
