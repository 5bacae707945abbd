//! Facts about the service: its version, and who may call it.

use super::vocabulary::MISSING_KEY;
use crate::finding::Position;
use crate::nearest::did_you_mean;
use crate::report::Report;
use crate::rule::Rule;
use crate::spec::Spec;
use crate::yaml::{Entry, Node};
use std::collections::hash_map::Entry as Slot;
use std::collections::{HashMap, HashSet};

pub(crate) static INFO_VERSION_ASCII: Rule = Rule {
    name: "info-version-ascii",
    why: "a version that is not plain ASCII panics in a header at call time; a bare number is no text",
    example: "version: 1.0",
    fix: "version: \"1.0\"",
};

pub(crate) static SECURITY_DECLARED: Rule = Rule {
    name: "security-declared",
    why: "a credential that is not declared, or declared and not used, is a mistake in a name",
    example: "security: [{bearer: []}]",
    fix: "security: [{bearerAuth: []}]",
};

pub(crate) static SECURITY_SUPPORTED: Rule = Rule {
    name: "security-supported",
    why: "the client sends a bearer key, or the session cookie of the call; it cannot do what else is promised here",
    example: "scheme: basic",
    fix: "scheme: bearer",
};

pub(crate) fn check(spec: &Spec, report: &mut Report) {
    version(spec, report);
    security(spec, report);
    twice(spec, report);
    schemes(spec, report);
    requirements_supported(spec, report);
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
    let known: HashSet<&str> = names().collect();
    let used: Vec<&Entry> = requirements(spec).collect();
    for requirement in &used {
        let name = requirement.key.text.as_str();
        if !known.contains(name) {
            let message = format!("no security scheme is named `{name}`");
            let help = did_you_mean(name, names());
            report.add(&SECURITY_DECLARED, requirement.at, message, help);
        }
    }
    let security = spec.root.entry("security");
    let asked: HashSet<&str> = used.iter().map(|entry| entry.key.text.as_str()).collect();
    for scheme in declared {
        if asked.contains(scheme.key.text.as_str()) {
            continue;
        }
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
        let mut lines = HashMap::new();
        for item in list.items() {
            match lines.entry(item.to_json().to_string()) {
                Slot::Vacant(slot) => drop(slot.insert(item.at.line)),
                Slot::Occupied(first) => {
                    let message = format!("the same is already on line {}", first.get());
                    report.add(&SECURITY_DECLARED, item.at, message, "keep one of them");
                }
            }
        }
    }
}

/// A scheme is a bearer key, or a cookie that is a parameter of the call.
fn schemes(spec: &Spec, report: &mut Report) {
    let calls: Vec<_> = spec.operations().collect();
    let parameters = calls.iter().flat_map(|call| call.parameters(spec));
    let cookies: HashSet<&str> = parameters
        .filter(|parameter| parameter.text_of("in") == Some("cookie"))
        .filter_map(|parameter| parameter.text_of("name"))
        .collect();
    for scheme in spec.section("securitySchemes") {
        let (node, name) = (&scheme.value, scheme.key.text.as_str());
        let required: &[&str] = match node.text_of("type") {
            Some("http") => &["scheme"],
            Some("apiKey") => &["in", "name"],
            Some("oauth2" | "openIdConnect") => {
                let at = node.entry("type").map_or(scheme.at, |entry| entry.at);
                let message = format!("the client cannot do what `{name}` asks for");
                report.add(
                    &SECURITY_SUPPORTED,
                    at,
                    message,
                    "describe the bearer key, or the cookie, that it sends",
                );
                continue;
            }
            _ => continue,
        };
        for key in required.iter().filter(|key| !node.has(key)) {
            let message = format!("`{name}` needs `{key}`");
            report.add(
                &MISSING_KEY,
                scheme.at,
                message,
                format!("write `{key}: ...`"),
            );
        }
        supported(node, &cookies, report);
    }
}

fn supported(scheme: &Node, cookies: &HashSet<&str>, report: &mut Report) {
    let is = |key: &str, value: &str| scheme.text_of(key) == Some(value);
    if let Some(entry) = scheme.entry("scheme").filter(|_| is("scheme", "basic")) {
        let message = "the client sends a bearer key, and no user with a password";
        report.add(
            &SECURITY_SUPPORTED,
            entry.at,
            message,
            "write `scheme: bearer`",
        );
    }
    if !is("type", "apiKey") {
        return;
    }
    if let Some(entry) = scheme
        .entry("in")
        .filter(|_| is("in", "header") || is("in", "query"))
    {
        let message = "the client sends an API key as a bearer key only";
        report.add(
            &SECURITY_SUPPORTED,
            entry.at,
            message,
            "write `type: http` and `scheme: bearer`, or `in: cookie`",
        );
    } else if let Some(entry) = scheme.entry("name") {
        let name = entry.value.text().unwrap_or_default();
        if !cookies.contains(name) {
            let message = format!("the call has no cookie parameter `{name}`");
            let help = did_you_mean(name, cookies.iter().copied());
            let help =
                help.unwrap_or_else(|| "write the name of the call's cookie parameter".to_owned());
            report.add(&SECURITY_SUPPORTED, entry.at, message, help);
        }
    }
}

/// Each way to authenticate is one scheme without scopes, and the call has those of the complete contract.
fn requirements_supported(spec: &Spec, report: &mut Report) {
    for item in lists(spec).into_iter().flat_map(Node::items) {
        if let Some(second) = item.entries().get(1) {
            let message = "the client sends one credential, never two at once";
            report.add(
                &SECURITY_SUPPORTED,
                second.at,
                message,
                "write it as an item of its own, with `- `",
            );
        } else if item.is_mapping() && item.entries().is_empty() {
            let message = "the client always sends a credential";
            report.add(&SECURITY_SUPPORTED, item.at, message, "remove it");
        }
        for entry in item.entries() {
            if let Some(scope) = entry.value.items().first() {
                report.add(
                    &SECURITY_SUPPORTED,
                    scope.at,
                    "a key and a cookie have no scopes",
                    "write `[]`",
                );
            }
        }
    }
    for operation in spec.operations() {
        if let Some(entry) = operation.method.value.entry("security")
            && entry.value.items().is_empty()
        {
            let message = "the client always sends a credential";
            report.add(
                &SECURITY_SUPPORTED,
                entry.at,
                message,
                "remove it, so that the contract's `security` holds",
            );
        }
    }
}
