//! Components as tables.

use super::{contract, excerpt};
use processing_results_contract::Document;
use processing_results_contract::show::{self, Match, Table};

fn component(document: &Document, name: &str) -> Table {
    match show::find(document, name) {
        Ok(Match::Component(table)) => table,
        other => panic!("{name} is a component, not {other:?}"),
    }
}

#[test]
fn each_component_has_rows_with_descriptions() {
    let document = Document::parse("api.yaml", &contract()).expect("readable");
    for table in show::components(&document) {
        assert!(
            !table.rows.is_empty() && !table.description.is_empty(),
            "{}",
            table.name
        );
        let fields = table
            .rows
            .iter()
            .filter(|row| !["value", "part"].contains(&row.kind.as_str()));
        fields.for_each(|row| assert!(!row.description.is_empty(), "{}.{}", table.name, row.path));
    }
}

#[test]
fn a_row_says_type_null_and_secret() {
    let document = Document::parse("api.yaml", &excerpt()).expect("readable");
    let table = component(&document, "WebhookConfiguration");
    let row = |path: &str| {
        table
            .rows
            .iter()
            .find(|row| row.path == path)
            .cloned()
            .expect("a row")
    };
    assert_eq!(row("webhook_events").kind, "array of WebhookEvent");
    assert_eq!(row("webhook_headers").kind, "map of string (password)");
    assert!(
        row("webhook_headers").secret
            && row("webhook_headers").nullable
            && !row("webhook_headers").required
    );
    assert!(!row("webhook_url").secret);
}

#[test]
fn the_values_of_an_enum_have_the_descriptions_of_their_list() {
    let document = Document::parse("api.yaml", &excerpt()).expect("readable");
    let table = component(&document, "JobType");
    assert_eq!(table.description, "Kind of processing.");
    assert_eq!(
        table.rows[1].description,
        "pulls structured data out of a document."
    );
}
