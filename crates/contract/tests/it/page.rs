//! The documentation page, made from the contract in the page's grammar, with prose of nobody's.

use super::contract;
use processing_results_contract::Document;
use processing_results_contract::upstream::{Source, Texts, compare, inventory, write};
use serde_json::Value;

/// Structures that have a name on the page.
const NAMED: [&str; 6] = [
    "ParsingLanguages",
    "ParsingMode",
    "FailPageMode",
    "StatusEnum",
    "ClassifierRule",
    "ClassifyParsingConfiguration",
];

/// More members than this are listed as three and a count.
const LISTED: usize = 4;

struct Page<'c> {
    schemas: &'c Value,
    lines: Vec<String>,
}

impl Page<'_> {
    fn of(contract: &str) -> String {
        let contract = Document::parse("", contract)
            .expect("the contract")
            .to_json();
        let (path, methods) = contract["paths"]
            .as_object()
            .expect("paths")
            .iter()
            .next()
            .expect("a path");
        let mut page = Page {
            schemas: &contract["components"]["schemas"],
            lines: Vec::new(),
        };
        page.lines.extend([
            "## A call".into(),
            String::new(),
            format!("**get** `{path}`"),
            String::new(),
            "Some prose.".into(),
        ]);
        for (title, place) in [("Path", "path"), ("Query", "query"), ("Cookie", "cookie")] {
            page.heading(&format!("{title} Parameters"));
            let parameters = methods["get"]["parameters"].as_array().expect("parameters");
            for parameter in parameters
                .iter()
                .filter(|parameter| parameter["in"] == place)
            {
                let name = parameter["name"].as_str().expect("a name");
                page.field(0, name, parameter["required"] == true, &parameter["schema"]);
            }
        }
        page.heading("Returns");
        page.below(
            0,
            &contract["components"]["schemas"]["ItemProcessingResults"],
        );
        page.heading("Example");
        page.lines.push("- `this is: no bullet that counts`".into());
        page.lines.join("\n") + "\n"
    }

    fn heading(&mut self, title: &str) {
        self.lines
            .extend([String::new(), format!("### {title}"), String::new()]);
    }

    fn resolve<'s>(&'s self, schema: &'s Value) -> (Option<&'s str>, &'s Value) {
        let reference = schema["$ref"]
            .as_str()
            .or(schema["allOf"][0]["$ref"].as_str());
        match reference.and_then(|text| text.strip_prefix("#/components/schemas/")) {
            Some(name) => (Some(name), &self.schemas[name]),
            None => (None, schema),
        }
    }

    fn field(&mut self, depth: usize, name: &str, required: bool, schema: &Value) {
        let optional = if required { "" } else { "optional " };
        self.bullet(depth, &format!("{name}: {optional}{}", self.kind(schema)));
        let schema = schema.clone();
        self.below(depth + 1, &schema);
    }

    fn bullet(&mut self, depth: usize, text: &str) {
        let indent = "  ".repeat(depth);
        self.lines.extend([
            format!("{indent}- `{text}`"),
            String::new(),
            format!("{indent}  What it is."),
            String::new(),
        ]);
    }

    fn kind(&self, schema: &Value) -> String {
        let (name, schema) = self.resolve(schema);
        if let Some(name) = name.filter(|name| NAMED.contains(name)) {
            return name.to_owned();
        }
        if schema["oneOf"].is_array() {
            return format!(
                "{}  or ClassifyJob",
                self.members(&self.schemas["BatchParseJobRecordCreate"])
            );
        }
        match schema["type"].as_str() {
            Some("array") => format!("array of {}", self.kind(&schema["items"])),
            Some("object") if schema["properties"].is_object() => self.members(schema),
            Some("object") => format!("map[{}]", self.kind(&schema["additionalProperties"])),
            Some("string") if schema["enum"].is_array() => {
                let values = schema["enum"].as_array().expect("values");
                shortened(values.iter().map(ToString::to_string).collect(), " or ")
            }
            Some("integer") => "number".into(),
            Some(kind) => kind.into(),
            None => "unknown".into(),
        }
    }

    fn members(&self, schema: &Value) -> String {
        let names = schema["properties"]
            .as_object()
            .expect("fields")
            .keys()
            .cloned()
            .collect();
        format!("object {{ {} }}", shortened(names, ", "))
    }

    /// What is described below a bullet.
    fn below(&mut self, depth: usize, schema: &Value) {
        let (_, schema) = self.resolve(schema);
        let schema = schema.clone();
        if schema["oneOf"].is_array() {
            for name in ["BatchParseJobRecordCreate", "ClassifyJob"] {
                let arm = self.schemas[name].clone();
                self.bullet(depth, &format!("{name} = {}", self.members(&arm)));
                self.below(depth + 1, &arm);
            }
        }
        for value in schema["enum"].as_array().into_iter().flatten() {
            self.bullet(depth, &value.to_string());
        }
        if schema["items"].is_object() {
            self.below(depth, &schema["items"]);
        }
        let required = |name: &str| {
            schema["required"]
                .as_array()
                .is_some_and(|names| names.iter().any(|other| other == name))
        };
        for (name, field) in schema["properties"].as_object().into_iter().flatten() {
            self.field(depth, name, required(name), field);
        }
    }
}

