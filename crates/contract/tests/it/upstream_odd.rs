//! Documents of the vendor that contain themselves, are written as YAML tools write them, or are cut off.

use processing_results_contract::upstream::{Source, Texts, compare, write};
use serde_json::{Value, json};

const CONTRACT: &str = "
openapi: 3.0.3
paths:
  /a: {get: {responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/Item'}}}}}}}
components:
  schemas:
    Item:
      type: object
      description: One.
      additionalProperties: {}
      properties:
        id:
          type: string
          nullable: true
          description: Its name.
";

fn texts(vendor: &str) -> Texts<'_> {
    Texts {
        contract: CONTRACT,
        vendor,
        ledger: "",
    }
}

/// What is reported, and what the contract becomes.
fn read(vendor: &str) -> Result<(Vec<String>, String), String> {
    let report = compare(Source::Document, texts(vendor))?;
    let found = report.differences.iter();
    let found = found.map(|found| format!("{}: {}", found.place, found.what()));
    let written = write(Source::Document, texts(vendor), "2026-08-20")?;
    Ok((found.collect(), written.contract))
}

fn to(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// The vendor's document, with a field `more` and another component.
fn with(more: &Value, other: &Value) -> Value {
    let content = json!({"application/json": {"schema": to("Item")}});
    json!({
        "openapi": "3.1.0",
        "paths": {"/a": {"get": {"responses": {"200": {"content": content}}}}},
        "components": {"schemas": {
            "Item": {"type": "object", "properties": {
                "id": {"anyOf": [{"type": "string"}, {"type": "null"}]},
                "more": more,
            }},
            "Other": other,
        }},
    })
}

#[test]
fn what_contains_itself_is_followed() {
    let extra = json!({"nullable": true});
    let fields = json!({"type": "object", "properties": {"list": to("Other")}});
    let cases = [
        (json!({"allOf": [to("Item")]}), json!({}), "object"),
        (json!({"allOf": [to("Item"), extra]}), json!({}), "object"),
        (
            json!({"anyOf": [to("Item"), {"type": "string"}]}),
            json!({}),
            "object or string",
        ),
        (to("Other"), to("Other"), "any"),
        (to("Other"), json!({"allOf": [to("Other")]}), "any"),
        (to("Other"), json!({"oneOf": [to("Other")]}), "any"),
        (
            to("Other"),
            json!({"anyOf": [to("Other"), {"type": "string"}]}),
            "any or string",
        ),
        (
            to("Other"),
            json!({"type": "array", "items": to("Other")}),
            "array of any",
        ),
        (
            to("Other"),
            json!({"type": "object", "additionalProperties": to("Other")}),
            "map of any",
        ),
        (to("Other"), fields, "object"),
    ];
    for (more, other, words) in cases {
        let vendor = with(&more, &other).to_string();
        let (found, followed) = read(&vendor).expect("comparable");
        let expected = format!("Item.more: new field: optional {words}");
        assert_eq!(found, [expected], "{more} {other}");
        assert!(followed.contains("        more:\n"), "{more} {other}");
    }
}

#[test]
fn what_is_put_together_of_itself_is_refused() {
    let extra = json!({"properties": {"size": {"type": "string"}}});
    let more = json!({"allOf": [to("Item"), extra]});
    let part = json!({"allOf": [to("Other")], "properties": {"size": {"type": "string"}}});
    for vendor in [with(&more, &json!({})), with(&to("Other"), &part)] {
        let refused = compare(Source::Document, texts(&vendor.to_string())).unwrap_err();
        assert_eq!(refused, "line 1 refers to itself");
    }
    let mut vendor = with(&json!({}), &json!({}));
    let itself = json!({"$ref": "#/components/responses/R"});
    vendor["components"]["responses"] = json!({"R": itself});
    vendor["paths"]["/a"]["get"]["responses"]["200"] = itself;
    let refused = compare(Source::Document, texts(&vendor.to_string())).unwrap_err();
    assert_eq!(refused, "line 1 refers to itself");
}

#[test]
fn a_long_chain_of_parts_is_refused_and_a_short_one_is_quick() {
    let chain = |length: usize, parts: usize| {
        let mut vendor = with(&to("P0"), &json!({}));
        for index in 0..length {
            let mut all = vec![to(&format!("P{}", index + 1)); parts];
            all.push(json!({"properties": {format!("p{index}"): {"type": "string"}}}));
            vendor["components"]["schemas"][format!("P{index}")] = json!({"allOf": all});
        }
        vendor["components"]["schemas"][format!("P{length}")] =
            json!({"type": "object", "properties": {"last": {"type": "string"}}});
        compare(Source::Document, texts(&vendor.to_string())).map(|report| report.differences.len())
    };
    let refused = chain(1_000, 1).unwrap_err();
    assert_eq!(refused, "line 1 is within 96 other schemas");
    // Each part is rewritten once, or these were 2^24.
    assert_eq!(chain(24, 2), Ok(1));
}

#[test]
fn yaml_as_tools_write_it_is_read_like_json() {
    // As `yaml.safe_dump` wraps a text: what follows could be a key, and stands below a plain text.
    let yaml = "
components:
  schemas:
    Item:
      description: A text that was wrapped by a tool, since it is long, and goes on with
        enum and more,
        - as a list would,
        with a zero-width\u{200b} space
      properties:
        id:
          anyOf:
          - type: string
          - type: 'null'
        more:
          description: |-
            Kind of it.
            enum: [a, b]
          type: integer
      type: object
openapi: 3.1.0
paths:
  /a:
    get:
      responses:
        '200':
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Item'
";
    let json = with(&json!({"type": "integer"}), &json!({})).to_string();
    assert_eq!(read(yaml), read(&json));
    assert!(read(yaml).is_ok());
    for (odd, said) in [
        ("type: integer\n          type: string", "already on line"),
        ("<<: {type: integer}", "`<<` merges keys"),
        ("type: *kind", "an alias stands for a copy"),
        ("type: [integer", "neither JSON nor YAML at line"),
    ] {
        let refused = read(&yaml.replace("type: integer", odd)).unwrap_err();
        assert!(refused.contains(said), "{odd}: {refused}");
    }
}

#[test]
fn json_that_is_cut_off_or_wrong_is_named_as_that() {
    let json = with(&json!({"type": "integer"}), &json!({})).to_string();
    for end in [1, 13, json.len() / 2, json.len() - 1] {
        let refused = read(&json[..end]).unwrap_err();
        let place = format!(" at line 1 column {end}");
        assert!(refused.starts_with("it is truncated JSON: "), "{refused}");
        assert!(refused.ends_with(&place), "{refused}");
    }
    let refused = read("{\"openapi\": \"3.1.0\",\n \"paths\" {}}").unwrap_err();
    assert_eq!(
        refused,
        "it is invalid JSON: expected `:` at line 2 column 10"
    );
}

/// In the small stack of a test's thread. What is too deep for one run is left to the next.
#[test]
fn components_within_each_other_are_read_level_by_level() {
    let mut vendor = with(&to("Level0"), &json!({"type": "object", "properties": {}}));
    for level in 0..3_000 {
        let next = to(&format!("Level{}", level + 1));
        vendor["components"]["schemas"][format!("Level{level}")] =
            json!({"type": "object", "properties": {"next": next}});
    }
    vendor["components"]["schemas"]["Level3000"] = json!({"type": "string"});
    let vendor = vendor.to_string();
    let report = compare(Source::Document, texts(&vendor)).expect("readable");
    let [found] = &report.differences[..] else {
        panic!("{:?}", report.differences);
    };
    assert!(
        found.fragment.contains("    Level50:\n"),
        "{}",
        found.fragment
    );
    assert!(!found.fragment.contains("    Level2999:\n"));
}
