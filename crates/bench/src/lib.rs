//! What the benches share: bodies, floors, a server, and how two things are
//! timed against each other.

// A bench that fails to set up has nothing to measure.
#![allow(clippy::unwrap_used)]

pub mod bodies;
pub mod calls;
pub mod pairs;
pub mod plain;
pub mod server;
