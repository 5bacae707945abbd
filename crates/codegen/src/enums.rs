//! String enums of the contract as open enums: a value that nobody knew when
//! the contract was written is kept instead of failing the complete response.

use processing_results_contract::{Document, variant_name};
use quote::{format_ident, quote};
use serde_json::Value;

use crate::generated;
use crate::report::Report;

/// A string enum among the components.
pub(crate) struct OpenEnum {
    /// Its component's name.
    pub(crate) name: String,
    description: String,
    /// Variant and wire value, in the contract's order.
    variants: Vec<(String, String)>,
}

/// All string enums among the components, in the contract's order.
pub(crate) fn collect(document: &Document, json: &Value) -> Result<Vec<OpenEnum>, Report> {
    let schemas = json
        .pointer("/components/schemas")
        .and_then(Value::as_object);
    let mut enums = Vec::new();
    for (name, schema) in schemas.into_iter().flatten() {
        if let Some(values) = schema["enum"].as_array() {
            enums.push(open_enum(document, name, schema, values)?);
        }
    }
    Ok(enums)
}

fn open_enum(
    document: &Document,
    name: &str,
    schema: &Value,
    values: &[Value],
) -> Result<OpenEnum, Report> {
    let mut variants: Vec<(String, String)> = Vec::new();
    for (index, value) in values.iter().enumerate() {
        let at = |message: String| {
            Report::at(
                document,
                &format!("/components/schemas/{name}/enum/{index}"),
                message,
            )
        };
        let wire = value
            .as_str()
            .ok_or_else(|| at(format!("{value} is not a string")))?;
        let variant = variant_name(wire).filter(|variant| {
            syn::parse_str::<syn::Ident>(variant).is_ok() && variant != "Unknown"
        });
        let variant =
            variant.ok_or_else(|| at(format!("`{wire}` cannot be the name of an enum variant")))?;
        if let Some((_, other)) = variants.iter().find(|(taken, _)| *taken == variant) {
            return Err(at(format!(
                "`{wire}` and `{other}` would both be `{name}::{variant}`"
            )));
        }
        variants.push((variant, wire.to_owned()));
    }
    let description = schema["description"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    Ok(OpenEnum {
        name: name.to_owned(),
        description,
        variants,
    })
}

/// Adds the enums, and the names of the hand-written leaf types, to the generated module `types`.
pub(crate) fn insert(file: &mut syn::File, enums: &[OpenEnum]) -> Result<(), Report> {
    let types = generated::types(file)?;
    types.push(syn::parse_quote! {
        pub use ::processing_results_runtime::{Json, JsonObject, Secret, SensitiveUrl, Timestamp};
    });
    types.push(syn::parse_quote! {
        pub use crate::job_config::JobConfig;
    });
    for open in enums {
        let name = format_ident!("{}", open.name);
        let description = &open.description;
        let variants = open.variants.iter().map(|(variant, wire)| {
            let variant = format_ident!("{variant}");
            quote!(#variant = #wire)
        });
        types.push(syn::parse_quote! {
            ::processing_results_runtime::__private::open_enum! { #[doc = #description] #name { #(#variants,)* } }
        });
    }
    Ok(())
}
