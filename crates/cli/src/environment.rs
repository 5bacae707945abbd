//! Environment variables that the command reads, by name. The library reads the same ones for the service.

/// The key; the second where the first is not set.
pub(crate) const API_KEYS: [&str; 2] = ["LLAMA_CLOUD_API_KEY", "LLAMA_PARSE_API_KEY"];
pub(crate) const BASE_URL: &str = "LLAMA_CLOUD_BASE_URL";
pub(crate) const PROJECT_ID: &str = "LLAMA_CLOUD_PROJECT_ID";
pub(crate) const ORGANIZATION_ID: &str = "LLAMA_CLOUD_ORGANIZATION_ID";
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
