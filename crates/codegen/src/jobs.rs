//! The job types with a configuration of their own, from `x-typed-by`.

use heck::ToUpperCamelCase;
use processing_results_contract::Document;
use quote::{format_ident, quote};
use serde_json::Value;

use crate::generated;
use crate::report::Report;

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
}

pub(crate) fn collect(document: &Document, json: &Value) -> Result<Jobs, Report> {
    let typed = document.typed_by();
    let typed = typed.ok_or_else(|| Report::of("no component has an `x-typed-by`"))?;
    let schemas = &json["components"]["schemas"];
    let property_type = property_type(schemas, &typed.component, &typed.property);
    let property_type = property_type.ok_or_else(|| {
        let (component, property) = (&typed.component, &typed.property);
        Report::of(format!(
            "`{component}` is typed by `{property}`, which is not an enum component"
        ))
    })?;
    let job = |(value, component): &(String, String)| {
        let schema = &schemas[component];
        let settings = schema["x-settings"].as_array().into_iter().flatten();
        Job {
            value: value.clone(),
            variant: value.to_upper_camel_case(),
            component: component.clone(),
            settings: settings
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
        }
    };
    Ok(Jobs {
        mapping: typed.mapping.iter().map(job).collect(),
        component: typed.component,
        property: typed.property,
        property_type,
    })
}

/// The enum component that the property has in the object in which `component` stands beside it.
fn property_type(schemas: &Value, component: &str, property: &str) -> Option<String> {
    let refers = |schema: &Value| {
        let own = schema["$ref"].as_str();
        let of_all = schema["allOf"].as_array().into_iter().flatten();
        let mut references = own
            .into_iter()
            .chain(of_all.filter_map(|it| it["$ref"].as_str()));
        references
            .next()
            .and_then(|it| it.rsplit('/').next())
            .map(str::to_owned)
    };
    let mut objects = schemas
        .as_object()?
        .values()
        .map(|schema| &schema["properties"]);
    objects.find_map(|properties| {
        let mut values = properties.as_object()?.values();
        values.find(|schema| refers(schema).as_deref() == Some(component))?;
        refers(&properties[property])
    })
}

/// Adds the enum `Job`, and how it decodes.
pub(crate) fn insert(file: &mut syn::File, jobs: &Jobs) -> Result<(), Report> {
    let (name, property) = (&jobs.property, format_ident!("{}", jobs.property_type));
    let variants = jobs.mapping.iter().map(|job| {
        let (variant, component) = (
            format_ident!("{}", job.variant),
            format_ident!("{}", job.component),
        );
        let description = format!(" Configuration of a `{}` job.", job.value);
        let (value, settings) = (&job.value, &job.settings);
        quote!(#[doc = #description] #variant(#component) = #value [#(#settings),*],)
    });
    let call = syn::parse_quote! {
        crate::job::jobs! { #name: #property { #(#variants)* } }
    };
    generated::types(file)?.push(call);
    Ok(())
}
