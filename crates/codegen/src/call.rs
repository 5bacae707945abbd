//! The call's parameters by name.
//!
//! The generator passes them by position, in alphabetical order. Two of the same type would be swapped without an
//! error if one of them were renamed in the contract; with a struct, a renamed parameter does not compile.

use quote::quote;
use serde_json::Value;
use syn::{File, FnArg, Pat};

use crate::generated;
use crate::report::Report;

/// Adds a struct of the call's parameters, and a method of the client that takes it.
pub(crate) fn insert(file: &mut File) -> Result<(), Report> {
    let method = generated::call(file)?;
    let (name, output) = (method.sig.ident.clone(), method.sig.output.clone());
    let mut fields = Vec::new();
    let mut arguments = Vec::new();
    for input in &method.sig.inputs {
        if let FnArg::Typed(input) = input
            && let Pat::Ident(pattern) = &*input.pat
        {
            let (ident, ty) = (&pattern.ident, &input.ty);
            fields.push(quote!(pub(crate) #ident: #ty));
            arguments.push(quote!(parameters.#ident));
        }
    }
    file.items.push(syn::parse_quote! {
        /// The parameters of the call, by name.
        #[derive(Clone, Copy, Debug, Default)]
        pub(crate) struct Parameters<'a> {
            #(#fields,)*
        }
    });
    file.items.push(syn::parse_quote! {
        impl Client {
            /// Makes the call.
            pub(crate) async fn call<'a>(&'a self, parameters: Parameters<'a>) #output {
                self.#name(#(#arguments),*).await
            }
        }
    });
    Ok(())
}

/// `call`, and the names of the parameters, that are deprecated.
pub(crate) fn deprecated(json: &Value) -> Vec<&str> {
    let mut names = Vec::new();
    let paths = json["paths"].as_object();
    for path in paths.into_iter().flat_map(|paths| paths.values()) {
        let call = &path["get"];
        names.extend((call["deprecated"] == true).then_some("call"));
        let parameters = call["parameters"].as_array().into_iter().flatten();
        let deprecated = parameters.filter(|parameter| parameter["deprecated"] == true);
        names.extend(deprecated.filter_map(|parameter| parameter["name"].as_str()));
    }
    names
}
