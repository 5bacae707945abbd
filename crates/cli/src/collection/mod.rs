//! Many items: where their ids come from, and how they are fetched.
//!
//! Commands over many items share this: ids from arguments, files or pipes; calls within a limit of
//! concurrency and rate; histories in the order of the ids; and an end when going on is of no use.

mod args;
pub(crate) mod bounded;
mod circuit_breaker;
mod fetch;
mod format;
mod ids;
mod in_order;
mod names;

pub(crate) use args::Collection;
pub(crate) use fetch::{Calls, FetchedItem, Sink};
pub(crate) use ids::{End, Ids};
