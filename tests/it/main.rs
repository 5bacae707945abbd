//! All tests of the public interface, one module a topic.

mod errors;
mod examples;
mod golden;
mod jobs;
mod leaks;
#[cfg(feature = "mock")]
mod mock;
mod properties;
mod request;
#[cfg(feature = "schemars")]
mod schema;
mod sockets;
mod spec;
mod support;
#[cfg(feature = "rustls")]
mod tls;
