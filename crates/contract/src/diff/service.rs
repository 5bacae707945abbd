//! The service itself: its version, its servers, who may call it.

use super::{Api, Class, Diff, Wire};
use crate::yaml::Node;
use crate::yaml::node::escape;

const VERSION: Class = (
    Wire::None,
    Api::Patch,
    "only `spec::API_VERSION` says another text",
);
const SERVER_ADDED: Class = (
    Wire::Additive,
    Api::Minor,
    "one more entry in `spec::SERVERS`",
);
const SERVER_REMOVED: Class = (
    Wire::Breaking,
    Api::Patch,
    "who calls it gets no answer; the API stays the same",
);
const DEFAULT_SERVER: Class = (
    Wire::Breaking,
    Api::Patch,
    "calls go to another default; the API stays the same",
);
const CREDENTIAL_ADDED: Class = (Wire::Additive, Api::Patch, "one more way to be let in");
const CREDENTIAL: Class = (
    Wire::Breaking,
    Api::Patch,
    "credentials that were enough are not any more",
);

impl<'a> Diff<'_, 'a> {
    pub(super) fn service(&mut self) {
        let (old, new) = (self.old.root, self.new.root);
        if let (Some(before), Some(after)) = (old.get("info"), new.get("info")) {
            let version = |node: &Node| node.get("version").map(Node::to_json);
            if version(before) != version(after) {
                self.add("/info/version", "info", "version changed", VERSION);
            }
            self.other_keys(before, after, &["version"], "/info", "info");
        }
        self.servers();
        self.security();
        let known = ["info", "servers", "security", "paths", "components"];
        self.other_keys(old, new, &known, "", "contract");
    }

    fn servers(&mut self) {
        let (old, new) = (
            self.old.root.items_of("servers"),
            self.new.root.items_of("servers"),
        );
        let with = |list: &'a [Node], url| list.iter().find(|server| server.text_of("url") == url);
        for (index, server) in new.iter().enumerate() {
            let url = server.text_of("url");
            let pointer = format!("/servers/{index}");
            match with(old, url) {
                Some(before) => self.other_keys(before, server, &["url"], &pointer, "servers"),
                None => self.add(
                    &pointer,
                    "servers",
                    format!("`{}` added", url.unwrap_or_default()),
                    SERVER_ADDED,
                ),
            }
        }
        for url in old
            .iter()
            .map(|server| server.text_of("url"))
            .filter(|url| with(new, *url).is_none())
        {
            let what = format!("`{}` removed", url.unwrap_or_default());
            self.add("/servers", "servers", what, SERVER_REMOVED);
        }
        let first = |list: &'a [Node]| list.first().and_then(|server| server.text_of("url"));
        if first(old) != first(new) {
            let what = "the first one, the default, changed";
            self.add("/servers/0", "servers", what, DEFAULT_SERVER);
        }
    }

    fn security(&mut self) {
        let list = |root: &Node| {
            root.items_of("security")
                .iter()
                .map(Node::to_json)
                .collect::<Vec<_>>()
        };
        let (before, after) = (list(self.old.root), list(self.new.root));
        if before.iter().any(|way| !after.contains(way)) {
            self.add(
                "/security",
                "security",
                "a way to be let in is gone",
                CREDENTIAL,
            );
        }
        if after.iter().any(|way| !before.contains(way)) {
            self.add(
                "/security",
                "security",
                "a way to be let in is new",
                CREDENTIAL_ADDED,
            );
        }
        let (before, after) = (
            self.old.section("securitySchemes"),
            self.new.section("securitySchemes"),
        );
        for scheme in after {
            let name = scheme.key.text.as_str();
            if let Some(old) = before.iter().find(|old| old.key.text == name) {
                let pointer = format!("/components/securitySchemes/{}", escape(name));
                self.other_keys(&old.value, &scheme.value, &[], &pointer, name);
            }
        }
    }
}
