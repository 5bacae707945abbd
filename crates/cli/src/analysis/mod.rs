//! What histories say about changes and repeats: `diff`, `duplicates`, and what `get` and `report` use of it.
//!
//! | file | what it has |
//! |---|---|
//! | `diff`, `comparison` | the command, and what it compares |
//! | `duplicates`, `duplicate_rows` | the command, and its lines for people |
//! | `sequence` | the results of one history, each compared with the one before it |
//! | `fetch_each`, `source`, `export_rows` | many histories, from the service or from an export |
//! | `ids` | short ids of results |

pub(crate) mod args;
mod comparison;
pub(crate) mod diff;
mod duplicate_rows;
pub(crate) mod duplicates;
mod export_rows;
pub(crate) mod fetch_each;
pub(crate) mod ids;
pub(crate) mod sequence;
mod source;
