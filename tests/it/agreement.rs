//! Both sources, the contract and the generated types agree; what differs is in the ledger of `openapi/README.md`.
//!
//! The rows of both sources were written by `cargo spec`, from files that are not part of this project. Everything else
//! here is read without its code.

use std::collections::{BTreeMap, BTreeSet};

use processing_results::spec;
use serde_json::{Map, Value, json};

use crate::properties::{complete_contract, contract, resolve};
use crate::surface;

/// What the documentation page says: `cargo spec page --inventory PAGE.md`.
const PAGE: &str = include_str!("../inventory/page.tsv");

/// What the vendor's OpenAPI document says: `cargo spec upstream --inventory DOCUMENT.json`.
const DOCUMENT: &str = include_str!("../inventory/document.tsv");

const LEDGER: &str = include_str!("../../openapi/README.md");

/// One parameter or field.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    /// Where the ledger has it: `Component.field`, or `query name`. Of a source, unknown.
    place: String,
    kind: String,
    required: bool,
    values: Vec<String>,
    /// The component of the values.
    component: String,
}

type Rows = BTreeMap<String, Row>;

fn inventory(text: &str) -> Rows {
    let row = |line: &str| {
        let [place, path, required, kind, values] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("five cells: {line}")
        };
        let values = values.split('|').filter(|value| !value.is_empty());
        let row = Row {
            place: String::new(),
            kind: kind.to_owned(),
            required: required == "required",
            values: values.map(str::to_owned).collect(),
            component: String::new(),
        };
        (format!("{place} {path}"), row)
    };
    text.lines().map(row).collect()
}

/// `place`, what the source says, what the contract says.
type Difference = (String, String, String);

/// The differences of a source that the ledger lists.
fn ledger(source: &str) -> BTreeSet<Difference> {
    // Six cells, between what is before the first mark and behind the last.
    let plain = |cell: &str| cell.trim().trim_matches('`').to_owned();
    let rows = LEDGER.lines().filter_map(|line| {
        let cells: Vec<String> = line.split('|').map(plain).collect();
        (cells.len() == 8 && cells[2] == source)
            .then(|| (cells[1].clone(), cells[3].clone(), cells[4].clone()))
    });
    rows.collect()
}

/// The type of a schema, in the words of the inventory. The page does not have integers and formats.
fn kind(contract: &Value, schema: &Value, is_page: bool) -> String {
    let resolved = resolve(contract, schema).1;
    let of = |inner: &Value| kind(contract, inner, is_page);
    match resolved["type"].as_str() {
        _ if resolved["oneOf"].is_array() => "object or object".to_owned(),
        None => "any".to_owned(),
        Some("string") if resolved["enum"].is_array() => "values".to_owned(),
        Some("array") => format!("array of {}", of(&resolved["items"])),
        Some("object") if resolved["properties"].is_object() => "object".to_owned(),
        Some("object") => format!("map of {}", of(&resolved["additionalProperties"])),
        Some("integer") if is_page => "number".to_owned(),
        Some(kind) => match resolved["format"].as_str() {
            Some(format) if !is_page => format!("{kind} {format}"),
            _ => kind.to_owned(),
        },
    }
}

struct Transcription<'c> {
    contract: &'c Value,
    is_page: bool,
    rows: Rows,
}

