//! `--from FILE`: the histories of an earlier export, instead of those of the service.
//!
//! A file that ends in `.parquet` is read as Parquet, any other as NDJSON, which `get -o ndjson` writes too. The rows of
//! an item have to be next to each other, as an export writes them: then one history at a time is in memory, however
//! large the file is. A row that no export wrote ends the command, with its number and without its content.
//!
//! An item without results has no row, so such items are not counted.

use std::collections::HashSet;
use std::fs::File;
#[cfg(feature = "parquet")]
use std::io;
use std::io::{BufRead, BufReader};
use std::path::Path;

use processing_results::types::{ItemProcessingResults, ProcessingResult};
#[cfg(feature = "parquet")]
use serde_json::{Map, Value};

use crate::atomic_file::unreadable;
use crate::exit::Failure;

/// Members that an export adds to a result, and that are not part of it.
const ADDED: [&str; 3] = ["item_name", "output_bucket", "output_key"];

/// Gathers rows to histories.
struct Gather<F> {
    /// The history that rows are added to.
    current: Option<ItemProcessingResults>,
    /// Ids of the items so far.
    seen: HashSet<String>,
    /// Takes each history when it is complete.
    take: F,
}

/// Hands one history after the other to `take`, in the order of the file.
pub(super) fn each(
    path: &Path,
    take: impl FnMut(ItemProcessingResults) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut gather = Gather {
        current: None,
        seen: HashSet::new(),
        take,
    };
    let ending = path.extension().unwrap_or_default();
    if ending.eq_ignore_ascii_case("parquet") {
        parquet(path, &mut |at, row| gather.row(path, at, row))?;
    } else {
        lines(path, &mut |at, row| gather.row(path, at, row))?;
    }
    gather.finish()
}

/// A row: the result, and the name of its item.
type Row = (ProcessingResult, String);

impl<F: FnMut(ItemProcessingResults) -> Result<(), Failure>> Gather<F> {
    /// Adds the row with the number `at`, from 1. The first row of another item completes the history before it.
    fn row(&mut self, path: &Path, at: usize, row: Row) -> Result<(), Failure> {
        let (result, name) = row;
        let is_same = |current: &ItemProcessingResults| current.item_id == result.item_id;
        if !self.current.as_ref().is_some_and(is_same) {
            self.finish()?;
            if !self.seen.insert(result.item_id.clone()) {
                let item = &result.item_id;
                let message = format!(
                    "the rows of item {item} are not side by side: sort the file by item_id"
                );
                return Err(unusable(path, at, &message));
            }
            let json = serde_json::json!({"item_id": result.item_id, "item_name": name, "processing_results": []});
            self.current = serde_json::from_value(json).ok();
        }
        if let Some(results) = self
            .current
            .as_mut()
            .and_then(|it| it.processing_results.as_mut())
        {
            results.push(result);
        }
        Ok(())
    }

    /// Hands on the history that is complete now, if there is one.
    fn finish(&mut self) -> Result<(), Failure> {
        self.current.take().map_or(Ok(()), &mut self.take)
    }
}

