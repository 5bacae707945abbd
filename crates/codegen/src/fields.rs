//! The generator's struct items: what they derive, and their fields' types, names and attributes.

use syn::ext::IdentExt;
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Expr, Field, Fields, GenericArgument, ItemStruct, LitStr, Meta, PathArguments,
    Token, Type,
};

use crate::report::Report;

/// Replaces the types of JSON values by those that keep the text.
pub(crate) fn keep_text(ty: &mut Type) {
    let Type::Path(path) = ty else {
        return;
    };
    let names: Vec<_> = path
        .path
        .segments
        .iter()
        .map(|it| it.ident.to_string())
        .collect();
    match names.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["serde_json", "Map"] => *ty = syn::parse_quote!(::processing_results_runtime::JsonObject),
        ["serde_json", "Value"] => *ty = syn::parse_quote!(::processing_results_runtime::Json),
        _ => {
            for segment in &mut path.path.segments {
                if let PathArguments::AngleBracketed(arguments) = &mut segment.arguments {
                    for argument in &mut arguments.args {
                        if let GenericArgument::Type(inner) = argument {
                            keep_text(inner);
                        }
                    }
                }
            }
        }
    }
}

/// The attributes of serde's derives are only read for JSON Schema now.
pub(crate) fn only_for_schemas(field: &mut Field) {
    for attribute in &mut field.attrs {
        if attribute.path().is_ident("serde") {
            let told = &attribute.meta;
            *attribute = syn::parse_quote!(#[cfg_attr(feature = "schemars", #told)]);
        }
    }
}

pub(crate) fn unexpected(item: &ItemStruct, what: &str) -> Report {
    let name = &item.ident;
    Report::of(format!("the generated struct `{name}` has no {what}"))
}

type Derives = Punctuated<Meta, Token![,]>;

/// What a struct derives with any features.
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
pub(crate) fn underive(item: &mut ItemStruct, name: &str) -> Result<(), Report> {
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

pub(crate) fn named(item: &mut ItemStruct) -> Result<impl Iterator<Item = &mut Field>, Report> {
    let refusal = unexpected(item, "named fields");
    match &mut item.fields {
        Fields::Named(fields) => Ok(fields.named.iter_mut()),
        _ => Err(refusal),
    }
}

/// A field's name on the wire.
pub(crate) fn key(field: &Field) -> syn::Result<String> {
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
