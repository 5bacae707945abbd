//! The values of an enum.

use super::{Api, Class, Diff, UNKNOWN, Wire};
use crate::yaml::Node;

const ADDED: Class = (
    Wire::Additive,
    Api::Minor,
    "enums are open: code already has to expect values that it does not know",
);
const REMOVED_FROM_REQUESTS: Class = (
    Wire::Breaking,
    Api::Major,
    "requests with this value are refused, and its variant is gone",
);
const REMOVED_FROM_ANSWERS: Class = (
    Wire::None,
    Api::Major,
    "answers lose a value, which nobody misses; its variant is gone",
);
const REORDERED: Class = (Wire::None, Api::Patch, "the order of values means nothing");

impl Diff<'_, '_> {
    pub(super) fn values(&mut self, old: &Node, new: &Node, name: &str, request: bool) {
        let (before, after) = (values(old), values(new));
        let at = format!("/components/schemas/{name}/enum");
        if before.is_empty() != after.is_empty() {
            let what = if after.is_empty() {
                "is no enum any more"
            } else {
                "became an enum"
            };
            return self.add(&at, name, what, UNKNOWN);
        }
        for (index, value) in after
            .iter()
            .enumerate()
            .filter(|(_, value)| !before.contains(value))
        {
            self.add(
                &format!("{at}/{index}"),
                name,
                format!("value `{value}` added"),
                ADDED,
            );
        }
        let removed = match request {
            true => REMOVED_FROM_REQUESTS,
            false => REMOVED_FROM_ANSWERS,
        };
        for value in before.iter().filter(|value| !after.contains(value)) {
            self.add(&at, name, format!("value `{value}` removed"), removed);
        }
        let kept = before.iter().filter(|value| after.contains(value));
        if !kept.eq(after.iter().filter(|value| before.contains(value))) {
            self.add(&at, name, "values in another order", REORDERED);
        }
    }
}

fn values(schema: &Node) -> Vec<&str> {
    schema
        .get("enum")
        .into_iter()
        .flat_map(Node::texts)
        .map(|(value, _)| value)
        .collect()
}
