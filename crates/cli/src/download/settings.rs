//! The AWS variables: credentials, region, endpoint, and whether the endpoint may be plain http.
//!
//! They are those of other AWS tools; `processing-results help environment` lists them. Profiles and SSO are not read,
//! since `aws configure export-credentials --format env` prints variables for both. Everything that can be wrong with a
//! variable is found before a call, and named by the variable. Values are not shown, since they may be credentials.

use reqwest::Url;

use super::credentials::{is_sendable, mistake};
use crate::exit::Failure;
use crate::host::is_loopback;

/// The region if no variable names one. Stores that are not AWS expect it, mostly.
const DEFAULT_REGION: &str = "us-east-1";

/// Variables that say where to get credentials that expire: a role in Kubernetes, a task in ECS, a pod in EKS. The store's
/// client reads them.
const PROVIDERS: [&str; 3] = [
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
];

/// Variables whose values become a part of requests: of a header, a host or a path.
const IN_REQUESTS: [&str; 9] = [
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
    "AWS_ROLE_ARN",
    "AWS_ROLE_SESSION_NAME",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
];

/// Hosts of the partitions of AWS whose hosts do not end in `amazonaws.com`, by how their regions begin. The store's
/// client does not know them. Source: the endpoint rules of the AWS SDKs, `partitions.json`.
const PARTITIONS: [(&str, &str); 6] = [
    ("cn-", "amazonaws.com.cn"),
    ("eusc-", "amazonaws.eu"),
    ("us-iso-", "c2s.ic.gov"),
    ("us-isob-", "sc2s.sgov.gov"),
    ("eu-isoe-", "cloud.adc-e.uk"),
    ("us-isof-", "csp.hci.ic.gov"),
];

