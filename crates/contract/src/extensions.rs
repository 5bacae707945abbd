//! What the contract says in keys of its own: which server is which region, and which type a value has by the
//! property beside it.
//!
//! ```yaml
//! servers: [{url: https://api.example.com, x-region: NorthAmerica}]
//! JobConfig: {x-typed-by: {property: job_type, mapping: {parse: ParseJob}}}
//! lang: {type: string, x-default: en}
//! ```
//!
//! These are the values that `accessors.rs` hands out; the rules `server-region`, `typed-by` and
//! `default-matches-schema` see to it that they are there and right. Of a document that breaks those, a value
//! may be empty.

use crate::spec::{Spec, TYPED_BY};
use heck::ToKebabCase;
use serde_json::Value;

/// A server of the service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// The base URL, without a slash at its end.
    pub url: String,
    /// The name of the region as a Rust variant, such as `NorthAmerica`; empty if the contract does not pass its rules.
    pub region: String,
    /// The name of the region on a command line, such as `north-america`.
    pub name: String,
    /// The initials of a name of several words, such as `na`; a single word itself.
    pub short_name: String,
    /// The description; empty if there is none.
    pub description: String,
}

/// A component whose type follows from a property beside it. [`Document::typed_by`](crate::Document::typed_by)
/// has an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedBy {
    /// The component, such as `JobConfig`.
    pub component: String,
    /// The property that decides, such as `job_type`.
    pub property: String,
    /// Values of the property, each with the component that the value has then, in the order of the file.
    pub mapping: Vec<(String, String)>,
}

/// What the service does where a field is absent, as its vendor documents it. The value is one that the field
/// could have, which `default-matches-schema` sees to.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldDefault {
    /// The component that has the field.
    pub component: String,
    /// The field.
    pub field: String,
    /// The value that an absent field stands for.
    pub value: Value,
}

/// The name of a region on a command line, and its short name: `NorthAmerica` is `north-america` and `na`, `Eu`
/// is `eu` twice.
pub(crate) fn region_names(region: &str) -> (String, String) {
    let name = region.to_kebab_case();
    let initials = name.split('-').filter_map(|word| word.chars().next());
    let short_name = match name.contains('-') {
        true => initials.collect(),
        false => name.clone(),
    };
    (name, short_name)
}

/// The component that has an `x-typed-by`.
pub(crate) fn typed_by(spec: &Spec) -> Option<TypedBy> {
    let components = spec.components();
    components.iter().find_map(|component| {
        let typed = component.value.get(TYPED_BY)?;
        let mapping = typed.entries_of("mapping").iter().map(|entry| {
            let target = entry.value.text().unwrap_or_default();
            (entry.key.text.clone(), target.to_owned())
        });
        Some(TypedBy {
            component: component.key.text.clone(),
            property: typed.text_of("property")?.to_owned(),
            mapping: mapping.collect(),
        })
    })
}
