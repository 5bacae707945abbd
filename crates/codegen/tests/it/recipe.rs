//! The steps of `build.rs`, in this process.

use openapiv3::OpenAPI;
use processing_results_codegen::{Contract, Report, catch_panic, take_cookie};
use processing_results_contract::Document;
use progenitor::Generator;

/// What the build writes: the bindings, the facts, and the settings of the compiler as a build script.
pub(crate) fn generate(document: &Document, text: &str) -> Result<[String; 3], String> {
    let said = |report: Report| report.lines().join("\n");
    let contract = Contract::new(document).map_err(said)?;
    let mut api: OpenAPI =
        serde_json::from_value(contract.json().clone()).map_err(|error| error.to_string())?;
    let cookie = take_cookie(&mut api).map_err(said)?;
    let mut generator = Generator::new(&contract.settings());
    let tokens = catch_panic(|| generator.generate_tokens(&api)).map_err(said)?;
    let mut bindings = syn::parse2(tokens).map_err(|error| error.to_string())?;
    contract.adapt(&mut bindings).map_err(said)?;
    let facts = contract.facts(text, &cookie).map_err(said)?;
    let [bindings, facts] = [bindings, facts].map(|file| prettyplease::unparse(&file));
    let settings = contract.deprecated();
    let settings = settings
        .iter()
        .map(|name| format!("println!(\"cargo::rustc-cfg=deprecated={{:?}}\", {name:?});"));
    Ok([bindings, facts, settings.collect()])
}