/// Reads NDJSON. Empty lines are skipped.
fn lines(
    path: &Path,
    take: &mut dyn FnMut(usize, Row) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    for (at, line) in BufReader::new(file).lines().enumerate() {
        let line = line.map_err(|error| unreadable(path, &error))?;
        if line.trim().is_empty() {
            continue;
        }
        let row = row(&line).map_err(|error| unusable(path, at + 1, &explained(&error)))?;
        take(at + 1, row)?;
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

/// What kind of error it is, and its column: the words of serde may hold a value.
fn explained(error: &serde_json::Error) -> String {
    let what = match error.classify() {
        serde_json::error::Category::Data => "this is not a result of an export in NDJSON",
        _ => "this is not JSON",
    };
    format!("{what} (column {})", error.column())
}

#[cfg(not(feature = "parquet"))]
fn parquet(
    path: &Path,
    _: &mut dyn FnMut(usize, Row) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let message = without_feature!("parquet");
    Err(Failure::usage(format!("{}: {message}", path.display())))
}

#[cfg(feature = "parquet")]
fn parquet(
    path: &Path,
    take: &mut dyn FnMut(usize, Row) -> Result<(), Failure>,
) -> Result<(), Failure> {
    use parquet::file::reader::{FileReader, SerializedFileReader};

    let other = |error: parquet::errors::ParquetError| unreadable(path, &io::Error::other(error));
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    let reader = SerializedFileReader::new(file).map_err(other)?;
    for (at, found) in reader.get_row_iter(None).map_err(other)?.enumerate() {
        let line = Value::Object(object(&found.map_err(other)?)).to_string();
        let row =
            row(&line).map_err(|_| unusable(path, at + 1, "this is not a row of an export"))?;
        take(at + 1, row)?;
    }
    Ok(())
}

/// The result that a row was made from, as JSON. Columns that repeat a part of another one are skipped.
#[cfg(feature = "parquet")]
fn object(row: &parquet::record::Row) -> Map<String, Value> {
    use parquet::record::Field;

    let mut object = Map::new();
    for (name, field) in row.get_column_iter() {
        match (name.as_str(), field) {
            ("extra", Field::Str(json)) => {
                if let Ok(Value::Object(extra)) = serde_json::from_str(json) {
                    object.extend(extra);
                }
            }
            ("job_config" | "output_metadata", Field::Str(json)) => {
                let json = serde_json::from_str(json).unwrap_or_default();
                object.insert(name.clone(), json);
            }
            ("processed_at", Field::TimestampMicros(micros)) => {
                let time = jiff::Timestamp::from_microsecond(*micros);
                object.insert(
                    name.clone(),
                    time.map_or(Value::Null, |time| time.to_string().into()),
                );
            }
            (
                "item_id" | "item_name" | "result_id" | "job_type" | "parameters_hash"
                | "output_s3_path",
                Field::Str(text),
            ) => {
                object.insert(name.clone(), text.as_str().into());
            }
            _ => {}
        }
    }
    object
}

/// The failure for a row that no export wrote, with its number.
fn unusable(path: &Path, at: usize, message: &str) -> Failure {
    Failure::usage(format!("{}, row {at}: {message}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &str) -> Result<Vec<(String, String, usize)>, Failure> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), lines).unwrap();
        let mut found = Vec::new();
        each(file.path(), |history| {
            let count = history.results().len();
            found.push((history.item_id, history.item_name, count));
            Ok(())
        })?;
        Ok(found)
    }

    fn line(item: &str, result: &str) -> String {
        let row = serde_json::json!({
            "item_name": format!("{item}.pdf"), "item_id": item, "result_id": result, "job_type": "parse",
            "job_config": {}, "processed_at": "2026-01-01T00:00:00Z", "parameters_hash": "h",
            "output_s3_path": "s3://b/k", "output_bucket": "b", "output_key": "k"
        });
        row.to_string() + "\n"
    }

    #[test]
    fn rows_side_by_side_are_one_history() {
        let lines = line("a", "1") + &line("a", "2") + "\n" + &line("b", "3");
        let found = read(&lines).unwrap();
        let expected = [
            ("a".to_owned(), "a.pdf".to_owned(), 2),
            ("b".to_owned(), "b.pdf".to_owned(), 1),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn rows_apart_and_other_lines_are_errors_with_their_place() {
        let apart = line("a", "1") + &line("b", "2") + &line("a", "3");
        let failure = read(&apart).unwrap_err();
        assert!(
            failure
                .message()
                .contains(", row 3: the rows of item a are not side by side")
        );
        let failure = read("{\"item_id\": \"CANARY\"}\n").unwrap_err();
        assert!(
            failure.message().contains(", row 1: this is not a result"),
            "{}",
            failure.message()
        );
        assert!(!failure.message().contains("CANARY"));
    }
}
