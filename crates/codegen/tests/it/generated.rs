//! A small document in, generated code out.

use processing_results_contract::Document;

use crate::recipe;

const DOCUMENT: &str = r#"
openapi: 3.0.3
info: {title: t, version: "2026-01-01"}
servers:
  - {url: "https://one.example.com", x-region: One, description: The first.}
  - {url: "https://two.example.com", x-region: TwoHalves, description: The second.}
paths:
  /items/{item_id}:
    get:
      operationId: get_item
      parameters:
        - {name: item_id, in: path, required: true, schema: {type: string}}
        - {name: first, in: query, schema: {type: string}}
        - {name: second, in: query, schema: {type: string}}
        - {name: session, in: cookie, schema: {type: string}}
      responses:
        "200":
          description: d
          content: {application/json: {schema: {$ref: '#/components/schemas/Item'}}}
components:
  schemas:
    Kind: {type: string, description: What it is., enum: [parse, other-kind]}
    Item:
      type: object
      additionalProperties: {}
      required: [kind, config]
      properties:
        kind: {$ref: '#/components/schemas/Kind'}
        config: {$ref: '#/components/schemas/Config'}
        api_key: {type: string, format: password}
        old: {type: string, deprecated: true}
        at: {type: string, format: date-time}
        free: {}
        map: {type: object, additionalProperties: {}}
    Config: {type: object, x-typed-by: {property: kind, mapping: {parse: Record}}}
    Record:
      type: object
      additionalProperties: {}
      x-settings: [pages]
      properties: {pages: {type: integer}}
"#;

/// What `build.rs` prints, without white space: how it is laid out is the printer's affair.
fn generated(yaml: &str) -> Result<String, String> {
    let document = Document::parse("test", yaml).unwrap();
    let [bindings, ..] = recipe::generate(&document, yaml)?;
    Ok(dense(&bindings))
}

#[track_caller]
fn has(code: &str, part: &str) {
    assert!(code.contains(&dense(part)), "no `{part}` in\n{code}");
}

fn dense(code: &str) -> String {
    code.split_whitespace()
        .collect::<String>()
        .replace(",)", ")")
        .replace(",]", "]")
}

#[test]
fn fields_have_types_that_keep_and_hide() {
    let code = generated(DOCUMENT).unwrap();
    let runtime = "::std::option::Option<::processing_results_runtime::";
    has(&code, &format!("pub api_key: {runtime}Secret>"));
    has(&code, &format!("pub at: {runtime}Timestamp>"));
    has(&code, &format!("pub free: {runtime}Json>"));
    has(&code, "pub map: ::processing_results_runtime::JsonObject");
    has(&code, "pub extra: ::processing_results_runtime::JsonObject");
    has(&code, "pub config: crate::job_config::JobConfig");
    has(&code, "pub kind: crate::generated::types::Kind");
    has(&code, "#[deprecated] pub old:");
    // What the traits are made from, in alphabetical order.
    has(
        &code,
        r#"&["api_key", "at", "config", "free", "kind", "map", "old"]"#,
    );
    has(
        &code,
        "const REQUIRED: &'static [usize] = &[2usize, 4usize];",
    );
    has(&code, "#[derive(Clone, PartialEq)] pub struct Item");
}

#[test]
fn what_must_be_there_has_a_constructor() {
    let code = generated(DOCUMENT).unwrap();
    has(
        &code,
        "pub fn new( config: impl ::std::convert::Into<crate::job_config::JobConfig>,",
    );
    assert_eq!(
        code.matches("pubfnnew(config").count(),
        1,
        "a record requires nothing"
    );
}

#[test]
fn enums_jobs_and_regions_come_from_the_document() {
    let code = generated(DOCUMENT).unwrap();
    has(
        &code,
        r#"Kind { Parse = "parse", OtherKind = "other-kind", }"#,
    );
    has(&code, r#""kind" : Kind {"#);
    has(&code, r#"Parse(Record) = "parse" ["pages"] [],"#);
    has(
        &code,
        r#"TwoHalves = ("two-halves", "th", "https://two.example.com")"#,
    );
}

#[test]
fn parameters_are_passed_by_name() {
    let code = generated(DOCUMENT).unwrap();
    let order = "self.get_item( parameters.item_id, parameters.first, parameters.second)";
    has(&code, order);
    assert!(code.contains("pub(crate)second"));
    // Renamed, it comes first in the generator's order, and the field of the old name is gone.
    let renamed = generated(&DOCUMENT.replace("name: second", "name: another")).unwrap();
    has(
        &renamed,
        "self.get_item( parameters.item_id, parameters.another, parameters.first)",
    );
    assert!(!renamed.contains("pub(crate)second"));
}

#[test]
fn what_the_bindings_cannot_do_without_is_named() {
    for (from, to, said) in [
        (
            "x-typed-by: {property: kind, mapping: {parse: Record}}",
            "description: d",
            "x-typed-by",
        ),
        (
            "property: kind",
            "property: old",
            "`Config` is typed by `old`, which is not an enum component",
        ),
        (
            "in: cookie",
            "in: query",
            "exactly one cookie parameter, the contract has 0",
        ),
        ("other-kind", "Parse", "would both be `Kind::Parse`"),
        (
            "[parse, other-kind]",
            "[parse, \"\"]",
            "cannot be the name of an enum variant",
        ),
    ] {
        let report = generated(&DOCUMENT.replacen(from, to, 1)).unwrap_err();
        assert!(report.contains(said), "{report}");
    }
}
