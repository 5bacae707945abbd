//! The generator's struct items: what they derive, and their fields' types, names and attributes.

use syn::ext::IdentExt;
use syn::punctuated::Punctuated;
use syn::{
    Expr, Field, Fields, GenericArgument, Ident, ItemStruct, LitStr, Meta, PathArguments, Token,
    Type,
};

use crate::report::Report;

/// Replaces the types of JSON values by those that keep the text, also within others: of
/// `Option<::serde_json::Value>` it makes `Option<::processing_results_runtime::Json>`.
///
/// A `Value` would hold `1e400` and a number of thirty digits as a float at best, and of a key that comes twice the last.
pub(crate) fn keep_text(ty: &mut Type) {
    let Type::Path(path) = ty else {
        return;
    };
    let names = path.path.segments.iter().map(|it| it.ident.to_string());
    match names.collect::<Vec<_>>().join("::").as_str() {
        "serde_json::Map" => *ty = syn::parse_quote!(::processing_results_runtime::JsonObject),
        "serde_json::Value" => *ty = syn::parse_quote!(::processing_results_runtime::Json),
        _ => {
            let arguments =
                path.path
                    .segments
                    .iter_mut()
                    .filter_map(|it| match &mut it.arguments {
                        PathArguments::AngleBracketed(list) => Some(list.args.iter_mut()),
                        _ => None,
                    });
            for argument in arguments.flatten() {
                if let GenericArgument::Type(inner) = argument {
                    keep_text(inner);
                }
            }
        }
    }
}

/// Leaves serde's attributes to the derive of `JsonSchema`, which reads names and flattening from them: nothing else does
/// any more. `#[serde(rename = "type")]` becomes `#[cfg_attr(feature = "schemars", serde(rename = "type"))]`.
pub(crate) fn only_for_schemas(field: &mut Field) {
    for attribute in &mut field.attrs {
        if attribute.path().is_ident("serde") {
            let meta = &attribute.meta;
            *attribute = syn::parse_quote!(#[cfg_attr(feature = "schemars", #meta)]);
        }
    }
}

/// The generator's output is not as this crate knows it: another version of the generator, most likely.
pub(crate) fn unexpected(name: &Ident, what: &str) -> Report {
    Report::of(format!("the generated struct `{name}` has no {what}"))
}

/// Takes things out of what a struct derives with any features, each of which must be there.
pub(crate) fn underive<const N: usize>(
    item: &mut ItemStruct,
    names: [&str; N],
) -> Result<(), Report> {
    let mut attributes = item.attrs.iter_mut();
    let attribute = attributes.find(|attribute| attribute.path().is_ident("derive"));
    let attribute = attribute.ok_or_else(|| unexpected(&item.ident, "derive"))?;
    let parser = Punctuated::<Meta, Token![,]>::parse_terminated;
    let mut derives: Vec<Meta> = attribute
        .parse_args_with(parser)
        .map_err(Report::of)?
        .into_iter()
        .collect();
    for name in names {
        let is_it = |path: &Meta| {
            path.path()
                .segments
                .last()
                .is_some_and(|it| it.ident == name)
        };
        let position = derives.iter().position(is_it);
        let missing = || unexpected(&item.ident, &format!("derived {name}"));
        derives.remove(position.ok_or_else(missing)?);
    }
    *attribute = syn::parse_quote!(#[derive(#(#derives),*)]);
    Ok(())
}

/// The fields of a struct that has names for them, as all have that the generator makes of an object.
pub(crate) fn named(item: &mut ItemStruct) -> Result<impl Iterator<Item = &mut Field>, Report> {
    let refusal = unexpected(&item.ident, "named fields");
    match &mut item.fields {
        Fields::Named(fields) => Ok(fields.named.iter_mut()),
        _ => Err(refusal),
    }
}

/// A field's name on the wire: that of `#[serde(rename = "type")]`, else the field's own, without `r#`.
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
