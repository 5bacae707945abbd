//! Who may call: the credentials that the contract declares, and those that the client can send.
//!
//! ```yaml
//! security:                      # one of these is enough
//!   - bearerAuth: []
//!   - sessionCookie: []
//! components:
//!   securitySchemes:
//!     bearerAuth: {type: http, scheme: bearer}
//!     sessionCookie: {type: apiKey, in: cookie, name: session}    # a parameter of the call, too
//! ```
//!
//! `security:` may stand at the top or at an operation, where it replaces the one at the top. `runtime` sends a
//! bearer key or the session cookie; whatever else the contract promised, it could not keep.

use super::twice::already;
use super::vocabulary::MISSING_KEY;
use crate::finding::Position;
use crate::nearest::did_you_mean;
use crate::report::Report;
use crate::rule::Rule;
use crate::spec::Spec;
use crate::yaml::{Entry, Node, keys};
use std::collections::{HashMap, HashSet};

/// Names must agree in both directions, and the same requirement twice was meant to be another one. A scheme
/// that nothing requires is reported at `security`, where the line is missing.
pub(crate) static SECURITY_DECLARED: Rule = Rule {
    name: "security-declared",
    why: "a credential that is not declared, or declared and not used, is a mistake in a name",
    example: "security: [{bearer: []}]",
    fix: "security: [{bearerAuth: []}]",
};

/// ```yaml
/// - {bearerAuth: [], sessionCookie: []}     # wrong: both at once
/// - {}                                      # wrong: the client always sends a credential
/// - bearerAuth: [read]                      # wrong: a key has no scopes
/// ```
///
/// Also `basic`, OAuth, API keys in a header or in the query, and a cookie that is no parameter of the call.
/// `bearerFormat` and descriptions are free.
pub(crate) static SECURITY_SUPPORTED: Rule = Rule {
    name: "security-supported",
    why: "the client sends a bearer key, or the session cookie of the call; it cannot do what else is promised here",
    example: "scheme: basic",
    fix: "scheme: bearer",
};

pub(crate) fn check(spec: &Spec, report: &mut Report) {
    declared(spec, report);
    twice(spec, report);
    schemes(spec, report);
    requirements_supported(spec, report);
}

/// Compares the schemes that are declared with those that are required.
fn declared(spec: &Spec, report: &mut Report) {
    let declared = spec.section("securitySchemes");
    let known: HashSet<&str> = keys(declared).collect();
    let used = lists(spec).into_iter().flat_map(Node::items);
    let used: Vec<&Entry> = used.flat_map(Node::entries).collect();
    let asked: HashSet<&str> = used.iter().map(|entry| entry.key.text.as_str()).collect();
    let idle = || keys(declared).filter(|name| !asked.contains(name));
    for requirement in &used {
        let name = requirement.key.text.as_str();
        if !known.contains(name) {
            let message = format!("no security scheme is named `{name}`");
            let near = did_you_mean(name, keys(declared));
            let only = idle().next().filter(|_| idle().count() == 1);
            let help = near.or_else(|| Some(format!("did you mean `{}`?", only?)));
            let declare = || "declare it below `securitySchemes`, or remove it here".to_owned();
            let help = help.unwrap_or_else(declare);
            report.add(&SECURITY_DECLARED, requirement.at, message, help);
        }
    }
    // A scheme that was renamed is wrong itself; else it is missing in the list.
    let is_renamed = !asked.is_subset(&known);
    for scheme in declared {
        let (name, line) = (scheme.key.text.as_str(), scheme.at.line);
        if !asked.contains(name) {
            let at = match is_renamed {
                true => scheme.at,
                false => spec.root.at_key("security", scheme.at),
            };
            let message = format!("`{name}` is declared on line {line}, but nothing asks for it");
            let help = "list it under `security`, or remove it";
            report.add(&SECURITY_DECLARED, at, message, help);
        }
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

/// One scheme may stand in several requirements, but the same requirement twice was meant to be another.
fn twice(spec: &Spec, report: &mut Report) {
    for list in lists(spec) {
        let mut lines = HashMap::new();
        for item in list.items() {
            if let Some(line) = already(&mut lines, item.to_json().to_string(), item.at.line) {
                let message = format!("the same is already on line {line}");
                report.add(&SECURITY_DECLARED, item.at, message, "keep one of them");
            }
        }
    }
}

/// A scheme is a bearer key, or a cookie that is a parameter of the call. Keys that a scheme of its type needs
/// are reported as `missing-key`; which ones those are depends on `type`, which the tables of `metaschema`
/// cannot say.
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
                let at = node.at_key("type", scheme.at);
                let message = format!("the client cannot do what `{name}` asks for");
                let help = "describe the bearer key, or the cookie, that it sends";
                report.add(&SECURITY_SUPPORTED, at, message, help);
                continue;
            }
            _ => continue,
        };
        for key in required.iter().filter(|key| !node.has(key)) {
            let message = format!("`{name}` needs `{key}`");
            let help = format!("write `{key}: ...`");
            report.add(&MISSING_KEY, scheme.at, message, help);
        }
        supported(node, &cookies, report);
    }
}

fn supported(scheme: &Node, cookies: &HashSet<&str>, report: &mut Report) {
    let text = |key: &str| scheme.text_of(key).unwrap_or_default();
    if let Some(entry) = scheme.entry("scheme").filter(|_| text("scheme") == "basic") {
        let message = "the client sends a bearer key, and no user with a password";
        let help = "write `scheme: bearer`";
        report.add(&SECURITY_SUPPORTED, entry.at, message, help);
    }
    if text("type") != "apiKey" {
        return;
    }
    let name = text("name");
    if ["header", "query"].contains(&text("in")) {
        let at = scheme.at_key("in", scheme.at);
        let message = "the client sends an API key as a bearer key only";
        let help = "write `type: http` and `scheme: bearer`, or `in: cookie`";
        report.add(&SECURITY_SUPPORTED, at, message, help);
    } else if let Some(entry) = scheme.entry("name").filter(|_| !cookies.contains(name)) {
        let message = format!("the call has no cookie parameter `{name}`");
        let help = did_you_mean(name, cookies.iter().copied());
        let help = help.unwrap_or_else(|| "write the name of the call's cookie parameter".into());
        report.add(&SECURITY_SUPPORTED, entry.at, message, help);
    }
}

/// Each way to authenticate is one scheme without scopes, and the call has those of the complete contract.
fn requirements_supported(spec: &Spec, report: &mut Report) {
    const ALWAYS: &str = "the client always sends a credential";
    let mut add = |at, message, help| report.add(&SECURITY_SUPPORTED, at, message, help);
    for item in lists(spec).into_iter().flat_map(Node::items) {
        if let Some(second) = item.entries().get(1) {
            let message = "the client sends one credential, never two at once";
            let help = "write it as an item of its own, with `- `";
            add(second.at, message, help);
        } else if item.is_mapping() && item.entries().is_empty() {
            add(item.at, ALWAYS, "remove it");
        }
        for scope in item
            .entries()
            .iter()
            .filter_map(|entry| entry.value.items().first())
        {
            add(scope.at, "a key and a cookie have no scopes", "write `[]`");
        }
    }
    for operation in spec.operations() {
        let own = operation.method.value.entry("security");
        if let Some(entry) = own.filter(|entry| entry.value.items().is_empty()) {
            let help = "remove it, so that the contract's `security` holds";
            add(entry.at, ALWAYS, help);
        }
    }
}
