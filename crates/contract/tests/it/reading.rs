//! Reading any file ends in a tree or in a finding.

use super::{contract, places};
use processing_results_contract::{Document, check};
use serde_json::json;

#[test]
fn the_contract_has_no_findings() {
    let findings = check("openapi/processing-results.yaml", &contract());
    assert!(findings.is_empty(), "{findings:#?}");
}

#[test]
fn an_empty_file_is_a_finding() {
    for text in [
        "",
        "\n\n",
        "# only a comment\n",
        "---\n",
        "~",
        "[]",
        "just text",
    ] {
        let findings = check("api.yaml", text);
        assert_eq!(findings[0].rule, "yaml-syntax", "{text:?}: {findings:?}");
    }
}

#[test]
fn a_second_document_is_a_finding() {
    assert!(places("a: 1\n---\nb: 2\n").contains(&"2:1: yaml-syntax".into()));
}

#[test]
fn tabs_and_open_quotes_are_findings_at_their_place() {
    for (text, line) in [
        ("a:\n\tb: 1\n", 2),
        ("a: 'x\n", 1),
        ("a: b: c\n", 1),
        ("a: [1,\n", 1),
        ("a: @x\n", 1),
    ] {
        let findings = check("api.yaml", text);
        assert_eq!(
            (findings[0].rule, findings[0].line),
            ("yaml-syntax", line),
            "{text:?}: {findings:?}"
        );
        assert!(findings[0].help.is_some());
    }
}

#[test]
fn nesting_without_end_is_a_finding() {
    for text in [
        "[".repeat(100_000),
        "- ".repeat(100_000),
        "{a: ".repeat(100_000),
    ] {
        assert_eq!(check("api.yaml", &text)[0].rule, "yaml-syntax");
    }
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_read() {
    let document =
        Document::parse("api.yaml", "\u{feff}a: 1\r\nb:\r\n  c: x\r\n").expect("readable");
    assert_eq!(document.to_json(), json!({"a": 1, "b": {"c": "x"}}));
    assert_eq!(document.locate("/b/c"), Some((3, 3)));
}

#[test]
fn columns_count_characters() {
    let document = Document::parse("api.yaml", "{ä: 1, b: 2}").expect("readable");
    assert_eq!(document.locate("/b"), Some((1, 8)));
}

#[test]
fn keys_that_are_no_text_are_findings() {
    for text in ["? [a]\n: b\n", "{a: 1}: 2\n", "a: {? {b: c} : d}\n"] {
        let findings = check("api.yaml", text);
        assert!(
            findings.iter().any(|finding| finding.rule == "yaml-syntax"),
            "{text:?}: {findings:?}"
        );
    }
}

#[test]
fn order_and_quotes_reach_the_json() {
    let document = Document::parse("api.yaml", "z: '1'\na: 1\nm: no\n200: {}\n").expect("readable");
    assert_eq!(
        document.to_json().to_string(),
        r#"{"z":"1","a":1,"m":"no","200":{}}"#
    );
}

#[test]
fn every_value_of_the_contract_is_located() {
    let document = Document::parse("api.yaml", &contract()).expect("readable");
    let at = document.locate("/components/schemas/ProcessingResult/required/0");
    let (line, column) = at.expect("it is there");
    let text = contract();
    let named = text.lines().nth(line - 1).expect("a line");
    assert_eq!(&named[column - 1..], "item_id");
}

#[test]
fn the_excerpt_that_the_slips_are_made_from_has_no_findings() {
    let findings = check("excerpt.yaml", include_str!("../excerpt.yaml"));
    assert!(findings.is_empty(), "{findings:#?}");
}
