//! The HTTP client of the store, which remembers the last response, and what that means to people.
//!
//! Errors of `object_store` repeat bodies, and a body of S3 may repeat the access key and what was signed. So the body of
//! a failure goes no further than this file. Of it only the error code is read, and only if it is one of [`CODES`]:
//! `SignatureDoesNotMatch` becomes a sentence that names the variable to correct.

use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use async_trait::async_trait;
use http_body_util::{BodyExt, Limited};
use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpRequest, HttpResponse, HttpResponseBody, HttpService,
};
use object_store::{ClientConfigKey, ClientOptions};
use tokio::time::timeout;

use crate::exit::{Exit, Failure};
use crate::lock::lock;

/// Time to connect, as long as the library has for the service.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// Time between two pieces of a body. There is no limit for all of it: outputs may be large.
const READ_TIMEOUT: Duration = Duration::from_secs(30);
/// Time for the body of an error, which is a few hundred bytes.
const ERROR_TIMEOUT: Duration = Duration::from_secs(5);
/// Bytes of the body of an error that are read.
const ERROR_BYTES: usize = 64 * 1024;

/// Status and code of a response, also of a success.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StoreResponse {
    pub(crate) status: u16,
    code: Option<&'static Code>,
}

/// What an error code of S3 means here: how the command ends, and a sentence.
#[derive(Debug, PartialEq, Eq)]
struct Code {
    name: &'static str,
    exit: Exit,
    meaning: &'static str,
}

/// A row of the table.
const fn code(name: &'static str, exit: Exit, meaning: &'static str) -> Code {
    Code {
        name,
        exit,
        meaning,
    }
}

const REGION: &str =
    "the bucket is in another region or at another endpoint: set AWS_REGION or AWS_ENDPOINT_URL_S3";
const EXPIRED: &str = "the credentials in AWS_SESSION_TOKEN have expired or are not valid";

/// Codes of S3 that say more than their status. A status of 403, for example, has several reasons, each with its own
/// remedy.
static CODES: [Code; 11] = [
    code("NoSuchBucket", Exit::NotFound, "there is no such bucket"),
    code(
        "InvalidAccessKeyId",
        Exit::Unauthorized,
        "the store does not know the key in AWS_ACCESS_KEY_ID",
    ),
    code(
        "SignatureDoesNotMatch",
        Exit::Unauthorized,
        "AWS_SECRET_ACCESS_KEY does not belong to AWS_ACCESS_KEY_ID",
    ),
    code("ExpiredToken", Exit::Unauthorized, EXPIRED),
    code("InvalidToken", Exit::Unauthorized, EXPIRED),
    code(
        "RequestTimeTooSkewed",
        Exit::Unauthorized,
        "the clock of this machine and the store's differ",
    ),
    code(
        "InvalidObjectState",
        Exit::Unauthorized,
        "the output is archived and has to be restored first",
    ),
    code("PermanentRedirect", Exit::Usage, REGION),
    code("TemporaryRedirect", Exit::Usage, REGION),
    code("AuthorizationHeaderMalformed", Exit::Usage, REGION),
    code("IllegalLocationConstraintException", Exit::Usage, REGION),
];

impl StoreResponse {
    /// What it means that a call failed with this as the last response: the code if it is known, else the status.
    pub(crate) fn failure(self) -> Failure {
        if let Some(code) = self.code {
            return Failure::new(code.exit, code.meaning);
        }
        match self.status {
            200..=299 => Failure::new(Exit::Unreadable, "the store's response is not one of S3"),
            300..=399 => Failure::usage(REGION),
            401 | 403 => Failure::new(
                Exit::Unauthorized,
                "the store does not allow it for these credentials",
            ),
            404 => Failure::new(Exit::NotFound, "there is no such output"),
            status => Failure::new(
                Exit::Service,
                format!("the store responded with status {status}"),
            ),
        }
    }
}

/// The last response to the current call, and how many attempts it took. Clones share it; calls do not overlap.
#[derive(Clone, Debug, Default)]
pub(crate) struct Last(Arc<Mutex<(Option<StoreResponse>, u32)>>);

