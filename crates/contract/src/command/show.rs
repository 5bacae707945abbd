//! `spec show`: the contract as tables.

use processing_results_contract::show::{self, Row, Table};

use super::args::Show;
use super::{counted, file};
use crate::exit::{Exit, Failure};
use crate::terminal::{self, GAP, INDENT, lines};
use crate::text::{self, escaped};

/// Width from which there is room for a description beside the rest.
const WIDE: usize = 100;
/// Columns are no wider than this, so that descriptions have room.
const WIDEST: usize = 40;

pub(super) fn run(arguments: &Show) -> Result<(), Failure> {
    let contract = file::contract(arguments.contract.file.as_deref())?;
    let document = file::document(&contract)?;
    let output = match &arguments.component {
        None => list(&show::components(&document)),
        Some(name) => match show::component(&document, name) {
            Ok(table) => component(&table),
            Err(nearest) => return Err(unknown(name, nearest)),
        },
    };
    text::print(output.as_bytes())
}

fn unknown(name: &str, nearest: Option<String>) -> Failure {
    let hint = nearest.map_or("`spec show` lists all".to_owned(), |name| {
        format!("did you mean {name}?")
    });
    Failure::new(Exit::Usage, format!("there is no component {name}; {hint}"))
}

/// Every component with its description.
fn list(tables: &[Table]) -> String {
    let rows = tables.iter().map(|table| {
        let size = match table.rows.first().map(|row| row.kind.as_str()) {
            None => String::new(),
            Some("value") => counted(table.rows.len(), "value"),
            Some("part") => counted(table.rows.len(), "part"),
            Some(_) => counted(table.rows.len(), "field"),
        };
        [
            escaped(&table.name),
            size,
            String::new(),
            escaped(&table.description),
        ]
    });
    columns(
        ["component", "size", "", "description"],
        &rows.collect::<Vec<_>>(),
    )
}

/// One component, its description first.
fn component(table: &Table) -> String {
    let width = terminal::width();
    let mut out = lines(&[(
        width,
        &format!("{}  {}", escaped(&table.name), escaped(&table.kind)),
    )]);
    out.push_str(&lines(&[(width, &escaped(&table.description))]));
    if !table.rows.is_empty() {
        let rows = table.rows.iter().map(|row| {
            [
                escaped(&row.path),
                escaped(&row.kind),
                flags(row),
                escaped(&row.description),
            ]
        });
        out.push('\n');
        out.push_str(&columns(
            ["path", "type", "", "description"],
            &rows.collect::<Vec<_>>(),
        ));
    }
    out
}

fn flags(row: &Row) -> String {
    let flags = [
        (row.required, "required"),
        (row.nullable, "nullable"),
        (row.secret, "secret"),
    ];
    let set = flags
        .into_iter()
        .filter(|(is_set, _)| *is_set)
        .map(|(_, name)| name);
    set.collect::<Vec<_>>().join(", ")
}

/// Columns with a headline; in a narrow terminal, descriptions go below the rest.
fn columns(labels: [&str; 4], rows: &[[String; 4]]) -> String {
    let width = terminal::width();
    let widest = |column: usize| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.max().unwrap_or_default().max(labels[column].len())
    };
    let most = WIDEST.min((width - 2 * GAP) / 2);
    // A column is at least one wide, even without anything in it.
    let [first, second, third] = [0, 1, 2].map(|column| widest(column).clamp(1, most));
    let described = width.saturating_sub(first + second + third + 3 * GAP);
    let line = |[name, kind, flags, description]: [&str; 4]| match width {
        WIDE.. => lines(&[
            (first, name),
            (second, kind),
            (third, flags),
            (described, description),
        ]),
        _ if description.is_empty() => lines(&[(width, &format!("{name}  {kind}  {flags}"))]),
        _ => {
            let head = format!("{name}  {kind}  {flags}");
            lines(&[(width, head.trim_end())]) + &lines(&[(1, ""), (width - INDENT, description)])
        }
    };
    let headline = match width {
        WIDE.. => line(labels) + &terminal::rule(width),
        _ => terminal::rule(width),
    };
    headline
        + &rows
            .iter()
            .map(|row| line(row.each_ref().map(String::as_str)))
            .collect::<String>()
}
