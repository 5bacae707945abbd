//! The rows of an export, as results: NDJSON, CSV, TSV and Parquet.
//!
//! A row that no export wrote is an error with its number and without its content.

#[cfg(feature = "parquet")]
use std::fs::File;
use std::io::BufRead;
use std::path::Path;

use processing_results::types::ProcessingResult;
use serde_json::{Map, Value};

use crate::atomic_file::unreadable;
use crate::exit::Failure;
use crate::output::csv::{restored, untabbed};

/// Members that an export adds to a result, and that are not part of it.
const ADDED: [&str; 3] = ["item_name", "output_bucket", "output_key"];

/// A row: the result, and the name of its item.
pub(super) type Row = (ProcessingResult, String);

/// Takes each row, with its number.
pub(super) type Take<'a> = &'a mut dyn FnMut(usize, Row) -> Result<(), Failure>;

/// Reads NDJSON. Empty lines are skipped.
pub(super) fn lines(file: impl BufRead, shown: &Path, take: Take<'_>) -> Result<(), Failure> {
    for (at, line) in file.lines().enumerate() {
        let line = line.map_err(|error| unreadable(shown, &error))?;
        if line.trim().is_empty() {
            continue;
        }
        let row = row(&line).map_err(|error| unusable(shown, at + 1, &explained(&error)))?;
        take(at + 1, row)?;
    }
    Ok(())
}

/// Reads CSV and TSV, which have the names of the columns in the first row.
pub(super) fn cells(
    file: impl BufRead,
    begin: &[u8],
    shown: &Path,
    take: Take<'_>,
) -> Result<(), Failure> {
    let is_tsv = begin
        .split(|byte| *byte == b'\n')
        .next()
        .is_some_and(|head| head.contains(&b'\t'));
    let mut rows = csv::ReaderBuilder::new()
        .delimiter(if is_tsv { b'\t' } else { b',' })
        .quoting(!is_tsv)
        .from_reader(file);
    let bad = |at: usize, error: &csv::Error| match error.kind() {
        csv::ErrorKind::Io(error) => unreadable(shown, error),
        _ => unusable(shown, at, "this is not a row of an export"),
    };
    let names = rows.headers().map_err(|error| bad(1, &error))?.clone();
    if !names.iter().any(|name| name == "item_id") {
        return Err(unusable(
            shown,
            1,
            "this is not an export: neither JSON nor a column item_id is in it",
        ));
    }
    for (at, cells) in rows.records().enumerate() {
        let cells = cells.map_err(|error| bad(at + 2, &error))?;
        let row = assembled(&names, &cells, is_tsv);
        let row = row.map_err(|error| unusable(shown, at + 2, &explained(&error)))?;
        take(at + 2, row)?;
    }
    Ok(())
}

/// The row of these cells.
fn assembled(
    names: &csv::StringRecord,
    cells: &csv::StringRecord,
    is_tsv: bool,
) -> serde_json::Result<Row> {
    let mut object = Map::new();
    for (name, text) in names.iter().zip(cells) {
        let text = match is_tsv {
            true => untabbed(text),
            false => restored(text).to_owned(),
        };
        place(&mut object, name, &text)?;
    }
    row(&Value::Object(object).to_string())
}

/// Puts the cell of a column where its text is in a result. Columns that repeat a part of another one are skipped.
fn place(object: &mut Map<String, Value>, name: &str, text: &str) -> serde_json::Result<()> {
    match name {
        "extra" | "job_config" | "output_metadata" if text.is_empty() => {}
        "extra" => object.extend(serde_json::from_str::<Map<_, _>>(text)?),
        "job_config" | "output_metadata" => {
            object.insert(name.to_owned(), serde_json::from_str(text)?);
        }
        "item_id" | "item_name" | "result_id" | "job_type" | "parameters_hash"
        | "output_s3_path" | "processed_at" => {
            object.insert(name.to_owned(), text.into());
        }
        _ => {}
    }
    Ok(())
}

/// A line of an export, or a result as `get -o ndjson` writes it.
fn row(line: &str) -> serde_json::Result<Row> {
    let mut result: ProcessingResult = serde_json::from_str(line)?;
    let name = result.extra.get("item_name");
    let name = name.and_then(|name| name.value().as_str());
    let name = name.unwrap_or_default().to_owned();
    for member in ADDED {
        result.extra.remove(member);
    }
    Ok((result, name))
}

/// What kind of error it is, and its column: the words of serde may hold a value, but not if a field is missing.
fn explained(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let field = text
        .strip_prefix("missing field `")
        .and_then(|rest| rest.split_once('`'));
    let what = match (field, error.classify()) {
        (Some((name, _)), _) => {
            return format!("this result has no {name}: export it without --fields");
        }
        (_, serde_json::error::Category::Data) => "this is not a result of an export",
        _ => "this is not JSON",
    };
    format!("{what} (column {})", error.column())
}

#[cfg(not(feature = "parquet"))]
pub(super) fn parquet(_: &Path, shown: &Path, _: Take<'_>) -> Result<(), Failure> {
    let message = without_feature!("parquet");
    Err(Failure::usage(format!("{}: {message}", shown.display())))
}

#[cfg(feature = "parquet")]
pub(super) fn parquet(path: &Path, shown: &Path, take: Take<'_>) -> Result<(), Failure> {
    use parquet::file::reader::{FileReader, SerializedFileReader};

    let other =
        |error: parquet::errors::ParquetError| unreadable(shown, &std::io::Error::other(error));
    if path == Path::new("-") {
        return Err(Failure::usage(
            "Parquet is not read from standard input: name the file",
        ));
    }
    let file = File::open(path).map_err(|error| unreadable(shown, &error))?;
    let reader = SerializedFileReader::new(file).map_err(other)?;
    for (at, found) in reader.get_row_iter(None).map_err(other)?.enumerate() {
        let row = object(&found.map_err(other)?)
            .and_then(|object| row(&Value::Object(object).to_string()));
        take(
            at + 1,
            row.map_err(|error| unusable(shown, at + 1, &explained(&error)))?,
        )?;
    }
    Ok(())
}

/// The result that a row was made from, as JSON.
#[cfg(feature = "parquet")]
fn object(row: &parquet::record::Row) -> serde_json::Result<Map<String, Value>> {
    use parquet::record::Field;

    let mut object = Map::new();
    for (name, field) in row.get_column_iter() {
        match field {
            Field::Str(text) => place(&mut object, name, text)?,
            Field::TimestampMicros(micros) => {
                // `from_microsecond` has an earlier end.
                let time = jiff::Timestamp::from_nanosecond(i128::from(*micros) * 1_000);
                place(
                    &mut object,
                    name,
                    &time.map(|time| time.to_string()).unwrap_or_default(),
                )?;
            }
            _ => {}
        }
    }
    Ok(object)
}

/// The failure for a row that no export wrote, with its number.
pub(super) fn unusable(path: &Path, at: usize, message: &str) -> Failure {
    Failure::usage(format!("{}, row {at}: {message}", path.display()))
}
