//! How parameters are sent: what the generator takes no notice of.

use super::vocabulary::IGNORED_KEY;
use crate::report::Report;
use crate::spec::Spec;
use crate::yaml::Node;

/// Headers that are no parameters, by OpenAPI.
const OWN_HEADERS: [&str; 3] = ["accept", "authorization", "content-type"];

/// Styles in which a single value of the query is written as in the usual one.
const QUERY_STYLES: [&str; 3] = ["spaceDelimited", "pipeDelimited", "deepObject"];

pub(crate) fn check(spec: &Spec, report: &mut Report) {
    for operation in spec.operations() {
        for parameter in operation.parameters(spec) {
            header(parameter, report);
            style(parameter, report);
            if let Some(content) = parameter
                .entry("content")
                .filter(|_| !parameter.has("schema"))
            {
                let message = "the generator sends no parameter as a document";
                let help = "write `schema:` with its type";
                report.add(&IGNORED_KEY, content.at, message, help);
            }
        }
    }
}

fn header(parameter: &Node, report: &mut Report) {
    let name = parameter.text_of("name").unwrap_or_default();
    let is_own = OWN_HEADERS.contains(&name.to_lowercase().as_str());
    if is_own && parameter.text_of("in") == Some("header") {
        let at = parameter.at_key("name", parameter.at);
        let message = format!("OpenAPI ignores a header parameter `{name}`");
        let help = "remove it; the client sends the header";
        report.add(&IGNORED_KEY, at, message, help);
    }
}

/// A single value looks the same in most styles, a list in none.
fn style(parameter: &Node, report: &mut Report) {
    let place = parameter.text_of("in").unwrap_or_default();
    let (style, explode) = match place {
        "query" | "cookie" => ("form", "true"),
        _ => ("simple", "false"),
    };
    let kind = parameter
        .get("schema")
        .and_then(|schema| schema.text_of("type"));
    let is_list = matches!(kind, Some("array" | "object"));
    for (key, usual) in [("style", style), ("explode", explode)] {
        let Some(entry) = parameter.entry(key) else {
            continue;
        };
        let value = entry.value.text().unwrap_or_default();
        let is_same =
            !is_list && (key == "explode" || place == "query" && QUERY_STYLES.contains(&value));
        if value != usual && !is_same {
            let message = format!("`{key}` has no effect on how the parameter is sent");
            let help = format!("remove it, or write `{key}: {usual}`");
            report.add(&IGNORED_KEY, entry.at, message, help);
        }
    }
}
