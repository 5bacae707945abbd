//! Edits of the contract that look like errors, and are none.

use super::contract;
use processing_results_contract::{check, render};

const BUCKET: &str = "        outputBucket:\n          type: string\n          nullable: true\n";
const BUCKET_TEXT: &str = "          description: Bucket for the output, by name.\n";
const PAGES: &str = "        max_pages:\n          type: integer\n";
const OK: &str = "                $ref: '#/components/schemas/ItemProcessingResults'\n";
const EU: &str = "    x-region: Eu\n";

/// The contract with each of the old texts, which are in it, replaced.
fn edited(edits: &[(&str, &str)]) -> String {
    let mut text = contract();
    for (old, new) in edits {
        assert!(text.contains(old), "{old}");
        text = text.replacen(old, new, 1);
    }
    text
}

fn assert_accepted(text: &str, what: &str) {
    let findings = check("api.yaml", text);
    assert!(findings.is_empty(), "{what}:\n{}", render::text(&findings));
}

#[test]
fn formats_of_other_documents_are_accepted() {
    for format in ["uuid", "date"] {
        let new = BUCKET.replace(
            "type: string\n",
            &format!("type: string\n          format: {format}\n"),
        );
        assert_accepted(&edited(&[(BUCKET, &new)]), format);
    }
    for (kind, format) in [
        ("integer", "int32"),
        ("integer", "int64"),
        ("number", "float"),
        ("number", "double"),
    ] {
        let new =
            format!("        max_pages:\n          type: {kind}\n          format: {format}\n");
        assert_accepted(&edited(&[(PAGES, &new)]), format);
    }
}

#[test]
fn a_region_is_an_edit_of_the_servers_alone() {
    for url in [
        "https://api.cloud.ap.llamaindex.ai",
        "https://llama.example.com:8443",
        "https://10.0.0.1",
    ] {
        let region =
            format!("{EU}  - url: {url}\n    description: Asia.\n    x-region: AsiaPacific\n");
        assert_accepted(&edited(&[(EU, &region)]), url);
    }
}

#[test]
fn errors_may_be_documented() {
    let error = "
    HttpError:
      type: object
      description: Why a request was refused.
      additionalProperties: {}
      properties:
        detail:
          description: What is wrong.
";
    let body = "
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/HttpError'
";
    let response = |status: &str, body: &str| {
        format!("        \"{status}\":\n          description: An error.{body}")
    };
    for responses in [
        response("404", "\n"),
        response("400", body),
        response("404", body) + &response("400", body),
        response("4XX", body) + &response("500", "\n"),
    ] {
        let uses = responses.contains("HttpError");
        let text = edited(&[(OK, &format!("{OK}{responses}"))]);
        let text = if uses {
            text.trim_end().to_owned() + "\n" + error
        } else {
            text
        };
        assert_accepted(&text, &responses);
    }
}

#[test]
fn a_job_type_with_a_configuration_is_an_edit_of_the_contract_alone() {
    let job = "
    ExtractJob:
      type: object
      description: Configuration of an extract run.
      additionalProperties: {}
      properties:
        prompt:
          type: string
          nullable: true
          description: What to extract.
";
    let classify = "          classify: ClassifyJob\n";
    let text = edited(&[(
        classify,
        &format!("{classify}          extract: ExtractJob\n"),
    )]);
    assert_accepted(&(text + job), "extract");
}

#[test]
fn descriptions_are_markdown() {
    for text in [
        "See [the page](https://example.com/a).",
        "See <https://example.com/a>.",
        "'A # is fine in quotes, and: so is a colon.'",
        "Bucket — “by name”, naïve, 名前.",
        "|\n            One of two.\n\n            - `a` is one, type: any\n            - `b` is two\n\n            enum of names is not here",
        "Bucket for the output\n            by name.",
        "\"Bucket for the output\n            by name.\"",
        "Bucket. #1 of them.".replace(" #", " no. ").as_str(),
    ] {
        let new = format!("          description: {text}\n");
        assert_accepted(&edited(&[(BUCKET_TEXT, &new)]), text);
    }
}

#[test]
fn what_becomes_deprecated_stays_accepted() {
    for (old, new) in [
        (BUCKET, format!("{BUCKET}          deprecated: true\n")),
        (
            "          in: query\n",
            "          in: query\n          deprecated: true\n".to_owned(),
        ),
        (
            "      operationId:",
            "      deprecated: true\n      operationId:".to_owned(),
        ),
    ] {
        assert_accepted(&edited(&[(old, &new)]), &new);
    }
}

#[test]
fn odd_names_and_values_are_accepted() {
    for value in [
        "\"1\"",
        "0low",
        "\"2026-01-01\"",
        "self",
        "with space",
        "\"true\"",
        "\"null\"",
        "\"no\"",
        "v1.2-beta",
    ] {
        let new = format!("        - screenshot\n        - {value}\n");
        assert_accepted(&edited(&[("        - screenshot\n", &new)]), value);
    }
    for name in [
        "self", "crate", "async", "r#type", "1st", "名前", "\"true\"", "x-y", "a.b", "42",
    ] {
        assert_accepted(
            &edited(&[("        outputBucket:\n", &format!("        {name}:\n"))]),
            name,
        );
    }
}

#[test]
fn the_layout_of_the_file_is_free() {
    let text = contract();
    assert_accepted(&text.replace('\n', "\r\n"), "CRLF");
    assert_accepted(&format!("\u{feff}{text}"), "a byte order mark");
    for (old, new) in [
        (
            "          type: string\n",
            "          type: string  # a text\n",
        ),
        ("          type: string\n", "          type:\tstring\n"),
        ("          type: string\n", "          type: string   \n"),
        ("          nullable: true\n", "          nullable: True\n"),
        ("          type: string\n", "          \"type\": 'string'\n"),
        ("openapi: 3.0.3", "openapi: 3.0.4"),
        ("\ninfo:\n", "\nx-owner: us\ntags: [{name: a}]\ninfo:\n"),
        (
            "  version: \"2026-11-24\"\n",
            "  version: \"1.0\"\n  license: {name: MIT}\n  contact: {name: us}\n",
        ),
        (
            "          description: The processing history of the item.\n",
            "          description: The history.\n          headers:\n            x-request-id:\n              description: Of the request.\n              schema: {type: string}\n",
        ),
    ] {
        assert_accepted(&edited(&[(old, new)]), new);
    }
}
