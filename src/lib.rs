// Of two definitions of a link the first counts: on docs.rs there are no pictures beside the README.
//! [timeline]: https://github.com/processing-results/processing-results/raw/main/crates/cli/docs/timeline-light.png
//! [reference]: https://github.com/processing-results/processing-results/raw/main/crates/cli/docs/reference.png
//! [report]: https://github.com/processing-results/processing-results/raw/main/crates/cli/docs/report-light.png
//!
#![doc = include_str!("../README.md")]

mod base_url;
mod builder;
mod changes;
mod client;
mod credential;
mod error;
mod fetch_many;
#[cfg(any(test, fuzzing))]
mod fuzz;
mod generated;
mod history;
mod job;
#[cfg(feature = "mock")]
pub mod mock;
mod output;
mod pace;
mod request;
mod retry;
mod transport;
mod values;

pub use base_url::Region;
pub use builder::ClientBuilder;
pub use changes::ParameterChange;
pub use client::Client;
pub use error::CallReport;
pub use error::Error;
pub use error::ErrorKind;
pub use error::TimeoutKind;
pub use error::ValidationError;
pub use fetch_many::FetchMany;
pub use generated::types;
pub use job::Job;
pub use job::OtherJob;
pub use output::OutputLocation;
pub use progenitor_client::ResponseValue;
pub use request::ProcessingResultsRequest;
pub use types::JobType;

/// The numbers behind the defaults of [`ClientBuilder`] and [`FetchMany`].
pub mod defaults {
    pub use crate::builder::ATTEMPT_TIMEOUT;
    pub use crate::builder::CONCURRENCY;
    pub use crate::builder::CONNECT_TIMEOUT;
    pub use crate::builder::DEADLINE;
    pub use crate::builder::MAX_RESPONSE_BYTES;
    pub use crate::builder::MAX_RETRIES;
    pub use crate::builder::READ_TIMEOUT;
}

/// The raw generated client, for those who want it.
///
/// Its own error type prints response bodies, which hold secrets: convert it
/// to [`Error`] before anyone sees it.
pub mod api {
    pub use crate::generated::Client;
    pub use crate::transport::Transport;
    pub use progenitor_client::Error;
}

/// The contract that this crate was built from.
///
/// ```
/// use processing_results::spec;
///
/// assert!(spec::YAML.contains(spec::API_VERSION));
/// assert_eq!(spec::SHA256.len(), 64);
/// assert_eq!(spec::SERVERS[0], "https://api.cloud.llamaindex.ai");
/// ```
pub mod spec {
    include!(concat!(env!("OUT_DIR"), "/spec.rs"));
}

/// The door for the targets in `fuzz/`; no other build has it.
#[cfg(fuzzing)]
#[doc(hidden)]
pub fn fuzz(target: &str, data: &[u8]) {
    fuzz::run(target, data);
}
