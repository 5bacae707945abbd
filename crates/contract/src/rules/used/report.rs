//! The rule, and how it is reported.

use crate::finding::Position;
use crate::nearest::nearest;
use crate::report::Report;
use crate::rule::Rule;

/// The one rule that knows the Rust code. It does not keep anybody from a change; it says that two files change
/// together.
///
/// ```yaml
/// processing_results: {type: array, items: {$ref: '#/components/schemas/Result'}}
/// # the bindings use `ItemProcessingResults.processing_results` as an optional list of `ProcessingResult`
/// ```
pub(crate) static USED_BY_BINDINGS: Rule = Rule {
    name: "used-by-bindings",
    why: "what the bindings call by name has to be here under that name and with that type, or they do not build; to change \
          one, change `src/` and the tables of this rule with it",
    example: "- name: project … in: query",
    fix: "- name: project_id … in: query",
};

/// What to do where a name is gone.
pub(super) const KEEP: &str =
    "keep it as it is, or change the bindings first: see `cargo spec explain used-by-bindings`";

pub(super) fn miss(
    report: &mut Report,
    at: Position,
    message: impl Into<String>,
    help: impl Into<String>,
) {
    report.add(&USED_BY_BINDINGS, at, message, help.into());
}

/// Reports a name that is not there: `what` in words, at the one of `others` that took its place, or at `at` if
/// none did.
///
/// One that is spelled almost alike took it, and so did the only one that is left. The help names the old name
/// only where the spelling shows it.
pub(super) fn gone<'a>(
    what: &str,
    name: &str,
    others: impl Iterator<Item = (&'a str, Position)> + Clone,
    at: Position,
    report: &mut Report,
) {
    let near = nearest(name, others.clone().map(|(other, _)| other));
    let is_near = |(other, _): &(&str, _)| Some(*other) == near;
    // Of one alone, no name is needed to see that it was renamed.
    let only = others.clone().count() == 1;
    let alone = others.clone().next().filter(|_| only);
    let renamed = others.clone().find(is_near).or(alone);
    let message = format!("the bindings need {what}");
    let help = near.map_or_else(|| KEEP.to_owned(), |_| format!("did you mean `{name}`?"));
    miss(report, renamed.map_or(at, |(_, at)| at), message, help);
}
