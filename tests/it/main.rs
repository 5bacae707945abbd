//! All tests of the public interface, one module a topic.

// The lints' exemption for tests does not reach their helpers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod agreement;
mod callers;
mod connections;
mod corpus;
mod errors;
mod examples;
mod fetch_many;
mod formats;
mod gateways;
mod golden;
mod history;
mod jobs;
mod leaks;
#[path = "../../crates/contract/tests/it/linear.rs"]
mod linear;
#[cfg(not(feature = "rustls"))]
mod no_tls;
mod open_telemetry;
mod properties;
mod readme;
mod readme_example;
mod request;
#[cfg(feature = "schemars")]
mod schema;
mod sockets;
mod spec;
mod support;
mod surface;
mod throttled;
#[cfg(feature = "rustls")]
mod tls;
mod total;
