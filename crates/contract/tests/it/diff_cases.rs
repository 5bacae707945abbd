//! The cases of `tests/diff/cases.md`: one edit of one small document each, and what it is classed as.

use super::check_any_api;
use processing_results_contract::Document;
use processing_results_contract::diff::{self, Api, Change, Wire};
use serde_json::Value;

const BASE: &str = include_str!("../diff/base.yaml");
const CASES: &str = include_str!("../diff/cases.md");

/// A row of the table.
struct Case<'c> {
    name: &'c str,
    /// Edits that make the old contract out of the base, and the new one out of the old.
    edits: [&'c str; 2],
    verdict: [&'c str; 3],
    /// What oasdiff says by default, `-` for nothing.
    oasdiff: &'c str,
    reason: &'c str,
}

fn cases() -> impl Iterator<Item = Case<'static>> {
    let rows = CASES
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| case"));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [
            name,
            first,
            then,
            requests,
            responses,
            rust,
            oasdiff,
            reason,
        ] = cells[..]
        else {
            panic!("a case has eight cells: {row}");
        };
        let edits = [first, then].map(|cell| cell.trim_matches('`'));
        Case {
            name,
            edits,
            verdict: [requests, responses, rust],
            oasdiff,
            reason,
        }
    })
}

/// The key that a name stands for: `get` and `path` for the call, `@q` for a parameter, `Item.note` for a property.
fn path(text: &str, root: &Value) -> Vec<String> {
    let call = ["paths", "/items/{id}", "get"];
    text.trim()
        .split('/')
        .enumerate()
        .fold(Vec::new(), |mut path, (index, word)| {
            let own = |words: &[&str]| {
                words
                    .iter()
                    .map(|word| (*word).to_owned())
                    .collect::<Vec<_>>()
            };
            match (index, word.chars().next()) {
                (0, _) if word == "get" => path.extend(own(&call)),
                (0, _) if word == "post" => path.extend(own(&["paths", "/items", "post"])),
                (0, _) if word == "path" => path.extend(own(&call[..2])),
                (0, Some('@')) => {
                    let list = root["paths"]["/items/{id}"]["get"]["parameters"]
                        .as_array()
                        .expect("a list");
                    let index = list
                        .iter()
                        .position(|parameter| parameter["name"] == word[1..]);
                    path.extend(own(&call));
                    path.extend(["parameters".to_owned(), index.expect(word).to_string()]);
                }
                (0, Some('A'..='Z')) => {
                    let (component, property) = word.split_once('.').unwrap_or((word, ""));
                    path.extend(own(&["components", "schemas", component]));
                    path.extend(
                        (!property.is_empty())
                            .then(|| own(&["properties", property]))
                            .into_iter()
                            .flatten(),
                    );
                }
                // A path has slashes of its own.
                _ => path.push(word.replace('~', "/")),
            }
            path
        })
}

fn child<'v>(node: &'v mut Value, key: &str) -> &'v mut Value {
    match node {
        Value::Array(items) => &mut items[key.parse::<usize>().expect(key)],
        other => &mut other[key],
    }
}

fn value(text: &str) -> Value {
    let document = Document::parse("value", &format!("value: {}", text.trim())).expect(text);
    document.to_json()["value"].take()
}

/// `PATH = VALUE`, `PATH += ITEM`, `PATH -= ITEM`, `PATH -> KEY`, `-PATH`; several with ` ; ` between them.
fn edited(mut root: Value, edits: &str) -> Value {
    for edit in edits
        .split(" ; ")
        .map(str::trim)
        .filter(|edit| !edit.is_empty() && *edit != "-")
    {
        let sign = [" += ", " -= ", " -> ", " = "]
            .into_iter()
            .find(|sign| edit.contains(sign));
        let (left, right) = match sign {
            Some(sign) => edit.split_once(sign).expect("it is there"),
            None => (edit.strip_prefix('-').expect(edit), ""),
        };
        let path = path(left, &root);
        let (last, above) = path.split_last().expect(edit);
        let parent = above.iter().fold(&mut root, |node, key| child(node, key));
        match sign {
            Some(" = ") => match parent {
                Value::Null => *parent = serde_json::json!({last.as_str(): value(right)}),
                parent => *child(parent, last) = value(right),
            },
            Some(" += ") => child(parent, last)
                .as_array_mut()
                .expect(edit)
                .push(value(right)),
            Some(" -= ") => child(parent, last)
                .as_array_mut()
                .expect(edit)
                .retain(|item| *item != value(right)),
            Some(_) => {
                let map = parent.as_object_mut().expect(edit);
                let renamed = |key: String| if key == *last { right.to_owned() } else { key };
                *map = std::mem::take(map)
                    .into_iter()
                    .map(|(key, value)| (renamed(key), value))
                    .collect();
            }
            None => match parent {
                Value::Array(items) => drop(items.remove(last.parse().expect(edit))),
                parent => drop(
                    parent
                        .as_object_mut()
                        .expect(edit)
                        .shift_remove(last)
                        .expect(edit),
                ),
            },
        }
    }
    root
}

fn verdict(changes: &[Change]) -> [String; 3] {
    let worst =
        |wire: fn(&Change) -> Wire| changes.iter().map(wire).max().map(|wire| wire.to_string());
    let api = changes
        .iter()
        .map(|change| change.api)
        .max()
        .map(|api: Api| api.to_string());
    let nothing = || "-".to_owned();
    [
        worst(|change| change.request),
        worst(|change| change.response),
        api,
    ]
    .map(|word| word.unwrap_or_else(nothing))
}

#[test]
fn each_edit_is_classed_as_the_table_says() {
    // The table also has unions without a property that decides, for which the bindings have no type.
    let mut findings = check_any_api("base.yaml", BASE);
    findings.retain(|finding| finding.rule != "component-shape");
    assert_eq!(findings, []);
    let base = Document::parse("base.yaml", BASE)
        .expect("readable")
        .to_json();
    let (mut wrong, mut count) = (Vec::new(), 0);
    for case in cases() {
        let old = edited(base.clone(), case.edits[0]);
        let new = edited(old.clone(), case.edits[1]);
        let documents =
            [&old, &new].map(|json| Document::parse("case", &json.to_string()).expect(case.name));
        let changes = diff::compare(&documents[0], &documents[1]);
        let found = verdict(&changes);
        let unclassified = changes
            .iter()
            .any(|change| change.reason.contains("not classified"));
        let accepted = documents[1].check().is_empty();
        let lines: String = changes
            .iter()
            .map(|change| format!("    {change}\n"))
            .collect();
        if found != case.verdict || (accepted && unclassified) {
            let row = found.join(" | ");
            wrong.push(format!(
                "{}: {row}, accepted: {accepted}\n{lines}",
                case.name
            ));
        }
        count += 1;
    }
    assert!(
        wrong.is_empty(),
        "{} of {count}:\n{}",
        wrong.len(),
        wrong.concat()
    );
}

#[test]
fn where_oasdiff_says_otherwise_there_is_a_reason() {
    for Case {
        name,
        verdict,
        oasdiff,
        reason,
        ..
    } in cases()
    {
        let breaks = verdict[..2].contains(&"breaking");
        let its = matches!(oasdiff, "error" | "warning");
        assert!(
            breaks == its || !reason.is_empty(),
            "{name} needs a reason: {verdict:?}, oasdiff {oasdiff}"
        );
    }
}
