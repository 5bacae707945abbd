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
    (!name.starts_with('/')).then_some("a path starts with `/`")
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
