//! The call: its path, its servers, its parameters.
//!
//! ```yaml
//! # the vendor's new server                      # the contract
//! - url: https://api.cloud.eu.llamaindex.ai      - url: https://api.cloud.eu.llamaindex.ai
//!                                                  description: To be described.
//!                                                  x-region: Eu
//! ```

use super::super::difference::Disagreement;
use super::Edits;
use crate::describe::TO_BE_DESCRIBED;
use crate::edit::{Edit, Place};
use crate::meaning::{Kind, anonymous, placeholders};
use crate::spec::REGION;
use crate::yaml::Node;
use crate::yaml::node::escape;
use heck::ToUpperCamelCase;
use serde_json::json;

/// The order of parameters; those of one place go by name.
const PLACES: [&str; 4] = ["path", "query", "header", "cookie"];

impl<'m, 'a> Edits<'m, 'a> {
    /// The schema has no `nullable`: a URL has no null.
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

    /// The path as the vendor writes it, with the names that its placeholders have here.
    pub(super) fn rename(&self, difference: &Disagreement) -> Option<Vec<Edit>> {
        let mut names = placeholders(&difference.ours);
        let mut key = anonymous(&difference.theirs);
        while key.contains("{}") {
            key = key.replacen("{}", &format!("{{{}}}", names.next()?), 1);
        }
        let at = format!("/paths/{}", escape(&difference.ours));
        let is_same = names.next().is_none();
        is_same.then(|| vec![Edit::Rename { at, key }])
    }
}

/// A server, whose region is named after what its host has between the name of the interface and the domain.
pub(super) fn new_server(difference: &Disagreement) -> Option<Vec<Edit>> {
    let url = &*difference.part?.key;
    let host = url.strip_prefix("https://")?;
    let labels: Vec<&str> = host.split('.').collect();
    let region = labels.get(2..labels.len().saturating_sub(2))?.join(" ");
    let region = region.to_upper_camel_case();
    (!region.is_empty()).then(|| {
        vec![Edit::Push {
            into: "/servers".to_owned(),
            value: json!({"url": url, "description": TO_BE_DESCRIBED, REGION: region}),
            place: Place::Last,
        }]
    })
}

/// What parameters are sorted by. A place that nobody knows comes first.
fn order<'n>(place: &str, name: &'n str) -> (Option<usize>, &'n str) {
    (PLACES.iter().position(|known| *known == place), name)
}
