//! What the contract says and the bindings leave open: a response must be read even where it is not as documented.

use serde_json::Value;

/// Formats for which the generator has types that refuse what they do not know, or that need another crate.
const OPEN_FORMATS: [&str; 6] = ["date", "double", "float", "int32", "int64", "uuid"];

/// Takes out what the generator would take too literally.
///
/// Error responses are read without the contract, so that any number of them may be documented; the generator takes
/// one. A format such as `uuid` informs the reader.
pub(crate) fn simplify(contract: &mut Value) {
    open_formats(contract);
    own_parameters(contract);
    let paths = contract.get_mut("paths").and_then(Value::as_object_mut);
    let items = paths.into_iter().flat_map(|paths| paths.values_mut());
    let operations = items
        .filter_map(Value::as_object_mut)
        .flat_map(|item| item.values_mut());
    for operation in operations {
        if let Some(responses) = operation
            .get_mut("responses")
            .and_then(Value::as_object_mut)
        {
            responses.retain(|status, _| status.starts_with('2'));
        }
    }
}

/// Writes the parameters that are shared, by the path or by reference, at the operation itself.
fn own_parameters(contract: &mut Value) {
    let shared = contract.pointer("/components/parameters").cloned();
    let resolved = |parameter: Value| {
        let name = parameter["$ref"].as_str();
        let name = name.and_then(|text| text.strip_prefix("#/components/parameters/"));
        let found = name.and_then(|name| shared.as_ref()?.get(name));
        found.cloned().unwrap_or(parameter)
    };
    let paths = contract.get_mut("paths").and_then(Value::as_object_mut);
    for path in paths.into_iter().flat_map(|paths| paths.values_mut()) {
        let Some(path) = path.as_object_mut() else {
            continue;
        };
        let of_path = path.remove("parameters");
        for operation in path.values_mut().filter_map(Value::as_object_mut) {
            let own = operation.remove("parameters");
            let lists = [own, of_path.clone()].into_iter().flatten();
            let all = lists.filter_map(|list| list.as_array().cloned()).flatten();
            operation.insert("parameters".to_owned(), all.map(resolved).collect());
        }
    }
}

fn open_formats(value: &mut Value) {
    match value {
        Value::Object(map) => {
            // A property may be called `format`; then it is an object.
            let format = map.get("format").and_then(Value::as_str);
            if format.is_some_and(|format| OPEN_FORMATS.contains(&format)) {
                map.retain(|key, _| key != "format");
            }
            map.values_mut().for_each(open_formats);
        }
        Value::Array(items) => items.iter_mut().for_each(open_formats),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::simplify;
    use serde_json::json;

    #[test]
    fn formats_that_refuse_values_and_error_responses_are_left_out() {
        let schema = json!({"properties": {"format": {"type": "string", "format": "uuid"}, "at": {"format": "date-time"}}});
        let responses = json!({"200": {}, "404": {"content": {}}, "422": {"content": {}}});
        let mut contract = json!({
            "paths": {"/a": {"get": {"responses": responses}, "parameters": []}},
            "components": {"schemas": {"A": schema}},
        });
        simplify(&mut contract);
        assert_eq!(
            contract["paths"]["/a"]["get"]["responses"],
            json!({"200": {}})
        );
        let open =
            json!({"properties": {"format": {"type": "string"}, "at": {"format": "date-time"}}});
        assert_eq!(contract["components"]["schemas"]["A"], open);
    }
}
