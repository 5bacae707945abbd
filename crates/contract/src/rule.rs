//! What a rule is: the texts that a reviewer reads about it. `spec explain` shows them, findings carry the name, and
//! `rules/mod.rs` has the function that looks for it.

/// A rule as a reviewer gets to know it. `openapi/README.md` has a paragraph on each.
///
/// ```
/// use processing_results_contract::rules;
///
/// let rule = rules::ALL.iter().find(|rule| rule.name == "duplicate-key").unwrap();
/// assert!(!rule.why.is_empty() && rule.example != rule.fix);
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
