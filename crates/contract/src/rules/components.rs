//! What must have a name, and which shapes the bindings have no good type for.
//!
//! A component becomes a Rust type that is called as it is in the contract. Whatever else has a shape of its
//! own would be named by the generator after its parent and its field, such as
//! `ClassifyJobParsingConfiguration`, and the same shape in two places would be two types that cannot be
//! compared.
//!
//! ```yaml
//! mode: {type: string, enum: [FAST, SLOW]}        # wrong, at a field: inline-enum
//! mode: {$ref: '#/components/schemas/Mode'}       # right
//! Mode: {type: string, enum: [FAST, SLOW]}        # among the components
//! ```
//!
//! A name for a mere type is no better: `Priority: {type: string}` adds a type without a difference,
//! `component-shape`.

use crate::report::Report;
use crate::rule::Rule;
use crate::spec::{COMPOSED, Role, Site, Spec, TYPED_BY, referenced};

/// Also finds a union without a name, `allOf` that does more than to wrap one reference, and a field that is
/// just `type: object`:
///
/// ```yaml
/// metadata: {type: object}                             # wrong: reads as an object with no keys
/// metadata: {type: object, additionalProperties: {}}   # right: a map of anything
/// ```
///
/// What holds for the branches of an `x-typed-by` union is `typed-by`'s.
pub(crate) static INLINE_OBJECT: Rule = Rule {
    name: "inline-object",
    why: "an object without a name is named after its place, and the same object twice becomes two types",
    example: "job: {type: object, properties: ...}",
    fix: "job: {$ref: '#/components/schemas/Job'}",
};

/// Wherever it stands: at a field, at a parameter, or at the items of a list.
///
/// ```yaml
/// schema: {type: string, enum: [parse, extract]}     # wrong, at a query parameter
/// schema: {$ref: '#/components/schemas/JobType'}     # right, and the same type as in a result
/// ```
pub(crate) static INLINE_ENUM: Rule = Rule {
    name: "inline-enum",
    why: "an enum without a name is closed, and the same enum twice becomes two types that cannot be compared",
    example: "mode: {type: string, enum: [FAST]}",
    fix: "mode: {$ref: '#/components/schemas/ClassifyMode'}",
};

/// Six ways of writing a component that is no type of its own, with one finding each:
///
/// ```yaml
/// Priority: {type: string}                              # no values: write the type where it is used
/// Pages: {type: array, items: {type: integer}}          # needs no name
/// Config: {$ref: '#/components/schemas/ParseConfig'}    # only another name
/// Either: {oneOf: [...]}                                # nothing says which part a value is
/// Lang: {type: string, nullable: true, enum: [en]}      # a null belongs to the field, not to the value
/// Job: {type: object}                                   # no properties
/// ```
///
/// `anyOf` and a component without any type have rules of their own.
pub(crate) static COMPONENT_SHAPE: Rule = Rule {
    name: "component-shape",
    why: "a component is an object with `properties` or a string with `enum`; anything else becomes a type that adds nothing",
    example: "Priority: {type: string}",
    fix: "Priority: {type: string, enum: [low, medium]}",
};

pub(crate) fn check(spec: &Spec, report: &mut Report) {
    for site in &spec.sites {
        match site.role {
            Role::Component(name) => component(name, site, report),
            _ => inline(site, report),
        }
    }
}

/// Checks a component: first what every component must not say, then its shape. A union ends here, since its
/// parts are components themselves.
fn component(name: &str, site: &Site, report: &mut Report) {
    let schema = site.schema;
    if let Some(entry) = schema.entry("nullable").filter(|_| schema.flag("nullable")) {
        let message = format!("a null is no `{name}`, and would make it another type");
        let help = format!(
            "remove it here; a field that may be null says so beside its reference to `{name}`"
        );
        report.add(&COMPONENT_SHAPE, entry.at, message, help);
    }
    match schema.entry("oneOf") {
        Some(_) if schema.has(TYPED_BY) => {}
        Some(union) => {
            let message = format!("nothing says which part of the union `{name}` a value is");
            let help = format!(
                "write `{TYPED_BY}` with the property beside it that does, or leave the type out where `{name}` is used"
            );
            report.add(&COMPONENT_SHAPE, union.at, message, help);
        }
        None => shape(name, site, report),
    }
}

/// Reports a component that is neither an object with properties nor an enum.
fn shape(name: &str, site: &Site, report: &mut Report) {
    let schema = site.schema;
    let kind = schema.text_of("type").unwrap_or_default();
    let without = |lacks| format!("`{name}` is of type `{kind}` without `{lacks}`");
    let (at, message, help) = match kind {
        // What is wrong with `anyOf` has a rule of its own.
        _ if schema.has("anyOf") => return,
        _ if schema.has_any(&["$ref", "allOf"]) => {
            let message = format!("`{name}` only refers to other components");
            let help = "refer to the component itself, or write its properties out";
            (site.at, message, help)
        }
        "object" if schema.entries_of("properties").is_empty() => {
            let help = "write `properties:`, or the type where it is used";
            (
                schema.at_key("properties", site.at),
                without("properties"),
                help,
            )
        }
        "string" if !schema.has("enum") => {
            let help = "write `enum:` with its values, or the type where it is used; an `enum` that is indented too far is a part of the description";
            (site.at, without("enum"), help)
        }
        "array" | "boolean" | "integer" | "number" => {
            let message = format!("`{name}` is of type `{kind}`, and needs no name");
            let at = schema.at_key("type", site.at);
            (at, message, "write the type where it is used")
        }
        _ => return,
    };
    report.add(&COMPONENT_SHAPE, at, message, help);
}

/// What to do with a thing that needs a name.
const NAME_IT: &str = "make it a component and refer to it with `$ref`";

/// Checks a schema that stands somewhere in another one, and so has no name.
fn inline(site: &Site, report: &mut Report) {
    let schema = site.schema;
    let name = match site.role {
        Role::Property { name, .. } => format!("`{name}`"),
        _ => "it".to_owned(),
    };
    for (rule, keyword, what, more) in [
        (&INLINE_OBJECT, "properties", "an object", ""),
        (&INLINE_OBJECT, "oneOf", "a union", ""),
        (&INLINE_ENUM, "enum", "an enum", ", and closed"),
    ] {
        if let Some(entry) = schema.entry(keyword) {
            let message =
                format!("{what} needs a name: {name} would be named after its place{more}");
            report.add(rule, entry.at, message, NAME_IT);
        }
    }
    if schema.has("allOf") && referenced(schema).is_none() {
        let message = "`allOf` stands for one reference here, nothing else";
        let help = "write `allOf: [{$ref: '#/components/schemas/NAME'}]`";
        report.add(&INLINE_OBJECT, site.at, message, help);
    }
    let says_more = schema.has_any(&["properties", "additionalProperties"]);
    if schema.text_of("type") == Some("object") && !says_more && !schema.has_any(&COMPOSED) {
        let message = format!("{name} is an object of which nothing is said");
        let help =
            "refer to a component, or write `additionalProperties: {}` for keys that are not fixed";
        report.add(&INLINE_OBJECT, site.at, message, help);
    }
}
