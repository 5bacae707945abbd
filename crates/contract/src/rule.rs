//! What a rule is.

/// A rule as a reviewer gets to know it. `openapi/README.md` has a paragraph on each.
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
