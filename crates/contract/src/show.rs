//! Components as rows, for a table in a terminal. Drawing it is the command's.

use crate::describe::{description, is_secret, one_line, type_of};
use crate::document::Document;
use crate::nearest::nearest;
use crate::spec::{Spec, is_required};
use crate::yaml::Node;

/// One field of an object, one value of an enum, or one part of a union.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldRow {
    /// The field's name, the enum's value, or the part's name.
    pub path: String,
    /// The type in a few words, such as `array of ImageKind`; `value` and `part` for enums and unions.
    pub kind: String,
    /// Whether the field is always there.
    pub required: bool,
    /// Whether the field may be null.
    pub nullable: bool,
    /// Whether the field, or what is in it, is a credential.
    pub secret: bool,
    /// The description in one line.
    pub description: String,
}

/// A component with its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The component's name.
    pub name: String,
    /// Its own type in a few words.
    pub kind: String,
    /// Its description in one line; without the list of values, which the rows have.
    pub description: String,
    /// Its fields, values or parts, in the order of the contract.
    pub rows: Vec<FieldRow>,
}

/// Every component, in the order of the contract.
///
/// ```
/// use processing_results_contract::{Document, show};
///
/// let yaml = "components: {schemas: {Kind: {type: string, description: A kind., enum: [a, b]}}}";
/// let tables = show::components(&Document::parse("api.yaml", yaml).unwrap());
/// assert_eq!(tables[0].name, "Kind");
/// assert_eq!(tables[0].rows[1].path, "b");
/// ```
pub fn components(document: &Document) -> Vec<Table> {
    let spec = Spec::new(document.root());
    spec.components()
        .iter()
        .map(|entry| table(&entry.key.text, &entry.value))
        .collect()
}

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Match {
    /// A component.
    Component(Table),
    /// Fields and values of that name, each with `Component.field` as its path.
    Rows(Vec<FieldRow>),
}

/// The component of that name, the field that is written as `Component.field`, or every field and value of that name
/// in any component; letter case does not matter.
///
/// # Errors
///
/// The nearest name there is, if any is near.
///
/// ```
/// use processing_results_contract::{Document, show::{self, Match}};
///
/// let yaml = "components: {schemas: {Job: {type: object, properties: {lang: {type: string}}}}}";
/// let document = Document::parse("api.yaml", yaml).unwrap();
/// assert!(matches!(show::find(&document, "job"), Ok(Match::Component(_))));
/// for name in ["lang", "Job.lang"] {
///     let Ok(Match::Rows(rows)) = show::find(&document, name) else { panic!() };
///     assert_eq!(rows[0].path, "Job.lang");
/// }
/// assert_eq!(show::find(&document, "langs").unwrap_err().as_deref(), Some("lang"));
/// ```
pub fn find(document: &Document, name: &str) -> Result<Match, Option<String>> {
    let tables = components(document);
    let is = |other: &str| other.eq_ignore_ascii_case(name);
    if let Some(table) = tables.iter().find(|table| is(&table.name)) {
        return Ok(Match::Component(table.clone()));
    }
    let rows = tables.iter().flat_map(|table| {
        let rows = table.rows.iter().filter(|row| row.kind != PART);
        rows.map(|row| (format!("{}.{}", table.name, row.path), row))
    });
    let rows: Vec<(String, &FieldRow)> = rows.collect();
    let found = rows.iter().filter(|(path, row)| is(&row.path) || is(path));
    let found = found.map(|(path, row)| FieldRow {
        path: path.clone(),
        ..(*row).clone()
    });
    let found: Vec<FieldRow> = found.collect();
    if !found.is_empty() {
        return Ok(Match::Rows(found));
    }
    // With a dot, a place is meant; without one, a name.
    let names = tables.iter().map(|table| table.name.as_str());
    let short = tables.iter().flat_map(|table| &table.rows);
    let short = short.map(|row| row.path.as_str());
    let near = match name.contains('.') {
        true => nearest(name, rows.iter().map(|(path, _)| path.as_str())),
        false => nearest(name, names.chain(short)),
    };
    Err(near.map(str::to_owned))
}

/// What stands for a type where a row is a part of a union.
const PART: &str = "part";

fn table(name: &str, schema: &Node) -> Table {
    let properties = schema.entries_of("properties");
    let fields = properties.iter().map(|entry| FieldRow {
        path: entry.key.text.clone(),
        kind: type_of(&entry.value),
        required: is_required(schema, &entry.key.text),
        nullable: entry.value.flag("nullable"),
        secret: is_secret(&entry.value),
        description: description(&entry.value),
    });
    let values = schema.texts_of("enum").map(|(value, _)| FieldRow {
        description: value_description(schema, value),
        ..plain_row(value, "value")
    });
    let parts = schema.items_of("oneOf");
    let parts = parts.iter().map(|part| plain_row(&type_of(part), PART));
    let text = schema.text_of("description").unwrap_or_default();
    let intro = text.split("\n\n").next().unwrap_or_default();
    Table {
        name: name.to_owned(),
        kind: schema.text_of("type").unwrap_or("any").to_owned(),
        description: one_line(intro),
        rows: fields.chain(values).chain(parts).collect(),
    }
}

fn plain_row(path: &str, kind: &str) -> FieldRow {
    FieldRow {
        path: path.to_owned(),
        kind: kind.to_owned(),
        required: false,
        nullable: false,
        secret: false,
        description: String::new(),
    }
}

/// The text about a value in a list in the enum's description: "- `parse` turns ...".
fn value_description(schema: &Node, value: &str) -> String {
    let text = schema.text_of("description").unwrap_or_default();
    let start = format!("- `{value}` ");
    let mut lines = text.lines();
    let line = lines.find_map(|line| line.trim_start().strip_prefix(&start));
    line.unwrap_or_default().to_owned()
}
