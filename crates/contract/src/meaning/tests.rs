//! What is read as the same, and what is not.

use super::{Directions, Kind, Meaning, Part};
use crate::document::Document;

const YAML: &str = "
paths:
  /items/{id}:
    get:
      operationId: get_item
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: kind, in: query, schema: {$ref: '#/components/schemas/Kind'}}
      responses:
        '200': {content: {application/json: {schema: {$ref: '#/components/schemas/Item'}}}}
components:
  securitySchemes: {key: {type: http, scheme: bearer}}
  schemas:
    Item: {type: object, required: [kind], properties: {kind: {$ref: '#/components/schemas/Kind'}, size: {type: integer}}}
    Kind: {type: string, enum: [a]}
security: [key: []]
";

/// The tree without positions.
fn tree(yaml: &str) -> String {
    let document = Document::parse("api.yaml", yaml).expect("readable");
    let meaning = Meaning::of(document.root());
    let parts = meaning.operations.iter().chain(&meaning.components);
    outline(&meaning.service) + &parts.map(outline).collect::<String>()
}

fn outline(part: &Part) -> String {
    let facts = part
        .facts
        .iter()
        .map(|(name, fact)| format!(" {name}={}", fact.value));
    let parts: String = part.parts.iter().map(outline).collect();
    format!(
        "{:?} {}{}\n{parts}",
        part.kind,
        part.key,
        facts.collect::<String>()
    )
}

#[test]
fn what_is_written_in_two_ways_is_read_as_one() {
    for (from, to) in [
        (
            "kind: {$ref: '#/components/schemas/Kind'}",
            "kind: {type: string, allOf: [$ref: '#/components/schemas/Kind']}",
        ),
        (
            "size: {type: integer}",
            "size: {type: integer, nullable: false, deprecated: false}",
        ),
        ("in: query,", "in: query, style: form, explode: true,"),
        (
            "      operationId: get_item\n",
            "      operationId: get_item\n      security: [key: []]\n",
        ),
    ] {
        assert!(YAML.contains(from));
        assert_eq!(tree(&YAML.replace(from, to)), tree(YAML), "{to}");
    }
    let moved = YAML.replace("    get:\n", "    parameters:\n      - {name: id, in: path, required: true, schema: {type: string}}\n    get:\n");
    assert_eq!(tree(&moved), tree(YAML));
}

#[test]
fn a_key_that_nobody_knows_is_a_fact() {
    let document = Document::parse(
        "api.yaml",
        &YAML.replace("type: integer", "type: integer, odd: [1]"),
    );
    let document = document.expect("readable");
    let meaning = Meaning::of(document.root());
    let item = meaning.component("Item").expect("there");
    assert_eq!(
        item.of(Kind::Property)
            .nth(1)
            .and_then(|size| size.fact("odd")),
        Some(&serde_json::json!([1]))
    );
}

#[test]
fn references_are_followed_on_request_and_end() {
    let circle = YAML.replace(
        "size: {type: integer}",
        "self: {$ref: '#/components/schemas/Item'}",
    );
    let document = Document::parse("api.yaml", &circle).expect("readable");
    let meaning = Meaning::of(document.root());
    assert_eq!(
        meaning.directions("Kind"),
        Directions {
            request: true,
            response: true
        }
    );
    assert_eq!(
        meaning.directions("Item"),
        Directions {
            request: false,
            response: true
        }
    );
    let item = meaning.component("Item").expect("there");
    let kind = item.of(Kind::Property).next().expect("there");
    let view = meaning.view(kind);
    assert_eq!(view.facts["type"].value, "string");
    assert_eq!(view.parts[0].key, "a");
}
