//! Descriptions: present everywhere, and fit to become Rust documentation.

use crate::describe::TO_BE_DESCRIBED;
use crate::finding::Position;
use crate::report::Report;
use crate::rule::Rule;
use crate::spec::{Role, Spec};
use crate::yaml::{Node, NodeKind};
use pulldown_cmark::{BrokenLink, CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::cell::RefCell;

pub(crate) static DESCRIPTION_MISSING: Rule = Rule {
    name: "description-missing",
    why: "what is not described here is not documented in Rust either",
    example: "lang: {type: string}",
    fix: "lang: {type: string, description: Language of the document.}",
};

pub(crate) static DESCRIPTION_BLOCK: Rule = Rule {
    name: "description-block",
    why: "an indented block or a fence without a language becomes a doctest; a bare URL or a tag fails the docs",
    example: "description: See https://example.com",
    fix: "description: See <https://example.com>",
};

/// How a description begins that somebody has yet to write.
const TO_WRITE: [&str; 4] = ["TODO", "TBD", "FIXME", "XXX"];

pub(crate) fn check(spec: &Spec, report: &mut Report) {
    missing(spec, report);
    blocks(spec.root, false, report);
}

fn missing(spec: &Spec, report: &mut Report) {
    for site in &spec.sites {
        if let Role::Component(name) | Role::Property { name, .. } = site.role {
            need(site.schema, site.at, &format!("`{name}`"), report);
        }
    }
    for operation in spec.operations() {
        let method = operation.method;
        need(&method.value, method.at, "the operation", report);
        for parameter in operation.own_parameters() {
            need(parameter, parameter.at, "the parameter", report);
        }
        for response in operation.responses() {
            need(&response.value, response.at, "the response", report);
        }
    }
    for scheme in spec.section("securitySchemes") {
        need(
            &scheme.value,
            scheme.at,
            &format!("`{}`", scheme.key.text),
            report,
        );
    }
}

fn need(node: &Node, at: Position, what: &str, report: &mut Report) {
    let text = node.text_of("description").unwrap_or_default().trim();
    let to_write = TO_WRITE.iter().any(|word| {
        let start = text.get(..word.len()).unwrap_or_default();
        start.eq_ignore_ascii_case(word) && !text[word.len()..].starts_with(char::is_alphanumeric)
    });
    if to_write || text == TO_BE_DESCRIBED {
        let at = node.entry("description").map_or(at, |entry| entry.value.at);
        let message = format!("the description of {what} is still to be written");
        report.add(
            &DESCRIPTION_MISSING,
            at,
            message,
            "write one sentence, with units and the meaning of values",
        );
    }
    if text.is_empty() && !node.has("$ref") {
        let at = node.entry("description").map_or(at, |entry| entry.at);
        let help = "write one sentence, with units and the meaning of values";
        report.add(
            &DESCRIPTION_MISSING,
            at,
            format!("{what} has no description"),
            help,
        );
    }
}

/// Every text that is called `description` or `summary`. `is_names` where the keys are names, not keywords.
fn blocks(node: &Node, is_names: bool, report: &mut Report) {
    for item in node.items() {
        blocks(item, false, report);
    }
    for entry in node.entries() {
        match entry.key.text.as_str() {
            "description" | "summary" if !is_names => block(&entry.value, report),
            "example" | "examples" if !is_names => {}
            key => blocks(&entry.value, key == "properties" && !is_names, report),
        }
    }
}

fn block(node: &Node, report: &mut Report) {
    let NodeKind::Scalar(text) = &node.kind else {
        return;
    };
    for (offset, message, help) in problems(&text.text) {
        // The lines of a literal block are those of the file; other styles fold them.
        let below = text.text[..offset].matches('\n').count();
        let line = node.at.line + if text.literal { below } else { 0 };
        report.add(
            &DESCRIPTION_BLOCK,
            Position { line, ..node.at },
            message,
            help,
        );
    }
}

/// What rustdoc makes of a text that was not meant: where, what, and what to write instead.
fn problems(text: &str) -> Vec<(usize, &'static str, &'static str)> {
    const BRACKETS: (&str, &str) = (
        "brackets are read as a link to Rust code",
        "put them in backticks",
    );
    let mut found = Vec::new();
    let broken = RefCell::new(Vec::new());
    let on_broken = |link: BrokenLink<'_>| {
        broken.borrow_mut().push(link.span.start);
        None
    };
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let events = Parser::new_with_broken_link_callback(text, options, Some(on_broken));
    let (mut in_link, mut in_code) = (false, false);
    for (event, range) in events.into_offset_iter() {
        let problem = match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                in_code = true;
                match kind {
                    CodeBlockKind::Indented => Some((
                        "an indented block becomes a doctest",
                        "indent less, or fence it with a language, such as ```text",
                    )),
                    CodeBlockKind::Fenced(language) if ["", "rust"].contains(&language.trim()) => {
                        Some((
                            "a fence without a language becomes a doctest",
                            "write ```text or ```json",
                        ))
                    }
                    CodeBlockKind::Fenced(_) => None,
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                in_code = false;
                None
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                in_link = true;
                let is_web = ["http://", "https://", "mailto:", "#"]
                    .iter()
                    .any(|start| dest_url.starts_with(start));
                (!is_web).then_some(BRACKETS)
            }
            Event::End(TagEnd::Link) => {
                in_link = false;
                None
            }
            Event::Html(_) | Event::InlineHtml(_) => {
                Some(("a tag fails the documentation build", "put it in backticks"))
            }
            Event::Text(text)
                if !in_link
                    && !in_code
                    && ["http://", "https://"]
                        .iter()
                        .any(|start| text.contains(start)) =>
            {
                Some((
                    "a bare URL fails the documentation build",
                    "put it in `<` and `>`",
                ))
            }
            _ => None,
        };
        found.extend(problem.map(|(message, help)| (range.start, message, help)));
    }
    found.extend(
        broken
            .into_inner()
            .into_iter()
            .map(|start| (start, BRACKETS.0, BRACKETS.1)),
    );
    found
}

#[cfg(test)]
mod tests {
    use super::problems;

    #[test]
    fn what_rustdoc_takes_is_taken() {
        for text in [
            "A sentence.",
            "See <https://example.com/a?b=c>.",
            "See [the page](https://example.com).",
            "Uses `[a]` and `<b>` and `https://example.com`.",
            "- `a` is one\n- `b` is two",
            "1 < 2, and 3 > 2.",
            "```text\n[a] <b> https://example.com\n```",
        ] {
            assert_eq!(problems(text), [], "{text}");
        }
    }

    #[test]
    fn what_rustdoc_refuses_is_found() {
        for text in [
            "See https://example.com.",
            "See (https://example.com) for more.",
            "A [name] of Rust.",
            "See [the page](page.md).",
            "A <b> tag.",
            "A text.\n\n    let code = 1;",
            "```\ncode\n```",
        ] {
            assert_eq!(problems(text).len(), 1, "{text}: {:?}", problems(text));
        }
    }
}
