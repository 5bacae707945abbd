//! The recipe: the contract is read and checked, progenitor generates from it, and what the bindings need otherwise is
//! adapted by `processing-results-codegen`.
//!
//! Every failure is a `cargo::error` line that starts with the contract's file name, with line and column where they
//! are known.

use std::path::PathBuf;

use openapiv3::OpenAPI;
use processing_results_codegen::{CONTRACT, Contract, Report, catch_panic, take_cookie};
use processing_results_contract::Document;
use progenitor::Generator;

fn main() {
    println!("cargo::rerun-if-changed={CONTRACT}");
    if let Err(report) = run() {
        report.print();
    }
}

fn run() -> Result<(), Report> {
    // Read, and check: a mistake is named at its line, before anything is generated.
    let path = directory("CARGO_MANIFEST_DIR")?.join(CONTRACT);
    let text = std::fs::read_to_string(path)
        .map_err(|error| Report::of(format!("cannot be read: {error}")))?;
    let document = Document::parse(CONTRACT, &text)?;
    let findings = document.check();
    if !findings.is_empty() {
        return Err(findings.into());
    }
    let contract = Contract::new(&document)?;

    // Generate, as progenitor's documentation says.
    let mut api: OpenAPI = serde_json::from_value(contract.json().clone())
        .map_err(|error| Report::of(format!("is not an OpenAPI 3.0 document: {error}")))?;
    let cookie = take_cookie(&mut api)?;
    let mut generator = Generator::new(&contract.settings());
    let tokens = catch_panic(|| generator.generate_tokens(&api))?;

    // What is deprecated in the contract is deprecated in `src/`.
    println!("cargo::rustc-check-cfg=cfg(deprecated, values(any()))");
    for name in contract.deprecated() {
        println!("cargo::rustc-cfg=deprecated={name:?}");
    }

    // Adapt, and print.
    let mut bindings = syn::parse2(tokens)
        .map_err(|error| Report::of(format!("the generator's output is not Rust: {error}")))?;
    contract.adapt(&mut bindings)?;
    write("bindings.rs", &prettyplease::unparse(&bindings))?;
    let facts = contract.facts(&text, &cookie)?;
    write("spec.rs", &prettyplease::unparse(&facts))
}

fn directory(variable: &str) -> Result<PathBuf, Report> {
    std::env::var_os(variable)
        .map(PathBuf::from)
        .ok_or_else(|| Report::of(format!("{variable} is not set; build with cargo")))
}

fn write(name: &str, content: &str) -> Result<(), Report> {
    std::fs::write(directory("OUT_DIR")?.join(name), content)
        .map_err(|error| Report::of(format!("{name} cannot be written: {error}")))
}
