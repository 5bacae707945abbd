//! Facts about the service: its version, and who may call it.

use crate::finding::Position;
use crate::nearest::did_you_mean;
use crate::report::Report;
use crate::rule::Rule;
use crate::spec::Spec;
use crate::yaml::{Entry, Node};

pub(crate) static INFO_VERSION_ASCII: Rule = Rule {
    name: "info-version-ascii",
    why: "a version that is not plain ASCII panics in a header at call time; a bare number is no text",
    example: "version: 1.0",
    fix: "version: \"1.0\"",
};

pub(crate) static SECURITY_DECLARED: Rule = Rule {
    name: "security-declared",
    why: "a credential that is not declared, or declared and not used, is a slip in a name",
    example: "security: [{bearer: []}]",
    fix: "security: [{bearerAuth: []}]",
};

pub(crate) fn check(spec: &Spec, report: &mut Report) {
    version(spec, report);
    security(spec, report);
    twice(spec, report);
}

fn version(spec: &Spec, report: &mut Report) {
    let Some(version) = spec.root.get("info").and_then(|info| info.get("version")) else {
        return;
    };
    let text = version.text().unwrap_or_default();
    if version.string().is_none() {
        let message = format!("`{text}` is no text");
        report.add(
            &INFO_VERSION_ASCII,
            version.at,
            message,
            format!("write `\"{text}\"`"),
        );
    } else if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        let message = format!("`{text}` cannot be sent in a header");
        report.add(
            &INFO_VERSION_ASCII,
            version.at,
            message,
            "write ASCII without spaces, such as a date",
        );
    }
}

fn security(spec: &Spec, report: &mut Report) {
    let declared = spec.section("securitySchemes");
    let names = || declared.iter().map(|scheme| scheme.key.text.as_str());
    let used: Vec<&Entry> = requirements(spec).collect();
    for requirement in &used {
        let name = requirement.key.text.as_str();
        if !names().any(|declared| declared == name) {
            let message = format!("no security scheme is named `{name}`");
            let help = did_you_mean(name, names());
            report.add(&SECURITY_DECLARED, requirement.at, message, help);
        }
    }
    let security = spec.root.entry("security");
    let is_used = |name: &str| used.iter().any(|requirement| requirement.key.text == name);
    for scheme in declared.iter().filter(|scheme| !is_used(&scheme.key.text)) {
        let (name, line) = (&scheme.key.text, scheme.at.line);
        let at = security.map_or(scheme.at, |entry| entry.at);
        let message = format!("`{name}` is declared on line {line}, but nothing asks for it");
        let help = "list it under `security`, or remove it";
        report.add(&SECURITY_DECLARED, at, message, help);
    }
    if used.is_empty() {
        let help = "write `security:` with the schemes of which one is enough";
        let message = "the call asks for no credential";
        report.add(&SECURITY_DECLARED, Position::START, message, help);
    }
}

/// The requirements of the contract and those of each operation, list by list.
fn lists<'a>(spec: &Spec<'a>) -> Vec<&'a Node> {
    let own = spec.operations();
    let own = own.filter_map(|operation| operation.method.value.get("security"));
    spec.root.get("security").into_iter().chain(own).collect()
}

fn requirements<'a>(spec: &Spec<'a>) -> impl Iterator<Item = &'a Entry> {
    lists(spec)
        .into_iter()
        .flat_map(Node::items)
        .flat_map(Node::entries)
}

/// One scheme may stand in several requirements, but the same requirement twice was meant to be another.
fn twice(spec: &Spec, report: &mut Report) {
    for list in lists(spec) {
        let items = list.items();
        for (index, item) in items.iter().enumerate() {
            let same = |other: &&Node| other.to_json() == item.to_json();
            if let Some(first) = items[..index].iter().find(same) {
                let message = format!("the same is already on line {}", first.at.line);
                report.add(&SECURITY_DECLARED, item.at, message, "keep one of them");
            }
        }
    }
}
