//! Parameters of the call.

use super::super::difference::Disagreement;
use super::Edits;
use crate::describe::TO_BE_DESCRIBED;
use crate::edit::{Edit, Place};
use crate::meaning::Kind;
use crate::yaml::Node;
use serde_json::json;

/// The order of parameters; those of one place go by name.
const PLACES: [&str; 4] = ["path", "query", "header", "cookie"];

impl<'m, 'a> Edits<'m, 'a> {
    pub(super) fn new_parameter(&mut self, difference: &Disagreement<'m, 'a>) -> Option<Vec<Edit>> {
        let part = difference.part?;
        let (place, name) = (part.text("in")?, part.text("name")?);
        let (list, _) = difference.pointer.rsplit_once('/')?;
        let mut value = json!({"name": name, "in": place});
        if part.flag("required") {
            value["required"] = true.into();
        }
        value["description"] = TO_BE_DESCRIBED.into();
        let schema = part.of(Kind::Schema).next();
        let mut schema = schema
            .map(|schema| self.writer.schema(schema, name, None))
            .unwrap_or_default();
        // Null has no form outside of a body.
        schema.remove("nullable");
        value["schema"] = schema.into();
        let existing = self.node(list).map(Node::items).unwrap_or_default();
        let text = |node: &'m Node, key| node.text_of(key).unwrap_or_default();
        let next = existing
            .iter()
            .position(|node| order(text(node, "in"), text(node, "name")) > order(place, name));
        let place = next.map_or(Place::Last, |index| Place::Before(index.to_string()));
        Some(vec![Edit::Push {
            into: list.to_owned(),
            value,
            place,
        }])
    }
}

fn order<'n>(place: &str, name: &'n str) -> (Option<usize>, &'n str) {
    (PLACES.iter().position(|known| *known == place), name)
}