fn shortened(members: Vec<String>, separator: &str) -> String {
    match members.len() {
        0..=LISTED => members.join(separator),
        count => format!(
            "{}{separator}{} more",
            members[..3].join(separator),
            count - 3
        ),
    }
}

/// What no page has.
const LEDGER: &str = "\
| where | source | vendor | contract | since | evidence |
|---|---|---|---|---|---|
| `response 422` | page | `-` | `response` | 2026-08-20 | the vendor's document |
";

fn compared(contract: &str, page: &str) -> Vec<String> {
    let texts = Texts {
        contract,
        vendor: page,
        ledger: LEDGER,
    };
    let report = compare(Source::Page, texts).expect("comparable");
    report
        .differences
        .iter()
        .map(|found| format!("{}: {}", found.place, found.what()))
        .collect()
}

#[test]
fn a_page_that_says_the_same_is_in_sync() {
    let contract = contract();
    assert_eq!(compared(&contract, &Page::of(&contract)), [""; 0]);
}

#[test]
fn what_the_page_has_more_and_less_is_reported_and_followed() {
    let contract = contract();
    let edited = contract
        .replace(
            "        annotate_links:\n          type: boolean",
            "        annotate_links:\n          type: string",
        )
        .replace(
            "        - screenshot\n",
            "        - screenshot\n        - thumbnail\n",
        )
        .replace(
            "        tier:\n          type: string",
            "        tier2:\n          type: integer",
        );
    let page = Page::of(&edited);
    let expected = [
        "BatchParseJobConfig.annotate_links: type changed: `string` at the vendor, `boolean` here",
        "BatchParseJobConfig.tier: field removed: optional string",
        "BatchParseJobConfig.tier2: new field: optional number",
        "ImageKind \"thumbnail\": new value",
    ];
    assert_eq!(compared(&contract, &page), expected);
    let texts = Texts {
        contract: &contract,
        vendor: &page,
        ledger: LEDGER,
    };
    let written = write(Source::Page, texts, "2026-09-01").expect("writable");
    assert_eq!(compared(&written.contract, &page), [""; 0]);
    // The document still says what the contract said.
    for row in [
        "| `BatchParseJobConfig.annotate_links` | document | `boolean` | `string` | 2026-09-01 | the vendor's page |",
        "| `BatchParseJobConfig.tier` | document | `optional string` | `-` | 2026-09-01 | the vendor's page |",
        "| `ImageKind \"thumbnail\"` | document | `-` | `value` | 2026-09-01 | the vendor's page |",
    ] {
        assert!(written.ledger.contains(row), "{row}\n{}", written.ledger);
    }
}