impl Transcription<'_> {
    fn of(contract: &Value, is_page: bool) -> Rows {
        let rows = Rows::new();
        let mut transcription = Transcription {
            contract,
            is_page,
            rows,
        };
        let path = contract["paths"]
            .as_object()
            .unwrap()
            .values()
            .next()
            .unwrap();
        for parameter in path["get"]["parameters"].as_array().unwrap() {
            let [place, name] = ["in", "name"].map(|key| parameter[key].as_str().unwrap());
            let path = format!("{place} {name}");
            transcription.add(
                path.clone(),
                path,
                &parameter["schema"],
                parameter["required"] == true,
            );
        }
        if !is_page {
            transcription.service();
        }
        for (status, response) in path["get"]["responses"].as_object().unwrap() {
            let schema = &response["content"]["application/json"]["schema"];
            let name = resolve(contract, schema).0.unwrap();
            transcription.descend(&format!("response {status} "), name);
        }
        transcription.rows
    }

    /// Servers and credentials. The page does not have them.
    fn service(&mut self) {
        let servers = self.contract["servers"].as_array().unwrap().iter();
        let servers = servers.map(|server| ("server", server["url"].as_str().unwrap().to_owned()));
        let ways = self.contract["security"].as_array().unwrap().iter();
        let ways = ways.map(|way| {
            let name = way.as_object().unwrap().keys().next().unwrap();
            let scheme = &self.contract["components"]["securitySchemes"][name];
            let words = ["type", "in", "name", "scheme"].map(|key| scheme[key].as_str());
            let words: Vec<&str> = words.into_iter().flatten().collect();
            ("security", words.join(" "))
        });
        for (word, name) in servers.chain(ways) {
            let place = format!("{word} {name}");
            let row = Row {
                place: place.clone(),
                kind: word.to_owned(),
                required: false,
                values: Vec::new(),
                component: String::new(),
            };
            self.rows.insert(place, row);
        }
    }

    fn add(&mut self, path: String, place: String, schema: &Value, required: bool) {
        let (name, resolved) = resolve(self.contract, schema);
        let (item_name, items) = resolve(self.contract, &resolved["items"]);
        let (component, values) = match items["enum"].as_array() {
            Some(values) => (item_name, Some(values)),
            None => (name, resolved["enum"].as_array()),
        };
        let values = values
            .into_iter()
            .flatten()
            .map(|value| value.as_str().unwrap().to_owned());
        let row = Row {
            place,
            kind: kind(self.contract, schema, self.is_page),
            required,
            values: values.collect(),
            component: component.unwrap_or_default().to_owned(),
        };
        self.rows.insert(path.clone(), row);
        if let Some(arms) = resolved["oneOf"].as_array() {
            for (index, arm) in arms.iter().enumerate() {
                let name = resolve(self.contract, arm).0.unwrap();
                self.descend(&format!("{path}<{}>.", index + 1), name);
            }
        } else if let Some(name) = item_name {
            self.descend(&format!("{path}[]."), name);
        } else if let Some(name) = name {
            self.descend(&format!("{path}."), name);
        }
    }

    fn descend(&mut self, prefix: &str, name: &str) {
        let schema = &self.contract["components"]["schemas"][name];
        for (field, property) in schema["properties"].as_object().unwrap_or(&Map::new()) {
            let required = schema["required"].as_array();
            let required = required.is_some_and(|names| names.contains(&json!(field)));
            self.add(
                format!("{prefix}{field}"),
                format!("{name}.{field}"),
                property,
                required,
            );
        }
    }
}

fn requiredness(row: &Row) -> &'static str {
    if row.required { "required" } else { "optional" }
}

/// The row of something that only one side has.
fn said(row: &Row) -> String {
    match row.kind.as_str() {
        "server" | "security" => row.kind.clone(),
        kind => format!("{} {kind}", requiredness(row)),
    }
}

/// Everything in which a source and the contract differ, as rows of the ledger.
fn differences(source: &Rows, contract: &Rows) -> BTreeSet<Difference> {
    let mut found = BTreeSet::new();
    for path in source.keys().chain(contract.keys()) {
        let (theirs, ours) = match (source.get(path), contract.get(path)) {
            (Some(theirs), Some(ours)) => (theirs, ours),
            // An error that only one side has is one row of the ledger.
            (theirs, _) if path.starts_with("response 4") => {
                let status = path.split(' ').nth(1).unwrap();
                let [theirs, ours] = match theirs {
                    Some(_) => ["response", "-"],
                    None => ["-", "response"],
                };
                found.insert((
                    format!("response {status}"),
                    theirs.to_owned(),
                    ours.to_owned(),
                ));
                continue;
            }
            (Some(theirs), None) => {
                let theirs = said(theirs);
                found.insert((path.clone(), theirs, "-".to_owned()));
                continue;
            }
            (None, ours) => {
                let ours = ours.unwrap();
                let says = said(ours);
                found.insert((ours.place.clone(), "-".to_owned(), says));
                continue;
            }
        };
        if theirs.required != ours.required {
            let [theirs, says] = [theirs, ours].map(|row| requiredness(row).to_owned());
            found.insert((ours.place.clone(), theirs, says));
        }
        if theirs.kind != ours.kind {
            found.insert(inner(&ours.place, &theirs.kind, &ours.kind));
        }
        let value = |value: &str| format!("{} \"{value}\"", ours.component);
        for gone in ours
            .values
            .iter()
            .filter(|value| !theirs.values.contains(value))
        {
            found.insert((value(gone), "-".to_owned(), "value".to_owned()));
        }
        for new in theirs
            .values
            .iter()
            .filter(|value| !ours.values.contains(value))
        {
            found.insert((value(new), "value".to_owned(), "-".to_owned()));
        }
    }
    found
}

