//! `--from FILE`: the histories of an earlier export, instead of those of the service.
//!
//! Every format of `export` is read, and NDJSON of `get`; what a file begins with says which one it is. The rows of an
//! item have to be next to each other, as an export writes them: then one history at a time is in memory, however large
//! the file is. A row that no export wrote ends the command, with its number and without its content.
//!
//! An item without results has no row, so such items are not counted. Items that failed are: they are in the list beside
//! the file.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use processing_results::types::ItemProcessingResults;
use serde::Deserialize;

use super::export_rows::{Row, cells, lines, parquet, unusable};
use crate::atomic_file::unreadable;
use crate::collection::bounded::{Bounded, MAX_JSON};
use crate::exit::Failure;
use crate::paths::beside;

/// Gathers rows to histories.
struct Gather<F> {
    /// The history that rows are added to.
    current: Option<ItemProcessingResults>,
    /// Ids of the items so far.
    seen: HashSet<String>,
    /// Takes each history when it is complete.
    take: F,
}

/// Hands one history after the other to `take`, in the order of the file; `-` is standard input.
pub(super) fn each(
    path: &Path,
    take: impl FnMut(ItemProcessingResults) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut gather = Gather {
        current: None,
        seen: HashSet::new(),
        take,
    };
    let is_input = path == Path::new("-");
    let shown = if is_input {
        Path::new("standard input")
    } else {
        path
    };
    let unreadable = |error: io::Error| unreadable(shown, &error);
    let mut rows: Box<dyn BufRead> = match is_input {
        true => Box::new(bounded(io::stdin())),
        false => Box::new(bounded(File::open(path).map_err(unreadable)?)),
    };
    let begin = rows.fill_buf().map_err(unreadable)?.to_owned();
    if begin.starts_with(b"\xef\xbb\xbf") {
        rows.consume(3);
    }
    let mut take = |at, row| gather.row(shown, at, row);
    let is_json = begin
        .trim_ascii_start()
        .first()
        .is_none_or(|first| *first == b'{');
    match begin.get(..4) {
        Some(b"PAR1") => parquet(path, shown, &mut take)?,
        _ if is_json => lines(rows, shown, &mut take)?,
        _ => cells(rows, &begin, shown, &mut take)?,
    }
    gather.finish()
}

/// Rows of bounded length: a file without line breaks, such as `/dev/zero`, does not use up all memory.
fn bounded(source: impl Read) -> BufReader<impl Read> {
    BufReader::new(Bounded::new(source, MAX_JSON))
}

/// The kinds of the items that failed, if there is a list of them beside the file of an export, and its path.
pub(super) fn failed(path: &Path) -> Result<Option<(PathBuf, Vec<String>)>, Failure> {
    #[derive(Deserialize)]
    struct ErrorLine {
        kind: String,
    }
    let list = beside(path, ".errors.ndjson");
    let Ok(file) = File::open(&list) else {
        return Ok(None);
    };
    let kind = |line: io::Result<String>| Ok(serde_json::from_str::<ErrorLine>(&line?)?.kind);
    let kinds: io::Result<Vec<_>> = BufReader::new(file).lines().map(kind).collect();
    let kinds = kinds.map_err(|error| unreadable(&list, &error))?;
    Ok((!kinds.is_empty()).then_some((list, kinds)))
}

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
            failure
                .message()
                .contains(", row 1: this result has no job_config"),
            "{}",
            failure.message()
        );
        assert!(!failure.message().contains("CANARY"));
    }
}
