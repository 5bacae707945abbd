//! How the generated client of `processing-results` talks to the service: credentials, limits, retries, errors, and
//! the leaf types of the response.
//!
//! This crate knows the service, not the contract: nothing here depends on which fields a response has. Its users are
//! the bindings; everything of interest to callers is re-exported by `processing_results`.
//!
//! From the leaf up: [`Limits`] and what an attempt results in, then [`Error`] and the retry policy, then
//! [`Transport`], which runs the attempts of a call.

mod base_url;
mod changes;
mod covered;
mod credential;
pub mod environment;
mod error;
mod error_extension;
mod field;
mod http_client;
mod json;
#[cfg(test)]
#[path = "../../contract/tests/it/linear.rs"]
mod linear;
mod lock;
mod mask;
mod pace;
mod path_segment;
mod rate_limit;
mod response;
mod retry;
mod transport;
mod types;

#[doc(hidden)]
#[path = "private/mod.rs"]
pub mod __private;

pub use base_url::BaseUrl;
pub use changes::ParameterChange;
pub use credential::{bearer, cookie};
pub use error::CallReport;
pub use error::DecodeError;
pub use error::Error;
pub use error::ErrorKind;
pub use error::GaveUp;
pub use error::ValidationError;
pub use http_client::Connections;
pub use jiff;
pub use path_segment::check_path_segment;
pub use rate_limit::RateLimiter;
pub use response::Limits;
pub use response::TimeoutKind;
pub use response::defaults;
pub use transport::Transport;
pub use types::Json;
pub use types::JsonObject;
pub use types::Secret;
pub use types::SensitiveUrl;
pub use types::Timestamp;
