//! The regions, from `x-region` of the servers: a third region is an edit of the YAML alone.
//!
//! ```text
//! servers:                                        regions! {
//!   - url: https://api.cloud.eu.llamaindex.ai  ->     #[doc = " Europe."] Eu = ("eu", "eu", "https://api..."),
//!     x-region: Eu                                }
//! ```

use processing_results_contract::Server;
use quote::{format_ident, quote};

/// Adds the enum `Region`, whose variants are in the contract's order, so that the first one is the default.
pub(crate) fn insert(file: &mut syn::File, servers: &[Server]) {
    let regions = servers.iter().map(|server| {
        let (variant, url) = (format_ident!("{}", server.region), &server.url);
        let description = format!(" {}", server.description);
        let (name, short) = (&server.name, &server.short_name);
        quote!(#[doc = #description] #variant = (#name, #short, #url),)
    });
    file.items.push(syn::parse_quote! {
        ::processing_results_runtime::__private::regions! { #(#regions)* }
    });
}
