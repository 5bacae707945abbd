//! What several steps look up in the contract as JSON.

use serde_json::Value;

/// The components by name, in the contract's order.
pub(crate) fn components(json: &Value) -> impl Iterator<Item = (&String, &Value)> {
    let schemas = json.pointer("/components/schemas");
    schemas.and_then(Value::as_object).into_iter().flatten()
}

/// The component that a schema refers to: of `{$ref: '#/components/schemas/JobType'}` it is `JobType`, and so it is where
/// something stands beside the reference, as in `{allOf: [{$ref: ...}], nullable: true}`.
pub(crate) fn reference(schema: &Value) -> Option<&str> {
    let own = schema["$ref"].as_str();
    let target = own.or_else(|| schema["allOf"][0]["$ref"].as_str())?;
    target.rsplit('/').next()
}

/// The schema itself, or the component that it refers to.
pub(crate) fn resolve<'a>(json: &'a Value, schema: &'a Value) -> &'a Value {
    let component = |name| &json["components"]["schemas"][name];
    reference(schema).map_or(schema, component)
}

/// The path of the call and its operation. The contract describes one call; its rules see to that.
pub(crate) fn call(json: &Value) -> Option<(&str, &Value)> {
    let mut paths = json["paths"].as_object()?.iter();
    let (path, item) = paths.find(|(path, _)| path.starts_with('/'))?;
    Some((path, &item["get"]))
}

/// The parameters of the call that a step wants.
pub(crate) fn parameters<'a>(
    call: &'a Value,
    is_wanted: impl Fn(&Value) -> bool + 'a,
) -> impl Iterator<Item = (&'a str, &'a Value)> {
    let all = call["parameters"].as_array().into_iter().flatten();
    let wanted = all.filter(move |parameter| is_wanted(parameter));
    wanted.filter_map(|parameter| Some((parameter["name"].as_str()?, parameter)))
}
