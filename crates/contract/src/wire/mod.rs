//! The wire as the contract describes it, a line for each path: what a golden file can hold and a diff can show.
//!
//! Names of components, descriptions and examples are not on the wire, so they are not in the listing. All else is, a key
//! that nobody here knows too: two contracts with one listing mean the same to every program. That makes it a second
//! opinion on `diff`, and the tests use it as one.

mod schemas;
mod words;

use crate::document::Document;
use crate::meaning::{Kind, Meaning, NO_CREDENTIAL, Part};
use std::collections::HashSet;
use std::fmt::Write;
use words::rest;

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
/// no credential
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
    let meaning = Meaning::of(document.root());
    let mut listing = Listing {
        meaning: &meaning,
        text: String::new(),
        lines: 0,
        inside: Vec::new(),
        listed: HashSet::new(),
    };
    listing.service();
    let mut around = Vec::new();
    for operation in &meaning.operations {
        listing.around(operation, &mut around);
        listing.operation(operation);
    }
    listing.text
}

/// The text so far, and where the walk is. A component is in `inside` while its content is being listed, and in `listed`
/// from then on.
struct Listing<'m, 'a> {
    meaning: &'m Meaning<'a>,
    text: String,
    lines: usize,
    /// The components that the walk is in, lest it walk in a circle.
    inside: Vec<&'m str>,
    listed: HashSet<&'m str>,
}

impl<'m, 'a> Listing<'m, 'a> {
    /// One line: the path, and the words behind it that are not empty.
    fn line(&mut self, path: &str, words: &[&str]) {
        let words = words.iter().copied().filter(|word| !word.is_empty());
        let words: Vec<&str> = words.collect();
        self.lines += 1;
        // Writing to a string does not fail.
        let _ = writeln!(self.text, "{path}{}", words.join(" "));
    }

    /// What the document says of itself: its versions.
    fn service(&mut self) {
        let service = &self.meaning.service;
        let info = service.of(Kind::Info).next();
        let version = info.and_then(|info| info.text("version"));
        for (name, text) in [("openapi ", service.text("openapi")), ("version ", version)] {
            if let Some(text) = text {
                self.line(name, &[text]);
            }
        }
        let more = rest(&service.own(), &["openapi"]);
        if !more.is_empty() {
            self.line("", &[&more]);
        }
    }

    /// Servers and credentials, where they are others than those of the operation above.
    fn around(&mut self, operation: &Part, before: &mut Vec<String>) {
        let lines = operation.parts.iter().filter_map(|part| {
            let name = match part.kind {
                Kind::Server => "server",
                Kind::Credential if part.key == NO_CREDENTIAL => "",
                Kind::Credential => "credential",
                _ => return None,
            };
            let line = format!("{name} {} {}", part.key, rest(&part.own(), &[]));
            Some(line.trim().to_owned())
        });
        let lines: Vec<String> = lines.collect();
        if lines != *before {
            lines.iter().for_each(|line| self.line(line, &[]));
            *before = lines;
        }
    }

    /// The line of a call, then its parameters, bodies and responses.
    fn operation(&mut self, operation: &'m Part<'a>) {
        let text = |key| operation.text(key).unwrap_or_default();
        let call = format!("{} {} ", text("method").to_uppercase(), text("path"));
        let more = rest(
            &operation.own(),
            &["path", "method", "operationId", "servers"],
        );
        self.line(&call, &[text("operationId"), &more]);
        for part in &operation.parts {
            match part.kind {
                Kind::Parameter => {
                    let text = |key| part.text(key).unwrap_or_default();
                    self.carrier(part, &format!("{} {}", text("in"), text("name")));
                }
                Kind::Body | Kind::Response => self.carrier(part, &part.key),
                _ => {}
            }
        }
    }

    /// A parameter, a body, a response or a header.
    ///
    /// Each media type has a line of its own; the fields behind it follow once, without its name.
    fn carrier(&mut self, part: &'m Part<'a>, name: &str) {
        let more = rest(&part.own(), &["name", "in", "required"]);
        let required = match part.kind {
            Kind::Parameter | Kind::Header => part.requiredness(),
            _ => "",
        };
        let (media, schema) = (part.of(Kind::Media).count(), part.of(Kind::Schema).next());
        match schema {
            Some(schema) => self.schema(schema, name, "", &[required, &more]),
            None if media == 0 => self.line(&format!("{name}: "), &[required, &more, "no body"]),
            None if !more.is_empty() => self.line(&format!("{name}: "), &[required, &more]),
            None => {}
        }
        for media in part.of(Kind::Media) {
            let more = rest(&media.own(), &[]);
            if let Some(schema) = media.of(Kind::Schema).next() {
                self.at(schema, name, "", &format!(" {}", media.key), &[&more]);
            }
        }
        for header in part.of(Kind::Header) {
            self.carrier(header, &format!("{name} header {}", header.key));
        }
    }
}
