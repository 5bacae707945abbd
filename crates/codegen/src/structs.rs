//! The generator's structs, with other traits than it derives.
//!
//! `Debug` would show values of unknown keys, and each may be a secret. `Deserialize` would refuse odd values, and
//! `Serialize` would lose nulls. Ours are written here from the fields' types and names; what they do is in the runtime.
//! Values whose meaning the contract does not know keep their JSON text.
//!
//! The generator's struct itself stays, with its docs, names and nesting. A change of the generator that matters here is an
//! error of the build rather than a struct with the wrong traits: each step fails if it does not find what it replaces.

use serde_json::Value;
use syn::{Field, Ident, Item, ItemStruct, Type};

use crate::fields::{keep_text, key, named, only_for_schemas, underive, unexpected};
use crate::generated;
use crate::report::Report;
use crate::schema::components;

/// The field for keys that the contract does not have: the generator makes it for `additionalProperties: {}`, which every
/// object of the contract has to have.
pub(crate) const EXTRA: &str = "extra";

/// Names of the components that become structs: those with properties.
pub(crate) fn names(json: &Value) -> Vec<String> {
    let objects = components(json).filter(|(_, schema)| schema["properties"].is_object());
    objects.map(|(name, _)| name.clone()).collect()
}

/// Replaces what is derived. Fails if a struct of the contract was not found, or does not look as expected.
pub(crate) fn replace(
    file: &mut syn::File,
    json: &Value,
    objects: &[String],
) -> Result<(), Report> {
    let items = generated::types(file)?;
    let mut missing: Vec<_> = objects.iter().collect();
    let mut impls = Vec::new();
    for item in items.iter_mut() {
        if let Item::Struct(item) = item
            && objects.iter().any(|name| item.ident == name.as_str())
        {
            missing.retain(|name| item.ident != name.as_str());
            let schema = &json["components"]["schemas"][item.ident.to_string()];
            impls.extend(Object::of(item, schema)?.impls());
        }
    }
    if let Some(name) = missing.first() {
        return Err(Report::of(format!(
            "the generator made no struct of component `{name}`"
        )));
    }
    items.extend(impls);
    Ok(())
}

/// A struct, and its documented fields in the order of their keys: the order of the arrays that the runtime searches.
pub(crate) struct Object {
    pub(crate) name: Ident,
    pub(crate) fields: Vec<Member>,
}

pub(crate) struct Member {
    /// The name on the wire.
    pub(crate) key: String,
    /// The name in Rust: `type_` for `type`.
    pub(crate) ident: Ident,
    /// `Option<..>` where the contract does not require the key, or allows null.
    pub(crate) ty: Type,
    /// Whether a response without the key is an error.
    pub(crate) is_required: bool,
}

impl Member {
    /// Reads a field, which gets the types that keep the JSON text, and attributes for JSON Schema alone.
    fn of(field: &mut Field, schema: &Value) -> Result<Self, Report> {
        keep_text(&mut field.ty);
        let key = key(field).map_err(Report::of)?;
        only_for_schemas(field);
        let ident = field.ident.clone();
        let required = schema["required"].as_array();
        Ok(Member {
            is_required: required.into_iter().flatten().any(|name| *name == key),
            ident: ident.ok_or_else(|| Report::of("a field has no name"))?,
            ty: field.ty.clone(),
            key,
        })
    }
}

impl Object {
    /// Takes out what is derived, and reads what is needed to replace it.
    fn of(item: &mut ItemStruct, schema: &Value) -> Result<Self, Report> {
        underive(item, ["Debug", "Serialize", "Deserialize"])?;
        let name = item.ident.clone();
        let mut fields = Vec::new();
        for field in named(item)? {
            let member = Member::of(field, schema)?;
            let is_deprecated = schema["properties"][&member.key]["deprecated"] == true;
            if member.key == EXTRA {
                field.attrs.push(syn::parse_quote! {
                    #[doc = " Keys that the contract does not know, with their values, as the service sent them."]
                });
            } else if is_deprecated {
                field.attrs.push(syn::parse_quote!(#[deprecated]));
            }
            fields.push(member);
        }
        fields.sort_by(|one, other| one.key.cmp(&other.key));
        let extra = fields.iter().position(|field| field.key == EXTRA);
        let extra = extra.ok_or_else(|| unexpected(&name, "field for undocumented keys"))?;
        fields.remove(extra);
        Ok(Object { name, fields })
    }

    /// A function that takes what must be there: the struct cannot be written down, so that it may grow. None where
    /// nothing is required; such a struct has `Default` instead.
    ///
    /// ```text
    /// ProcessingResult::new("item-1", config, JobType::Parse, "s3://b/k", "8d0f", time, "r-1")    // in alphabetical order
    /// ```
    pub(crate) fn constructor(&self) -> Option<Item> {
        let required: Vec<_> = self
            .fields
            .iter()
            .filter(|field| field.is_required)
            .collect();
        let (idents, types): (Vec<_>, Vec<_>) =
            required.iter().map(|it| (&it.ident, &it.ty)).unzip();
        let name = &self.name;
        (!required.is_empty()).then(|| syn::parse_quote! {
            impl #name {
                /// With the fields that must be there, the others unset: for tests, mostly.
                #[must_use]
                #[allow(clippy::too_many_arguments)] // as many as the contract requires
                pub fn new(#(#idents: impl ::std::convert::Into<#types>),*) -> Self {
                    let mut object = <Self as ::processing_results_runtime::__private::Object>::nothing();
                    #(object.#idents = #idents.into();)*
                    object
                }
            }
        })
    }
}
