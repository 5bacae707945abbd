//! All tests of the public interface, one module a topic.

mod errors;
mod examples;
mod jobs;
#[cfg(feature = "mock")]
mod mock;
mod request;
mod support;
