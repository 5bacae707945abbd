//! Two of the traits that the generator derives for structs are replaced:
//!
//! - `Debug` would show the values of unknown keys, any of which may be a
//!   secret. Ours shows the fields that are set, and only the names of unknown keys.
//! - `Deserialize`, where all fields are optional, has a variable for each
//!   field until the last is read. For 125 of them that takes the compiler
//!   longer than all the rest. Ours starts from the default and sets fields.

use quote::quote;
use serde_json::Value;
use syn::ext::IdentExt;
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Field, Fields, Item, ItemStruct, LitStr, Meta, Token};

use crate::generated;
use crate::report::Report;

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

/// Replaces what is derived. Fails if a struct of the contract was not found,
/// or does not look as expected.
pub(crate) fn replace(file: &mut syn::File, objects: &[String]) -> Result<(), Report> {
    let items = generated::types(file)?;
    let mut missing: Vec<_> = objects.iter().collect();
    let mut impls = Vec::new();
    let mut filled = 0;
    for item in items.iter_mut() {
        if let Item::Struct(item) = item {
            missing.retain(|name| item.ident != name.as_str());
            impls.extend(debug(item)?);
            // Whoever derives this can start from nothing.
            if derives(item)?.iter().any(|path| is(path, "Default")) {
                impls.extend(deserialize(item)?);
                filled += 1;
            }
        }
    }
    if let Some(name) = missing.first() {
        return Err(Report::of(format!(
            "the generator made no struct of component `{name}`"
        )));
    }
    if filled == 0 {
        return Err(Report::of("no generated struct derives Default"));
    }
    items.extend(impls);
    Ok(())
}

fn debug(item: &mut ItemStruct) -> Result<[Item; 2], Report> {
    underive(item, "Debug")?;
    let mut entries = Vec::new();
    for field in named(item)? {
        let key = key(field).map_err(Report::of)?;
        let ident = &field.ident;
        entries.push(quote!((#key, &self.#ident)));
        if key == "extra" {
            field.attrs.push(syn::parse_quote! {
                #[doc = " Keys that the contract does not know, with their values, as the service sent them."]
            });
        }
    }
    let (name, shown) = (&item.ident, item.ident.to_string());
    let debug = syn::parse_quote! {
        impl ::std::fmt::Debug for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::processing_results_runtime::__private::debug(self, f)
            }
        }
    };
    let fields = syn::parse_quote! {
        impl ::processing_results_runtime::__private::Fields for #name {
            const NAME: &'static str = #shown;

            fn fields(&self) -> ::std::vec::Vec<(&'static str, &dyn ::processing_results_runtime::__private::Redact)> {
                ::std::vec![#(#entries),*]
            }
        }
    };
    Ok([debug, fields])
}

fn deserialize(item: &mut ItemStruct) -> Result<[Item; 2], Report> {
    underive(item, "Deserialize")?;
    let mut keys = Vec::new();
    let (mut positions, mut fills) = (Vec::new(), Vec::new());
    for field in named(item)? {
        let (key, ident) = (key(field).map_err(Report::of)?, &field.ident);
        if key != "extra" {
            let position = keys.len();
            positions.push(quote!(#key => #position));
            fills.push(quote!(#position => ::processing_results_runtime::__private::read_into(&mut self.#ident, map)));
            keys.push(key);
        }
    }
    let (name, shown, count) = (&item.ident, item.ident.to_string(), keys.len());
    let fill = syn::parse_quote! {
        impl ::processing_results_runtime::__private::DecodeFields for #name {
            const NAME: &'static str = #shown;
            const KEYS: &'static [&'static str] = &[#(#keys),*];
            type Found = [bool; #count];
            const NONE_FOUND: Self::Found = [false; #count];

            fn position(key: &str) -> ::std::option::Option<usize> {
                ::std::option::Option::Some(match key {
                    #(#positions,)*
                    _ => return ::std::option::Option::None,
                })
            }

            fn decode_field<'de, A: ::serde::de::MapAccess<'de>>(
                &mut self,
                position: usize,
                map: &mut A,
            ) -> ::std::result::Result<(), A::Error> {
                match position {
                    #(#fills,)*
                    _ => ::std::result::Result::Ok(()),
                }
            }

            fn extra(&mut self) -> &mut ::serde_json::Map<::std::string::String, ::serde_json::Value> {
                &mut self.extra
            }
        }
    };
    let deserialize = syn::parse_quote! {
        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> ::std::result::Result<Self, D::Error> {
                ::processing_results_runtime::__private::decode_fields(from)
            }
        }
    };
    Ok([fill, deserialize])
}

fn unexpected(item: &ItemStruct, what: &str) -> Report {
    let name = &item.ident;
    Report::of(format!("the generated struct `{name}` has no {what}"))
}

type Derives = Punctuated<Meta, Token![,]>;

/// What a struct derives whatever the features.
fn derives(item: &ItemStruct) -> Result<Derives, Report> {
    let mut attributes = item.attrs.iter();
    let attribute = attributes.find(|attribute| attribute.path().is_ident("derive"));
    let attribute = attribute.ok_or_else(|| unexpected(item, "derive"))?;
    let parser = Derives::parse_terminated;
    attribute.parse_args_with(parser).map_err(Report::of)
}

fn is(path: &Meta, name: &str) -> bool {
    let last = path.path().segments.last();
    last.is_some_and(|segment| segment.ident == name)
}

/// Takes one thing out of what a struct derives.
fn underive(item: &mut ItemStruct, name: &str) -> Result<(), Report> {
    let derives = derives(item)?;
    let kept: Vec<_> = derives.iter().filter(|path| !is(path, name)).collect();
    if kept.len() == derives.len() {
        return Err(unexpected(item, &format!("derived {name}")));
    }
    let derive: Attribute = syn::parse_quote!(#[derive(#(#kept),*)]);
    let mut attributes = item.attrs.iter_mut();
    if let Some(attribute) = attributes.find(|attribute| attribute.path().is_ident("derive")) {
        *attribute = derive;
    }
    Ok(())
}

fn named(item: &mut ItemStruct) -> Result<impl Iterator<Item = &mut Field>, Report> {
    let refusal = unexpected(item, "named fields");
    match &mut item.fields {
        Fields::Named(fields) => Ok(fields.named.iter_mut()),
        _ => Err(refusal),
    }
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
