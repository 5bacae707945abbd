//! The steps of the recipe, in its order.

use std::panic::{AssertUnwindSafe, catch_unwind};

use openapiv3::{OpenAPI, Parameter, ReferenceOr};
use processing_results_contract::Document;
use progenitor::GenerationSettings;
use serde_json::Value;

use crate::enums::OpenEnum;
use crate::jobs::Jobs;
use crate::report::Report;
use crate::{call, enums, facts, jobs, regions, settings, simplify, structs};

/// The contract, and the names for which code is generated.
///
/// Its methods are called in this order; what each takes comes from the one before. `build.rs` has the complete program.
///
/// ```no_run
/// use processing_results_codegen::{Contract, Report, catch_panic, take_cookie};
/// use processing_results_contract::Document;
///
/// # fn run(text: &str) -> Result<(), Report> {
/// let document = Document::parse("api.yaml", text)?;
/// let contract = Contract::new(&document)?;
/// let mut api = serde_json::from_value(contract.json().clone()).map_err(Report::of)?;
/// let cookie = take_cookie(&mut api)?;
/// let mut generator = progenitor::Generator::new(&contract.settings());
/// let tokens = catch_panic(|| generator.generate_tokens(&api))?;
/// let mut bindings = syn::parse2(tokens).map_err(Report::of)?;
/// contract.adapt(&mut bindings)?;
/// let facts = contract.facts(text, &cookie)?;
/// # let _ = facts; Ok(()) }
/// ```
pub struct Contract<'a> {
    document: &'a Document,
    json: Value,
    enums: Vec<OpenEnum>,
    objects: Vec<String>,
    jobs: Jobs,
}

impl<'a> Contract<'a> {
    /// Reads what is generated from a contract without findings. A contract with findings may fail here or later, in words
    /// that are less helpful than those of its rules.
    ///
    /// # Errors
    /// Something that the bindings need is missing, or cannot be a Rust name.
    pub fn new(document: &'a Document) -> Result<Self, Report> {
        let mut json = document.to_json();
        simplify::simplify(&mut json);
        Ok(Contract {
            enums: enums::collect(document, &json)?,
            objects: structs::names(&json),
            jobs: jobs::collect(document, &json)?,
            document,
            json,
        })
    }

    /// The contract as JSON, as the generator's parser reads it: without what the generator would take too literally, such
    /// as `format: uuid` and error responses.
    #[must_use]
    pub fn json(&self) -> &Value {
        &self.json
    }

    /// The generator's settings: which types are hand-written, and what the others derive.
    #[must_use]
    pub fn settings(&self) -> GenerationSettings {
        settings::settings(&self.json, &self.enums, &self.objects, &self.jobs)
    }

    /// Replaces and adds what the generator does not do as the bindings need it.
    ///
    /// # Errors
    /// The generator's output does not have the expected shape.
    pub fn adapt(&self, file: &mut syn::File) -> Result<(), Report> {
        structs::replace(file, &self.json, &self.objects)?;
        enums::insert(file, &self.enums)?;
        jobs::insert(file, &self.jobs)?;
        regions::insert(file, &self.document.servers());
        call::insert(file)
    }

    /// What the contract deprecates of the call: `call` itself, and parameters by name. The setters in `src/` are
    /// deprecated with it, by `cfg(deprecated = "NAME")`.
    #[must_use]
    pub fn deprecated(&self) -> Vec<&str> {
        call::deprecated(&self.json)
    }

    /// The module `spec`: the contract's text, and facts of it for users of the bindings.
    ///
    /// # Errors
    /// A fact is missing in the contract.
    pub fn facts(&self, text: &str, cookie: &str) -> Result<syn::File, Report> {
        facts::facts(self.document, &self.json, text, cookie)
    }
}

/// Takes the cookie parameter out of the operation, since the generator refuses it ("cookie parameters are not
/// supported"), and returns its name. The client sends it as a header.
///
/// ```
/// # use serde_json::json;
/// let mut api = serde_json::from_value(json!({
///     "openapi": "3.0.3", "info": {"title": "t", "version": "1"},
///     "paths": {"/a": {"get": {
///         "parameters": [{"name": "session", "in": "cookie", "schema": {"type": "string"}}],
///         "responses": {},
///     }}},
/// }))?;
/// assert_eq!(processing_results_codegen::take_cookie(&mut api).ok().as_deref(), Some("session"));
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// # Errors
/// The contract has no cookie parameter, or several.
pub fn take_cookie(api: &mut OpenAPI) -> Result<String, Report> {
    let mut names = Vec::new();
    let items = api.paths.paths.values_mut().filter_map(|item| match item {
        ReferenceOr::Item(item) => Some(item),
        ReferenceOr::Reference { .. } => None,
    });
    for operation in items.flat_map(|item| item.get.iter_mut()) {
        operation.parameters.retain(|parameter| match parameter {
            ReferenceOr::Item(Parameter::Cookie { parameter_data, .. }) => {
                names.push(parameter_data.name.clone());
                false
            }
            _ => true,
        });
    }
    match <[String; 1]>::try_from(names) {
        Ok([name]) => Ok(name),
        Err(names) => Err(Report::of(format!(
            "the client sends exactly one cookie parameter, the contract has {}: {names:?}",
            names.len()
        ))),
    }
}

/// Runs the generator; its panics become an error of one sentence. For half of what it does not support it panics, with a
/// line of its own source, which says nothing to a person who edits a YAML file.
///
/// ```
/// let refused = processing_results_codegen::catch_panic(|| -> Result<(), String> { panic!("not yet") });
/// let report = refused.unwrap_err();
/// assert!(report.lines()[0].ends_with("the generator panics: not yet"));
/// ```
///
/// # Errors
/// The generator refuses the contract, or panics.
pub fn catch_panic<T, E: std::fmt::Display>(
    generate: impl FnOnce() -> Result<T, E>,
) -> Result<T, Report> {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let result = catch_unwind(AssertUnwindSafe(generate));
    std::panic::set_hook(hook);
    match result {
        Ok(Ok(tokens)) => Ok(tokens),
        Ok(Err(error)) => Err(Report::of(format!("the generator refuses it: {error}"))),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().cloned();
            let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            let text = text.unwrap_or_else(|| "no message".to_owned());
            Err(Report::of(format!("the generator panics: {text}")))
        }
    }
}
