//! From the contract to the bindings: read, check, generate, write.
//!
//! Every failure is a `cargo::error` line that starts with the contract's
//! file name, and with line and column where they are known.

use std::path::{Path, PathBuf};

use processing_results_codegen::{self as codegen, CONTRACT, Report};

fn main() {
    println!("cargo::rerun-if-changed={CONTRACT}");
    if let Err(report) = run() {
        report.print();
    }
}

fn run() -> Result<(), Report> {
    let text = std::fs::read_to_string(folder("CARGO_MANIFEST_DIR")?.join(CONTRACT))
        .map_err(|error| Report::of(format!("cannot be read: {error}")))?;
    let document = processing_results_contract::Document::parse(CONTRACT, &text)?;
    let findings = document.check();
    if !findings.is_empty() {
        return Err(findings.into());
    }
    let bindings = codegen::bindings(&document)?;
    let facts = codegen::facts(&document, &text)?;

    let out = folder("OUT_DIR")?;
    write(&out.join("bindings.rs"), &bindings)?;
    write(&out.join("spec.rs"), &facts)
}

fn folder(variable: &str) -> Result<PathBuf, Report> {
    std::env::var_os(variable)
        .map(PathBuf::from)
        .ok_or_else(|| Report::of(format!("{variable} is not set; build with cargo")))
}

fn write(path: &Path, content: &str) -> Result<(), Report> {
    std::fs::write(path, content)
        .map_err(|error| Report::of(format!("generated code cannot be written: {error}")))
}
