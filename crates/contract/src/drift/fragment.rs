//! YAML that a reviewer can paste.

use super::Kind;
use super::infer::Inferred;
use crate::credential::is_credential;
use crate::yaml::quoted;

/// The lines to paste, indented as in the contract, below a comment that says where.
pub(super) fn write(
    kind: Kind,
    place: &str,
    value: Option<&str>,
    inferred: &Inferred,
) -> Option<String> {
    let (component, field) = place.split_once(['.', '[']).unwrap_or((place, ""));
    let property = place
        .strip_prefix(component)?
        .strip_prefix('.')
        .filter(|name| !name.contains("[]") && !name.ends_with(".*"));
    match kind {
        Kind::UnknownField => {
            let lines = new_property(property?, inferred);
            Some(format!(
                "# components/schemas/{component}/properties\n{lines}"
            ))
        }
        Kind::UnknownValue if field.is_empty() => {
            let line = format!("        - {}\n", quoted(value?));
            Some(format!("# components/schemas/{component}/enum\n{line}"))
        }
        Kind::Null => {
            let property = property?;
            Some(format!(
                "# components/schemas/{component}/properties/{property}\n          nullable: true\n"
            ))
        }
        Kind::WrongType => {
            let (property, kind) = (property?, inferred.kind()?);
            Some(format!(
                "# components/schemas/{component}/properties/{property}\n          type: {kind}\n"
            ))
        }
        Kind::UnknownValue | Kind::Missing => None,
    }
}

fn new_property(name: &str, inferred: &Inferred) -> String {
    let mut lines = format!("        {}:\n", quoted(name));
    // Nothing but nulls, or values of several types: any value at all, which has no type and no `nullable`.
    let Some(kind) = inferred.kind() else {
        return lines + "          description: TODO\n";
    };
    lines += &format!("          type: {kind}\n");
    if let Some(format) = format_of(name, kind, inferred) {
        lines += &format!("          format: {format}\n");
    }
    lines += "          nullable: true\n          description: TODO\n";
    match (kind, inferred.items()) {
        ("array", Some(items)) => lines += &new_items(name, items),
        ("array", None) => lines += "          items: {}\n",
        ("object", _) => lines += "          additionalProperties: {}\n",
        _ => {}
    }
    lines
}

fn new_items(name: &str, items: &Inferred) -> String {
    let Some(kind) = items.kind() else {
        return "          items: {}\n".to_owned();
    };
    let mut lines = format!("          items:\n            type: {kind}\n");
    if let Some(format) = format_of(name, kind, items) {
        lines += &format!("            format: {format}\n");
    }
    lines
        + match kind {
            "object" => "            additionalProperties: {}\n",
            "array" => "            items: {}\n",
            _ => "",
        }
}

fn format_of(name: &str, kind: &str, inferred: &Inferred) -> Option<&'static str> {
    let secret = kind == "string" && is_credential(name);
    if secret {
        Some("password")
    } else {
        inferred.format().filter(|_| kind == "string")
    }
}
