//! `spec show`: the contract as tables, for those who look something up.
//!
//! ```text
//! $ cargo spec show lang
//! path                                        type                       description
//! ───────────────────────────────────────────────────────────────────────────────────────────
//! ClassifyParsingConfiguration.lang           ParsingLanguages           Language of the text.
//! BatchParseJobConfig.language                ParsingLanguages           ...
//! ```
//!
//! Without a name all components are listed; the name of a component shows it; any other name is looked for among fields
//! and values. A name that nobody knows is an error, with the nearest that is known.

use super::files;
use super::outcome::{Failure, TextOrJson, Verdict};
use super::output::{counted, escaped, json_text, print};
use super::table::{columns, wrapped};
use crate::show::{self, FieldRow, Match, Table};
use clap::Args;
use serde_json::{Value, json};

#[derive(Debug, Args)]
pub struct ShowArguments {
    /// Component such as ProcessingResult, field such as lang or ProcessingResult.job_type, or value
    /// of an enum; without it, all components are listed
    name: Option<String>,

    #[command(flatten)]
    contract: files::Contract,

    /// Format: text, json
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    #[arg(hide_possible_values = true, default_value_t)]
    format: TextOrJson,
}

/// Prints what was found: a table for people, or an array of objects for programs. There is no verdict.
pub(super) fn run(arguments: &ShowArguments) -> Result<Verdict, Failure> {
    let document = files::document(&arguments.contract.read()?)?;
    let is_text = arguments.format == TextOrJson::Text;
    let output = match &arguments.name {
        None => {
            let tables = show::components(&document);
            match is_text {
                true => list(&tables),
                false => json_text(&tables.iter().map(table_json).collect()),
            }
        }
        Some(name) => match (show::find(&document, name), is_text) {
            (Ok(Match::Component(table)), true) => component(&table),
            (Ok(Match::Component(table)), false) => json_text(&json!([table_json(&table)])),
            (Ok(Match::Rows(rows)), true) => fields(&rows),
            (Ok(Match::Rows(rows)), false) => json_text(&rows.iter().map(row_json).collect()),
            (Err(nearest), _) => return Err(unknown(name, nearest)),
        },
    };
    print(&output)?;
    Ok(Verdict::Shown)
}

/// There is nothing of that name.
fn unknown(name: &str, nearest: Option<String>) -> Failure {
    let hint = nearest.map_or("`spec show` lists all components".to_owned(), |name| {
        format!("did you mean {name}?")
    });
    Failure::unusable(format!(
        "there is no component, field or value {name}; {hint}"
    ))
}

/// Every component with its description, and how many fields, values or parts it has.
fn list(tables: &[Table]) -> String {
    let rows = tables.iter().map(|table| {
        let size = match table.rows.first().map(|row| row.kind.as_str()) {
            None => String::new(),
            Some("value") => counted(table.rows.len(), "value"),
            Some("part") => counted(table.rows.len(), "part"),
            Some(_) => counted(table.rows.len(), "field"),
        };
        [escaped(&table.name), size, escaped(&table.description)]
    });
    columns(
        ["component", "size", "description"],
        &rows.collect::<Vec<_>>(),
    )
}

/// One component, its description first.
fn component(table: &Table) -> String {
    let title = format!("{}  {}", escaped(&table.name), escaped(&table.kind));
    let text = [title, escaped(&table.description)].map(|text| wrapped(&text) + "\n");
    let rows = match table.rows.as_slice() {
        [] => String::new(),
        rows => format!("\n{}", fields(rows)),
    };
    text.concat() + &rows
}

/// Rows of fields, values or parts.
///
/// The third column has flags and no head: most of its cells are empty.
fn fields(rows: &[FieldRow]) -> String {
    let rows = rows.iter().map(|row| {
        [
            escaped(&row.path),
            escaped(&row.kind),
            flags(row).join(", "),
            escaped(&row.description),
        ]
    });
    columns(
        ["path", "type", "", "description"],
        &rows.collect::<Vec<_>>(),
    )
}

/// What there is to know of a field beyond its type, in the order of the column.
fn flags(row: &FieldRow) -> Vec<&'static str> {
    let flags = [
        (row.required, "required"),
        (row.nullable, "nullable"),
        (row.secret, "secret"),
    ];
    let set = flags.into_iter().filter(|(is_set, _)| *is_set);
    set.map(|(_, name)| name).collect()
}

/// A component for programs.
fn table_json(table: &Table) -> Value {
    json!({
        "name": table.name,
        "type": table.kind,
        "description": table.description,
        "rows": table.rows.iter().map(row_json).collect::<Value>(),
    })
}

/// A field, a value or a part for programs.
fn row_json(row: &FieldRow) -> Value {
    json!({
        "path": row.path,
        "type": row.kind,
        "required": row.required,
        "nullable": row.nullable,
        "secret": row.secret,
        "description": row.description,
    })
}
