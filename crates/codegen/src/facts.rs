//! The module `spec`: facts of the contract for users of the bindings.
//!
//! Whatever the bindings and their users need to know of the contract as text is here, so that nothing of it is written
//! down in Rust: the path for the check of the route, the parameters for the mock, the cookie's name for the builder.

use processing_results_contract::Document;
use quote::quote;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::report::Report;
use crate::schema::{call, parameters, resolve};

/// The module's items. `text` is the contract as it is in the file, and `cookie` the name of the cookie that
/// [`take_cookie`](crate::take_cookie) has taken out.
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
    let (path, call) = call(json).ok_or_else(|| Report::at(document, "", "there is no path"))?;
    let span = format!("GET {path}");
    let parameters = query_parameters(json, call);
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

/// The parameters in the query, as `("job_type", &["parse", "classify"])`.
fn query_parameters(json: &Value, call: &Value) -> Vec<proc_macro2::TokenStream> {
    let in_query = parameters(call, |parameter| parameter["in"] == "query");
    let entry = |(name, parameter): (&str, &Value)| {
        let schema = resolve(json, &parameter["schema"]);
        let values = schema["enum"].as_array().into_iter().flatten();
        let values = values.filter_map(Value::as_str);
        quote!((#name, &[#(#values),*]))
    };
    in_query.map(entry).collect()
}
