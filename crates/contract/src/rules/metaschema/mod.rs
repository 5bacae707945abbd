//! The objects of OpenAPI 3.0 as data: which keys each has, and what they hold.

mod call;
mod document;
mod names;
mod object;
mod schema;
mod server;

pub(in crate::rules) use document::OPENAPI;
pub(in crate::rules) use object::{Object, Refusal, ValueShape};
