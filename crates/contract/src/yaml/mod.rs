//! YAML as a tree in which each key and each value knows its position.

mod access;
pub(crate) mod build;
mod builder;
mod lines;
pub(crate) mod node;
mod read;
pub(crate) mod rules;
mod scalar;
mod spans;
mod syntax;
mod texts;

pub(crate) use access::keys;
pub(crate) use lines::without_comments;
pub(crate) use node::{Entry, Node, NodeKind, Text};
pub(crate) use read::read;
pub(crate) use scalar::quoted;
