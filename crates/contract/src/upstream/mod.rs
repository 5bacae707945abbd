//! Follows the service: compares what its vendor publishes with the contract, and edits the contract to agree.
//!
//! The vendor's OpenAPI document and its documentation page are read as one kind of tree, in which spelling, prose and
//! limits are gone. What differs and stands in the ledger is meant to be; the rest is for a reviewer.

mod alternatives;
mod changelog;
mod combine;
mod compare;
mod components;
mod cut;
mod difference;
mod find;
mod follow;
mod inputs;
mod inventory;
mod ledger;
mod references;
mod report;
mod rewrite;
mod row;
mod shape;
mod theirs;
mod value;
mod verdict;
mod walk;
mod write;
mod written;

pub use compare::compare;
pub use difference::Source;
pub use inputs::Texts;
pub use inventory::inventory;
pub use report::{Comparison, Deviation, Stale};
pub use written::{Written, write};
