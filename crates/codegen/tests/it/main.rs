//! What is generated, and that each contract which the check accepts builds, is documented and decodes.

#![cfg(test)]
// The lints' exemption for tests does not reach their helpers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod accepted;
mod generated;
mod legal;
mod needed;
mod project;
mod random;
mod recipe;
mod vendor;
#[path = "../../../contract/tests/it/vendor_states.rs"]
mod vendor_states;
