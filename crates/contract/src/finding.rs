//! What a rule says about a place in the contract.
//!
//! ```text
//! api.yaml:2:3: unknown-key: `info` has no key `titel`      the finding, as `Display` writes it
//!   help: did you mean `title`?                             its help, which a renderer writes below
//! ```

use std::fmt;

/// A place in a file, counted from 1; the column counts characters, as editors do. Positions are ordered as
/// they come in the file.
///
/// ```
/// use processing_results_contract::Position;
///
/// assert!(Position { line: 2, column: 9 } < Position { line: 3, column: 1 });
/// assert!(Position::START < Position { line: 1, column: 2 });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, the first being 1.
    pub line: usize,
    /// The column in characters, the first being 1.
    pub column: usize,
}

impl Position {
    /// The very beginning of a file.
    pub const START: Position = Position { line: 1, column: 1 };
}

/// One mistake in the contract: where it is, which rule it breaks, and what to write instead.
///
/// `Display` is the first line only; the help goes below it, indented by two spaces.
///
/// ```
/// use processing_results_contract::Finding;
///
/// let finding = Finding {
///     file: "openapi/processing-results.yaml".into(),
///     line: 57,
///     column: 9,
///     rule: "dead-ref",
///     message: "nothing is named `#/components/schemas/JobTyp`".into(),
///     help: Some("did you mean `#/components/schemas/JobType`?".into()),
/// };
/// assert_eq!(
///     finding.to_string(),
///     "openapi/processing-results.yaml:57:9: dead-ref: nothing is named `#/components/schemas/JobTyp`",
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file as it was named to [`Document::parse`](crate::Document::parse).
    pub file: String,
    /// The line, the first being 1.
    pub line: usize,
    /// The column in characters, the first being 1.
    pub column: usize,
    /// Name of the rule, one of [`rules::ALL`](crate::rules::ALL).
    pub rule: &'static str,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to write instead, where that is known.
    pub help: Option<String>,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Finding {
            file,
            line,
            column,
            rule,
            message,
            ..
        } = self;
        write!(f, "{file}:{line}:{column}: {rule}: {message}")
    }
}
