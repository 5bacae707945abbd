//! The tables: what the bindings and the command call by name.
//!
//! A row is added when Rust code begins to call a field by its name, and taken out when it stops. The test of
//! `crates/codegen` fails if a row is missing.

use crate::finding::Position;
use crate::spec::referenced;
use crate::yaml::Entry;

/// What a thing is used as.
#[derive(Clone, Copy)]
pub(super) enum Use {
    /// `type: string`, or what decodes as one.
    Text,
    /// `format: date-time`.
    Time,
    /// A component.
    Named(&'static str),
    /// A list of a component, which may be null or absent.
    List(&'static str),
}

/// Parameters of the call, and where they are sent.
pub(super) const PARAMETERS: [(&str, &str, Use); 4] = [
    ("item_id", "path", Use::Text),
    ("job_type", "query", Use::Named(JOB_TYPE)),
    ("organization_id", "query", Use::Text),
    ("project_id", "query", Use::Text),
];

pub(super) const HISTORY: &str = "ItemProcessingResults";
pub(super) const RESULT: &str = "ProcessingResult";
pub(super) const JOB_TYPE: &str = "JobType";
pub(super) const JOB_CONFIG: &str = "JobConfig";

/// Fields by component; all but lists are required.
pub(super) const FIELDS: [(&str, &str, Use); 10] = [
    (HISTORY, "item_id", Use::Text),
    (HISTORY, "item_name", Use::Text),
    (HISTORY, "processing_results", Use::List(RESULT)),
    (RESULT, "item_id", Use::Text),
    (RESULT, "job_config", Use::Named(JOB_CONFIG)),
    (RESULT, "job_type", Use::Named(JOB_TYPE)),
    (RESULT, "output_s3_path", Use::Text),
    (RESULT, "parameters_hash", Use::Text),
    (RESULT, "processed_at", Use::Time),
    (RESULT, "result_id", Use::Text),
];

/// Values of the job type that the command has colours and prices for.
pub(super) const JOB_TYPES: [&str; 3] = ["parse", "extract", "classify"];

/// Whether the bindings send a parameter of this name.
pub(crate) fn is_parameter(name: &str) -> bool {
    PARAMETERS.iter().any(|(used, ..)| *used == name)
}

impl Use {
    /// The line that makes a schema something else than it is used as: the one to edit. `None` if the schema is
    /// right.
    ///
    /// A description, a default or another format do not matter; `nullable` does, but for lists.
    pub(super) fn fault(&self, schema: &Entry) -> Option<Position> {
        let (at, schema) = (schema.at, &schema.value);
        let at_key = |key: &str| schema.entry(key).map_or(at, |entry| entry.value.at);
        let (format, reference) = (schema.text_of("format"), referenced(schema));
        // Another format informs the reader, and is no type of its own.
        let typed = matches!(format, Some("date-time" | "password" | "uri"));
        let is_text = schema.text_of("type") == Some("string") && reference.is_none();
        match self {
            Use::Text | Use::Time if !is_text => Some(at_key("type")),
            Use::Text if typed => Some(at_key("format")),
            Use::Time if format != Some("date-time") => Some(at_key("format")),
            Use::Named(component) if reference != Some(component) => {
                Some(schema.at_key("$ref", at_key("allOf")))
            }
            Use::Text | Use::Time | Use::Named(_) => {
                schema.flag("nullable").then(|| at_key("nullable"))
            }
            Use::List(component) => {
                let items = schema.get("items");
                let fits = items.is_some_and(|items| {
                    referenced(items) == Some(component) && !items.flag("nullable")
                });
                (!fits).then(|| items.map_or(at, |items| items.at))
            }
        }
    }

    pub(super) fn in_words(&self) -> String {
        match self {
            Use::Text => "a required text".to_owned(),
            Use::Time => "a required `format: date-time`".to_owned(),
            Use::Named(component) => format!("a required `{component}`"),
            Use::List(component) => format!("an optional list of `{component}`"),
        }
    }
}
