//! Follows the service: compares what its vendor publishes with the contract, and edits the contract to agree.
//!
//! ```yaml
//! # the vendor's document, OpenAPI 3.1           # the contract, OpenAPI 3.0
//! Item:                                          Item:
//!   type: object                                   type: object
//!   properties:                                    additionalProperties: {}
//!     name:                                        properties:
//!       anyOf: [{type: string}, {type: 'null'}]      name: {type: string, nullable: true}
//!       title: Name
//!     size: {type: integer}
//! ```
//!
//! The two say the same of `name`, in two languages, and the vendor has a field more: `Item.size: new field: optional
//! integer`. To find that out, the vendor's OpenAPI document and its documentation page are read as one kind of tree, in
//! which spelling, prose and limits are gone. What differs and stands in the ledger is meant to be; the rest is for a
//! reviewer.
//!
//! ```text
//! theirs find cut rewrite combine alternatives references   the vendor's document -> the call in OpenAPI 3.0
//! ../page                                                    the documentation page -> the call in OpenAPI 3.0
//! walk shape difference                                      both trees -> what differs
//! ledger row                                                 what differs -> what nobody meant
//! write value components                                     what differs -> edits of the YAML
//! compare verdict report                                     for a reviewer: each difference and what following means
//! follow written changelog                                   --write: the contract, its ledger, its changelog
//! ```
//!
//! `diff` compares two documents as well, and this comparison is another on purpose. `diff` gets two versions of one
//! text, where names persist and every difference counts. Here two authors describe one service: the components have
//! other names, an enum of the one may be several of the other, a keyword that only restricts says nothing, and the page
//! has no word on null. What both share is the tree that they walk (`meaning`), and what an edit *means* is said by
//! `diff` alone: `verdict` compares the contract before and after following the vendor.

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
