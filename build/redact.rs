//! The one place that touches the generator's syntax tree: its derived
//! `Debug` would show the values of unknown keys, any of which may be a
//! secret. Ours shows the fields that are set, and of unknown keys the names.

use quote::quote;
use serde_json::Value;
use syn::{Fields, Item, ItemStruct, Meta, Token, punctuated::Punctuated};

use super::enums;
use super::report::Report;

/// Names of the components that become structs.
pub fn objects(json: &Value) -> Vec<String> {
    let schemas = json
        .pointer("/components/schemas")
        .and_then(Value::as_object);
    let objects = schemas
        .into_iter()
        .flatten()
        .filter(|(_, schema)| schema["properties"].is_object());
    objects.map(|(name, _)| name.clone()).collect()
}

/// Replaces the derived `Debug` of every struct. Fails if a struct of the
/// contract was not found, or does not look as expected.
pub fn debug(file: &mut syn::File, objects: &[String]) -> Result<(), Report> {
    let items = enums::types(file)?;
    let mut missing: Vec<_> = objects.iter().collect();
    let mut impls = Vec::new();
    for item in items.iter_mut() {
        if let Item::Struct(item) = item {
            missing.retain(|name| item.ident != name.as_str());
            impls.extend(replace_debug(item)?);
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

fn replace_debug(item: &mut ItemStruct) -> Result<[Item; 2], Report> {
    let name = &item.ident;
    let unexpected = |what| Report::of(format!("the generated struct `{name}` has no {what}"));
    let attribute = item
        .attrs
        .iter_mut()
        .find(|attribute| attribute.path().is_ident("derive"));
    let attribute = attribute.ok_or_else(|| unexpected("derive"))?;
    let derives = attribute
        .parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
        .map_err(Report::of)?;
    let kept: Vec<_> = derives
        .iter()
        .filter(|path| !path.path().is_ident("Debug"))
        .collect();
    if kept.len() == derives.len() {
        return Err(unexpected("derived Debug"));
    }
    *attribute = syn::parse_quote!(#[derive(#(#kept),*)]);

    let Fields::Named(fields) = &mut item.fields else {
        return Err(unexpected("named fields"));
    };
    let mut calls = Vec::new();
    for field in &mut fields.named {
        let ident = field
            .ident
            .as_ref()
            .ok_or_else(|| unexpected("named fields"))?;
        let key = ident.to_string();
        let key = key.strip_prefix("r#").unwrap_or(&key);
        calls.push(quote!(.field(#key, &self.#ident)));
        if key == "extra" {
            field.attrs.push(syn::parse_quote! {
                #[doc = " Keys that the contract does not know, with their values, as the service sent them."]
            });
        }
    }
    let shown = name.to_string();
    let debug = syn::parse_quote! {
        impl ::std::fmt::Debug for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                crate::values::Shown::new(f, #shown) #(#calls)* .finish()
            }
        }
    };
    Ok([
        debug,
        syn::parse_quote!(impl crate::values::Show for #name {}),
    ])
}
