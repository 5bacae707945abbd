//! What the mock server has to know of the query parameters.

use quote::quote;
use serde_json::Value;
use syn::Item;

/// Names of the query parameters of the call at `path`, each with the values that it may have.
pub fn query(json: &Value, path: &str) -> Item {
    let parameters = json["paths"][path]["get"]["parameters"].as_array();
    let parameters = parameters.into_iter().flatten();
    let in_query = parameters.filter(|parameter| parameter["in"] == "query");
    let entries = in_query.map(|parameter| {
        let name = parameter["name"].as_str().unwrap_or_default();
        let values = values(json, &parameter["schema"]);
        quote!((#name, &[#(#values),*]))
    });
    syn::parse_quote! {
        /// The documented query parameters, and the values of those that take no others.
        pub(crate) const QUERY_PARAMETERS: &[(&str, &[&str])] = &[#(#entries),*];
    }
}

/// The values of an enum; none for a schema that is not one.
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
