//! Carries our error through the generated client.
//!
//! The generator's `exec` hook can only return `reqwest::Result<Response>`, and a `reqwest::Error` can be made by
//! reqwest alone. Therefore a call that failed returns a response, with our error in its extensions:
//!
//! ```text
//! Transport::call -> (Response, Option<Error>) -> into_hook_result -> generated code
//!   generated code: 200 is decoded, every other status is `UnexpectedResponse(response)`
//!   From<progenitor_client::Error>: takes our error out of the extensions again
//! ```

use std::sync::{Arc, Mutex};

use progenitor_client::Error as ClientError;
use reqwest::{ResponseBuilderExt, StatusCode, Url};

use crate::error::{DecodeError, Error};
use crate::lock::lock;
use crate::response::Response;

/// Extensions must be `Clone`, which an error is not.
#[derive(Clone)]
struct ErrorExtension(Arc<Mutex<Option<Error>>>);

/// What the hook returns: the response, with the error in its extensions if the call failed. The body has been read within
/// its limits and is passed on as it is, for users of the raw client, who get the status and the body of a failure from
/// the generator's own error.
pub(crate) fn into_hook_result(
    url: &Url,
    response: Response,
    error: Option<Error>,
) -> reqwest::Response {
    // Without a URL, reqwest would make one up, and parse it.
    let (mut parts, ()) = http::Response::builder()
        .url(url.clone())
        .body(())
        .unwrap_or_default()
        .into_parts();
    parts.status = response.status;
    parts.headers = response.headers;
    if let Some(error) = error {
        let extension = ErrorExtension(Arc::new(Mutex::new(Some(error))));
        parts.extensions.insert(extension);
    }
    http::Response::from_parts(parts, response.body).into()
}

/// An error is taken once: a second conversion of the response makes one from its status.
fn take_error(response: &mut reqwest::Response) -> Option<Error> {
    let extension = response.extensions_mut().remove::<ErrorExtension>()?;
    lock(&extension.0).take()
}

/// From the error of the raw generated client, which itself prints bodies.
impl From<ClientError<()>> for Error {
    fn from(error: ClientError<()>) -> Self {
        match error {
            ClientError::InvalidResponsePayload(body, error) => {
                // Only a documented success is decoded.
                Error::undecodable(Some(StatusCode::OK), DecodeError::find(&body, &error))
            }
            ClientError::UnexpectedResponse(mut response) => {
                let status = response.status();
                take_error(&mut response).unwrap_or_else(|| Error::of_status(status))
            }
            ClientError::InvalidRequest(_) | ClientError::Custom(_) => {
                Error::invalid_request("the request cannot be built from these parameters")
            }
            ClientError::CommunicationError(error)
            | ClientError::InvalidUpgrade(error)
            | ClientError::ResponseBodyError(error) => {
                Error::invalid_request("the request cannot be built")
                    .with_source(error.without_url())
            }
            ClientError::ErrorResponse(response) => Error::of_status(response.status()),
        }
    }
}
