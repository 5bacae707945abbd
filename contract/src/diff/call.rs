//! The service and its calls: servers, security, paths, parameters, answers.

use super::components::Directions;
use super::fields::retyped;
use super::{Api, Class, Diff, UNKNOWN, Wire};
use crate::describe::type_of;
use crate::spec::Operation;
use crate::yaml::node::escape;
use crate::yaml::{Entry, Node};

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
const CREDENTIAL: Class = (
    Wire::Breaking,
    Api::Patch,
    "credentials that were enough are not any more",
);
const CREDENTIAL_ADDED: Class = (Wire::Additive, Api::Patch, "one more way to be let in");
const PATH: Class = (
    Wire::Breaking,
    Api::Patch,
    "calls go elsewhere; the API stays the same",
);
const ID: Class = (Wire::None, Api::Major, "it is the name of the raw function");
const OPERATION_ADDED: Class = (Wire::Additive, Api::Minor, "one more call");
const OPERATION_REMOVED: Class = (Wire::Breaking, Api::Major, "the call is gone");

/// Parameters only go out.
const OUT: Directions = Directions {
    response: false,
    request: true,
};

/// Answers only come in.
const IN: Directions = Directions {
    response: true,
    request: false,
};

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
        let list = |root: &'a Node| root.get("servers").map(Node::items).unwrap_or_default();
        let urls = |root: &'a Node| {
            list(root)
                .iter()
                .filter_map(|server| server.get("url")?.text())
                .collect::<Vec<_>>()
        };
        let (before, after) = (urls(self.old.root), urls(self.new.root));
        for (index, url) in after
            .iter()
            .enumerate()
            .filter(|(_, url)| !before.contains(url))
        {
            self.add(
                &format!("/servers/{index}"),
                "servers",
                format!("`{url}` added"),
                SERVER_ADDED,
            );
        }
        for url in before.iter().filter(|url| !after.contains(url)) {
            self.add(
                "/servers",
                "servers",
                format!("`{url}` removed"),
                SERVER_REMOVED,
            );
        }
        if before.first() != after.first() {
            self.add(
                "/servers/0",
                "servers",
                "the first one, the default, changed",
                DEFAULT_SERVER,
            );
        }
        for server in list(self.new.root) {
            let url = server.get("url").and_then(Node::text);
            let same = list(self.old.root)
                .iter()
                .find(|old| old.get("url").and_then(Node::text) == url);
            if let Some(old) = same {
                self.other_keys(old, server, &["url"], "/servers", "servers");
            }
        }
    }

    fn security(&mut self) {
        let list = |root: &Node| {
            root.get("security")
                .map(Node::items)
                .unwrap_or_default()
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

    pub(super) fn operations(&mut self) {
        let mut old: Vec<Operation<'a>> = self.old.operations().collect();
        let new: Vec<Operation<'a>> = self.new.operations().collect();
        let alone = old.len() == 1 && new.len() == 1;
        for operation in &new {
            let same = |other: &Operation| {
                alone
                    || id(other) == id(operation)
                    || (path(other), verb(other)) == (path(operation), verb(operation))
            };
            match old.iter().position(same) {
                Some(index) => self.operation(&old.remove(index), operation),
                None => self.add(
                    &pointer(operation),
                    &place(operation),
                    "call added",
                    OPERATION_ADDED,
                ),
            }
        }
        for operation in &old {
            self.add(
                &pointer(operation),
                &place(operation),
                "call removed",
                OPERATION_REMOVED,
            );
        }
    }

    fn operation(&mut self, old: &Operation<'a>, new: &Operation<'a>) {
        let (at, place) = (pointer(new), place(new));
        if (path(old), verb(old)) != (path(new), verb(new)) {
            let what = format!("was `{} {}`", verb(old).to_uppercase(), path(old));
            self.add(&at, &place, what, PATH);
        }
        if id(old) != id(new) {
            let what = format!("operation `{}` became `{}`", id(old), id(new));
            self.add(&format!("{at}/operationId"), &place, what, ID);
        }
        self.parameters(old, new, &at);
        self.answers(old, new, &at);
        let known = ["operationId", "parameters", "responses"];
        self.other_keys(&old.method.value, &new.method.value, &known, &at, &place);
    }

    fn parameters(&mut self, old: &Operation<'a>, new: &Operation<'a>, at: &str) {
        let (before, after) = (old.parameters(self.old), new.parameters(self.new));
        for (index, parameter) in after.iter().enumerate() {
            let pointer = format!("{at}/parameters/{index}");
            let place = label(parameter);
            let named = before
                .iter()
                .find(|other| text(other, "name") == text(parameter, "name"));
            match named {
                Some(other) => self.parameter(other, parameter, &pointer, &place),
                None => {
                    let required = parameter.get("required").is_some_and(Node::is_true);
                    let what = if required {
                        "required parameter added"
                    } else {
                        "optional parameter added"
                    };
                    let wire = if required {
                        Wire::Breaking
                    } else {
                        Wire::Additive
                    };
                    self.add(
                        &pointer,
                        &place,
                        what,
                        (
                            wire,
                            Api::Major,
                            "the raw function takes its parameters by position",
                        ),
                    );
                }
            }
        }
        for parameter in &before {
            if !after
                .iter()
                .any(|other| text(other, "name") == text(parameter, "name"))
            {
                let class = (
                    Wire::Breaking,
                    Api::Major,
                    "requests that use it mean something else, and its methods are gone",
                );
                self.add(
                    &format!("{at}/parameters"),
                    &label(parameter),
                    "parameter removed",
                    class,
                );
            }
        }
    }

    fn parameter(&mut self, old: &'a Node, new: &'a Node, pointer: &str, place: &str) {
        if text(old, "in") != text(new, "in") {
            let class = (
                Wire::Breaking,
                Api::Major,
                "it is sent elsewhere, and stands elsewhere in the raw function",
            );
            self.add(pointer, place, format!("was in {}", text(old, "in")), class);
        }
        let required = |node: &Node| node.get("required").is_some_and(Node::is_true);
        match (required(old), required(new)) {
            (true, false) => {
                let class = (
                    Wire::Additive,
                    Api::Major,
                    "requests may leave it out, and it becomes an `Option`",
                );
                self.add(pointer, place, "required became optional", class);
            }
            (false, true) => {
                let class = (
                    Wire::Breaking,
                    Api::Major,
                    "requests without it are refused",
                );
                self.add(pointer, place, "optional became required", class);
            }
            _ => {}
        }
        if let (Some(before), Some(after)) = (old.get("schema"), new.get("schema")) {
            self.retype(before, after, &format!("{pointer}/schema"), place, OUT);
        }
        self.other_keys(
            old,
            new,
            &["name", "in", "required", "schema"],
            pointer,
            place,
        );
    }

    fn answers(&mut self, old: &Operation<'a>, new: &Operation<'a>, at: &str) {
        for answer in old.responses() {
            let status = &answer.key.text;
            if !new
                .responses()
                .iter()
                .any(|other| other.key.text == *status)
            {
                self.add(
                    &format!("{at}/responses/{status}"),
                    status,
                    "answer removed",
                    UNKNOWN,
                );
            }
        }
        for answer in new.responses() {
            let status = &answer.key.text;
            let pointer = format!("{at}/responses/{status}");
            match old
                .responses()
                .iter()
                .find(|other| other.key.text == *status)
            {
                None => self.add(&pointer, status, "answer added", UNKNOWN),
                Some(before) => self.answer(before, answer, &pointer),
            }
        }
    }

    fn answer(&mut self, old: &'a Entry, new: &'a Entry, pointer: &str) {
        let schema = |answer: &'a Entry| {
            answer
                .value
                .get("content")?
                .get("application/json")?
                .get("schema")
        };
        let mut known = Vec::new();
        if let (Some(before), Some(after)) = (schema(old), schema(new)) {
            self.retype(
                before,
                after,
                &format!("{pointer}/content/application~1json/schema"),
                &new.key.text,
                IN,
            );
            known.push("content");
        }
        self.other_keys(&old.value, &new.value, &known, pointer, &new.key.text);
    }

    fn retype(
        &mut self,
        old: &Node,
        new: &Node,
        pointer: &str,
        place: &str,
        directions: Directions,
    ) {
        let (before, after) = (self.renamed(&type_of(old)), type_of(new));
        if before != after {
            let what = format!("`{before}` became `{after}`");
            self.add(pointer, place, what, retyped(&before, &after, directions));
        }
        let known = ["type", "format", "allOf", "$ref", "items"];
        self.other_keys(old, new, &known, pointer, place);
    }
}

fn id<'a>(operation: &Operation<'a>) -> &'a str {
    operation
        .method
        .value
        .get("operationId")
        .and_then(Node::text)
        .unwrap_or_default()
}

fn path<'a>(operation: &Operation<'a>) -> &'a str {
    &operation.path.key.text
}

fn verb<'a>(operation: &Operation<'a>) -> &'a str {
    &operation.method.key.text
}

fn place(operation: &Operation) -> String {
    format!("{} {}", verb(operation).to_uppercase(), path(operation))
}

fn pointer(operation: &Operation) -> String {
    format!("/paths/{}/{}", escape(path(operation)), verb(operation))
}

fn label(parameter: &Node) -> String {
    format!("{} {}", text(parameter, "in"), text(parameter, "name"))
}

fn text<'a>(node: &'a Node, key: &str) -> &'a str {
    node.get(key).and_then(Node::text).unwrap_or_default()
}
