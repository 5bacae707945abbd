//! YAML as a tree in which each key and each value knows its position, in lines for people and in bytes for
//! edits.
//!
//! `granit-parser` reads the syntax; here its events become a tree, and what an author did not mean to write is
//! noted on the way, since the tree no longer shows it:
//!
//! ```yaml
//! type: string
//! type: integer          # duplicate-key: most tools silently take this one
//! lang: &lang {...}      # yaml-anchor
//! <<: *lang              # merge-key
//! ```
//!
//! From the text to the tree: `read.rs` starts the parser and reports what stops it, `builder.rs` takes its
//! events, `texts.rs` and `lines.rs` look at the lines behind them, `syntax.rs` finds the cause of a syntax
//! error. Of the tree: `node.rs` is the tree, `access.rs` the ways into it, `scalar.rs` what a plain text
//! means. `build.rs` makes trees that no file has.

mod access;
pub(crate) mod build;
mod builder;
mod lines;
pub(crate) mod node;
mod read;
mod repair;
pub(crate) mod rules;
mod scalar;
mod spans;
mod syntax;
mod texts;

pub(crate) use access::keys;
pub(crate) use lines::without_comments;
pub(crate) use node::{Entry, Node, NodeKind, Text};
pub(crate) use read::{read, read_by};
pub(crate) use scalar::{double_quoted, quoted};
