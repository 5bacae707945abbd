//! The calls: paths, parameters, answers.

use super::components::Directions;
use super::{Api, Class, Diff, UNKNOWN, Wire};
use crate::spec::Operation;
use crate::yaml::Entry;
use crate::yaml::node::escape;

const PATH: Class = (
    Wire::Breaking,
    Api::Patch,
    "calls go elsewhere; the API stays the same",
);
const ID: Class = (Wire::None, Api::Major, "it is the name of the raw function");
const OPERATION_ADDED: Class = (Wire::Additive, Api::Minor, "one more call");
const OPERATION_REMOVED: Class = (Wire::Breaking, Api::Major, "the call is gone");

/// Answers only come in.
const IN: Directions = Directions {
    response: true,
    request: false,
};

impl<'a> Diff<'_, 'a> {
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
}

fn id<'a>(operation: &Operation<'a>) -> &'a str {
    operation
        .method
        .value
        .text_of("operationId")
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
