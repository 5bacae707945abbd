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
    /// What the service does where one of them, or a field within it, is absent: its name, and the value as JSON.
    defaults: Vec<(String, String)>,
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
        let settings: Vec<&str> = settings.filter_map(Value::as_str).collect();
        let mut defaults = Vec::new();
        match settings[..] {
            // Of a single one, its own members are compared.
            [name] => add_defaults(schemas, &schema["properties"][name], "", &mut defaults),
            _ => add_defaults(schemas, schema, "", &mut defaults),
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

/// The documented defaults of an object's fields, and of the fields of objects in it, which never lead back to it.
fn add_defaults(schemas: &Value, schema: &Value, above: &str, found: &mut Vec<(String, String)>) {
    let object = reference(schema).map_or(schema, |name| &schemas[name]);
    for (name, field) in object["properties"].as_object().into_iter().flatten() {
        let name = format!("{above}{name}");
        if let Some(default) = field.get("x-default") {
            found.push((name.clone(), default.to_string()));
        }
        add_defaults(schemas, field, &format!("{name}."), found);
    }
}

/// The component that a schema refers to, by itself or with something beside the reference.
fn reference(schema: &Value) -> Option<String> {
    let own = schema["$ref"].as_str();
    let target = own.or_else(|| schema["allOf"][0]["$ref"].as_str())?;
    target.rsplit('/').next().map(str::to_owned)
}

/// The enum component that the property has in the object in which `component` stands beside it.
fn property_type(schemas: &Value, component: &str, property: &str) -> Option<String> {
    let mut objects = schemas
        .as_object()?
        .values()
        .map(|schema| &schema["properties"]);
    objects.find_map(|properties| {
        let mut values = properties.as_object()?.values();
        values.find(|schema| reference(schema).as_deref() == Some(component))?;
        reference(&properties[property])
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
        let defaults = job.defaults.iter().map(|(name, value)| quote!((#name, #value)));
        quote!(#[doc = #description] #variant(#component) = #value [#(#settings),*] [#(#defaults),*],)
    });
    let call = syn::parse_quote! {
        crate::job::jobs! { #name: #property { #(#variants)* } }
    };
    generated::types(file)?.push(call);
    Ok(())
}
