//! What a rule is.
//!
//! Each rule is a `static` beside the code that looks for it, with the only copy of its texts: `cargo spec
//! explain` prints them, and a test writes them into `openapi/README.md`.

/// A rule as a reviewer gets to know it. `openapi/README.md` has a paragraph on each.
///
/// ```
/// use processing_results_contract::rules;
///
/// let rule = rules::ALL.iter().find(|rule| rule.name == "unknown-key").unwrap();
/// assert_eq!((rule.example, rule.fix), ("nullabel: true", "nullable: true"));
/// ```
#[derive(Debug)]
pub struct Rule {
    /// The name that findings carry.
    pub name: &'static str,
    /// What goes wrong without it.
    pub why: &'static str,
    /// A line that breaks it.
    pub example: &'static str,
    /// What to write instead.
    pub fix: &'static str,
}
