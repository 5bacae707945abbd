//! The generator's structs, with other traits than it derives.
//!
//! `Debug` would show values of unknown keys, any of which may be a secret. `Deserialize` would refuse odd values, and
//! `Serialize` would lose nulls. Ours are written here from the fields' types and names; what they do is in the runtime.
//! Values whose meaning the contract does not know keep their JSON text.

use serde_json::Value;
use syn::{Ident, Item, ItemStruct, Type};

use crate::fields::{keep_text, key, named, only_for_schemas, underive, unexpected};
use crate::generated;
use crate::report::Report;

/// The field for keys that the contract does not have.
pub(crate) const EXTRA: &str = "extra";

/// Names of the components that become structs.
pub(crate) fn names(json: &Value) -> Vec<String> {
    let schemas = json
        .pointer("/components/schemas")
        .and_then(Value::as_object);
    let objects = schemas
        .into_iter()
        .flatten()
        .filter(|(_, schema)| schema["properties"].is_object());
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

/// A struct, and its fields in the order of their keys.
pub(crate) struct Object {
    pub(crate) name: Ident,
    pub(crate) fields: Vec<Member>,
}

pub(crate) struct Member {
    /// The name on the wire.
    pub(crate) key: String,
    pub(crate) ident: Ident,
    pub(crate) ty: Type,
    pub(crate) is_required: bool,
}

impl Object {
    /// Takes out what is derived, and reads what is needed to replace it.
    fn of(item: &mut ItemStruct, schema: &Value) -> Result<Self, Report> {
        for derived in ["Debug", "Serialize", "Deserialize"] {
            underive(item, derived)?;
        }
        let required = schema["required"].as_array();
        let is_required = |key: &str| required.into_iter().flatten().any(|name| name == key);
        let mut fields = Vec::new();
        let mut has_extra = false;
        for field in named(item)? {
            let key = key(field).map_err(Report::of)?;
            keep_text(&mut field.ty);
            only_for_schemas(field);
            let ident = field
                .ident
                .clone()
                .ok_or_else(|| Report::of("a field has no name"))?;
            if key == EXTRA {
                has_extra = true;
                field.attrs.push(syn::parse_quote! {
                    #[doc = " Keys that the contract does not know, with their values, as the service sent them."]
                });
                continue;
            }
            if schema["properties"][&key]["deprecated"] == true {
                field.attrs.push(syn::parse_quote!(#[deprecated]));
            }
            let (ty, is_required) = (field.ty.clone(), is_required(&key));
            fields.push(Member {
                key,
                ident,
                ty,
                is_required,
            });
        }
        if !has_extra {
            return Err(unexpected(item, "field for undocumented keys"));
        }
        fields.sort_by(|one, other| one.key.cmp(&other.key));
        let name = item.ident.clone();
        Ok(Object { name, fields })
    }

    /// A function that takes what must be there: the struct cannot be written down, so that it may grow.
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
