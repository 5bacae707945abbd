//! The job types with a configuration of their own, from `x-typed-by`.
//!
//! A configuration's members do not say what it is: an empty object is a parse job, and every field of the others is one
//! that a parse job might have as an unknown key. The property beside it says what it is, and the contract says which:
//!
//! ```text
//! JobConfig:                                  crate::job::jobs! { "job_type": JobType {
//!   x-typed-by:                        ->         Parse(BatchParseJobRecordCreate) = "parse" ["parameters"] [],
//!     property: job_type                          Classify(ClassifyJob) = "classify" [] [],
//!     mapping: {parse: .., classify: ..}      } }
//! ```
//!
//! So a new job type is an edit of the YAML alone. What the macro makes of it, the enum `Job`, is in `src/job.rs`.

use heck::ToUpperCamelCase;
use processing_results_contract::Document;
use quote::{format_ident, quote};
use serde_json::Value;

use crate::generated;
use crate::report::Report;
use crate::schema::{components, reference, resolve};

/// What `x-typed-by` says, with the names that the generated code needs.
pub(crate) struct Jobs {
    /// The component that stays text until its type is known.
    pub(crate) component: String,
    /// The property that decides, and its enum.
    property: String,
    property_type: String,
    mapping: Vec<Job>,
}

struct Job {
    value: String,
    variant: String,
    component: String,
    /// The properties that say how the job works.
    settings: Vec<String>,
    /// What the service does where one of them, or a field within it, is absent: its name, and the value as JSON.
    defaults: Vec<(String, String)>,
}

/// Reads `x-typed-by`, and of each component that it names what a comparison of two jobs needs: `x-settings`, the
/// properties that say how the job works, and each `x-default` in them.
pub(crate) fn collect(document: &Document, json: &Value) -> Result<Jobs, Report> {
    let typed = document.typed_by();
    let typed = typed.ok_or_else(|| Report::of("no component has an `x-typed-by`"))?;
    let property_type = property_type(json, &typed.component, &typed.property);
    let property_type = property_type.ok_or_else(|| {
        let (component, property) = (&typed.component, &typed.property);
        Report::of(format!(
            "`{component}` is typed by `{property}`, which is not an enum component"
        ))
    })?;
    let job = |(value, component): &(String, String)| {
        let schema = &json["components"]["schemas"][component];
        let settings = schema["x-settings"].as_array().into_iter().flatten();
        let settings: Vec<&str> = settings.filter_map(Value::as_str).collect();
        let mut defaults = Vec::new();
        match settings[..] {
            // Of a single one, its own members are compared.
            [name] => add_defaults(json, &schema["properties"][name], "", &mut defaults),
            _ => add_defaults(json, schema, "", &mut defaults),
        }
        Job {
            value: value.clone(),
            variant: value.to_upper_camel_case(),
            component: component.clone(),
            settings: settings.into_iter().map(str::to_owned).collect(),
            defaults,
        }
    };
    Ok(Jobs {
        mapping: typed.mapping.iter().map(job).collect(),
        component: typed.component,
        property: typed.property,
        property_type,
    })
}

/// Adds the documented defaults of an object's fields, and of the fields of objects in it, which never lead back to it:
/// `("lang", "\"en\"")`, `("parsing_configuration.max_pages", "5")`. `above` is the name of what the object is in, with a dot.
fn add_defaults(json: &Value, schema: &Value, above: &str, found: &mut Vec<(String, String)>) {
    let properties = &resolve(json, schema)["properties"];
    for (name, field) in properties.as_object().into_iter().flatten() {
        let name = format!("{above}{name}");
        if let Some(default) = field.get("x-default") {
            found.push((name.clone(), default.to_string()));
        }
        add_defaults(json, field, &format!("{name}."), found);
    }
}

/// The enum component that the property has in the object in which `component` stands beside it.
fn property_type(json: &Value, component: &str, property: &str) -> Option<String> {
    let mut objects = components(json).map(|(_, schema)| &schema["properties"]);
    objects.find_map(|properties| {
        let mut values = properties.as_object()?.values();
        values.find(|schema| reference(schema) == Some(component))?;
        reference(&properties[property]).map(str::to_owned)
    })
}

/// Adds the enum `Job`, and how it decodes, as a call of the macro that defines both.
pub(crate) fn insert(file: &mut syn::File, jobs: &Jobs) -> Result<(), Report> {
    let (name, property) = (&jobs.property, format_ident!("{}", jobs.property_type));
    let variants = jobs.mapping.iter().map(|job| {
        let (variant, component) = (
            format_ident!("{}", job.variant),
            format_ident!("{}", job.component),
        );
        let description = format!(" Configuration of a `{}` job.", job.value);
        let (value, settings) = (&job.value, &job.settings);
        let defaults = job.defaults.iter().map(|(name, value)| quote!((#name, #value)));
        quote!(#[doc = #description] #variant(#component) = #value [#(#settings),*] [#(#defaults),*],)
    });
    let call = syn::parse_quote! {
        crate::job::jobs! { #name: #property { #(#variants)* } }
    };
    generated::types(file)?.push(call);
    Ok(())
}
