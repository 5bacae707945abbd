//! `report`: one page about many items.

use std::fs;

use serde_json::json;

use crate::collection::{Collection, HOSTILE, SECRETS, item, items, parse};
use crate::support::run;

/// The text of the cells of the row that begins with this text, tags left out.
fn row(page: &str, head: &str) -> Vec<String> {
    let rows = page.split("<tr>").skip(1);
    let mut found = rows.map(|row| cells(row.split("</tr>").next().unwrap()));
    found
        .find(|cells| cells[0] == head)
        .unwrap_or_else(|| panic!("no row {head}"))
}

fn cells(row: &str) -> Vec<String> {
    let cells = row.split("</th>").flat_map(|part| part.split("</td>"));
    let texts = cells.map(|cell| {
        cell.split('<')
            .map(|part| part.rsplit('>').next().unwrap())
            .collect::<String>()
    });
    texts
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
        .collect()
}

/// The numbers at the top.
fn figures(page: &str) -> Vec<String> {
    let list = page
        .split("<dl class=\"figures\">")
        .nth(1)
        .unwrap()
        .split("</dl>")
        .next()
        .unwrap();
    let numbers = list
        .split("<dd>")
        .skip(1)
        .map(|part| part.split(['<', ' ']).next().unwrap());
    numbers.map(str::to_owned).collect()
}

#[test]
fn the_numbers_of_a_report_are_those_of_the_items() {
    let collection = Collection::of("report", &items());
    let (run, page) = collection.report("ids.txt");
    assert_eq!(
        (run.code, run.stdout.as_str()),
        (Some(7), ""),
        "{}",
        run.stderr
    );
    let lines: Vec<_> = run.stderr.lines().collect();
    assert!(
        lines[0].starts_with("error: item forbidden: "),
        "{}",
        run.stderr
    );
    assert_eq!(
        lines[1..],
        [
            "note: 302 items with 438 results, of which 103 repeat an earlier one; 1 of 303 items failed: 1 forbidden"
        ]
    );
    assert_eq!(figures(&page), ["302", "438", "103", "1"]);
    assert_eq!(
        row(&page, "parse"),
        ["parse", "none", "404", "102", "25.2%"]
    );
    assert_eq!(
        row(&page, "classify"),
        ["classify", "none", "30", "0", "0%"]
    );
    assert_eq!(
        row(&page, "item-000 item-000.pdf"),
        [
            "item-000 item-000.pdf",
            "parse#h-1",
            "1",
            "2026-01-01 08:00:00Z2026-01-02 08:00:00Zwithin 1 day",
            "s3://bucket/firsts3://bucket/second"
        ]
    );
    // 240 items in English, 80 of them twice.
    assert_eq!(row(&page, "lang"), ["lang", "en", "320", "79.2%"]);
    assert_eq!(
        row(&page, "gpt4o_api_key"),
        ["gpt4o_api_key", "***", "400", "99.0%"]
    );
    assert_eq!(
        row(&page, "BatchParseJobConfig.brand_new"),
        [
            "BatchParseJobConfig.brand_new",
            "unknown field: string",
            "75",
            "100"
        ]
    );
    assert_eq!(
        row(&page, "JobType"),
        ["JobType", "unknown value", "2", "4"]
    );
    assert_eq!(row(&page, "not for this item"), ["not for this item", "1"]);
    // From 1999 on, a bar for each year.
    assert_eq!(row(&page, "1999"), ["1999", "1", "0", "0", "1"]);
    assert_eq!(row(&page, "2026"), ["2026", "403", "30", "4", "437"]);
}