impl Last {
    /// The last response; `None` if there was none, as without a connection.
    pub(crate) fn response(&self) -> Option<StoreResponse> {
        self.lock().0
    }

    /// Another call begins.
    pub(crate) fn clear(&self) {
        *self.lock() = (None, 0);
    }

    /// Another attempt begins. Returns how many there were before.
    fn attempt(&self) -> u32 {
        let mut last = self.lock();
        let before = last.1;
        *last = (None, before + 1);
        before
    }

    /// An attempt ended with this response.
    fn record(&self, status: u16, code: Option<&'static Code>) {
        self.lock().0 = Some(StoreResponse { status, code });
    }

    fn lock(&self) -> MutexGuard<'_, (Option<StoreResponse>, u32)> {
        lock(&self.0)
    }
}

/// The HTTP client of a store. It watches responses, and takes the bodies from failures.
#[derive(Clone, Debug)]
pub(crate) struct Watched {
    client: reqwest::Client,
    /// Whether the store may be called without TLS.
    is_plain: bool,
    last: Last,
}

impl Watched {
    /// A client that follows no redirects and unpacks no bodies: a checksum is of the bytes as they are stored. A store
    /// on this machine is called without a proxy.
    pub(crate) fn new(is_plain: bool, is_loopback: bool) -> Result<Self, Failure> {
        // A redirect would take a session token to another host.
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .https_only(!is_plain)
            .connect_timeout(CONNECT_TIMEOUT)
            .read_timeout(READ_TIMEOUT)
            .no_gzip()
            .no_brotli()
            .no_zstd()
            .no_deflate();
        let client = match is_loopback {
            true => client.no_proxy(),
            false => client,
        };
        let client = client
            .build()
            .map_err(|_| Failure::usage("the HTTP client for S3 cannot be set up"))?;
        Ok(Watched {
            client,
            is_plain,
            last: Last::default(),
        })
    }

    /// The last response to the current call.
    pub(crate) fn last(&self) -> &Last {
        &self.last
    }
}

impl HttpConnector for Watched {
    /// The client for a purpose of the store. Credentials of a container come by http from an address of its own machine,
    /// also where the store itself is called with TLS only.
    fn connect(&self, options: &ClientOptions) -> object_store::Result<HttpClient> {
        let allow_http = options.get_config_value(&ClientConfigKey::AllowHttp);
        if !self.is_plain && allow_http.as_deref() == Some("true") {
            let metadata =
                Watched::new(true, true).map_err(|failure| object_store::Error::Generic {
                    store: "S3",
                    source: failure.message().into(),
                })?;
            return Ok(HttpClient::new(metadata));
        }
        Ok(HttpClient::new(self.clone()))
    }
}

#[async_trait]
impl HttpService for Watched {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        // The same span as for the library's attempts, for `-v`.
        let span = tracing::debug_span!(
            "attempt",
            http.request.resend_count = self.last.attempt(),
            http.response.status_code = tracing::field::Empty,
            error.r#type = tracing::field::Empty,
        );
        let response = HttpService::call(&self.client, request).await;
        let response = response.inspect_err(|error| {
            span.record("error.type", tracing::field::debug(error.kind()));
        })?;
        let status = response.status();
        span.record("http.response.status_code", status.as_u16());
        if status.is_success() {
            self.last.record(status.as_u16(), None);
            return Ok(response);
        }
        let (parts, body) = response.into_parts();
        self.last.record(status.as_u16(), known_code(body).await);
        Ok(HttpResponse::from_parts(parts, String::new().into()))
    }
}

/// The code in the XML of an error, if it is one of [`CODES`].
async fn known_code(body: HttpResponseBody) -> Option<&'static Code> {
    let body = Limited::new(body, ERROR_BYTES).collect();
    let bytes = timeout(ERROR_TIMEOUT, body).await.ok()?.ok()?.to_bytes();
    let text = String::from_utf8_lossy(&bytes);
    let (_, rest) = text.split_once("<Code>")?;
    let (name, _) = rest.split_once("</Code>")?;
    CODES.iter().find(|code| code.name == name.trim())
}
