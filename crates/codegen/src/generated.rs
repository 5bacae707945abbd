//! The places in the generator's output that the other modules change.
//!
//! The output is one file: `pub mod types { .. }` with a type for each component, and `impl Client` with the constructor and
//! an async method for each operation. Each search fails with a sentence if a new version of the generator has it elsewhere.

use syn::{File, ImplItem, ImplItemFn, Item, Type};

use crate::report::Report;

/// The items of the generated module `types`.
pub(crate) fn types(file: &mut File) -> Result<&mut Vec<Item>, Report> {
    let module = file.items.iter_mut().find_map(|item| match item {
        Item::Mod(module) if module.ident == "types" => module.content.as_mut(),
        _ => None,
    });
    module
        .map(|(_, items)| items)
        .ok_or_else(|| Report::of("the generator's output has no module `types`"))
}

/// The generated method that makes the call: the only async method of the client.
pub(crate) fn call(file: &File) -> Result<&ImplItemFn, Report> {
    let is_client = |ty: &Type| matches!(ty, Type::Path(path) if path.path.is_ident("Client"));
    let impls = file.items.iter().filter_map(|item| match item {
        Item::Impl(item) if item.trait_.is_none() && is_client(&item.self_ty) => Some(item),
        _ => None,
    });
    let methods = impls
        .flat_map(|item| &item.items)
        .filter_map(|item| match item {
            ImplItem::Fn(method) if method.sig.asyncness.is_some() => Some(method),
            _ => None,
        });
    let methods: Vec<_> = methods.collect();
    match methods[..] {
        [method] => Ok(method),
        _ => Err(Report::of(format!(
            "the bindings are made for one call, the generator made {}",
            methods.len()
        ))),
    }
}