#[test]
fn a_report_loads_nothing_runs_nothing_and_tells_no_secret() {
    let collection = Collection::of("report-safe", &items());
    let (_, page) = collection.report("ids.txt");
    for secret in SECRETS {
        assert!(!page.contains(secret), "{secret}");
    }
    let parts = [
        "<script",
        "<link",
        "<img",
        "href=",
        "src=",
        "@import",
        " style=",
        "javascript:",
    ];
    for part in parts {
        assert!(!page.contains(part), "{part}");
    }
    assert_eq!(page.matches("url(").count(), page.matches("url(#").count());
    let mut attributes = page
        .split(" on")
        .map(|rest| rest.split(char::is_whitespace).next());
    assert!(!attributes.any(|attribute| attribute.is_some_and(|it| it.contains("=\""))));
    assert!(page.contains("content=\"default-src 'none'; style-src 'sha256-"));
    assert!(!page.contains(HOSTILE) && page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    let active = |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
    assert!(!page.contains(active));
    assert!(page.len() < 400_000, "{} bytes", page.len());
    for part in [
        "<title>Report on 302 items",
        "<html lang=\"en\">",
        "role=\"img\" aria-labelledby=\"wide-title wide-desc\"",
    ] {
        assert!(page.contains(part), "{part}");
    }
}

#[test]
fn few_or_no_items_make_a_report_too() {
    let single = [parse("r-1", "2026-03-04T12:00:00Z", "h", json!({}))];
    let collection = Collection::of("report-few", &[item("one", &single), item("none", &[])]);
    let (run, page) = collection.report("ids.txt");
    assert_eq!(
        (run.code, run.stderr.as_str()),
        (
            Some(0),
            "note: 2 items with 1 result, of which 0 repeat an earlier one\n"
        )
    );
    assert_eq!(figures(&page), ["2", "1", "0"]);
    assert_eq!(row(&page, "2026-03-04"), ["2026-03-04", "1", "1"]);
    assert!(page.contains("Every field and value is in the document."));

    collection.directory.write("some.txt", "none\n");
    let (_, page) = collection.report("some.txt");
    assert!(page.contains("Nothing has been done to this item yet."));
    collection.directory.write("empty.txt", "\n\n");
    let (run, page) = collection.report("empty.txt");
    assert_eq!(run.code, Some(0));
    assert!(page.contains("There were no items to report on."));
    collection.directory.write("nobody.txt", "nobody\n");
    let (run, page) = collection.report("nobody.txt");
    assert_eq!(run.code, Some(4));
    assert!(page.contains("No item could be read.") && page.contains("no such item"));
}

#[test]
fn the_file_is_complete_or_as_it_was() {
    let collection = Collection::of("report-file", &[item("a", &[])]);
    let out = collection.path("report.html");
    fs::write(&out, "before").unwrap();
    collection.directory.write("bad.txt", "a\n");
    fs::write(collection.path("bad.txt"), b"a\n\xff\n").unwrap();
    let (run, page) = collection.report("bad.txt");
    assert_eq!(
        (run.code, page.as_str()),
        (Some(2), "before"),
        "{}",
        run.stderr
    );
    let (run, page) = collection.report("ids.txt");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>"));
    let left = fs::read_dir(collection.directory.path()).unwrap();
    let left = left.filter(|entry| {
        entry
            .as_ref()
            .unwrap()
            .file_name()
            .to_string_lossy()
            .contains(".part")
    });
    assert_eq!(left.count(), 0);
    let nowhere = collection.path("no/such/directory.html");
    let run = collection.run(&["report", "a", "--out", &nowhere]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.stderr
            .starts_with(&format!("error: {nowhere} cannot be written: No such file")),
        "{}",
        run.stderr
    );
}

#[test]
fn the_demo_is_reported_to_standard_output() {
    let run = run(&[
        "report",
        "invoice-0001",
        "drift-0001",
        "--demo",
        "--out",
        "-",
    ]);
    assert_eq!(run.code, Some(0));
    assert_eq!(
        run.stderr,
        "note: 2 items with 12 results, of which 0 repeat an earlier one\n"
    );
    assert_eq!(figures(&run.stdout), ["2", "12", "0"]);
}

#[cfg(unix)]
#[test]
fn a_link_stays_and_so_do_permissions() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let collection = Collection::of("report-link", &[item("a", &[])]);
    let (real, link) = (collection.path("real.html"), collection.path("report.html"));
    fs::write(&real, "before").unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    symlink(&real, &link).unwrap();
    let (run, _) = collection.report("ids.txt");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(
        fs::metadata(&real).unwrap().permissions().mode() & 0o777,
        0o640
    );
    assert!(
        fs::read_to_string(&real)
            .unwrap()
            .starts_with("<!DOCTYPE html>")
    );
}

