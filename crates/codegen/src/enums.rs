//! String enums of the contract as open enums: a value that nobody knew when the contract was written is kept instead of
//! failing the complete response.
//!
//! The service adds values every month or two, so that a closed enum, which the generator makes, would cost all callers
//! their histories on that day. Here only names and values are written; the macro `open_enum` of the runtime has the type:
//!
//! ```text
//! JobType:                          open_enum! { JobType {
//!   type: string             ->         Parse = "parse",
//!   enum: [parse, classify]             Classify = "classify",
//!                                   } }
//! ```

use processing_results_contract::{Document, variant_name};
use quote::{format_ident, quote};
use serde_json::Value;

use crate::generated;
use crate::report::Report;
use crate::schema::components;

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
    let enums = components(json).filter_map(|(name, schema)| {
        let values = schema["enum"].as_array()?;
        Some(variants(document, name, values).map(|variants| {
            OpenEnum {
                name: name.clone(),
                description: schema["description"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned(),
                variants,
            }
        }))
    });
    enums.collect()
}

/// Variant and wire value of each value of an enum: of `[parse, other-kind]`, `Parse` and `OtherKind`.
///
/// The rules of the contract refuse what fails here, with a remedy; this is for a document that was not checked.
fn variants(
    document: &Document,
    name: &str,
    values: &[Value],
) -> Result<Vec<(String, String)>, Report> {
    let mut variants: Vec<(String, String)> = Vec::new();
    for (index, value) in values.iter().enumerate() {
        let pointer = format!("/components/schemas/{name}/enum/{index}");
        let refuse = |message: String| Report::at(document, &pointer, message);
        let Some(wire) = value.as_str() else {
            return Err(refuse(format!("{value} is not a string")));
        };
        let is_usable = |variant: &String| {
            syn::parse_str::<syn::Ident>(variant).is_ok() && variant != "Unknown"
        };
        let Some(variant) = variant_name(wire).filter(is_usable) else {
            return Err(refuse(format!(
                "`{wire}` cannot be the name of an enum variant"
            )));
        };
        if let Some((_, other)) = variants.iter().find(|(taken, _)| *taken == variant) {
            let both = format!("`{wire}` and `{other}` would both be `{name}::{variant}`");
            return Err(refuse(both));
        }
        variants.push((variant, wire.to_owned()));
    }
    Ok(variants)
}

/// Adds the enums, and the names of the hand-written leaf types, to the generated module `types`, so that all types of
/// a response are found in one place, generated or written by hand.
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