/// What differs within lists and maps is in the ledger as such.
fn inner(place: &str, theirs: &str, ours: &str) -> Difference {
    for (start, mark) in [("array of ", "[]"), ("map of ", ".*")] {
        if let (Some(theirs), Some(ours)) = (theirs.strip_prefix(start), ours.strip_prefix(start)) {
            return inner(&format!("{place}{mark}"), theirs, ours);
        }
    }
    (place.to_owned(), theirs.to_owned(), ours.to_owned())
}

/// The differences that the ledger does not list, and the rows of the ledger that explain none.
fn unexplained(name: &str, text: &str) -> (Vec<Difference>, Vec<Difference>) {
    let (source, contract) = (
        inventory(text),
        Transcription::of(&complete_contract(), name == "page"),
    );
    println!(
        "{} servers, credentials, parameters and fields in the {name}, {} in the contract",
        source.len(),
        contract.len()
    );
    let (ledger, found) = (ledger(name), differences(&source, &contract));
    let anywhere = |(_, theirs, ours): &Difference| ("*".to_owned(), theirs.clone(), ours.clone());
    let explained = |difference: &&Difference| {
        ledger.contains(*difference) || ledger.contains(&anywhere(difference))
    };
    let explains = |row: &&Difference| {
        found.contains(*row) || found.iter().any(|found| anywhere(found) == **row)
    };
    (
        found
            .iter()
            .filter(|difference| !explained(difference))
            .cloned()
            .collect(),
        ledger
            .iter()
            .filter(|row| !explains(row))
            .cloned()
            .collect(),
    )
}

#[test]
fn the_contract_says_what_both_sources_say_but_for_the_ledger() {
    for (name, text) in [("page", PAGE), ("document", DOCUMENT)] {
        let (differences, stale) = unexplained(name, text);
        assert_eq!(
            differences,
            [],
            "{name}: add a row to the ledger in openapi/README.md, or correct the contract"
        );
        assert_eq!(
            stale,
            [],
            "{name}: rows of the ledger in openapi/README.md that explain nothing"
        );
    }
}

#[test]
fn an_inventory_that_says_something_else_is_noticed() {
    let edits = [
        ("\tstring\t", "\tboolean\t"),
        ("\trequired\t", "\toptional\t"),
        ("|extract|", "|"),
        ("response 200\titem_name", "response 200\titem_nam"),
    ];
    for (from, to) in edits {
        for (name, text) in [("page", PAGE), ("document", DOCUMENT)] {
            assert_ne!(
                unexplained(name, &text.replacen(from, to, 1)),
                (vec![], vec![]),
                "{name}: {to}"
            );
        }
    }
}

#[test]
fn the_contract_keeps_the_page_s_order() {
    let lines: Vec<_> = spec::YAML.lines().collect();
    let component = lines
        .iter()
        .position(|line| *line == "    BatchParseJobConfig:")
        .unwrap();
    let mut rest = lines[component..].iter().copied();
    let parameters = PAGE.lines().filter_map(|line| {
        let path = line.split('\t').nth(1)?;
        let name = path.strip_prefix("processing_results[].job_config<1>.parameters.")?;
        (!name.contains(['.', '['])).then_some(name)
    });
    let mut count = 0;
    for name in parameters {
        let key = format!("        {name}:");
        assert!(
            rest.any(|line| line.starts_with(&key)),
            "{name} comes too early or not at all"
        );
        count += 1;
    }
    println!("{count} parameters");
    assert!(count > 100);
}

