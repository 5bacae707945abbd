//! Tables as wide as the terminal.

use crate::support::{Server, command, get, history, run};

#[test]
fn no_line_is_wider_than_the_terminal() {
    for columns in [36_usize, 40, 57, 80, 109, 110, 120, 133, 160, 250] {
        let output = command(&["get", "invoice-0001", "--demo"])
            .env("COLUMNS", columns.to_string())
            .output()
            .unwrap();
        let table = String::from_utf8(output.stdout).unwrap();
        for line in table.lines() {
            assert!(line.chars().count() <= columns, "{columns}: {line}");
            assert_eq!(line, line.trim_end());
        }
        for text in [
            "2026-03-02 09:14:07Z",
            "parse",
            "output",
            "parameters hash",
            "5e0d3c1f7a9b",
        ] {
            assert!(table.contains(text), "{columns}: {table}");
        }
    }
}

#[test]
fn an_odd_width_is_made_do_with() {
    for columns in ["0", "1", "-5", "many", "", "99999999"] {
        let output = command(&["get", "invoice-0001", "--demo"])
            .env("COLUMNS", columns)
            .output()
            .unwrap();
        assert!(output.status.success(), "{columns}");
    }
}

#[test]
fn without_a_terminal_it_is_120_wide() {
    let table = run(&["get", "invoice-0001", "--demo"]).stdout;
    assert_eq!(
        table.lines().map(|line| line.chars().count()).max(),
        Some(120)
    );
}

#[test]
fn parameters_stand_in_the_contract_s_order() {
    let config = r#"{"parameters": {"new": 1, "webhook_url": "https://h/?t=x", "lang": "en", "fast_mode": false,
        "max_pages": 3, "page_prefix": "a b", "page_suffix": "", "languages": ["en", "de"], "preset": null,
        "custom_metadata": {"a": 1}, "user_prompt": "0123456789012345678901234567890123456789-more"}}"#;
    let table = get(&Server::start(200, &history("parse", config)), &[]).stdout;
    let line = table.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        line.contains(
            "custom_metadata={a} fast_mode=false lang=en languages=en,de max_pages=3 page_prefix=\"a b\" \
            page_suffix=\"\" user_prompt=0123456789012345678901234567890123456789… webhook_url=https://h/?*** \
            new=<number>"
        ),
        "{table}"
    );
}

#[test]
fn a_configuration_that_does_not_fit_its_type_says_where() {
    let server = Server::start(
        200,
        &history("parse", r#"{"parameters": {"max_pages": "CANARY"}}"#),
    );
    let table = get(&server, &[]).stdout;
    let line = table.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        line.contains("{parameters} (the configuration does not decode at parameters.max_pages"),
        "{table}"
    );
    assert!(!table.contains("CANARY"));
}

#[test]
fn wide_characters_take_two_columns() {
    let body = history("parse", "{}").replace("name.pdf", &"請求書".repeat(40));
    let table = get(&Server::start(200, &body), &[]).stdout;
    let headline: Vec<_> = table.lines().take_while(|line| !line.is_empty()).collect();
    assert!(headline.len() > 1, "{table}");
    assert!(
        headline.iter().all(|line| line.chars().count() <= 120),
        "{table}"
    );
}
