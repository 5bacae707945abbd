//! YAML as a tree in which each key and each value knows its position.

mod access;
pub(crate) mod build;
mod lines;
pub(crate) mod node;
mod read;
pub(crate) mod rules;
mod scalar;
mod syntax;
mod texts;

pub(crate) use access::keys;
pub(crate) use node::{Entry, Node, NodeKind, Text};
pub(crate) use read::{read, without_comments};
pub(crate) use scalar::quoted;
