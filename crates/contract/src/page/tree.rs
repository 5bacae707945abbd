//! From sections of bullets to an OpenAPI tree.
//!
//! ```text
//! **get** `/items/{id}`        paths: {'/items/{id}': {get: ...}}
//! ### Query Parameters         parameters: [{name: lang, in: query, required: false, schema: ...}]
//! - `lang: optional string`
//! ### Returns                  responses: {'200': {content: {application/json: {schema: ...}}}}
//! - `name: string`
//! ```
//!
//! The page documents the one response of a success and no error, so `Returns` is status 200 with `application/json`.
//! Sections that are not expected are an error: `Body Parameters` would be a part of the call that nobody compares.
//! Structures with a name become `components`; each key of the tree has the line of the bullet that it comes from.

use super::Refused;
use super::kind::Declaration;
use super::lines::{Bullet, Lines, Section};
use super::schemas::Schemas;
use crate::finding::Position;
use crate::yaml::Node;
use crate::yaml::build::{entry, flag, list, map, mapping, nest, text};

/// Headings of sections, and the places of their parameters.
const PARAMETERS: [(&str, &str); 4] = [
    ("Path Parameters", "path"),
    ("Query Parameters", "query"),
    ("Header Parameters", "header"),
    ("Cookie Parameters", "cookie"),
];
/// The heading of the response. A second one would be a second response, which is refused.
const RETURNS: &str = "Returns";

/// The tree of a page. Errors that have no line of their own are at the first one.
pub(super) fn of(lines: &Lines) -> Result<Node, Refused> {
    let missing = || Refused::new(1, "no line says method and path, like **get** `/path`");
    let (method, path, line) = lines.call.as_ref().ok_or_else(missing)?;
    let at = Position {
        line: *line,
        column: 1,
    };
    let mut schemas = Schemas::default();
    let call = call(&mut schemas, at, &lines.sections)?;
    schemas.complete()?;
    let named = schemas.named.into_iter();
    let named = named.map(|(name, node)| entry(&name, node.at, node));
    let named = mapping(at, named.collect());
    Ok(map(
        at,
        [
            ("openapi", text(at, "3.1.0")),
            ("paths", nest(&[path, method], call)),
            ("components", map(at, [("schemas", named)])),
        ],
    ))
}

/// Parameters and response.
///
/// Their order is that of the page. A page without parameters is fine, one without a response is not.
fn call(schemas: &mut Schemas, at: Position, sections: &[Section]) -> Result<Node, Refused> {
    let (mut parameters, mut returned) = (Vec::new(), None);
    for section in sections {
        let place = PARAMETERS.iter().find(|(title, _)| *title == section.title);
        match place {
            Some((_, place)) => {
                for bullet in &section.bullets {
                    parameters.push(parameter(schemas, bullet, place)?);
                }
            }
            None if section.title == RETURNS && returned.is_none() => {
                returned = Some(returns(schemas, section)?);
            }
            None => {
                let message = format!("a section `{}` is not expected here", section.title);
                return Err(Refused::new(section.line, message));
            }
        }
    }
    let missing = || Refused::new(at.line, "the page has no section `Returns`");
    let keys = ["200", "content", "application/json", "schema"];
    let responses = nest(&keys, returned.ok_or_else(missing)?);
    let parameters = list(at, parameters);
    Ok(map(
        at,
        [("parameters", parameters), ("responses", responses)],
    ))
}

/// A parameter from a bullet, which is spelled like a field.
///
/// `required` is written in either case, as the page says it in either case.
fn parameter(schemas: &mut Schemas, bullet: &Bullet, place: &str) -> Result<Node, Refused> {
    let (at, (name, optional, terms)) = (bullet.at(), bullet.field()?);
    Ok(map(
        at,
        [
            ("name", text(at, name)),
            ("in", text(at, place)),
            ("required", flag(at, !optional)),
            ("schema", schemas.schema(bullet, terms, &bullet.below)?),
        ],
    ))
}

/// The fields of the response, or one structure that has them.
///
/// `` - `Item = object { .. }` `` names the structure that the response is; several bullets are the fields of one that
/// has no name.
fn returns(schemas: &mut Schemas, section: &Section) -> Result<Node, Refused> {
    match &section.bullets[..] {
        [] => Err(Refused::new(section.line, "the section `Returns` is empty")),
        [only] => match &only.declared {
            Declaration::Named { terms, .. } => schemas.schema(only, terms, &only.below),
            _ => schemas.object(only, &section.bullets),
        },
        [first, ..] => schemas.object(first, &section.bullets),
    }
}
