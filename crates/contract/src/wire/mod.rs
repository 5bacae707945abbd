//! The wire as the contract describes it, a line for each path: what a golden file can hold and a diff can show.
//!
//! Names of components, descriptions and examples are not on the wire, so they are not in the listing.

mod words;

use crate::document::Document;
use crate::spec::TYPED_BY;
use crate::spec::{Operation, Spec, is_required, referenced};
use crate::yaml::Node;
use std::fmt::Write;
use words::{ROOT, kind, requiredness, rest, rest_of_schema};

/// Every path of the contract on a line of its own, with what stands there: whether it is required, its type and
/// format, whether it may be null. The values of an enum follow, one a line.
///
/// ```
/// use processing_results_contract::{Document, wire};
///
/// let yaml = "
/// paths:
///   /items/{id}:
///     get:
///       operationId: get_item
///       parameters:
///         - {name: id, in: path, required: true, schema: {type: string}}
///       responses:
///         '200':
///           content:
///             application/json:
///               schema:
///                 type: object
///                 required: [kind]
///                 properties:
///                   kind: {type: string, enum: [a, b]}
///                   size: {type: integer, nullable: true}
/// ";
/// let document = Document::parse("api.yaml", yaml).unwrap();
/// assert_eq!(
///     wire::listing(&document),
///     "\
/// GET /items/{id} get_item
/// path id: required string
/// 200 application/json: object
/// 200 kind: required string
/// 200 kind = a
/// 200 kind = b
/// 200 size: optional integer nullable
/// ",
/// );
/// ```
pub fn listing(document: &Document) -> String {
    let spec = Spec::new(document.root());
    let mut listing = Listing {
        spec: &spec,
        text: String::new(),
        inside: Vec::new(),
    };
    listing.service();
    for operation in spec.operations() {
        listing.operation(&operation);
    }
    listing.text
}

struct Listing<'s, 'a> {
    spec: &'s Spec<'a>,
    text: String,
    /// The components that the walk is in, lest it walk in a circle.
    inside: Vec<&'a str>,
}

