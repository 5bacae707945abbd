//! The rule, and how it is reported.

use crate::finding::Position;
use crate::nearest::nearest;
use crate::report::Report;
use crate::rule::Rule;

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

/// Reports a name that is not there, at the name that took its place if one is near.
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
