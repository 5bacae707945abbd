//! The generator's settings: which types are hand-written, and what the others derive.
//!
//! A type is replaced by its name (enums, the job configuration) or by its format (times, secrets, URLs). The generator
//! then refers to the given path and makes no type of its own.

use progenitor::{GenerationSettings, TypeImpl, TypePatch};
use quote::quote;
use schemars08::schema::{InstanceType, SchemaObject};
use serde_json::Value;

use crate::enums::OpenEnum;
use crate::jobs::Jobs;

/// String formats with a hand-written type, since the generator's own would refuse a time without an offset, show a
/// credential in `Debug`, and refuse a URL that `url` does not parse.
const FORMATS: &[(&str, &str)] = &[
    ("date-time", "::processing_results_runtime::Timestamp"),
    ("password", "::processing_results_runtime::Secret"),
    ("uri", "::processing_results_runtime::SensitiveUrl"),
];

pub(crate) fn settings(
    json: &Value,
    enums: &[OpenEnum],
    objects: &[String],
    jobs: &Jobs,
) -> GenerationSettings {
    let mut settings = GenerationSettings::new();
    settings
        .with_derive("PartialEq")
        .with_map_type("::std::collections::BTreeMap")
        .with_inner_type(quote!(::processing_results_runtime::Transport))
        .with_replacement(
            &jobs.component,
            "crate::job_config::JobConfig",
            std::iter::empty(),
        );
    for (format, rust) in FORMATS {
        let schema = SchemaObject {
            instance_type: Some(InstanceType::String.into()),
            format: Some((*format).to_owned()),
            ..SchemaObject::default()
        };
        settings.with_conversion(schema, *rust, std::iter::empty());
    }
    for open in enums {
        let impls = [TypeImpl::Display, TypeImpl::FromStr].into_iter();
        settings.with_replacement(
            &open.name,
            format!("crate::generated::types::{}", open.name),
            impls,
        );
    }
    patch_structs(&mut settings, json, objects);
    settings
}

/// Attributes and derives of the structs beyond the generator's own: `#[non_exhaustive]`, as the service adds fields every
/// month, and `JsonSchema` on request.
fn patch_structs(settings: &mut GenerationSettings, json: &Value, objects: &[String]) {
    let mut patch = TypePatch::default();
    patch
        .with_attr("#[non_exhaustive]")
        .with_attr("#[cfg_attr(feature = \"schemars\", derive(::schemars::JsonSchema))]");
    for object in objects {
        // Where nothing is required, callers can start from nothing.
        let required = &json["components"]["schemas"][object]["required"];
        let mut patch = patch.clone();
        if required.as_array().is_none_or(Vec::is_empty) {
            patch.with_derive("Default");
        }
        settings.with_patch(object, &patch);
    }
}
