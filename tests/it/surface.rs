//! The public Rust surface, read from the sources and from what was generated.

use std::collections::BTreeMap;
use std::path::Path;

use quote::ToTokens;
use syn::{ImplItem, Item, Visibility};

/// A field of a generated struct.
pub struct Field {
    pub name: String,
    pub wire: String,
    pub kind: String,
}

fn generated() -> Vec<Item> {
    let source = include_str!(concat!(env!("OUT_DIR"), "/bindings.rs"));
    let file = syn::parse_file(source).unwrap();
    let types = file.items.into_iter().find_map(|item| match item {
        Item::Mod(module) if module.ident == "types" => module.content,
        _ => None,
    });
    types.unwrap().1
}

/// Tokens as people write them, without the full paths that the generator writes.
fn text(tokens: &impl ToTokens) -> String {
    let mut text = tokens.to_token_stream().to_string();
    for path in [
        ":: std :: string :: ",
        ":: std :: option :: ",
        ":: std :: convert :: ",
        ":: std :: vec :: ",
        ":: std :: collections :: ",
        ":: serde_json :: ",
        "crate :: generated :: types :: ",
        ":: processing_results_runtime :: __private :: ",
        ":: processing_results_runtime :: ",
        "crate :: job_config :: ",
    ] {
        text = text.replace(path, "");
    }
    let tight = [
        (" :: ", "::"),
        (" < ", "<"),
        (" >", ">"),
        ("< ", "<"),
        (" ,", ","),
        ("& ", "&"),
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
        (" : ", ": "),
        (",>", ">"),
        (",)", ")"),
    ];
    tight
        .iter()
        .fold(text, |text, (from, to)| text.replace(from, to))
}

/// Structs of `types`, by name.
pub fn structs() -> BTreeMap<String, Vec<Field>> {
    let mut structs = BTreeMap::new();
    for item in generated() {
        let Item::Struct(item) = item else { continue };
        let fields = item.fields.iter().map(|field| {
            let name = field.ident.as_ref().unwrap().to_string();
            let attributes: String = field.attrs.iter().map(text_of_attribute).collect();
            let renamed = attributes
                .split("rename = \"")
                .nth(1)
                .and_then(|rest| rest.split('"').next());
            let wire = renamed.unwrap_or(name.trim_start_matches("r#")).to_owned();
            Field {
                wire,
                name,
                kind: text(&field.ty),
            }
        });
        structs.insert(item.ident.to_string(), fields.collect());
    }
    structs
}

fn text_of_attribute(attribute: &syn::Attribute) -> String {
    attribute.to_token_stream().to_string()
}

/// Open enums of `types`, with variants and wire values.
pub fn enums() -> BTreeMap<String, Vec<(String, String)>> {
    let mut enums = BTreeMap::new();
    for item in generated() {
        let Item::Macro(item) = item else { continue };
        if !called(&item, "open_enum") {
            continue;
        }
        let tokens = item.mac.tokens.to_string();
        // After the description: `Name { Variant = "wire", .. }`.
        let (head, body) = tokens.rsplit_once('{').unwrap();
        let name = head.trim().rsplit(' ').next().unwrap().to_owned();
        let variants = body
            .trim_end_matches(['}', ' '])
            .split(',')
            .filter_map(|variant| {
                let (variant, wire) = variant.split_once('=')?;
                Some((
                    variant.trim().to_owned(),
                    wire.trim().trim_matches('"').to_owned(),
                ))
            });
        enums.insert(name, variants.collect());
    }
    enums
}

fn called(item: &syn::ItemMacro, name: &str) -> bool {
    let path = &item.mac.path;
    path.segments.last().is_some_and(|it| it.ident == name)
}

