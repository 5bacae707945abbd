//! Tables for people.

use crate::support::{Server, command, get, history, run};

fn get_at(columns: &str, args: &[&str]) -> String {
    let mut command = command(&["get", "invoice-0001", "--demo"]);
    let output = command.args(args).env("COLUMNS", columns).output().unwrap();
    assert!(output.status.success(), "{columns}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_result_is_a_line_and_its_output_is_never_broken() {
    for columns in [36_usize, 60, 80, 100, 120, 160, 250] {
        let table = get_at(&columns.to_string(), &[]);
        for line in table.lines() {
            assert_eq!(line, line.trim_end());
            assert!(
                line.chars().count() <= columns
                    || columns < 60
                    || line.contains('/')
                    || line.contains(" · "),
                "{columns}: {line}"
            );
        }
        for text in [
            "2026-03-02 09:14:07Z  parse     8d1c7b30  ",
            "s3://example-output/batches/bjb-41c7e0a9/invoice-0001/parse-1.json\n",
            "21 changes",
        ] {
            assert!(table.contains(text), "{columns}: {table}");
        }
    }
}

#[test]
fn an_odd_width_is_made_do_with() {
    for columns in ["0", "1", "-5", "many", "", "99999999"] {
        get_at(columns, &[]);
    }
}

#[test]
fn in_a_pipe_nothing_is_shortened_and_a_result_is_one_line() {
    let table = run(&["get", "invoice-0001", "--demo"]).stdout;
    assert_eq!(table.lines().count(), 3 + 4);
    let line = table.lines().nth(3).unwrap();
    assert!(
        line.contains("  8d1c7b30-52e4-4a6f-9b08-c3f7e61d2a95  "),
        "{line}"
    );
    assert!(line.ends_with("  s3://example-output/batches/bjb-41c7e0a9/invoice-0001/parse-1.json"));
    assert!(!table.contains('\u{1b}'));
}

#[test]
fn results_are_narrowed_by_time_and_tier_and_compared_all_the_same() {
    let shown = |args: &[&str]| {
        let table = get_at("200", args);
        table.lines().skip(3).map(str::to_owned).collect::<Vec<_>>()
    };
    let later = shown(&[
        "--since",
        "2026-04-01",
        "--until",
        "2026-04-17",
        "-t",
        "Parse",
    ]);
    assert_eq!(later.len(), 1, "{later:?}");
    assert!(later[0].contains("21 changes"), "{later:?}");
    assert_eq!(shown(&["--tier", "agentic"]), [""; 0]);
    let run = run(&[
        "get",
        "invoice-0003",
        "--demo",
        "--tier",
        "agentic_plus",
        "-o",
        "ndjson",
    ]);
    assert_eq!(run.stdout.lines().count(), 1, "{}", run.stdout);
}

#[test]
fn parameters_are_aligned_below_their_result() {
    let config = r#"{"parameters": {"new": 1, "webhook_url": "https://h/?t=x", "lang": "en", "fast_mode": false,
        "max_pages": 3, "page_prefix": "a b", "page_suffix": "", "languages": ["en", "de"], "preset": null}}"#;
    let table = get(
        &Server::start(200, &history("parse", config)),
        &["--params"],
    )
    .stdout;
    let lines: Vec<_> = table
        .lines()
        .skip(4)
        .take_while(|line| !line.is_empty())
        .collect();
    assert_eq!(
        lines,
        [
            "    result           result-1",
            "    parameters hash  hash-1",
            "    fast_mode        false",
            "    lang             en",
            "    languages        en, de",
            "    max_pages        3",
            "    new              1",
            "    page_prefix      a b",
            "    page_suffix      \"\"",
            "    webhook_url      https://h/?***",
        ]
    );
}

#[test]
fn a_configuration_that_does_not_fit_its_type_says_where() {
    let server = Server::start(
        200,
        &history("parse", r#"{"parameters": {"max_pages": "CANARY"}}"#),
    );
    let table = get(&server, &[]).stdout;
    assert!(
        table.contains("    note: the configuration does not decode at parameters.max_pages"),
        "{table}"
    );
    assert!(!table.contains("CANARY"));
}

#[test]
fn lines_have_the_fields_that_are_named_in_their_order() {
    let config =
        r#"{"parameters": {"tier": "agentic", "max_pages": 10.0, "azure_openai_key": "CANARY"}}"#;
    let server = Server::start(200, &history("parse", config));
    let names = "parameters_max_pages,item_id,output_key,parameters_lang,job_config";
    let run = get(&server, &["-o", "ndjson", "--fields", names]);
    let expected = r#"{"parameters_max_pages":10.0,"item_id":"item-1","output_key":"key","parameters_lang":null,"job_config":{"parameters": {"tier": "agentic", "max_pages": 10.0, "azure_openai_key": "***"}}}"#;
    let plain = |text: &str| text.replace("\": ", "\":").replace(", ", ",");
    assert_eq!(
        plain(run.stdout.trim_end()),
        plain(expected),
        "{}",
        run.stderr
    );
}
