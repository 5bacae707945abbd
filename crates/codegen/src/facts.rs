//! The module `spec`: facts of the contract for users of the bindings.

use processing_results_contract::Document;
use quote::quote;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::report::Report;

pub(crate) fn facts(
    document: &Document,
    json: &Value,
    text: &str,
    cookie: &str,
) -> Result<syn::File, Report> {
    let version = json.pointer("/info/version").and_then(Value::as_str);
    let version =
        version.ok_or_else(|| Report::at(document, "/info", "info.version is missing"))?;
    let urls = document.servers().into_iter().map(|server| server.url);
    let path = json["paths"]
        .as_object()
        .and_then(|paths| paths.keys().find(|path| path.starts_with('/')));
    let path = path.ok_or_else(|| Report::at(document, "", "there is no path"))?;
    let span = format!("GET {path}");
    let parameters = query_parameters(json, path);
    let digest: String = Sha256::digest(text)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    Ok(syn::parse_quote! {
        /// The contract, as its reviewers edit it.
        pub const YAML: &str = #text;
        /// SHA-256 of [`YAML`], in lower-case hexadecimal.
        pub const SHA256: &str = #digest;
        /// `info.version` of the contract: the day on which the documentation was transcribed.
        pub const API_VERSION: &str = #version;
        /// URLs of the documented servers, the default one first.
        pub const SERVERS: &[&str] = &[#(#urls),*];
        /// Path of the call, with `{item_id}` for the item's id.
        pub const PATH: &str = #path;
        /// The query parameters, each with the values that it may have; without values, it takes any text.
        pub const QUERY_PARAMETERS: &[(&str, &[&str])] = &[#(#parameters),*];
        /// Name of the cookie that holds the session of a signed-in user.
        pub const SESSION_COOKIE: &str = #cookie;
        /// Name of a call's span, as OpenTelemetry recommends.
        pub(crate) const SPAN_NAME: &str = #span;
    })
}

fn query_parameters(json: &Value, path: &str) -> Vec<proc_macro2::TokenStream> {
    let parameters = json["paths"][path]["get"]["parameters"].as_array();
    let parameters = parameters.into_iter().flatten();
    let in_query = parameters.filter(|parameter| parameter["in"] == "query");
    let entry = |parameter: &Value| {
        let name = parameter["name"].as_str().unwrap_or_default();
        let values = values(json, &parameter["schema"]);
        quote!((#name, &[#(#values),*]))
    };
    in_query.map(entry).collect()
}

/// The values of an enum; none for another schema.
fn values<'a>(json: &'a Value, schema: &'a Value) -> Vec<&'a str> {
    let reference = schema["$ref"]
        .as_str()
        .and_then(|text| text.strip_prefix('#'));
    let schema = reference
        .and_then(|pointer| json.pointer(pointer))
        .unwrap_or(schema);
    let values = schema["enum"].as_array().into_iter().flatten();
    values.filter_map(Value::as_str).collect()
}