/// The variants of `Job` and `Region`, which macros define from the contract.
fn from_macros() -> Vec<String> {
    let source = include_str!(concat!(env!("OUT_DIR"), "/bindings.rs"));
    let root = syn::parse_file(source).unwrap().items;
    let mut lines = Vec::new();
    for item in root.into_iter().chain(generated()) {
        let Item::Macro(item) = item else { continue };
        let tokens = item.mac.tokens.to_string();
        let (separator, name, end) = match () {
            () if called(&item, "regions") => (" = (", "Region", ""),
            () if called(&item, "jobs") => (") = ", "Job", ")"),
            () => continue,
        };
        lines.push(format!("{name} enum, non-exhaustive"));
        let mut parts: Vec<_> = tokens.split(separator).collect();
        parts.pop();
        for part in parts {
            // Before the variant is its description.
            let variant = part.rsplit(']').next().unwrap().replace(' ', "");
            lines.push(format!("{name}::{variant}{end}"));
        }
    }
    lines
}

/// A line for each public item, in the order of the sources' names.
pub fn listing() -> String {
    let mut lines = Vec::new();
    for (name, fields) in structs() {
        lines.push(format!("types::{name} struct, non-exhaustive"));
        for Field {
            name: field,
            wire,
            kind,
        } in fields
        {
            lines.push(format!("types::{name}.{field}: {kind} <- {wire}"));
        }
    }
    for (name, variants) in enums() {
        lines.push(format!("types::{name} open enum"));
        for (variant, wire) in variants {
            lines.push(format!("types::{name}::{variant} <- {wire}"));
        }
    }
    lines.extend(from_macros());
    let mut items = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for path in ["src", "crates/runtime/src"]
        .map(|folder| sources(&root.join(folder)))
        .concat()
    {
        let source = std::fs::read_to_string(&path).unwrap();
        let file = syn::parse_file(&source);
        items.extend(
            file.unwrap_or_else(|error| panic!("{}: {error}", path.display()))
                .items,
        );
    }
    items.iter().for_each(|item| hand_written(item, &mut lines));
    for item in generated() {
        if let Item::Impl(item) = item {
            implementation(&item, &mut lines);
        }
    }
    let mut traits = Vec::new();
    items.iter().for_each(|item| implemented(item, &mut traits));
    let of_types = traits.len();
    generated()
        .iter()
        .for_each(|item| implemented(item, &mut traits));
    for (of, name) in traits
        .drain(of_types..)
        .filter(|(_, name)| !is_private(name))
    {
        let name = name.rsplit("::").next().unwrap_or(&name);
        lines.push(format!("types::{of}: {}", name.trim_end_matches("<'de>")));
    }
    // Private types and traits are not part of the public surface.
    let is_listed = |of: &str| {
        lines.iter().any(|line| {
            line.strip_prefix(of)
                .is_some_and(|rest| rest.starts_with([' ', ':']))
        })
    };
    traits.retain(|(of, name)| is_listed(of.split('<').next().unwrap_or(of)) && !is_private(name));
    lines.extend(traits.into_iter().map(|(of, name)| format!("{of}: {name}")));
    lines.sort();
    lines.dedup();
    lines.join("\n") + "\n"
}

/// Tests, generated code, and what generated code and the command call.
const NOT_PUBLIC: [&str; 6] = [
    "tests",
    "tests.rs",
    "generated.rs",
    "private",
    "field",
    "mask",
];

fn is_hidden(attributes: &[syn::Attribute]) -> bool {
    attributes
        .iter()
        .any(|it| text_of_attribute(it).contains("doc (hidden)"))
}

