//! One predicate for each thing that a caller can act on, and what to do then.

use super::Error;
use super::ErrorKind::*;

macro_rules! predicates {
    ($($(#[$doc:meta])* $name:ident: $pattern:pat,)*) => {
        /// One predicate for each thing that a caller can act on.
        impl Error {
            $(
                $(#[$doc])*
                #[must_use]
                pub fn $name(&self) -> bool {
                    matches!(self.kind(), $pattern)
                }
            )*
        }
    };
}

predicates! {
    /// The client cannot be built.
    ///
    /// # Troubleshooting
    /// The message names the setting, or the environment variable that is missing.
    is_configuration: Configuration,

    /// Nothing was sent since a parameter cannot be, or the service responded with 400.
    ///
    /// # Troubleshooting
    /// Item ids are one path segment; no parameter may be empty.
    /// [`Error::status`] is none if nothing was sent.
    is_invalid_request: InvalidRequest,

    /// The service does not accept the credential (401).
    ///
    /// # Troubleshooting
    /// A key belongs to one region and one project. Try the other region, then create a new key.
    is_unauthorized: Unauthorized,

    /// The account is out of credits (402).
    ///
    /// # Troubleshooting
    /// Add credits. Trying again does not help.
    is_payment_required: PaymentRequired,

    /// The credential is good, but not for this item (403).
    ///
    /// # Troubleshooting
    /// Check `project_id` and `organization_id`, and that the key's owner may read them.
    is_forbidden: Forbidden,

    /// Something in front of the service refused the request: a proxy that wants a login (407), a network that wants
    /// somebody to sign in (511), or a page of a firewall (403 that is no JSON).
    ///
    /// # Troubleshooting
    /// The message says which of them. The request has not reached the service.
    is_gateway: Gateway,

    /// There is no such item (404).
    ///
    /// # Troubleshooting
    /// Check the id: it is the batch item's, not the job's and not the file's.
    /// An item of another project or region is not found either.
    is_not_found: NotFound,

    /// The service does not have this call, as far as its response shows: 410, a
    /// 404 in the words for an unknown path, a 404 from a gateway.
    ///
    /// # Troubleshooting
    /// Check the base URL. If it is right, the call, which is beta, has been
    /// withdrawn: look for a newer version of this crate.
    is_gone: Gone,

    /// The service found a parameter invalid (422).
    ///
    /// # Troubleshooting
    /// [`Error::validation_errors`] names parameters and reasons, where the
    /// service gave them.
    is_validation: Validation,

    /// Too many requests (429), after all retries.
    ///
    /// # Troubleshooting
    /// [`Error::retry_after`] is how long to wait. Free plans have 20 requests a
    /// minute; a longer deadline waits for you.
    is_rate_limited: RateLimited,

    /// The item is locked by something else (409), after all retries.
    ///
    /// # Troubleshooting
    /// Try again later.
    is_conflict: Conflict,

    /// The service, or a gateway before it, failed (500 and up), after all retries.
    ///
    /// # Troubleshooting
    /// Try again later; quote [`Error::request_id`] to the service's support.
    is_server: Server,

    /// A limit of time was over; [`ErrorKind::Timeout`](crate::ErrorKind::Timeout) says which.
    ///
    /// # Troubleshooting
    /// Raise `attempt_timeout` for large histories, `deadline` for patience.
    is_timeout: Timeout(_),

    /// No connection.
    ///
    /// # Troubleshooting
    /// Check base URL, network, and the proxy in the environment.
    is_connect: Connect,

    /// TLS refused: a certificate that does not verify, or no common version.
    ///
    /// # Troubleshooting
    /// Give a client that trusts your certificate with `http_client`. Never
    /// retried: a certificate does not mend itself.
    is_tls: Tls,

    /// The connection broke off before the response was complete, after all retries.
    ///
    /// # Troubleshooting
    /// Try again later. If it always happens, look for a proxy that cuts large responses.
    is_interrupted: Interrupted,

    /// The service redirects (3xx). It is not followed: the credential stays here.
    ///
    /// # Troubleshooting
    /// Set the base URL to where it points to, if you trust that.
    is_redirect: Redirect,

    /// The response is not the documented one: HTML, cut off, another shape.
    ///
    /// # Troubleshooting
    /// [`Error::json_path`] says where. The contract may have moved on; look
    /// for a newer version of this crate.
    is_undecodable: Undecodable,

    /// The response is larger than `max_response_bytes`, and was not read to its end.
    ///
    /// # Troubleshooting
    /// Raise `max_response_bytes`, if you expect such histories.
    is_too_large: TooLarge,
}
