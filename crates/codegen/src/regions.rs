//! The regions, from `x-region` of the servers.

use heck::ToKebabCase;
use processing_results_contract::Server;
use quote::{format_ident, quote};

/// Adds the enum `Region`.
pub(crate) fn insert(file: &mut syn::File, servers: &[Server]) {
    let regions = servers.iter().map(|server| {
        let (variant, url) = (format_ident!("{}", server.region), &server.url);
        let description = format!(" {}", server.description);
        let name = server.region.to_kebab_case();
        let short = short_name(&name);
        quote!(#[doc = #description] #variant = (#name, #short, #url),)
    });
    file.items.push(syn::parse_quote! {
        ::processing_results_runtime::__private::regions! { #(#regions)* }
    });
}

/// The initials of a name of several words; a single word itself.
fn short_name(name: &str) -> String {
    match name.contains('-') {
        true => name
            .split('-')
            .filter_map(|word| word.chars().next())
            .collect(),
        false => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::short_name;

    #[test]
    fn several_words_have_initials() {
        assert_eq!(short_name("north-america"), "na");
        assert_eq!(short_name("eu"), "eu");
    }
}
