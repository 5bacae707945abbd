//! The documentation page of the call, as Markdown, read strictly.
//!
//! The page becomes an OpenAPI tree in which each key knows its line, so that it is compared like any other document.
//! It has no word on nullability, integers and formats.

mod kind;
mod lines;
mod members;
mod schemas;
mod tree;

use crate::finding::Position;
use crate::yaml::Node;

/// Why the page cannot be taken at its word.
#[derive(Debug)]
pub(crate) struct Refused {
    pub(crate) at: Position,
    pub(crate) message: String,
}

impl Refused {
    fn new(line: usize, message: impl Into<String>) -> Refused {
        let at = Position { line, column: 1 };
        Refused {
            at,
            message: message.into(),
        }
    }
}

/// Reads the page as an OpenAPI tree.
pub(crate) fn read(text: &str) -> Result<Node, Refused> {
    tree::of(&lines::read(text)?)
}
