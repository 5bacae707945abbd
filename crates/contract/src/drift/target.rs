//! The schemas that responses are compared with.
//!
//! A response may be all that the call returns, or one result out of one, since `export` writes a line for each result:
//!
//! ```json
//! {"item_id": "1", "processing_results": [{"job_type": "parse", "output_s3_path": "s3://b/k"}]}
//! {"job_type": "parse", "output_s3_path": "s3://b/k", "item_id": "1"}
//! ```
//!
//! Nothing in a line says which it is; it is compared with the schema that has more of its keys.

use super::Response;
use crate::instance::{Json, open};
use crate::spec::{Spec, referenced};
use crate::yaml::{Node, node::escape};

/// A schema to compare with.
///
/// `pointer` is where the schema is in the contract: a component, or the schema of the media type itself, where no edit
/// is possible without describing another call. `keys` are the properties of what the schema refers to in the end.
pub(super) struct ResponseSchema<'d> {
    pub(super) schema: &'d Node,
    pub(super) pointer: String,
    pub(super) keys: Vec<&'d str>,
}

/// The schema of the JSON body of the one response that is a success; `None` for a document of several calls, or of a
/// call without such a body.
pub(super) fn response_schema<'d>(spec: &Spec<'d>) -> Option<ResponseSchema<'d>> {
    let mut operations = spec.operations();
    let operation = operations.next()?;
    if operations.next().is_some() {
        return None;
    }
    let responses = operation.responses();
    let response = responses
        .iter()
        .find(|status| status.key.text.starts_with('2'))?;
    let schema = spec
        .resolve(&response.value)?
        .get("content")?
        .get("application/json")?
        .get("schema")?;
    let (path, method) = (&operation.path.key.text, &operation.method.key.text);
    let [path, method, status] = [path, method, &response.key.text].map(|key| escape(key));
    let pointer =
        format!("/paths/{path}/{method}/responses/{status}/content/application~1json/schema");
    Some(ResponseSchema::new(spec, schema, pointer))
}

/// What the first list of components in a response contains: `processing_results` of the contract.
pub(super) fn list_of_results<'d>(
    spec: &Spec<'d>,
    whole: &ResponseSchema<'d>,
) -> Option<ResponseSchema<'d>> {
    let response = spec.resolve(whole.schema)?;
    response
        .entries_of("properties")
        .iter()
        .find_map(|property| {
            let items = property.value.get("items")?;
            let name = referenced(items)?;
            let component = spec.component(name)?;
            component.has("properties").then(|| {
                let pointer = format!("/components/schemas/{}", escape(name));
                ResponseSchema::new(spec, items, pointer)
            })
        })
}

impl<'d> ResponseSchema<'d> {
    fn new(spec: &Spec<'d>, schema: &'d Node, pointer: String) -> ResponseSchema<'d> {
        let object = spec.resolve(schema).unwrap_or(schema);
        let properties = object.entries_of("properties").iter();
        ResponseSchema {
            schema,
            pointer,
            keys: properties.map(|entry| entry.key.text.as_str()).collect(),
        }
    }

    /// How many keys of this schema a response has.
    pub(super) fn keys_in(&self, response: &Response) -> usize {
        match open(&response.0) {
            Json::Object(entries) => {
                let known = entries
                    .iter()
                    .filter(|(key, _)| self.keys.contains(&&**key));
                known.count()
            }
            _ => 0,
        }
    }
}
