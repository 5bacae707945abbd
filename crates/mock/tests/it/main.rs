//! The server on the wire, seen by a plain HTTP client.

// The lints' exemption for tests does not reach their helpers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod configured;
mod extended;
mod lifecycle;
mod served;
mod support;
