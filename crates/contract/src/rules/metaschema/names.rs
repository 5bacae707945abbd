//! Keys that are names: which ones are refused, and what to write instead.

pub(super) fn any_name(name: &str) -> Option<&'static str> {
    name.is_empty().then_some("write a name")
}

pub(super) fn path(name: &str) -> Option<&'static str> {
    (!name.starts_with('/')).then_some("a path starts with `/`")
}

pub(super) fn media_type(name: &str) -> Option<&'static str> {
    (!name.contains('/')).then_some("write a media type, such as `application/json`")
}

pub(super) fn status(name: &str) -> Option<&'static str> {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let known = name == "default"
        || (name.len() == 3 && (digits(name) || (name.ends_with("XX") && digits(&name[..1]))));
    (!known).then_some("write a status, such as `\"200\"`, or `default`")
}

pub(super) fn component(name: &str) -> Option<&'static str> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    let known = !name.is_empty() && name.bytes().all(fits);
    (!known).then_some("a name has letters, digits, `.`, `_` and `-`")
}
