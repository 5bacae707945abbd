//! The documentation page of the call, as Markdown, read strictly.
//!
//! ```text
//! **get** `/items/{item_id}`                     paths: {'/items/{item_id}': {get:
//! ### Path Parameters                              parameters:
//! - `item_id: string`                                - {name: item_id, in: path, required: true, schema: {type: string}}
//! ### Returns                                      responses: {'200': {content: {application/json: {schema:
//! - `Item = object { kind, size }`                   {type: object, required: [kind], properties: {
//!   - `kind: "a" or 1 more`                            kind: {type: string, enum: [a, b]},
//!     - `"a"`
//!     - `"b"`
//!   - `size: optional number`                          size: {type: number}}}}}}}}}
//! ### Example                                      nothing from here on
//! ```
//!
//! The page becomes an OpenAPI tree in which each key knows its line, so that it is compared like any other document.
//! It has no word on nullability, integers and formats.
//!
//! Strictly means: a line that is neither a known bullet nor prose is an error with its number, not a line that is
//! skipped; lists of members are checked against the bullets below them. The page has hundreds of lines that are all
//! alike, and one that is lost would be a field that silently nobody compares.

mod kind;
mod lines;
mod members;
mod schemas;
mod tree;

use crate::finding::Position;
use crate::yaml::Node;

/// Why the page cannot be taken at its word, in a sentence, and on which line.
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
