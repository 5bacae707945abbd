//! The generator's structs, with other traits than it derives.
//!
//! `Debug` would show values of unknown keys, any of which may be a secret. `Deserialize` would refuse odd values, and
//! `Serialize` would lose nulls. Ours are written here from the fields' types and names; what they do is in the runtime.
//! Values whose meaning the contract does not know keep their JSON text.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;
use syn::ext::IdentExt;
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Expr, Field, Fields, GenericArgument, Ident, Item, ItemStruct, LitStr, Meta,
    PathArguments, Token, Type,
};

use crate::generated;
use crate::report::Report;

/// The field for keys that the contract does not have.
const EXTRA: &str = "extra";

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
struct Object {
    name: Ident,
    fields: Vec<Member>,
}

struct Member {
    key: String,
    ident: Ident,
    ty: Type,
    is_required: bool,
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

    fn impls(&self) -> Vec<Item> {
        let mut impls = vec![
            self.object(),
            self.field(),
            self.debug(),
            self.serialize(),
            self.deserialize(),
        ];
        impls.extend(self.constructor());
        impls
    }

    fn each(&self, write: impl Fn(&Member) -> TokenStream) -> Vec<TokenStream> {
        self.fields.iter().map(write).collect()
    }

    /// A function that takes what must be there: the struct cannot be written down, so that it may grow.
    fn constructor(&self) -> Option<Item> {
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

    fn object(&self) -> Item {
        let (name, shown, count) = (&self.name, self.name.to_string(), self.fields.len());
        let keys: Vec<_> = self.fields.iter().map(|field| &field.key).collect();
        let bytes = self
            .fields
            .iter()
            .map(|field| proc_macro2::Literal::byte_string(field.key.as_bytes()));
        let idents: Vec<_> = self.fields.iter().map(|field| &field.ident).collect();
        let positions: Vec<_> = (0..count).collect();
        let required = positions.iter().filter(|at| self.fields[**at].is_required);
        syn::parse_quote! {
            impl ::processing_results_runtime::__private::Object for #name {
                const NAME: &'static str = #shown;
                const KEYS: &'static [&'static str] = &[#(#keys),*];
                const REQUIRED: &'static [usize] = &[#(#required),*];
                type Found = [bool; #count];
                const NONE_FOUND: Self::Found = [false; #count];

                fn nothing() -> Self {
                    #name {
                        #(#idents: ::processing_results_runtime::__private::Field::empty(),)*
                        extra: ::processing_results_runtime::JsonObject::new(),
                    }
                }

                fn position(key: &[u8]) -> ::std::option::Option<usize> {
                    ::std::option::Option::Some(match key {
                        #(#bytes => #positions,)*
                        _ => return ::std::option::Option::None,
                    })
                }

                fn read_field<'de, A: ::serde::de::MapAccess<'de>>(
                    &mut self,
                    position: usize,
                    map: &mut A,
                ) -> ::std::result::Result<bool, A::Error> {
                    match position {
                        #(#positions => ::processing_results_runtime::__private::read_into(&mut self.#idents, map),)*
                        _ => ::std::result::Result::Ok(true),
                    }
                }

                fn extra(&self) -> &::processing_results_runtime::JsonObject {
                    &self.extra
                }

                fn extra_mut(&mut self) -> &mut ::processing_results_runtime::JsonObject {
                    &mut self.extra
                }
            }
        }
    }

    fn field(&self) -> Item {
        let name = &self.name;
        let shapes = self.each(|Member { key, ty, .. }| {
            quote!((#key, <#ty as ::processing_results_runtime::__private::Field>::SHAPE))
        });
        syn::parse_quote! {
            impl ::processing_results_runtime::__private::Field for #name {
                const SHAPE: ::processing_results_runtime::__private::Shape =
                    ::processing_results_runtime::__private::Shape::Object(&[#(#shapes),*]);

                fn empty() -> Self {
                    <Self as ::processing_results_runtime::__private::Object>::nothing()
                }

                fn read<'de, D: ::serde::Deserializer<'de>>(from: D) -> ::std::result::Result<Self, D::Error> {
                    ::processing_results_runtime::__private::read_object(from)
                }
            }
        }
    }

    fn debug(&self) -> Item {
        let (name, shown) = (&self.name, self.name.to_string());
        let fields = self.each(|Member { key, ident, .. }| {
            quote!((#key, ::processing_results_runtime::__private::Field::is_set(&self.#ident), &self.#ident))
        });
        syn::parse_quote! {
            impl ::std::fmt::Debug for #name {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    let extra = (#EXTRA, !self.extra.is_empty(), &self.extra as &dyn ::std::fmt::Debug);
                    ::processing_results_runtime::__private::debug(#shown, &[#(#fields,)* extra], f)
                }
            }
        }
    }

    fn serialize(&self) -> Item {
        let name = &self.name;
        let fields = self.fields.iter().enumerate();
        let fields = fields.map(|(position, Member { key, ident, .. })| {
            quote!(::processing_results_runtime::__private::write_field((#position, #key), &self.#ident, &self.extra, &mut map)?)
        });
        syn::parse_quote! {
            impl ::serde::Serialize for #name {
                fn serialize<S: ::serde::Serializer>(&self, to: S) -> ::std::result::Result<S::Ok, S::Error> {
                    let mut map = to.serialize_map(::std::option::Option::None)?;
                    #(#fields;)*
                    self.extra.write(&mut map)?;
                    ::serde::ser::SerializeMap::end(map)
                }
            }
        }
    }

    fn deserialize(&self) -> Item {
        let name = &self.name;
        syn::parse_quote! {
            impl<'de> ::serde::Deserialize<'de> for #name {
                fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> ::std::result::Result<Self, D::Error> {
                    ::processing_results_runtime::__private::read_object(from)
                }
            }
        }
    }
}

/// Replaces the types of JSON values by those that keep the text.
fn keep_text(ty: &mut Type) {
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
fn only_for_schemas(field: &mut Field) {
    for attribute in &mut field.attrs {
        if attribute.path().is_ident("serde") {
            let told = &attribute.meta;
            *attribute = syn::parse_quote!(#[cfg_attr(feature = "schemars", #told)]);
        }
    }
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
