//! Edits as a reviewer reads them: YAML that can be pasted, below a comment that says where.
//!
//! ```yaml
//! # components/schemas/Item/properties, after `id`
//!         size:
//!           type: integer
//! # components/schemas/Item/required: remove `note`
//! ```
//!
//! The YAML is indented as deep as its place, by the renderer that writes edits into files, so that it is the same text.

use super::remedy::{About, Candidate, State};
use crate::additions::unnamed;
use crate::edit::{Edit, Place, yaml_lines};
use crate::spec::Spec;
use crate::yaml::Node;

/// What a candidate writes, below a comment that says where; `None` if nothing.
pub(super) fn of(spec: &Spec, candidate: &Candidate) -> Option<String> {
    let edits = match (candidate.state, &candidate.about) {
        (State::Described, _) => candidate.edits.clone(),
        (State::Unnamed, About::Value { schema: at, text }) => {
            let (node, _) = spec.root.pointer(at)?;
            unnamed(node, at, &[text])
        }
        _ => return None,
    };
    let text: String = edits.iter().map(|edit| one(spec, edit)).collect();
    Some(text).filter(|text| !text.is_empty())
}

/// One edit. No drift renames anything.
fn one(spec: &Spec, edit: &Edit) -> String {
    let shown = |pointer: &str| pointer.trim_start_matches('/').to_owned();
    let node = |pointer: &str| spec.root.pointer(pointer).map(|(node, _)| node);
    match edit {
        Edit::Insert {
            into,
            key,
            value,
            place,
        } => {
            let lines = yaml_lines(Some(key), value, column(node(into)));
            format!("# {}{}\n{lines}", shown(into), beside(node(into), place))
        }
        Edit::Push { into, value, place } => {
            let lines = yaml_lines(None, value, column(node(into)));
            format!("# {}{}\n{lines}", shown(into), beside(node(into), place))
        }
        Edit::Replace { at, value } => {
            let (parent, key) = at.rsplit_once('/').unwrap_or_default();
            let lines = yaml_lines(Some(key), value, column(node(parent)));
            format!("# {}, in place of what is there\n{lines}", shown(parent))
        }
        Edit::Remove { at } => {
            let (parent, key) = at.rsplit_once('/').unwrap_or_default();
            let item = node(at)
                .and_then(Node::text)
                .filter(|_| key.parse::<usize>().is_ok());
            format!("# {}: remove `{}`\n", shown(parent), item.unwrap_or(key))
        }
        Edit::Rename { .. } => String::new(),
    }
}

/// `, after ...` where the place is not simply the end. A sibling of a list is named by its text, not by its index.
fn beside(node: Option<&Node>, place: &Place) -> String {
    let name = |sibling: &String| {
        let item = sibling.parse().ok();
        let item = item.and_then(|index: usize| node?.items().get(index)?.text());
        item.unwrap_or(sibling).to_owned()
    };
    match place {
        Place::First => ", first".to_owned(),
        Place::Last => String::new(),
        Place::Before(sibling) => format!(", before `{}`", name(sibling)),
        Place::After(sibling) => format!(", after `{}`", name(sibling)),
    }
}

/// How far the children of a node are indented; 0 where nothing is there yet to be in line with.
fn column(node: Option<&Node>) -> usize {
    let node = node.filter(|node| !node.items().is_empty() || !node.entries().is_empty());
    node.map_or(0, |node| node.at.column.saturating_sub(1))
}