fn sources(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let is_test = path
            .file_name()
            .and_then(|name| name.to_str())
            .is_some_and(|name| NOT_PUBLIC.contains(&name));
        let is_rust = path.extension().is_some_and(|extension| extension == "rs");
        match (path.is_dir(), is_test) {
            (_, true) => {}
            (true, false) => paths.extend(sources(&path)),
            (false, false) if is_rust => paths.push(path),
            (false, false) => {}
        }
    }
    paths
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn hand_written(item: &Item, lines: &mut Vec<String>) {
    match item {
        Item::Use(item) if is_public(&item.vis) => lines.push(format!("use {}", text(&item.tree))),
        Item::Const(item) if is_public(&item.vis) => {
            lines.push(format!("const {}: {}", item.ident, text(&item.ty)));
        }
        Item::Struct(item) if is_public(&item.vis) => {
            lines.push(format!("{} struct", item.ident));
            for field in item.fields.iter().filter(|field| is_public(&field.vis)) {
                lines.push(format!(
                    "{}.{}: {}",
                    item.ident,
                    text(&field.ident),
                    text(&field.ty)
                ));
            }
        }
        Item::Enum(item) if is_public(&item.vis) => {
            lines.push(format!("{} enum", item.ident));
            for variant in &item.variants {
                lines.push(format!(
                    "{}::{}{}",
                    item.ident,
                    variant.ident,
                    text(&variant.fields)
                ));
            }
        }
        Item::Mod(item) if is_public(&item.vis) && !is_hidden(&item.attrs) => {
            lines.push(format!("mod {}", item.ident));
            let content = item.content.iter().flat_map(|(_, items)| items);
            content.for_each(|item| hand_written(item, lines));
        }
        Item::Impl(item) => implementation(item, lines),
        Item::Macro(item) if item.mac.path.is_ident("predicates") => {
            let names = item.mac.tokens.to_string();
            let names = names
                .split_whitespace()
                .filter(|word| word.starts_with("is_"));
            lines.extend(names.map(|name| format!("Error::fn {name}(&self) -> bool")));
        }
        _ => {}
    }
}

fn implementation(item: &syn::ItemImpl, lines: &mut Vec<String>) {
    let of = text(&item.self_ty);
    for item in item.items.iter().filter(|_| item.trait_.is_none()) {
        if let ImplItem::Fn(item) = item
            && is_public(&item.vis)
            && !is_hidden(&item.attrs)
        {
            lines.push(format!("{of}::{}", text(&item.sig)));
        }
    }
}

/// Whether a trait is private to the crate, by its path.
fn is_private(path: &str) -> bool {
    let name = path.rsplit("::").next().unwrap_or(path).trim();
    ["Field", "Object", "Typed"].contains(&name)
}

/// Type and trait of an implementation, or of a derive.
fn implemented(item: &Item, traits: &mut Vec<(String, String)>) {
    let mut derives = |name: &syn::Ident, attributes: &[syn::Attribute]| {
        for attribute in attributes
            .iter()
            .filter(|attribute| attribute.path().is_ident("derive"))
        {
            let _ = attribute.parse_nested_meta(|meta| {
                traits.push((name.to_string(), text(&meta.path)));
                Ok(())
            });
        }
    };
    match item {
        Item::Struct(item) => derives(&item.ident, &item.attrs),
        Item::Enum(item) => derives(&item.ident, &item.attrs),
        Item::Impl(item) => {
            if let Some((path, _)) = &item.trait_ {
                traits.push((text(&item.self_ty), text(path)));
            }
        }
        _ => {}
    }
}

/// The surface, and what an edit does to it.
#[test]
fn the_public_surface_is_the_accepted_one() {
    crate::golden::check("api.txt", &listing());
}

/// Every doc comment among the generated types.
pub fn docs() -> Vec<String> {
    let source = include_str!(concat!(env!("OUT_DIR"), "/bindings.rs"));
    let mut docs = Vec::new();
    collect(source.parse().unwrap(), &mut docs);
    docs
}

/// All doc comments, those in macro calls too.
fn collect(tokens: proc_macro2::TokenStream, docs: &mut Vec<String>) {
    use proc_macro2::TokenTree;
    let mut before = [String::new(), String::new()];
    for token in tokens {
        match &token {
            TokenTree::Group(group) => collect(group.stream(), docs),
            TokenTree::Literal(literal) if before == ["doc", "="] => {
                let literal: syn::LitStr = syn::parse_str(&literal.to_string()).unwrap();
                docs.push(literal.value());
            }
            _ => {}
        }
        before = [before[1].clone(), token.to_string()];
    }
}
