//! What changed, for people: a line for each parameter, or where that would be too
//! narrow, a block.

use processing_results::ParameterChange;
use serde_json::Value;

use super::diff::{Comparison, Side};
use crate::output::table::{moment, short_hash};
use crate::terminal::{self, GAP, INDENT, lines};
use crate::text::{escaped, shortened};

/// Width from which two values fit side by side.
const TABLE_WIDTH: usize = 64;
/// Longest text of a value; JSON has all of it.
const LONGEST: usize = 300;
/// Width of the words before and after.
const LABEL: usize = 6;
const LABELS: [&str; 3] = ["parameter", "before", "after"];

pub(super) fn drawn(comparison: &Comparison<'_>) -> String {
    let width = terminal::width();
    let count = match comparison.changes.len() {
        1 => "1 change".to_owned(),
        count => format!("{count} changes"),
    };
    let (id, name) = (escaped(comparison.item_id), escaped(comparison.item_name));
    let mut headline = format!("{id}  {name}");
    if comparison.before.is_some() {
        headline = format!("{headline}  {count}");
    }
    let mut out = lines(&[(width, &headline)]);
    out.push('\n');
    let sides = [("before", &comparison.before), ("after", &comparison.after)];
    for (label, side) in sides {
        if let Some(side) = side {
            out.push_str(&lines(&[(LABEL, label), (width - LABEL - GAP, &who(side))]));
        }
    }
    let rows: Vec<_> = comparison.changes.iter().map(row).collect();
    match width {
        _ if rows.is_empty() => {}
        TABLE_WIDTH.. => out.push_str(&columns(&rows, width)),
        _ => rows.iter().for_each(|row| out.push_str(&block(row, width))),
    }
    out
}

fn who(side: &Side<'_>) -> String {
    let result = side.result;
    let job_type = escaped(result.job_type.as_str());
    let hash = short_hash(&escaped(&result.parameters_hash));
    let id = escaped(&result.result_id);
    format!("{}  {job_type}  {id}  {hash}", moment(result))
}

/// Parameter, before, after.
type Row = [String; 3];

fn row(change: &ParameterChange) -> Row {
    let (before, mut after) = (shown(change.before.as_ref()), shown(change.after.as_ref()));
    if before == after {
        after.push_str(" (differs, not shown)");
    }
    [escaped(&change.name), before, after]
}

/// A text as it is; as JSON where that would look like something else.
fn shown(value: Option<&Value>) -> String {
    let Some(value) = value else {
        return "-".to_owned();
    };
    let text = match value {
        Value::String(text) if !is_unlike_text(text) => text.clone(),
        value => spaced(value),
    };
    let length = text.chars().count();
    match length > LONGEST {
        true => format!(
            "{} ({length} characters)",
            escaped(&shortened(&text, LONGEST))
        ),
        false => escaped(&text),
    }
}

/// JSON with spaces, at which a line can break.
fn spaced(value: &Value) -> String {
    match value {
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(spaced).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(members) => {
            let member = |(name, value): (&String, &Value)| {
                format!("{}: {}", Value::from(name.as_str()), spaced(value))
            };
            let members: Vec<_> = members.iter().map(member).collect();
            format!("{{{}}}", members.join(", "))
        }
        value => value.to_string(),
    }
}

fn is_unlike_text(text: &str) -> bool {
    text.trim() != text
        || text == "-"
        || text.is_empty()
        || serde_json::from_str::<Value>(text).is_ok()
}

/// Each in a column of its own; what the first two do not need is the last one's.
fn columns(rows: &[Row], width: usize) -> String {
    let longest = |at: usize| {
        let lengths = rows.iter().map(|row| row[at].chars().count());
        lengths.max().unwrap_or_default().max(LABELS[at].len())
    };
    let name = longest(0).min(width * 2 / 5);
    let values = width - name - 2 * GAP;
    let before_width = longest(1).min(values / 2);
    let after_width = values - before_width;
    let line = |[parameter, before, after]: [&str; 3]| {
        lines(&[
            (name, parameter),
            (before_width, before),
            (after_width, after),
        ])
    };
    let mut out = format!("\n{}{}", line(LABELS), terminal::rule(width));
    for row in rows {
        out.push_str(&line(row.each_ref().map(String::as_str)));
    }
    out
}

/// Each on a line of its own.
fn block([name, before, after]: &Row, width: usize) -> String {
    let value = width - INDENT - LABEL - GAP;
    let line = |label, text: &str| lines(&[(1, ""), (LABEL, label), (value, text)]);
    let name = lines(&[(width, name)]);
    format!(
        "\n{name}{}{}",
        line(LABELS[1], before),
        line(LABELS[2], after)
    )
}
