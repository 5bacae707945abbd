//! The one place that touches the generator's syntax tree: its derived
//! `Debug` would show the values of unknown keys, any of which may be a
//! secret. Ours shows the fields that are set, and of unknown keys the names.

use quote::quote;
use serde_json::Value;
use syn::ext::IdentExt;
use syn::punctuated::Punctuated;
use syn::{Expr, Field, Fields, Item, ItemStruct, LitStr, Meta, Token};

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
    let mut entries = Vec::new();
    for field in &mut fields.named {
        let key = key(field).map_err(Report::of)?;
        let ident = &field.ident;
        entries.push(quote!((#key, &self.#ident)));
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
                crate::values::debug(self, f)
            }
        }
    };
    let fields = syn::parse_quote! {
        impl crate::values::Fields for #name {
            const NAME: &'static str = #shown;

            fn fields(&self) -> ::std::vec::Vec<(&'static str, &dyn crate::values::Show)> {
                ::std::vec![#(#entries),*]
            }
        }
    };
    Ok([debug, fields])
}

/// A field's name on the wire.
fn key(field: &Field) -> syn::Result<String> {
    let mut renamed = None;
    let serde = field.attrs.iter().filter(|it| it.path().is_ident("serde"));
    for attribute in serde {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("rename") {
                renamed = Some(meta.value()?.parse::<LitStr>()?.value());
            } else if meta.input.peek(Token![=]) {
                meta.value()?.parse::<Expr>()?;
            }
            Ok(())
        })?;
    }
    let ident = field.ident.as_ref().map(|ident| ident.unraw().to_string());
    Ok(renamed.or(ident).unwrap_or_default())
}
