//! Keys that are names: which ones are refused, and what to write instead.
//!
//! | below | right | wrong |
//! |---|---|---|
//! | `paths` | `/items/{item_id}` | `items` |
//! | `content` | `application/json` | `json` |
//! | `responses` | `"200"`, `4XX`, `default` | `ok`, `20` |
//! | sections of `components` | `Job.Type-1` | `Job Type` |
//! | `properties`, `headers`, `mapping` | anything but an empty name | |

pub(super) fn any_name(name: &str) -> Option<&'static str> {
    name.is_empty().then_some("write a name")
}

pub(super) fn path(name: &str) -> Option<&'static str> {
    let literal = |letter: char| letter.is_ascii_alphanumeric() || "-._~/:@{}".contains(letter);
    let outside = outside_braces(name);
    let dots = |segment: &str| segment == "." || segment == "..";
    if !name.starts_with('/') {
        Some("a path starts with `/`")
    } else if name.contains(['?', '#']) {
        Some("a path ends before its query; write a parameter with `in: query`")
    } else if name.contains("//") || name.split('/').any(dots) {
        Some("between two `/` is the name of a part of the path")
    } else if !outside.chars().all(literal) {
        Some("a path has letters, digits, `-`, `_`, `.` and `~`, and parameters as `{name}`")
    } else {
        None
    }
}

/// What is left of a path without its parameters.
fn outside_braces(path: &str) -> String {
    let mut parts = path.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |outside, part| {
        outside + part.split_once('}').map_or(part, |(_, rest)| rest)
    })
}

pub(super) fn media_type(name: &str) -> Option<&'static str> {
    (!name.contains('/')).then_some("write a media type, such as `application/json`")
}

/// Three digits, a digit with `XX`, or `default`. Which of them the bindings can use is
/// `single-success-body`'s.
pub(super) fn status(name: &str) -> Option<&'static str> {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let known = name == "default"
        || (name.len() == 3 && (digits(name) || (name.ends_with("XX") && digits(&name[..1]))));
    (!known).then_some("write a status, such as `\"200\"`, or `default`")
}

/// The names that OpenAPI allows. That they are UpperCamelCase is `component-name`'s.
pub(super) fn component(name: &str) -> Option<&'static str> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    let known = !name.is_empty() && name.bytes().all(fits);
    (!known).then_some("a name has letters, digits, `.`, `_` and `-`")
}
