//! Whether a request goes to the documented path.

/// Whether the path is the template's, below some prefix. A parameter that the URL parser took for a dot segment
/// would lead elsewhere: with the item id `..`, `/items/../results` becomes `/results` before it is sent, and so it does
/// with `%2e%2e` (WHATWG URL, "double-dot path segment"). They are compared from the end, as the prefix is the caller's.
pub(super) fn matches(template: &str, path: &str) -> bool {
    let is_slash = |byte: &u8| *byte == b'/';
    let mut segments = path.as_bytes().rsplit(is_slash);
    template.as_bytes().rsplit(is_slash).all(|expected| {
        let found = segments.next();
        match expected {
            // Before the template's first slash is the prefix.
            b"" => true,
            [b'{', ..] => found.is_some_and(|found| !found.is_empty()),
            literal => found == Some(literal),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn only_the_documented_path_matches() {
        let template = "/v1/items/{item_id}/results";
        for path in [
            "/v1/items/a/results",
            "/x/v1/items/a%2Fb/results",
            "/v1/items/%2e/results",
        ] {
            assert!(matches(template, path), "{path}");
        }
        for path in [
            "/",
            "",
            "/v1/items//results",
            "/v1/results",
            "/v1/items/a/b/results",
            "/v1/items/a/results/",
        ] {
            assert!(!matches(template, path), "{path}");
        }
    }
}