#[test]
fn a_line_that_is_not_understood_is_an_error_with_its_number() {
    let contract = contract();
    let page = Page::of(&contract);
    let cases = [
        (
            "- `item_name: string`",
            "- `item_name string`",
            "neither a field",
        ),
        (
            "- `item_name: string`",
            "- item_name: string",
            "neither a bullet",
        ),
        (
            "- `item_name: string`",
            "- `item_name: string",
            "neither a bullet",
        ),
        (
            "- `item_name: string`",
            "* `item_name: string`",
            "neither a bullet",
        ),
        (
            "- `item_name: string`",
            "   - `item_name: string`",
            "indented by 3",
        ),
        (
            "- `item_name: string`",
            "- `item_name: text or`",
            "neither a field",
        ),
        (
            "- `item_name: string`",
            "- `item_name: Thing`",
            "`Thing` is described nowhere",
        ),
        (
            "- `session: optional string`",
            "- `\"session\"`",
            "a field is expected",
        ),
        (
            "5 more }`",
            "4 more }`",
            "lists 7 members, and 8 are below it",
        ),
        ("6 more }  or", "5 more }  or", "is not what line"),
        (
            "{ id, project_id, rules,",
            "{ id, rules, project_id,",
            "lists `rules` where `project_id`",
        ),
        (
            "- `\"screenshot\"`",
            "- `\"shot\"`",
            "lists `screenshot` where `shot`",
        ),
        ("### Returns", "### Result", "a section `Result`"),
        ("**get**", "**", "no line says method and path"),
    ];
    for (from, to, expected) in cases {
        assert!(page.contains(from), "{from}");
        let broken = page.replacen(from, to, 1);
        let line = broken
            .lines()
            .zip(page.lines())
            .position(|(one, other)| one != other)
            .expect("an edit")
            + 1;
        let texts = Texts {
            contract: &contract,
            vendor: &broken,
            ledger: "",
        };
        let error = compare(Source::Page, texts).expect_err(to);
        assert!(error.contains(expected), "{to}: {error}");
        let named: usize = error
            .split([' ', ':'])
            .nth(1)
            .and_then(|word| word.parse().ok())
            .expect("a line");
        // A list that does not agree is named where it is written, which may be above.
        let near =
            expected.starts_with("lists") || expected.starts_with("is not what") || to == "**";
        assert!(named == line || near, "{to}: {error}, edited at {line}");
    }
}

#[test]
fn a_bullet_that_is_lost_or_doubled_is_noticed() {
    let contract = contract();
    let page = Page::of(&contract);
    let lines: Vec<&str> = page.lines().collect();
    let first = lines
        .iter()
        .position(|line| line.contains("`parameters: "))
        .expect("the parameters");
    for (index, line) in lines
        .iter()
        .enumerate()
        .skip(first + 1)
        .take_while(|(_, line)| !line.starts_with("###"))
        .filter(|(_, line)| line.trim_start().starts_with("- `"))
        .step_by(9)
    {
        for doubled in [false, true] {
            let mut edited = lines.clone();
            match doubled {
                true => edited.insert(index, line),
                false => drop(edited.remove(index)),
            }
            let edited = edited.join("\n");
            let texts = Texts {
                contract: &contract,
                vendor: &edited,
                ledger: "",
            };
            let found = compare(Source::Page, texts).map(|report| report.differences.len());
            assert!(!matches!(found, Ok(0)), "line {}: {line}", index + 1);
        }
    }
}

#[test]
fn the_inventory_is_the_page_in_rows() {
    let contract = contract();
    let page = Page::of(&contract);
    let rows = inventory(
        Source::Page,
        Texts {
            contract: &contract,
            vendor: &page,
            ledger: "",
        },
    )
    .expect("readable");
    let ours = inventory(
        Source::Page,
        Texts {
            contract: &contract,
            vendor: &contract,
            ledger: "",
        },
    );
    assert!(ours.is_err(), "the contract is no page");
    assert!(rows.contains("query\tjob_type\toptional\tvalues\tparse|extract|classify\n"));
    assert!(rows.contains(
        "response 200\tprocessing_results[].job_config<2>.rules[].description\trequired\tstring\t\n"
    ));
}
