//! Many items: where their ids come from, and how they are fetched.

mod args;
mod bounded;
mod circuit_breaker;
mod fetch;
mod format;
mod ids;
mod in_order;
mod names;

pub(crate) use args::Collection;
pub(crate) use fetch::{Calls, Sink};
pub(crate) use ids::{End, Ids};
