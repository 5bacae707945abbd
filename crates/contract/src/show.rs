//! Components as rows, for a table in a terminal. Drawing it is the command's.

use crate::describe::{description, is_secret, type_of};
use crate::document::Document;
use crate::report::nearest;
use crate::spec::{Spec, is_required};
use crate::yaml::Node;

/// One field of an object, one value of an enum, or one part of a union.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
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
    pub rows: Vec<Row>,
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

/// The component of that name; letter case does not matter.
///
/// # Errors
///
/// The nearest name there is, if any is near.
///
/// ```
/// use processing_results_contract::{Document, show};
///
/// let yaml = "components: {schemas: {JobType: {type: string}}}";
/// let document = Document::parse("api.yaml", yaml).unwrap();
/// assert_eq!(show::component(&document, "jobtype").unwrap().name, "JobType");
/// assert_eq!(show::component(&document, "JobTyp").unwrap_err().as_deref(), Some("JobType"));
/// ```
pub fn component(document: &Document, name: &str) -> Result<Table, Option<String>> {
    let spec = Spec::new(document.root());
    let found = spec
        .components()
        .iter()
        .find(|entry| entry.key.text.eq_ignore_ascii_case(name));
    found
        .map(|entry| table(&entry.key.text, &entry.value))
        .ok_or_else(|| {
            let names = spec
                .components()
                .iter()
                .map(|entry| entry.key.text.as_str());
            nearest(name, names).map(str::to_owned)
        })
}

fn table(name: &str, schema: &Node) -> Table {
    let properties = schema.entries_of("properties");
    let fields = properties.iter().map(|entry| Row {
        path: entry.key.text.clone(),
        kind: type_of(&entry.value),
        required: is_required(schema, &entry.key.text),
        nullable: entry.value.flag("nullable"),
        secret: is_secret(&entry.value),
        description: description(&entry.value),
    });
    let values = schema.get("enum").into_iter().flat_map(Node::texts);
    let values = values.map(|(value, _)| Row {
        description: value_description(schema, value),
        ..plain_row(value, "value")
    });
    let parts = schema.items_of("oneOf");
    let parts = parts.iter().map(|part| plain_row(&type_of(part), "part"));
    let text = schema.text_of("description").unwrap_or_default();
    let intro = text.split("\n\n").next().unwrap_or_default();
    Table {
        name: name.to_owned(),
        kind: schema.text_of("type").unwrap_or("any").to_owned(),
        description: intro.split_whitespace().collect::<Vec<_>>().join(" "),
        rows: fields.chain(values).chain(parts).collect(),
    }
}

fn plain_row(path: &str, kind: &str) -> Row {
    Row {
        path: path.to_owned(),
        kind: kind.to_owned(),
        required: false,
        nullable: false,
        secret: false,
        description: String::new(),
    }
}

/// What a list in the enum's description says about a value: "- `parse` turns ...".
fn value_description(schema: &Node, value: &str) -> String {
    let text = schema.text_of("description").unwrap_or_default();
    let start = format!("- `{value}` ");
    let line = text
        .lines()
        .find_map(|line| line.trim_start().strip_prefix(&start));
    line.unwrap_or_default().to_owned()
}
