//! What histories say about changes and repeats: `diff`, `duplicates`, and what `get` and `report` use of it.
//!
//! | file | what it has |
//! |---|---|
//! | `diff`, `duplicates` | the commands |
//! | `sequence` | the results of one history, each compared with the one before it |
//! | `fetch_each`, `source` | many histories, from the service or from an export |
//! | `ids` | short ids of results |

pub(crate) mod args;
pub(crate) mod diff;
pub(crate) mod duplicates;
pub(crate) mod fetch_each;
pub(crate) mod ids;
pub(crate) mod sequence;
mod source;
