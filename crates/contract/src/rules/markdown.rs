//! What rustdoc makes of a description: code that would be compiled, links that lead nowhere, tags that are not
//! closed.
//!
//! The text is read by the parser that rustdoc itself uses, with the extensions that rustdoc switches on, so
//! that this does not guess. Input and outcome:
//!
//! | text | why it is refused |
//! |---|---|
//! | four spaces before a line, after a blank line | an indented block is a doctest |
//! | a fence without a language, or with `rust` | a doctest |
//! | `[name]`, `[the page](page.md)` | an intra-doc link to nothing |
//! | `<b>` | an unclosed HTML tag |
//! | `https://example.com` without `<` and `>` | a bare URL |

use pulldown_cmark::{BrokenLink, CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::cell::RefCell;

/// What is wrong, and what to write instead.
pub(super) type Remark = (&'static str, &'static str);

const INDENTED: Remark = (
    "an indented block becomes a doctest",
    "indent less, or fence it with a language, such as ```text",
);
const FENCE: Remark = (
    "a fence without a language becomes a doctest",
    "write ```text or ```json",
);
const BRACKETS: Remark = (
    "brackets are read as a link to Rust code",
    "put them in backticks",
);
const TAG: Remark = ("a tag fails the documentation build", "put it in backticks");
const BARE_URL: Remark = (
    "a bare URL fails the documentation build",
    "put it in `<` and `>`",
);

/// What rustdoc makes of a text that was not meant, each with the byte of the text where it starts.
///
/// Reads the text once. Links that lead nowhere come last, as the parser reports them through a callback while
/// it reads.
pub(super) fn problems(text: &str) -> Vec<(usize, Remark)> {
    let broken = RefCell::new(Vec::new());
    let on_broken = |link: BrokenLink<'_>| {
        broken.borrow_mut().push((link.span.start, BRACKETS));
        None
    };
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let events = Parser::new_with_broken_link_callback(text, options, Some(on_broken));
    let mut found = Vec::new();
    // Whether the text belongs to a link, or to a block of code.
    let mut is_inside = false;
    for (event, range) in events.into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::Link { .. }) => is_inside = true,
            Event::End(TagEnd::CodeBlock | TagEnd::Link) => is_inside = false,
            _ => {}
        }
        let problem = problem(&event, is_inside);
        found.extend(problem.map(|problem| (range.start, problem)));
    }
    found.extend(broken.into_inner());
    found
}

/// What is wrong with one event. `is_inside` is true within the text of a link or a code block, where a URL is right.
fn problem(event: &Event, is_inside: bool) -> Option<Remark> {
    match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => Some(INDENTED),
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
            ["", "rust"].contains(&language.trim()).then_some(FENCE)
        }
        Event::Start(Tag::Link { dest_url, .. }) => {
            let mut schemes = ["http://", "https://", "mailto:", "#"].into_iter();
            let is_web = schemes.any(|scheme| dest_url.starts_with(scheme));
            (!is_web).then_some(BRACKETS)
        }
        Event::Html(_) | Event::InlineHtml(_) => Some(TAG),
        Event::Text(text) if !is_inside => {
            let has_url = text.contains("http://") || text.contains("https://");
            has_url.then_some(BARE_URL)
        }
        _ => None,
    }
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
