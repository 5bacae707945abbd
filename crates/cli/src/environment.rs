//! Environment variables that the command reads, by name. The library reads the same ones for the service.

pub(crate) use processing_results::environment::{API_KEYS, BASE_URL, ORGANIZATION_ID, PROJECT_ID};

/// Proxies; each is also read in lower case.
pub(crate) const PROXIES: [&str; 4] = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"];

/// The value of a variable; an empty one counts as not set.
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name)
        .ok()
        .filter(|value| !value.trim().is_empty())
}

/// The variable that the key comes from, if one is set.
pub(crate) fn key_variable() -> Option<&'static str> {
    API_KEYS.into_iter().find(|name| variable(name).is_some())
}
