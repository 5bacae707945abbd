//! What `check` accepts, the generator takes: random single edits of the contract, generated from in this process.
//!
//! A few are tried on each run, and as many as `ACCEPTED_EDITS` says on request. What was generated is parsed; that it
//! compiles is what the build of the bindings shows.

#![cfg(test)]

#[path = "../../contract/tests/it/vendor_states.rs"]
mod vendor_states;

use openapiv3::OpenAPI;
use processing_results_codegen::{Contract, catch_panic, take_cookie};
use processing_results_contract::Document;
use processing_results_contract::upstream::{Source, Texts, write};
use progenitor::Generator;

/// Enough to meet several kinds of edits, in some seconds.
const EDITS: usize = 8;

/// The same edits every time: a linear congruential generator with Knuth's constants.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }
}

/// Ways to change one line, as reviewers do: another type or format, another name, a line more, a line less.
fn edit(text: &str, chance: &mut Chance) -> String {
    const LINES: [&str; 14] = [
        "type: integer",
        "type: number",
        "type: boolean",
        "type: string",
        "format: uuid",
        "format: date-time",
        "format: int64",
        "format: double",
        "format: uri",
        "nullable: true",
        "deprecated: true",
        "- odd-value",
        "- \"1\"",
        "- self",
    ];
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let components = lines.iter().position(|line| line == "  schemas:").unwrap();
    let at = components + 1 + chance.below(lines.len() - components - 1);
    let line = lines[at].clone();
    let indent = " ".repeat(line.len() - line.trim_start().len());
    match chance.below(4) {
        0 => lines.insert(at, format!("{indent}{}", LINES[chance.below(LINES.len())])),
        1 => drop(lines.remove(at)),
        2 => lines[at] = format!("{indent}{}", LINES[chance.below(LINES.len())]),
        _ => lines[at] = line.replacen("_", "_new_", 1),
    }
    lines.join("\n") + "\n"
}

fn generate(document: &Document) -> Result<(), String> {
    let contract = Contract::new(document).map_err(|_| "names")?;
    let mut api: OpenAPI =
        serde_json::from_value(contract.json().clone()).map_err(|error| error.to_string())?;
    take_cookie(&mut api).map_err(|_| "cookie")?;
    let mut generator = Generator::new(&contract.settings());
    let tokens = catch_panic(|| generator.generate_tokens(&api)).map_err(|_| "generator")?;
    let mut file = syn::parse2(tokens).map_err(|error| error.to_string())?;
    contract.adapt(&mut file).map_err(|_| "adapt")?;
    Ok(())
}

#[test]
fn what_the_check_accepts_is_generated_from() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../openapi/processing-results.yaml"
    );
    let contract = std::fs::read_to_string(path).unwrap();
    let wanted = std::env::var("ACCEPTED_EDITS")
        .ok()
        .and_then(|text| text.parse().ok());
    let wanted = wanted.unwrap_or(EDITS);
    let mut chance = Chance(20_261_127);
    let (mut accepted, mut failed) = (0, Vec::new());
    while accepted < wanted {
        let text = edit(&contract, &mut chance);
        let Ok(document) = Document::parse("api.yaml", &text) else {
            continue;
        };
        if text == contract || !document.check().is_empty() {
            continue;
        }
        accepted += 1;
        if let Err(stage) = generate(&document) {
            let changed = text
                .lines()
                .zip(contract.lines())
                .position(|(new, old)| new != old);
            let line = changed.unwrap_or_default();
            failed.push(format!(
                "{stage} at line {}: {}",
                line + 1,
                text.lines().nth(line).unwrap_or_default()
            ));
        }
    }
    assert!(
        failed.is_empty(),
        "{} of {accepted}: {failed:#?}",
        failed.len()
    );
}

#[test]
fn what_follows_the_vendor_is_generated_from() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../openapi/processing-results.yaml"
    );
    let contract = std::fs::read_to_string(path).unwrap();
    let mut failed = Vec::new();
    for state in vendor_states::states(&vendor_states::base(&contract)) {
        let vendor = state.vendor.to_string();
        let texts = Texts {
            contract: &contract,
            vendor: &vendor,
            ledger: "",
        };
        let written = write(Source::Document, texts, "2026-11-27").unwrap();
        let document = Document::parse("api.yaml", &written.contract).unwrap();
        if let Err(stage) = generate(&document) {
            let (name, wire, left) = (state.name, state.wire, state.left);
            failed.push(format!("{stage}: {name} ({wire}, by hand: {left:?})"));
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}