#[test]
fn repeats_cost_what_the_caller_says_per_job_or_per_page() {
    let with_pages = |id: &str, pages: serde_json::Value| {
        let results = ["2026-01-01", "2026-01-02", "2026-01-03"].map(|day| {
            let mut result = parse(
                &format!("{id}-{day}"),
                &format!("{day}T00:00:00Z"),
                "h",
                json!({}),
            );
            result["output_metadata"] = pages.clone();
            result
        });
        item(id, &results)
    };
    let items = [
        with_pages("known", json!({"page_count": 12})),
        with_pages("unknown", json!({})),
    ];
    let collection = Collection::of("report-price", &items);
    let (ids, out) = (collection.path("ids.txt"), collection.path("priced.html"));
    let priced = |args: &[&str]| {
        let run = collection.run(&[&["report", "--items", &ids, "--out", &out], args].concat());
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let page = fs::read_to_string(&out).unwrap();
        let cost = row(&page, "parse")[4].clone();
        (
            cost,
            page.contains("2 duplicates of unknown page count not in the cost"),
        )
    };
    let cost = |text: &str, is_incomplete| (text.to_owned(), is_incomplete);
    assert_eq!(priced(&["--price", "parse=0.5"]), cost("2.00", false));
    assert_eq!(priced(&["--price", "parse=0.5/page"]), cost("12.00", true));
    let assumed = ["--price", "parse=0.5/page", "--pages", "3"];
    assert_eq!(priced(&assumed), cost("15.00", false));
    let run = run(&["report", "--demo", "--out", &out, "--pages", "3"]);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
}

#[test]
fn what_has_no_price_is_not_free() {
    let prices = ["--price", "parse:fast=1234.5", "--price", "prase=1"];
    let run = run(&[&["report", "--demo", "--out", "-"][..], &prices].concat());
    let page = &run.stdout;
    assert_eq!(row(page, "extract")[4], "–");
    let total = figures(page).pop().unwrap();
    assert!(total.contains(','), "{total}");
    assert!(page.contains("duplicates of kinds without a price not in the cost"));
    assert!(
        page.contains("No result is of <code>prase</code>"),
        "{page}"
    );
    let warning = "warning: no result is of prase, which --price names\n";
    assert!(run.stderr.starts_with(warning), "{}", run.stderr);
}

#[test]
fn a_result_without_a_time_is_counted_and_is_not_thousands_of_years_old() {
    let times = [
        "yesterday",
        "",
        "2026-01-02T00:00:00Z",
        "2026-01-03T00:00:00Z",
    ];
    let results = times.map(|time| parse(&format!("r-{time}"), time, "h", json!({})));
    let collection = Collection::of("report-undated", &[item("undated", &results)]);
    let (run, page) = collection.report("ids.txt");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(figures(&page)[..3], ["1", "4", "3"]);
    assert!(page.contains("results from 2026-01-02 to 2026-01-03, UTC"));
    assert!(page.contains("2 results without a time that can be read"));
    assert!(
        !page.contains("-9999") && !page.contains("within"),
        "{page}"
    );
    let table = collection.run(&["get", "undated"]).stdout;
    assert!(
        table.starts_with("undated.pdf (undated) · 4 results · 2026-01-02 to 2026-01-03"),
        "{table}"
    );
    assert!(table.contains("\nno time "), "{table}");
    for selected in [["--since", "2026-01-03"], ["--until", "2026-01-02"]] {
        let run = collection.run(&[&["get", "undated", "-o", "ndjson"], &selected[..]].concat());
        assert_eq!(
            run.stdout.lines().count(),
            1,
            "{selected:?}: {}",
            run.stdout
        );
    }
}

#[test]
fn outputs_that_are_not_listed_are_counted() {
    let results = (1..=9).map(|day| {
        parse(
            &format!("r-{day}"),
            &format!("2026-01-0{day}T00:00:00Z"),
            "h",
            json!({}),
        )
    });
    let results: Vec<_> = results.collect();
    let collection = Collection::of("report-outputs", &[item("often", &results)]);
    let (_, page) = collection.report("ids.txt");
    let listed = page.matches("<code class=\"output\">").count();
    assert!(
        page.contains(&format!("and {} more", results.len() - listed)),
        "{listed}"
    );
}
