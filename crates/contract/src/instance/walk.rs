//! The way through a schema and a value side by side.

use super::{Difference, Home, Problem, is_date_time, kind_of};
use crate::spec::{SCHEMAS, Spec, is_required};
use crate::yaml::{Entry, Node, node::escape};
use serde_json::{Map, Value};

pub(super) struct Walk<'s, 'a> {
    pub(super) spec: &'s Spec<'a>,
    pub(super) found: Vec<Difference<'a>>,
}

/// More levels than a value or a chain of references has.
const DEEPEST: usize = 200;

impl<'a> Walk<'_, 'a> {
    pub(super) fn value(
        &mut self,
        schema: &'a Node,
        value: &Value,
        pointer: String,
        home: &Home<'a>,
        depth: usize,
    ) {
        if depth > DEEPEST {
            return;
        }
        if let Some(reference) = schema.get("$ref").and_then(Node::string) {
            return self.reference(reference, value, pointer, home, depth);
        }
        let any_type = schema.get("type").is_none();
        if value.is_null() && (schema.flag("nullable") || (any_type && !composed(schema))) {
            return;
        }
        if value.is_null() && !any_type {
            return self.add(pointer, home, Problem::Null, value);
        }
        if let Some(branches) = schema.get("oneOf").or_else(|| schema.get("anyOf")) {
            return self.best_branch(branches.items(), value, pointer, home, depth);
        }
        let parts = schema.items_of("allOf");
        for part in parts {
            self.value(part, value, pointer.clone(), home, depth + 1);
        }
        if parts.is_empty() && self.right_type(schema, value, &pointer, home) {
            self.inside(schema, value, pointer, home, depth);
        }
    }

    fn reference(
        &mut self,
        target: &'a str,
        value: &Value,
        pointer: String,
        home: &Home<'a>,
        depth: usize,
    ) {
        let name = target.strip_prefix(SCHEMAS);
        match name.and_then(|name| self.spec.component(name)) {
            Some(schema) => {
                let home = Home {
                    component: name,
                    rest: String::new(),
                };
                self.value(schema, value, pointer, &home, depth + 1);
            }
            None => self.add(pointer, home, Problem::NoSuchSchema, value),
        }
    }

    /// The branch that the value fits best; of equals, the first.
    fn best_branch(
        &mut self,
        branches: &'a [Node],
        value: &Value,
        pointer: String,
        home: &Home<'a>,
        depth: usize,
    ) {
        let tried = branches.iter().map(|branch| {
            let mut walk = Walk {
                spec: self.spec,
                found: Vec::new(),
            };
            walk.value(branch, value, pointer.clone(), home, depth + 1);
            walk.found
        });
        self.found
            .extend(tried.min_by_key(Vec::len).unwrap_or_default());
    }

    fn right_type(&mut self, schema: &Node, value: &Value, pointer: &str, home: &Home<'a>) -> bool {
        let Some(wanted) = schema.text_of("type") else {
            return true;
        };
        let right = match wanted {
            "string" => value.is_string(),
            "number" => value.is_number(),
            "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
            "boolean" => value.is_boolean(),
            "array" => value.is_array(),
            "object" => value.is_object(),
            _ => true,
        };
        let date_time = schema.text_of("format") == Some("date-time");
        let wanted = match right {
            true if date_time && !value.as_str().is_some_and(is_date_time) => "date-time",
            true => return true,
            false => wanted,
        };
        let problem = Problem::WrongType {
            wanted: wanted.to_owned(),
            found: kind_of(value),
        };
        self.add(pointer.to_owned(), home, problem, value);
        false
    }

    fn inside(
        &mut self,
        schema: &'a Node,
        value: &Value,
        pointer: String,
        home: &Home<'a>,
        depth: usize,
    ) {
        match value {
            Value::Object(map) => self.object(schema, map, &pointer, home, depth),
            Value::Array(items) => {
                let Some(schema) = schema.get("items") else {
                    return;
                };
                let home = home.child("[]");
                for (index, item) in items.iter().enumerate() {
                    self.value(schema, item, format!("{pointer}/{index}"), &home, depth + 1);
                }
            }
            Value::String(text) => {
                let known = schema
                    .get("enum")
                    .is_none_or(|values| values.texts().any(|(value, _)| value == text));
                if !known {
                    self.add(pointer, home, Problem::UnknownValue, value);
                }
            }
            _ => {}
        }
    }

    fn object(
        &mut self,
        schema: &'a Node,
        map: &Map<String, Value>,
        pointer: &str,
        home: &Home<'a>,
        depth: usize,
    ) {
        let properties = schema.get("properties");
        let values = schema
            .get("additionalProperties")
            .filter(|node| node.is_mapping());
        for (key, value) in map {
            let pointer = format!("{pointer}/{}", escape(key));
            if let Some(property) = properties.and_then(|properties| properties.entry(key)) {
                let home = home.child(&format!(".{key}"));
                match job_component(map, key).filter(|_| value.is_object()) {
                    Some(JobConfig::Free) => {}
                    Some(JobConfig::Named(name)) => {
                        self.named(name, property, value, pointer, &home, depth)
                    }
                    None => self.value(&property.value, value, pointer, &home, depth + 1),
                }
            } else if properties.is_some() {
                self.add(pointer, home, Problem::UnknownField, value);
            } else if let Some(values) = values {
                self.value(values, value, pointer, &home.child(".*"), depth + 1);
            }
        }
        for property in properties.map(Node::entries).unwrap_or_default() {
            let name = &property.key.text;
            if is_required(schema, name) && !map.contains_key(name) {
                let problem = Problem::Missing { name: name.clone() };
                self.add(pointer.to_owned(), home, problem, &Value::Null);
            }
        }
    }

    /// A job configuration of which the job type beside it says what it is.
    fn named(
        &mut self,
        name: &str,
        property: &'a Entry,
        value: &Value,
        pointer: String,
        home: &Home<'a>,
        depth: usize,
    ) {
        let component = self
            .spec
            .components()
            .iter()
            .find(|entry| entry.key.text == name);
        match component {
            Some(entry) => {
                let home = Home {
                    component: Some(entry.key.text.as_str()),
                    rest: String::new(),
                };
                self.value(&entry.value, value, pointer, &home, depth + 1);
            }
            None => self.value(&property.value, value, pointer, home, depth + 1),
        }
    }

    fn add(&mut self, pointer: String, home: &Home<'a>, problem: Problem, value: &Value) {
        let (home, value) = (home.clone(), value.clone());
        self.found.push(Difference {
            pointer,
            home,
            problem,
            value,
        });
    }
}

enum JobConfig {
    Named(&'static str),
    Free,
}

/// What a job configuration is compared with, by the job type beside it.
fn job_component(object: &Map<String, Value>, key: &str) -> Option<JobConfig> {
    if key != "job_config" {
        return None;
    }
    Some(match object.get("job_type")?.as_str()? {
        "parse" => JobConfig::Named("BatchParseJobRecordCreate"),
        "classify" => JobConfig::Named("ClassifyJob"),
        _ => JobConfig::Free,
    })
}

fn composed(schema: &Node) -> bool {
    ["allOf", "oneOf", "anyOf"]
        .iter()
        .any(|keyword| schema.has(keyword))
}
