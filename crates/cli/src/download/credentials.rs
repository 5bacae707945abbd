//! Credentials that expire, and what is wrong with where they come from.
//!
//! `object_store` reads them from a file or from a service of the machine, and takes what it finds for a part of a request.
//! What can't be one, such as a key with a line break in it, is found here: it would end the process there.

use std::error::Error as StdError;
use std::fmt::{self, Display, Formatter};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use object_store::aws::{AwsCredential, AwsCredentialProvider};
use object_store::client::{HttpError, HttpErrorKind};
use object_store::{CredentialProvider, Error};
use reqwest::Url;

use crate::host::is_loopback;

/// The variables beside each provider that it does not work without.
const NEEDED: [(&str, &str); 2] = [
    ("AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN"),
    (
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
    ),
];

/// Addresses of every machine in ECS and EKS at which its own agent hands out credentials, by plain http.
const AGENTS: [&str; 3] = ["169.254.170.2", "169.254.170.23", "[fd00:ec2::23]"];

/// A provider whose credentials are looked at before they are used.
#[derive(Debug)]
pub(super) struct Checked(pub(super) AwsCredentialProvider);

/// What a provider sent is no credential, or cannot be a part of a request.
#[derive(Debug)]
struct Unusable;

impl Display for Unusable {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("the credentials cannot be used")
    }
}

impl StdError for Unusable {}

/// A provider sent no credentials. It tells its errors apart from those of the store.
#[derive(Debug)]
struct Missing(Error);

impl Display for Missing {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("there are no credentials")
    }
}

impl StdError for Missing {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&self.0)
    }
}

#[async_trait]
impl CredentialProvider for Checked {
    type Credential = AwsCredential;

    async fn get_credential(&self) -> object_store::Result<Arc<AwsCredential>> {
        let found = self.0.get_credential().await;
        let found = found.map_err(|error| match is_undecodable(&error) {
            true => unusable(),
            false => generic(Missing(error)),
        })?;
        let keys = [&found.key_id, &found.secret_key];
        match keys
            .into_iter()
            .all(|key| is_sendable(key) && !key.is_empty())
            && found.token.as_deref().is_none_or(is_sendable)
        {
            true => Ok(found),
            false => Err(unusable()),
        }
    }
}

fn unusable() -> Error {
    generic(Unusable)
}

fn generic(source: impl StdError + Send + Sync + 'static) -> Error {
    Error::Generic {
        store: "S3",
        source: Box::new(source),
    }
}

/// Whether an error is that of credentials which came and cannot be used.
pub(super) fn is_unusable(error: &Error) -> bool {
    causes(error).any(|cause| cause.is::<Unusable>())
}

/// Whether an error is that of a provider which sent no credentials.
pub(super) fn is_missing(error: &Error) -> bool {
    causes(error).any(|cause| cause.is::<Missing>())
}

/// Whether a response of the provider was not what it should be.
fn is_undecodable(error: &Error) -> bool {
    let mut http = causes(error).filter_map(|cause| cause.downcast_ref::<HttpError>());
    http.any(|error| error.kind() == HttpErrorKind::Decode)
}

fn causes(error: &Error) -> impl Iterator<Item = &(dyn StdError + 'static)> {
    let mut next = error.source();
    std::iter::from_fn(move || {
        let cause = next?;
        next = cause.source();
        Some(cause)
    })
}

/// Whether a text can be a part of a request: a line break would begin another header.
pub(super) fn is_sendable(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// What is wrong with the provider of this variable, as a sentence that begins with the name of a variable. Nothing is
/// called. What a file does not have is found when it is read.
pub(super) fn mistake(name: &str, variable: &impl Fn(&str) -> Option<String>) -> Option<String> {
    if let Some((_, needed)) = NEEDED.iter().find(|(of, _)| *of == name)
        && variable(needed).is_none()
    {
        return Some(format!("{needed} is not set, although {name} is"));
    }
    let value = variable(name)?;
    match name {
        "AWS_WEB_IDENTITY_TOKEN_FILE" => not_a_file(name, &value),
        "AWS_CONTAINER_CREDENTIALS_FULL_URI" => {
            let url = Url::parse(&value).ok().filter(Url::has_host);
            if url.as_ref().is_some_and(is_elsewhere_in_plain) {
                return Some(format!(
                    "{name} is plain http, and no address of this machine: write https"
                ));
            }
            if !is_sendable(&value)
                || !url.is_some_and(|url| ["http", "https"].contains(&url.scheme()))
            {
                return Some(format!(
                    "{name} is not a URL: write it like http://host/path"
                ));
            }
            let file = NEEDED[1].1;
            let path = variable(file)?;
            let token = || fs::read_to_string(&path).unwrap_or_default();
            not_a_file(file, &path).or_else(|| {
                let message = format!("the file in {file} has line breaks or other characters that a token cannot have");
                (!is_sendable(&token())).then_some(message)
            })
        }
        _ if !is_sendable(&value) || !value.starts_with('/') => Some(format!(
            "{name} is not a path: write it like /v2/credentials"
        )),
        _ => None,
    }
}

/// Whether a token would go to another machine without TLS.
fn is_elsewhere_in_plain(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    url.scheme() == "http" && !is_loopback(host) && !AGENTS.contains(&host)
}

/// Something else than a file would be read without end, or waited for.
fn not_a_file(name: &str, path: &str) -> Option<String> {
    let is_other = fs::metadata(Path::new(path)).is_ok_and(|data| !data.is_file());
    is_other.then(|| format!("{name} is not the path of a file"))
}
