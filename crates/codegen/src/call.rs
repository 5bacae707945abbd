//! The call's parameters by name.
//!
//! The generator passes them by position, in alphabetical order. Two of the same type would be swapped without an
//! error if one of them were renamed in the contract; with a struct, a renamed parameter does not compile.
//!
//! ```text
//! client.get_item(item_id, job_type, organization_id, project_id)      what the generator makes
//! client.call(Parameters { project_id, ..Parameters::default() })      what `src/request.rs` writes
//! ```

use quote::quote;
use serde_json::Value;
use syn::{File, FnArg, Pat};

use crate::generated;
use crate::report::Report;
use crate::schema;

/// Adds a struct of the call's parameters, and a method of the client that takes it: both are read from the generated
/// method, so that their types and their order are the generator's.
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
    let Some((_, call)) = schema::call(json) else {
        return Vec::new();
    };
    let is_deprecated = |part: &Value| part["deprecated"] == true;
    let parameters = schema::parameters(call, is_deprecated);
    let names = is_deprecated(call).then_some("call").into_iter();
    names.chain(parameters.map(|(name, _)| name)).collect()
}
