//! What a source has, a row for each parameter and field.
//!
//! ```text
//! query         job_type                        optional  values  classify|extract|parse
//! response 200  processing_results[].job_type   required  values  classify|extract|parse
//! ```
//!
//! It is the checksum of a transcription: a person who writes a contract by hand, or doubts a comparison, can hold the rows
//! against the page one by one, or count them.

use super::difference::Source;
use super::inputs::{Texts, cut, parsed};
use super::shape::{SchemaSummary, Sort, words};
use crate::meaning::{Kind, Meaning, Part};

/// A row for each server, credential, parameter and field of what the vendor publishes: where it is, its path, whether it is required, its
/// type and the values of an enum, with tabs between them.
///
/// # Errors
///
/// As for [`compare`](super::compare).
///
/// ```
/// use processing_results_contract::upstream::{Source, Texts, inventory};
///
/// let yaml = "{openapi: 3.0.3, paths: {/a: {get: {parameters: [{name: n, in: query, schema: {type: string}}], responses: {}}}}}";
/// let rows = inventory(Source::Document, Texts { contract: yaml, vendor: yaml, ledger: "" }).unwrap();
/// assert_eq!(rows, "security\tno credential\t\tsecurity\t\nquery\tn\toptional\tstring\t\n");
/// ```
pub fn inventory(source: Source, texts: Texts) -> Result<String, String> {
    let contract = parsed(texts.contract)?;
    let root = cut(source, &contract, texts.vendor)?;
    let meaning = Meaning::of(&root);
    let mut rows = Inventory {
        source,
        meaning: &meaning,
        rows: String::new(),
    };
    for call in meaning.operations.iter().take(1) {
        rows.call(call);
    }
    Ok(rows.rows)
}

struct Inventory<'m, 'a> {
    source: Source,
    meaning: &'m Meaning<'a>,
    rows: String,
}

impl<'m, 'a> Inventory<'m, 'a> {
    fn call(&mut self, call: &'m Part<'a>) {
        for (kind, word) in [(Kind::Server, "server"), (Kind::Credential, "security")] {
            // The page has no word on these.
            for part in call.of(kind).filter(|_| self.source == Source::Document) {
                self.rows += &format!("{word}\t{}\t\t{word}\t\n", part.key);
            }
        }
        for parameter in call.of(Kind::Parameter) {
            let text = |key| parameter.text(key).unwrap_or_default();
            for schema in parameter.of(Kind::Schema) {
                self.row(text("in"), text("name"), parameter, schema, &mut Vec::new());
            }
        }
        for response in call.of(Kind::Response) {
            let place = format!("response {}", response.key);
            let media = response.of(Kind::Media);
            for schema in media.flat_map(|media| media.of(Kind::Schema)) {
                self.below(&place, "", schema, &mut Vec::new());
            }
        }
    }

    /// A parameter or field, and what its schema has.
    fn row(
        &mut self,
        place: &str,
        path: &str,
        part: &Part,
        schema: &'m Part<'a>,
        open: &mut Vec<&'m str>,
    ) {
        let kind = words(self.source, self.meaning, schema);
        let (required, values) = (part.requiredness(), self.values(schema).join("|"));
        self.rows += &format!("{place}\t{path}\t{required}\t{kind}\t{values}\n");
        self.below(place, path, schema, open);
    }

    /// The values of an enum, of a list of them too; none for anything else.
    fn values(&self, schema: &'m Part<'a>) -> Vec<&'m str> {
        match SchemaSummary::of(self.meaning, schema).sort {
            Sort::Values(values) => values.into_iter().map(|value| &*value.key).collect(),
            Sort::Array(Some(items)) => self.values(items),
            _ => Vec::new(),
        }
    }

    /// What is in it; a structure within itself is listed once. `open` has the structures around.
    fn below(&mut self, place: &str, path: &str, schema: &'m Part<'a>, open: &mut Vec<&'m str>) {
        let shape = SchemaSummary::of(self.meaning, schema);
        let name = shape.name.unwrap_or_default();
        if shape.name.is_some() && open.contains(&name) {
            return;
        }
        open.push(name);
        match shape.sort {
            Sort::Array(Some(inner)) => self.below(place, &format!("{path}[]"), inner, open),
            Sort::Map(Some(inner)) => self.below(place, &format!("{path}.*"), inner, open),
            Sort::Union(arms) => {
                for (index, arm) in arms.into_iter().enumerate() {
                    self.below(place, &format!("{path}<{}>", index + 1), arm, open);
                }
            }
            Sort::Object(fields) => {
                let dot = if path.is_empty() { "" } else { "." };
                for field in fields {
                    self.row(
                        place,
                        &format!("{path}{dot}{}", field.key),
                        field,
                        field,
                        open,
                    );
                }
            }
            _ => {}
        }
        open.pop();
    }
}
