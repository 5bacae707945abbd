//! The lines of schemas, and of what is in them.
//!
//! ```yaml
//! Page: {type: object, properties: {items: {type: array, items: {$ref: Item}}}}
//! Item: {type: object, required: [id], properties: {id: {type: string}, parent: {$ref: Item}}}
//! ```
//! ```text
//! 200 items: optional array
//! 200 items[]: object
//! 200 items[].id: required string
//! 200 items[].parent: optional object as above
//! ```
//!
//! A component is listed wherever it is used, as its fields have other paths there, but not within itself. Components
//! that refer to each other many times over would fill the disk; hence the limits.

use super::Listing;
use super::words::{kind, shown};
use crate::meaning::{Kind, Part, View};
use crate::spec::TYPED_BY;
use serde_json::Value;

/// More lines than a reader reads; from here on, a component that was listed already is not listed again.
const MAX_LINES: usize = 100_000;

/// How many components a path leads through at most.
const MAX_DEPTH: usize = 64;

impl<'m, 'a> Listing<'m, 'a> {
    /// Lists a schema at a path, behind the words that come before its type (`required`).
    pub(super) fn schema(&mut self, part: &'m Part<'a>, prefix: &str, path: &str, before: &[&str]) {
        let space = if path.is_empty() { "" } else { " " };
        self.at(part, prefix, path, &format!("{space}{path}"), before);
    }

    /// One line for the schema, as it is called there, and the lines for what is in it.
    ///
    /// `shown_as` is the path in that line, where a media type may stand in its place.
    pub(super) fn at(
        &mut self,
        part: &'m Part<'a>,
        prefix: &str,
        path: &str,
        shown_as: &str,
        before: &[&str],
    ) {
        let (name, view) = (part.reference(), self.meaning.view(part));
        let again = name.is_some_and(|name| {
            let circle = self.inside.contains(&name) || self.inside.len() > MAX_DEPTH;
            circle || (self.lines > MAX_LINES && self.listed.contains(name))
        });
        let (kind, more) = (kind(&view), shown(&view));
        let words = [kind.as_str(), &more, if again { "as above" } else { "" }];
        self.line(&format!("{prefix}{shown_as}: "), &[before, &words].concat());
        if again {
            return;
        }
        self.inside.extend(name);
        self.listed.extend(name);
        for value in view.of(Kind::Value) {
            self.line(&format!("{prefix}{shown_as} = {}", value.key), &[]);
        }
        self.inside(&view, prefix, path);
        self.typed_by(&view, &format!("{prefix}{shown_as}"));
        if name.is_some() {
            self.inside.pop();
        }
    }

    /// Properties, items, other values and branches, in the order of the document.
    fn inside(&mut self, view: &View<'m, 'a>, prefix: &str, path: &str) {
        let any_other = view.of(Kind::Property).next().is_some();
        for part in &view.parts {
            let (key, dot) = (&part.key, if path.is_empty() { "" } else { "." });
            match part.kind {
                Kind::Property => {
                    let path = format!("{path}{dot}{key}");
                    self.schema(part, prefix, &path, &[part.requiredness()]);
                }
                Kind::Items => self.schema(part, prefix, &format!("{path}[]"), &[]),
                Kind::Values if any_other && part.is_any() => {}
                Kind::Values => self.schema(part, prefix, &format!("{path}.*"), &[]),
                Kind::OneOf | Kind::AnyOf | Kind::AllOf => {
                    self.schema(part, prefix, &format!("{path}<{key}>"), &[]);
                }
                _ => {}
            }
        }
    }

    /// By which value of a field beside it a union is one of its branches.
    fn typed_by(&mut self, view: &View, path: &str) {
        let Some(typed) = view.fact(TYPED_BY) else {
            return;
        };
        for (value, component) in typed["mapping"].as_object().into_iter().flatten() {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let (component, property) = (text(component), text(&typed["property"]));
            self.line(&format!("{path}<{component}> if {property} = {value}"), &[]);
        }
    }
}
