//! What the contract says and the bindings leave open: a response must be read even where it is not as documented.
//!
//! Only the generator's copy of the contract is changed, after all rules have passed. For readers, for `spec::YAML` and
//! for comparisons the contract stays as it is written.
//!
//! | the contract has | the generator would | it is given |
//! |---|---|---|
//! | `format: uuid` | refuse an id such as `prj-1` | a string |
//! | `format: int32` | refuse 3,000,000,000 | an integer |
//! | responses 404 and 422 with bodies | stop: it takes one type for all errors | the success alone |
//! | a cookie among `parameters` of the path, or by `$ref` | stop: it knows no cookies | all of them at the operation, where the cookie is taken out |

use std::collections::BTreeSet;

use serde_json::Value;

/// Formats for which the generator has types that refuse what they do not know, or that need another crate.
const OPEN_FORMATS: [&str; 6] = ["date", "double", "float", "int32", "int64", "uuid"];

/// Takes out what the generator would take too literally: see the table above.
///
/// Error responses are read without the contract, so that any number of them may be documented; the generator takes
/// one. What only they refer to is no type of the bindings. A format such as `uuid` informs the reader.
pub(crate) fn simplify(contract: &mut Value) {
    open_formats(contract);
    own_parameters(contract);
    let mut of_errors = BTreeSet::new();
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
            responses.retain(|status, response| {
                let is_error = !status.starts_with('2');
                if is_error {
                    add_references(response, &mut of_errors);
                }
                !is_error
            });
        }
    }
    drop_unused(contract, of_errors);
}

/// Takes components out, and those that they refer to, unless something else refers to them.
///
/// Of a body for 422 that is a list of `ValidationError`, both go. A component that nothing refers to stays: it may be one
/// that is still to be used, and its author expects the type.
fn drop_unused(contract: &mut Value, unused: BTreeSet<String>) {
    let Some(schemas) = contract.pointer_mut("/components/schemas") else {
        return;
    };
    let Value::Object(schemas) = schemas.take() else {
        return;
    };
    let closed = |mut names: BTreeSet<String>| {
        let mut open: Vec<_> = names.iter().cloned().collect();
        while let Some(name) = open.pop() {
            let mut more = BTreeSet::new();
            if let Some(schema) = schemas.get(&name) {
                add_references(schema, &mut more);
            }
            open.extend(more.difference(&names).cloned());
            names.append(&mut more);
        }
        names
    };
    let unused = closed(unused);
    let mut used = BTreeSet::new();
    add_references(contract, &mut used);
    let others = schemas.iter().filter(|(name, _)| !unused.contains(*name));
    others.for_each(|(_, schema)| add_references(schema, &mut used));
    let used = closed(used);
    let kept = |name: &String| used.contains(name) || !unused.contains(name);
    contract["components"]["schemas"] = schemas
        .clone()
        .into_iter()
        .filter(|(name, _)| kept(name))
        .collect();
}

/// Adds the names of the components that a value refers to, by `$ref` or in the mapping of `x-typed-by`, which names its
/// components without a path: `{parse: BatchParseJobRecordCreate}`.
fn add_references(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            let reference = map.get("$ref").and_then(Value::as_str);
            let name = reference.and_then(|text| text.strip_prefix("#/components/schemas/"));
            names.extend(name.map(str::to_owned));
            let mapping = map.get("mapping").and_then(Value::as_object);
            let mapped = mapping.into_iter().flat_map(|mapping| mapping.values());
            names.extend(mapped.filter_map(Value::as_str).map(str::to_owned));
            map.values().for_each(|value| add_references(value, names));
        }
        Value::Array(items) => items.iter().for_each(|item| add_references(item, names)),
        _ => {}
    }
}

/// Writes the parameters that are shared, by the path or by reference, at the operation itself: its own first.
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

/// Takes [`OPEN_FORMATS`] out of every schema, wherever it is.
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
    use super::{BTreeSet, simplify};
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

    #[test]
    fn what_only_errors_refer_to_is_no_type() {
        let to = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        let body = |name: &str| json!({"content": {"application/json": {"schema": to(name)}}});
        let mut contract = json!({
            "paths": {"/a": {"get": {"responses": {"200": body("A"), "404": body("E"), "422": body("F")}}}},
            "components": {"schemas": {
                "A": {"x-typed-by": {"mapping": {"m": "Mapped"}}, "items": to("Both")},
                "Both": {"items": to("Below")}, "Below": {}, "Mapped": {}, "Alone": {},
                "E": {"items": [to("Both"), to("Own"), to("E")]}, "F": to("Gone"), "Own": {},
            }},
        });
        simplify(&mut contract);
        let left = contract["components"]["schemas"].as_object().unwrap();
        let left: BTreeSet<_> = left.keys().map(String::as_str).collect();
        let used = BTreeSet::from(["A", "Alone", "Below", "Both", "Mapped"]);
        assert_eq!(left, used);
    }
}