impl<'a> Listing<'_, 'a> {
    fn line(&mut self, path: &str, words: &[&str]) {
        let words: Vec<&str> = words
            .iter()
            .copied()
            .filter(|word| !word.is_empty())
            .collect();
        // Writing to a string does not fail.
        let _ = writeln!(self.text, "{path}{}", words.join(" "));
    }

    fn service(&mut self) {
        let root = self.spec.root;
        let version = root.get("info").and_then(|info| info.text_of("version"));
        for (name, text) in [("openapi ", root.text_of("openapi")), ("version ", version)] {
            if let Some(text) = text {
                self.line(name, &[text]);
            }
        }
        for server in root.items_of("servers") {
            let url = server.text_of("url").unwrap_or_default();
            self.line("server ", &[url, &rest(server, &["url"])]);
        }
        if let Some(security) = root.get("security") {
            self.line("security ", &[&security.to_json().to_string()]);
        }
        for scheme in self.spec.section("securitySchemes") {
            self.line(
                "security scheme ",
                &[&scheme.key.text, &rest(&scheme.value, &[])],
            );
        }
        let more = rest(root, &ROOT);
        if !more.is_empty() {
            self.line("", &[&more]);
        }
    }

    fn operation(&mut self, operation: &Operation<'a>) {
        let (path, method) = (&operation.path.key.text, &operation.method.value);
        let id = method.text_of("operationId").unwrap_or_default();
        let verb = operation.method.key.text.to_uppercase();
        let more = rest(
            method,
            &["operationId", "parameters", "responses", "requestBody"],
        );
        self.line(&format!("{verb} {path} "), &[id, &more]);
        for parameter in operation.parameters(self.spec) {
            let text = |key| parameter.text_of(key).unwrap_or_default();
            let required = requiredness(parameter.flag("required"));
            let more = rest(parameter, &["name", "in", "required", "schema"]);
            let prefix = format!("{} {}", text("in"), text("name"));
            match parameter.get("schema") {
                Some(schema) => self.schema(schema, &prefix, "", &[required, &more]),
                None => self.line(&format!("{prefix}: "), &[required, &more]),
            }
        }
        if let Some(body) = method.get("requestBody") {
            self.body("body", body);
        }
        for response in operation.responses() {
            self.body(&response.key.text, &response.value);
        }
    }

    fn body(&mut self, name: &str, body: &'a Node) {
        let body = self.spec.resolve(body).unwrap_or(body);
        let content = body.entries_of("content");
        let more = rest(body, &["content"]);
        if content.is_empty() || !more.is_empty() {
            self.line(
                &format!("{name}: "),
                &[&more, if content.is_empty() { "no body" } else { "" }],
            );
        }
        for media in content {
            let more = rest(&media.value, &["schema"]);
            if let Some(schema) = media.value.get("schema") {
                let at_root = format!(" {}", media.key.text);
                self.at(schema, name, "", &at_root, &[&more]);
            }
        }
    }

    fn schema(&mut self, schema: &'a Node, prefix: &str, path: &str, before: &[&str]) {
        let shown = if path.is_empty() {
            String::new()
        } else {
            format!(" {path}")
        };
        self.at(schema, prefix, path, &shown, before);
    }

    /// One line for the schema, as it is called there, and the lines for what is in it.
    fn at(&mut self, schema: &'a Node, prefix: &str, path: &str, shown: &str, before: &[&str]) {
        let name = referenced(schema);
        let target = match name {
            Some(name) => self.spec.component(name).unwrap_or(schema),
            None => schema,
        };
        let circle = name.is_some_and(|name| self.inside.contains(&name));
        let nullable = [schema, target].iter().any(|node| node.flag("nullable"));
        let mut words = before.to_vec();
        let (kind, own, inner) = (kind(target), rest_of_schema(schema), rest_of_schema(target));
        words.push(&kind);
        words.extend(target.text_of("format"));
        words.extend(nullable.then_some("nullable"));
        words.push(&own);
        words.extend(Some(inner.as_str()).filter(|_| !std::ptr::eq(schema, target)));
        words.extend(circle.then_some("as above"));
        self.line(&format!("{prefix}{shown}: "), &words);
        if circle {
            return;
        }
        self.inside.extend(name);
        self.values(target, prefix, shown);
        self.inside(target, prefix, path);
        if name.is_some() {
            self.inside.pop();
        }
    }

    fn values(&mut self, schema: &Node, prefix: &str, shown: &str) {
        for value in schema.items_of("enum") {
            let text = value
                .text()
                .map_or_else(|| value.to_json().to_string(), str::to_owned);
            self.line(&format!("{prefix}{shown} = "), &[&text]);
        }
    }

    /// Which value of the property beside it makes the schema which component; those that are no part of its
    /// `oneOf` are listed here.
    fn typed(&mut self, schema: &'a Node, prefix: &str, path: &str) {
        let Some(typed) = schema.get(TYPED_BY) else {
            return;
        };
        let property = typed.text_of("property").unwrap_or_default();
        for entry in typed.entries_of("mapping") {
            let (value, target) = (&entry.key.text, entry.value.text().unwrap_or_default());
            let path = format!("{path}<{target}>");
            self.line(
                &format!("{prefix} {path} if {property} = "),
                &[value.as_str()],
            );
            let listed = schema.items_of("oneOf").iter();
            let mut listed = listed.filter_map(referenced);
            if let Some(component) = self.spec.component(target)
                && !listed.any(|name| name == target)
                && !self.inside.contains(&target)
            {
                self.inside.push(target);
                self.schema(component, prefix, &path, &[]);
                self.inside.pop();
            }
        }
    }

    fn inside(&mut self, schema: &'a Node, prefix: &str, path: &str) {
        for property in schema.entries_of("properties") {
            let name = &property.key.text;
            let path = if path.is_empty() {
                name.clone()
            } else {
                format!("{path}.{name}")
            };
            let required = requiredness(is_required(schema, name));
            self.schema(&property.value, prefix, &path, &[required]);
        }
        if let Some(items) = schema.get("items") {
            self.schema(items, prefix, &format!("{path}[]"), &[]);
        }
        if let Some(values) = schema
            .get("additionalProperties")
            .filter(|_| !schema.has("properties"))
        {
            self.schema(values, prefix, &format!("{path}.*"), &[]);
        }
        for branch in schema.items_of("oneOf") {
            let name = referenced(branch).unwrap_or("a schema without a name");
            self.schema(branch, prefix, &format!("{path}<{name}>"), &[]);
        }
        self.typed(schema, prefix, path);
    }
}
