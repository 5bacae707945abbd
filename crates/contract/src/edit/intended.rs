//! The tree that edits are to bring about, which the edited text has to be read as.
//!
//! It is made from the old tree and the plans, without looking at the text. So a mistake in handling the text,
//! such as a comment that became a part of a value, can't go unseen.

use super::plan::Plans;
use crate::yaml::{Node, NodeKind};
use serde_json::{Map, Value};

impl Plans<'_> {
    /// The tree that the edits are to bring about, as JSON. Of a key that is there twice, the first counts, as
    /// everywhere.
    pub(super) fn intended(&self, root: &Node) -> Value {
        self.value(root, &mut Vec::new())
    }

    /// The value of a node, whose children are found in the plans by their path of indices.
    fn value(&self, node: &Node, path: &mut Vec<usize>) -> Value {
        let mut child = |index: usize, node: &Node| {
            path.push(index);
            let value = self.value(node, path);
            path.pop();
            value
        };
        match &node.kind {
            NodeKind::Scalar(scalar) => scalar.to_json(),
            NodeKind::Sequence(items) => {
                let items = items.iter().enumerate();
                let old: Vec<_> = items
                    .map(|(index, item)| (None, child(index, item)))
                    .collect();
                self.children(path, old).map(|(_, value)| value).collect()
            }
            NodeKind::Mapping(entries) => {
                let entries = entries.iter().enumerate();
                let old = entries.map(|(index, entry)| {
                    let key = entry.key.text.clone();
                    (Some(key), child(index, &entry.value))
                });
                let old: Vec<_> = old.collect();
                let mut map = Map::new();
                for (key, value) in self.children(path, old) {
                    map.entry(key.unwrap_or_default()).or_insert(value);
                }
                Value::Object(map)
            }
        }
    }

    /// The children of the collection at a path, with what becomes of them.
    fn children(
        &self,
        path: &[usize],
        old: Vec<(Option<String>, Value)>,
    ) -> impl Iterator<Item = (Option<String>, Value)> {
        let plan = self.0.get(path);
        let count = old.len();
        let news = move |index: usize| {
            let news = plan.into_iter().flat_map(move |plan| plan.before(index));
            news.map(|new| (new.key.clone(), new.value.clone()))
        };
        let kept = old
            .into_iter()
            .enumerate()
            .flat_map(move |(index, (key, value))| {
                let fate = plan.and_then(|plan| plan.children.get(&index));
                let value = fate.and_then(|fate| fate.value.clone()).unwrap_or(value);
                let key = fate.and_then(|fate| fate.key.clone()).or(key);
                let kept = (!fate.is_some_and(|fate| fate.removed)).then_some((key, value));
                news(index).chain(kept)
            });
        kept.chain(news(count))
    }
}