/// The Rust type that a schema has to have.
fn rust(contract: &Value, schema: &Value) -> String {
    let (name, resolved) = resolve(contract, schema);
    if let Some(name) = name {
        return name.to_owned();
    }
    match (resolved["type"].as_str(), resolved["format"].as_str()) {
        (Some("string"), Some("date-time")) => "Timestamp".to_owned(),
        (Some("string"), Some("password")) => "Secret".to_owned(),
        (Some("string"), Some("uri")) => "SensitiveUrl".to_owned(),
        (Some("string"), None) => "String".to_owned(),
        (Some("boolean"), _) => "bool".to_owned(),
        (Some("integer"), _) => "i64".to_owned(),
        (Some("number"), _) => "f64".to_owned(),
        (Some("array"), _) => format!("Vec<{}>", rust(contract, &resolved["items"])),
        (Some("object"), _) if resolved["additionalProperties"] == json!({}) => {
            "JsonObject".to_owned()
        }
        (Some("object"), _) => format!(
            "BTreeMap<String, {}>",
            rust(contract, &resolved["additionalProperties"])
        ),
        (None, None) => "Json".to_owned(),
        other => panic!("a schema that this test does not know: {other:?}"),
    }
}

#[test]
fn the_types_have_what_the_contract_has() {
    let contract = contract();
    let (structs, enums) = (surface::structs(), surface::enums());
    let (mut fields, mut values) = (0, 0);
    for (name, schema) in contract["components"]["schemas"].as_object().unwrap() {
        if let Some(properties) = schema["properties"].as_object() {
            let expected: BTreeMap<_, _> = properties
                .iter()
                .map(|(field, property)| {
                    let kind = rust(&contract, property);
                    let required = schema["required"]
                        .as_array()
                        .is_some_and(|names| names.contains(&json!(field)));
                    (
                        field.clone(),
                        if required {
                            kind
                        } else {
                            format!("Option<{kind}>")
                        },
                    )
                })
                .chain([("extra".to_owned(), "JsonObject".to_owned())])
                .collect();
            let found = structs
                .get(name)
                .unwrap_or_else(|| panic!("no struct {name}"));
            let found: BTreeMap<_, _> = found
                .iter()
                .map(|field| (field.wire.clone(), field.kind.clone()))
                .collect();
            assert_eq!(found, expected, "{name}");
            fields += properties.len();
        } else if let Some(expected) = schema["enum"].as_array() {
            let found: Vec<_> = enums[name].iter().map(|(_, wire)| json!(wire)).collect();
            assert_eq!(&found, expected, "{name}");
            values += expected.len();
        }
    }
    println!(
        "{} structs with {fields} fields, {} enums with {values} values",
        structs.len(),
        enums.len()
    );
    assert_eq!(
        structs.len() + enums.len() + 1,
        contract["components"]["schemas"].as_object().unwrap().len()
    );
}

#[test]
fn the_docs_have_every_description_of_the_contract_once() {
    fn descriptions(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                found.extend(
                    fields
                        .get("description")
                        .and_then(Value::as_str)
                        .map(str::to_owned),
                );
                fields.values().for_each(|value| descriptions(value, found));
            }
            Value::Array(items) => items.iter().for_each(|item| descriptions(item, found)),
            _ => {}
        }
    }
    let contract = contract();
    let mut found = Vec::new();
    let mut described = 0;
    for schema in contract["components"]["schemas"]
        .as_object()
        .unwrap()
        .values()
    {
        // The union has a type, and docs, of our own.
        if schema["oneOf"].is_null() {
            descriptions(schema, &mut found);
            let fields = schema["properties"].as_object();
            described += 1 + fields.map_or(0, serde_json::Map::len);
        }
    }
    let docs = surface::docs();
    for description in &found {
        let wanted = found.iter().filter(|other| *other == description).count();
        let times = docs
            .iter()
            .filter(|text| text.trim() == description.trim())
            .count();
        assert_eq!(times, wanted, "{description}");
    }
    println!("{} descriptions", found.len());
    // Each component and each field has one; elements of lists and maps may have another.
    assert!(found.len() >= described && described > 0);
}
