//! The files that reviewers name.

use std::io::Read;
use std::path::Path;

use processing_results::spec;
use processing_results_contract::{Document, render};

use crate::exit::{Exit, Failure};
use crate::text;

/// Where the contract is in a checkout.
const USUAL: &str = "openapi/processing-results.yaml";

/// A file, read.
pub(super) struct Text {
    pub(super) name: String,
    pub(super) text: String,
}

/// The contract that was named, else the checkout's, else the bundled one.
pub(super) fn contract(named: Option<&Path>) -> Result<Text, Failure> {
    match named {
        Some(path) => read(path),
        None if Path::new(USUAL).is_file() => read(Path::new(USUAL)),
        None => Ok(Text {
            name: format!("{USUAL} (bundled)"),
            text: spec::YAML.to_owned(),
        }),
    }
}

/// A file as text.
pub(super) fn read(path: &Path) -> Result<Text, Failure> {
    let name = match path.to_str() {
        Some("-") => "standard input".to_owned(),
        _ => path.display().to_string(),
    };
    let mut text = String::new();
    let done = match path.to_str() {
        Some("-") => std::io::stdin().read_to_string(&mut text).map(drop),
        _ => std::fs::read_to_string(path).map(|read| text = read),
    };
    match done {
        Ok(()) => Ok(Text { name, text }),
        Err(error) => Err(Failure::new(
            Exit::Usage,
            format!("{name} cannot be read: {error}"),
        )),
    }
}

/// A contract as a tree. What keeps it from being one is told.
pub(super) fn document(contract: &Text) -> Result<Document, Failure> {
    Document::parse(&contract.name, &contract.text).map_err(|findings| {
        render::text(&findings).lines().for_each(text::say);
        Failure::new(Exit::Usage, format!("{} is no contract", contract.name))
    })
}
