//! The objects of OpenAPI 3.0 as data: which keys each has, and what they hold.
//!
//! One table for each object of the specification, so that the walk in `vocabulary.rs` is a few lines and a new
//! key is one word. Keys of our own (`x-region`, `x-typed-by`, `x-settings`, `x-not-secret`, `x-default`) are
//! among them.
//!
//! ```yaml
//! info: {title: Processing results, version: "2026-03-27", contact: {email: a@example.com}}
//! # `info` is INFO, with the texts `title` and `version`, which it needs, and `contact`, which is CONTACT
//! ```
//!
//! Source: the OpenAPI Specification 3.0.3, section "Schema". What 3.1 adds is in `openapi31.rs`; what the
//! bindings make of a key is a matter of the other rules.

mod call;
mod document;
mod names;
mod object;
mod schema;
mod server;

pub(in crate::rules) use document::OPENAPI;
pub(in crate::rules) use object::{Object, Refusal, ValueShape};
