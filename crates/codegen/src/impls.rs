//! The traits of a generated struct, written from its fields: what they do is in the runtime.
//!
//! Code is generated for each of the hundred and more fields, so there is as little of it as can be: one call a field, of
//! a function that is compiled once for each type of field. Of a struct with the keys `id`, which is required, and `type`,
//! this comes out, shortened:
//!
//! ```text
//! impl Object for Item {
//!     const KEYS: .. = &["id", "type"];
//!     const REQUIRED: .. = &[0];
//!     fn nothing() -> Self { Item { id: Field::empty(), type_: Field::empty(), extra: JsonObject::new() } }
//!     fn position(key: &[u8]) -> Option<usize> { Some(match key { b"id" => 0, b"type" => 1, _ => return None }) }
//!     fn read_field(&mut self, position: usize, map: &mut A) -> .. {
//!         match position { 0 => read_into(&mut self.id, map), 1 => read_into(&mut self.type_, map), _ => Ok(true) }
//!     }
//! }
//! impl Field for Item { const SHAPE: Shape = Shape::Object(&[("id", Shape::Text), ("type", Shape::Text)]); .. }
//! impl Debug for Item { .. debug("Item", &[("id", true, &self.id), ..], f) }
//! impl Serialize for Item { .. write_field((0, "id"), &self.id, &self.extra, &mut map)?; .. }
//! impl<'de> Deserialize<'de> for Item { .. read_object(from) }
//! ```
//!
//! Every path is complete, since a component may be called `Option`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Item;

use crate::structs::{EXTRA, Member, Object};

impl Object {
    /// Everything that is added beside the struct.
    pub(crate) fn impls(&self) -> Vec<Item> {
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

    /// The same code for each field, in the order of the keys.
    fn each(&self, write: impl Fn(&Member) -> TokenStream) -> Vec<TokenStream> {
        self.fields.iter().map(write).collect()
    }

    /// What reading needs to know of the struct.
    fn object(&self) -> Item {
        let (name, shown, count) = (&self.name, self.name.to_string(), self.fields.len());
        let keys = self.each(|Member { key, .. }| quote!(#key));
        let idents = self.each(|Member { ident, .. }| quote!(#ident));
        let required = (0..count).filter(|at| self.fields[*at].is_required);
        let (position, read_field) = (self.position(), self.read_field());
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

                #position
                #read_field

                fn extra(&self) -> &::processing_results_runtime::JsonObject {
                    &self.extra
                }

                fn extra_mut(&mut self) -> &mut ::processing_results_runtime::JsonObject {
                    &mut self.extra
                }
            }
        }
    }

    /// Which field a key names, by its bytes: a key is not checked for UTF-8 before it is known.
    fn position(&self) -> TokenStream {
        let arms = self.fields.iter().enumerate().map(|(position, field)| {
            let bytes = proc_macro2::Literal::byte_string(field.key.as_bytes());
            quote!(#bytes => #position,)
        });
        quote! {
            fn position(key: &[u8]) -> ::std::option::Option<usize> {
                ::std::option::Option::Some(match key {
                    #(#arms)*
                    _ => return ::std::option::Option::None,
                })
            }
        }
    }

    /// Reads the value behind a key. The last arm is for positions that no key has: nothing is read, and nothing was null.
    fn read_field(&self) -> TokenStream {
        let arms = self.fields.iter().enumerate().map(|(position, Member { ident, .. })| {
            quote!(#position => ::processing_results_runtime::__private::read_into(&mut self.#ident, map),)
        });
        quote! {
            fn read_field<'de, A: ::serde::de::MapAccess<'de>>(
                &mut self,
                position: usize,
                map: &mut A,
            ) -> ::std::result::Result<bool, A::Error> {
                match position {
                    #(#arms)*
                    _ => ::std::result::Result::Ok(true),
                }
            }
        }
    }

    /// What may be shown of the struct, by the types of its fields: the masking reads nothing else.
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
            }
        }
    }

    /// Shows the fields that are set: of 125 parameters, a job has some 20.
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

    /// Writes the documented keys in alphabetical order, those that are absent not at all and nulls as nulls, and then the
    /// unknown ones in the service's order.
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

    /// Reads leniently, by way of the runtime.
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
