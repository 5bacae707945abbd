#![doc = include_str!("docs/front_page.md")]
#![allow(
    deprecated,
    reason = "what the contract deprecates works until it is gone"
)]

#[cfg(feature = "blocking")]
pub mod blocking;
mod builder;
mod changes;
mod client;
mod fetch_many;
mod generated;
mod history;
mod job;
mod job_config;
mod limits;
mod masked;
mod output;
mod partial;
mod request;

pub use builder::ClientBuilder;
pub use client::Client;
pub use fetch_many::FetchMany;
pub use generated::Region;
pub use generated::types;
pub use generated::types::Job;
pub use generated::types::JobType;
pub use job::OtherJob;
pub use output::OutputLocation;
pub use partial::Partial;
pub use partial::SkippedResult;
pub use processing_results_runtime::CallReport;
pub use processing_results_runtime::Error;
pub use processing_results_runtime::ErrorKind;
pub use processing_results_runtime::GaveUp;
pub use processing_results_runtime::ParameterChange;
pub use processing_results_runtime::TimeoutKind;
pub use processing_results_runtime::ValidationError;
pub use processing_results_runtime::environment;
pub use processing_results_runtime::jiff;
pub use progenitor_client::ResponseValue;
pub use request::ProcessingResultsRequest;
pub use reqwest;

/// The default values of [`ClientBuilder`] and [`FetchMany`].
pub mod defaults {
    pub use crate::fetch_many::CONCURRENCY;
    pub use processing_results_runtime::defaults::*;
}

/// The raw generated client.
///
/// Its own error type prints response bodies, which hold secrets: convert it to [`Error`] before it is printed or logged.
pub mod api {
    pub use crate::generated::Client;
    pub use processing_results_runtime::Transport;
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

    /// Name and text of the bundled examples, each a complete response of the call.
    pub const EXAMPLES: [(&str, &str); 3] = [
        (
            "documented",
            include_str!("../openapi/examples/documented.json"),
        ),
        ("history", include_str!("../openapi/examples/history.json")),
        ("drift", include_str!("../openapi/examples/drift.json")),
    ];
}

#[cfg(doc)]
#[doc = include_str!("docs/python_sdk.md")]
pub mod coming_from_the_python_sdk {}

// The README's programs, compiled as they are printed.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// What the command needs beside the public interface.
#[doc(hidden)]
pub mod __private {
    pub use processing_results_runtime::__private::{
        Field, MASK, Masker, Masking, Names, SensitiveNames, Shape, Unknown,
    };
}
