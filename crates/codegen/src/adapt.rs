//! The generator's settings, and all that it needs adapted.
//!
//! The contract is never corrected here. What the generator cannot take is
//! taken out or replaced, one function each:
//!
//! - [`take_cookie`]: cookie parameters, which the generator refuses;
//! - [`settings`]: the leaf types that we wrote ourselves;
//! - [`crate::enums`]: string enums, which stay open to new values;
//! - [`crate::structs`]: `Debug`, which must not show secrets, and
//!   `Deserialize` of large structs, which must not take the compiler long.

use std::panic::{AssertUnwindSafe, catch_unwind};

use openapiv3::{OpenAPI, Parameter, ReferenceOr};
use processing_results_contract::Document;
use progenitor::{GenerationSettings, Generator, TypeImpl, TypePatch};
use quote::quote;
use schemars08::schema::{InstanceType, SchemaObject};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::report::Report;
use crate::{enums, parameters, structs};

/// String formats that have a type of ours.
const FORMATS: &[(&str, &str)] = &[
    ("date-time", "crate::values::Timestamp"),
    ("password", "crate::values::Secret"),
    ("uri", "crate::values::SensitiveUrl"),
];

/// The component that stays text until somebody asks for its type.
const JOB_CONFIG: &str = "JobConfig";

/// The Rust source of client and types.
pub fn bindings(document: &Document) -> Result<String, Report> {
    let json = document.to_json();
    let mut api = openapi(document, &json)?;
    let cookie = take_cookie(&mut api)?;
    let enums = enums::collect(document, &json)?;
    let objects = structs::objects(&json);
    let settings = settings(&json, &enums, &objects);

    let tokens = quietly(|| Generator::new(&settings).generate_tokens(&api))?;
    let mut file = syn::parse2(tokens)
        .map_err(|error| Report::of(format!("the generator's output is not Rust: {error}")))?;
    structs::replace(&mut file, &objects)?;
    enums::insert(&mut file, &enums)?;
    let path = api
        .paths
        .paths
        .keys()
        .next()
        .map(String::as_str)
        .unwrap_or_default();
    let span = format!("GET {path}");
    file.items.push(syn::parse_quote! {
        /// Name of the documented session cookie.
        pub(crate) const SESSION_COOKIE: &str = #cookie;
    });
    file.items.push(syn::parse_quote! {
        /// The documented path.
        pub(crate) const URL_TEMPLATE: &str = #path;
    });
    file.items.push(syn::parse_quote! {
        /// Name of a call's span, as OpenTelemetry has it.
        pub(crate) const SPAN_NAME: &str = #span;
    });
    file.items.push(parameters::query(&json, path));
    Ok(prettyplease::unparse(&file))
}

/// The Rust source of `processing_results::spec`.
pub fn facts(document: &Document, text: &str) -> Result<String, Report> {
    let json = document.to_json();
    let version = json.pointer("/info/version").and_then(Value::as_str);
    let version =
        version.ok_or_else(|| Report::at(document, "/info", "info.version is missing"))?;
    let servers = json
        .pointer("/servers")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let urls: Vec<_> = servers
        .filter_map(|server| server["url"].as_str())
        .collect();
    let digest: String = Sha256::digest(text)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let tokens = quote! {
        /// The contract, as its reviewers edit it.
        pub const YAML: &str = #text;
        /// SHA-256 of [`YAML`], in lower-case hexadecimal.
        pub const SHA256: &str = #digest;
        /// `info.version` of the contract: the day on which the documentation was transcribed.
        pub const API_VERSION: &str = #version;
        /// URLs of the documented servers, the default one first.
        pub const SERVERS: &[&str] = &[#(#urls),*];
    };
    let file = syn::parse2(tokens).map_err(Report::of)?;
    Ok(prettyplease::unparse(&file))
}

fn openapi(document: &Document, json: &Value) -> Result<OpenAPI, Report> {
    serde_json::from_value(json.clone()).map_err(|error| {
        Report::at(
            document,
            "",
            format!("this is not an OpenAPI 3.0 document: {error}"),
        )
    })
}

/// Takes the cookie parameter out of the operation and returns its name: the
/// client sends it, since the generator refuses cookie parameters.
fn take_cookie(api: &mut OpenAPI) -> Result<String, Report> {
    let mut names = Vec::new();
    let items = api.paths.paths.values_mut().filter_map(|item| match item {
        ReferenceOr::Item(item) => Some(item),
        ReferenceOr::Reference { .. } => None,
    });
    for operation in items.flat_map(|item| item.get.iter_mut()) {
        operation.parameters.retain(|parameter| match parameter {
            ReferenceOr::Item(Parameter::Cookie { parameter_data, .. }) => {
                names.push(parameter_data.name.clone());
                false
            }
            _ => true,
        });
    }
    match <[String; 1]>::try_from(names) {
        Ok([name]) => Ok(name),
        Err(names) => Err(Report::of(format!(
            "the client knows how to send one cookie parameter, the contract has {}: {names:?}",
            names.len()
        ))),
    }
}

fn settings(json: &Value, enums: &[enums::OpenEnum], objects: &[String]) -> GenerationSettings {
    let mut settings = GenerationSettings::new();
    settings
        .with_derive("PartialEq")
        .with_map_type("::std::collections::BTreeMap")
        .with_inner_type(quote!(crate::transport::Transport))
        .with_replacement(JOB_CONFIG, "crate::values::JobConfig", std::iter::empty());
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
    settings
}

/// Runs the generator; a panic inside becomes one sentence.
fn quietly<T, E: std::fmt::Display>(generate: impl FnOnce() -> Result<T, E>) -> Result<T, Report> {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let result = catch_unwind(AssertUnwindSafe(generate));
    std::panic::set_hook(hook);
    match result {
        Ok(Ok(tokens)) => Ok(tokens),
        Ok(Err(error)) => Err(Report::of(format!("the generator refused it: {error}"))),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().cloned();
            let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            let text = text.unwrap_or_else(|| "no message".to_owned());
            Err(Report::of(format!("the generator gave up on it: {text}")))
        }
    }
}