/// The credentials. It has no `Debug`, since it holds secrets.
#[derive(Clone)]
pub(crate) enum Credentials {
    /// Keys from variables.
    Keys {
        key_id: String,
        secret_key: String,
        /// For keys that expire.
        token: Option<String>,
    },
    /// The variable that says where to get them.
    Provider(&'static str),
}

/// What the variables say. It has no `Debug`, since it holds secrets.
#[derive(Clone)]
pub(crate) struct StoreSettings {
    pub(crate) credentials: Credentials,
    pub(crate) region: String,
    /// The URL of another store, without a trailing slash; `None` is AWS.
    pub(crate) endpoint: Option<String>,
    /// Whether the endpoint is plain http.
    pub(crate) is_plain: bool,
    /// The host that is called, for proxies and for `-v`.
    pub(crate) host: String,
    pub(crate) port: u16,
}

impl StoreSettings {
    /// Reads the variables. Plain http is for loopback, for `plain_hosts` (from `--allow-plain-http`), and for every host
    /// if AWS_ALLOW_HTTP is `true` or `1`.
    pub(crate) fn read(
        variable: impl Fn(&str) -> Option<String>,
        plain_hosts: &[String],
    ) -> Result<Self, Failure> {
        let set = |name: &str| {
            variable(name)
                .map(|value| value.trim().to_owned())
                .filter(|value| !value.is_empty())
        };
        for name in IN_REQUESTS {
            set(name).map_or(Ok(()), |value| plain(name, &value))?;
        }
        let credentials = credentials(&set, &variable)?;
        let named = ["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"];
        let endpoint = named.into_iter().find_map(|name| Some((name, set(name)?)));
        let allow_all = set("AWS_ALLOW_HTTP")
            .is_some_and(|value| ["true", "1"].contains(&value.to_lowercase().as_str()));
        let endpoint = endpoint
            .map(|(name, url)| endpoint_url(name, &url, allow_all, plain_hosts))
            .transpose()?;
        let region = region(&set)?;
        let partition = PARTITIONS
            .iter()
            .find(|(start, _)| region.starts_with(start));
        let endpoint = endpoint.or_else(|| {
            let (_, domain) = partition?;
            Url::parse(&format!("https://s3.{region}.{domain}")).ok()
        });
        let host = endpoint.as_ref().and_then(Url::host_str).map(str::to_owned);
        let port = endpoint.as_ref().and_then(Url::port_or_known_default);
        Ok(StoreSettings {
            credentials,
            is_plain: endpoint.as_ref().is_some_and(|url| url.scheme() == "http"),
            endpoint: endpoint.map(|url| url.as_str().trim_end_matches('/').to_owned()),
            host: host.unwrap_or_else(|| format!("s3.{region}.amazonaws.com")),
            port: port.unwrap_or(443),
            region,
        })
    }
}

/// The name of the region, which becomes a part of the host.
fn region(set: &impl Fn(&str) -> Option<String>) -> Result<String, Failure> {
    let named = ["AWS_REGION", "AWS_DEFAULT_REGION"];
    let found = named.into_iter().find_map(|name| Some((name, set(name)?)));
    let Some((name, region)) = found else {
        return Ok(DEFAULT_REGION.to_owned());
    };
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    match region.bytes().all(is_plain) {
        true => Ok(region),
        false => usage(&format!(
            "{name} is not the name of a region: write it like us-east-1"
        )),
    }
}

/// Keys in variables go before providers, as in other AWS tools.
fn credentials(
    set: &impl Fn(&str) -> Option<String>,
    variable: &impl Fn(&str) -> Option<String>,
) -> Result<Credentials, Failure> {
    let names = [
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
    ];
    let [key_id, secret_key, token] = names.map(set);
    match (key_id, secret_key) {
        (Some(key_id), Some(secret_key)) => Ok(Credentials::Keys {
            key_id,
            secret_key,
            token,
        }),
        (Some(_), None) => usage("AWS_SECRET_ACCESS_KEY is not set, although AWS_ACCESS_KEY_ID is"),
        (None, Some(_)) => usage("AWS_ACCESS_KEY_ID is not set, although AWS_SECRET_ACCESS_KEY is"),
        (None, None) => match PROVIDERS.into_iter().find(|name| set(name).is_some()) {
            Some(name) => match mistake(name, variable) {
                None => Ok(Credentials::Provider(name)),
                Some(mistake) => usage(&mistake),
            },
            None => usage(
                "there are no credentials for S3: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; \
                `aws configure export-credentials --format env` prints them, also for profiles and SSO",
            ),
        },
    }
}

/// An error if a value cannot be a part of a request: a line break would begin another header.
fn plain(name: &str, value: &str) -> Result<(), Failure> {
    match is_sendable(value) {
        true if value.starts_with(['"', '\'']) => {
            usage(&format!("{name} has quotes around it: leave them out"))
        }
        true => Ok(()),
        false => usage(&format!(
            "{name} has spaces, line breaks or other characters that it cannot have: set it again"
        )),
    }
}

/// Reads the URL of an endpoint, which `name` is the variable of.
fn endpoint_url(
    name: &str,
    text: &str,
    allow_all: bool,
    plain_hosts: &[String],
) -> Result<Url, Failure> {
    let Some(url) = Url::parse(text).ok().filter(Url::has_host) else {
        return usage(&format!("{name} is not a URL: write it like https://host"));
    };
    let has_more = url.query().is_some() || url.fragment().is_some();
    if has_more || !url.username().is_empty() || url.password().is_some() {
        return usage(&format!(
            "{name} has user info, a query or a fragment: write it like https://host"
        ));
    }
    let host = url.host_str().unwrap_or_default();
    let is_allowed = || {
        allow_all
            || is_loopback(host)
            || plain_hosts
                .iter()
                .any(|plain| plain.eq_ignore_ascii_case(host))
    };
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_allowed() => Ok(url),
        "http" => usage(&format!(
            "{name} is plain http, which would show the outputs to the network: write https, or allow the host \
            with --allow-plain-http"
        )),
        _ => usage(&format!("{name} has an unknown scheme: write https")),
    }
}

/// The failure of a variable.
fn usage<T>(message: &str) -> Result<T, Failure> {
    Err(Failure::usage(message))
}

#[cfg(test)]
mod tests;
