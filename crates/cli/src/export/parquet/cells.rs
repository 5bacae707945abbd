//! The cells of one column of a Parquet file, as they are gathered.
//!
//! A value that does not have the type of its column is null there, such as `max_pages: "all"`. Nothing is lost by that:
//! the column `job_config` has the complete configuration as JSON.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_array::builder::{
    ArrayBuilder, BooleanBuilder, Float64Builder, Int64Builder, ListBuilder, StringBuilder,
    TimestampMicrosecondBuilder,
};
use arrow_schema::extension::Json;
use arrow_schema::{DataType, Field, TimeUnit};
use processing_results::__private::Field as Value;
use processing_results::types::Timestamp;

use crate::output::columns::{Column, Type};

/// A builder for each type of column.
pub(super) enum Cells {
    Text(StringBuilder),
    Texts(ListBuilder<StringBuilder>),
    Boolean(BooleanBuilder),
    Integer(Int64Builder),
    Number(Float64Builder),
    Time(TimestampMicrosecondBuilder),
    Json(StringBuilder),
}

/// Times of a file are in UTC, whatever their offsets were.
const UTC: &str = "UTC";

/// The column as the schema of a file has it, with its meaning as `description`. Every column may be null.
pub(super) fn field(column: &Column) -> Field {
    let kind = match column.kind {
        Type::Text | Type::Json => DataType::Utf8,
        Type::Texts => DataType::List(Arc::new(Field::new_list_field(DataType::Utf8, true))),
        Type::Boolean => DataType::Boolean,
        Type::Integer => DataType::Int64,
        Type::Number => DataType::Float64,
        Type::Time => DataType::Timestamp(TimeUnit::Microsecond, Some(UTC.into())),
    };
    let about = HashMap::from([("description".to_owned(), column.about.to_owned())]);
    let field = Field::new(column.name, kind, true).with_metadata(about);
    match column.kind {
        // Readers see the logical type, so that DuckDB can select fields: `job_config.parameters.tier`.
        Type::Json => field.with_extension_type(Json::default()),
        _ => field,
    }
}

impl Cells {
    /// No cells of a column of this type.
    pub(super) fn new(kind: Type) -> Self {
        match kind {
            Type::Text => Cells::Text(StringBuilder::new()),
            Type::Json => Cells::Json(StringBuilder::new()),
            Type::Texts => Cells::Texts(ListBuilder::new(StringBuilder::new())),
            Type::Boolean => Cells::Boolean(BooleanBuilder::new()),
            Type::Integer => Cells::Integer(Int64Builder::new()),
            Type::Number => Cells::Number(Float64Builder::new()),
            Type::Time => Cells::Time(TimestampMicrosecondBuilder::new().with_timezone(UTC)),
        }
    }

    /// Adds a cell, from JSON; `None` is null, and so is what does not have the type of the column.
    pub(super) fn push(&mut self, json: Option<&str>) {
        match self {
            Cells::Text(cells) => cells.append_option(read::<String>(json)),
            Cells::Json(cells) => cells.append_option(json),
            Cells::Texts(cells) => {
                let texts = read::<Vec<Option<String>>>(json);
                cells.append_option(texts);
            }
            Cells::Boolean(cells) => cells.append_option(read(json)),
            Cells::Integer(cells) => cells.append_option(read(json)),
            Cells::Number(cells) => cells.append_option(read(json)),
            Cells::Time(cells) => {
                let time = read::<String>(json).and_then(|text| text.parse::<Timestamp>().ok());
                cells.append_option(time.map(|time| microseconds(&time)));
            }
        }
    }

    /// The cells since the last call; more can follow.
    pub(super) fn take(&mut self) -> ArrayRef {
        let builder: &mut dyn ArrayBuilder = match self {
            Cells::Text(cells) | Cells::Json(cells) => cells,
            Cells::Texts(cells) => cells,
            Cells::Boolean(cells) => cells,
            Cells::Integer(cells) => cells,
            Cells::Number(cells) => cells,
            Cells::Time(cells) => cells,
        };
        builder.finish()
    }
}

/// A value of the column's type, if it is one to the library: `10.0` is an integer.
fn read<T: Value>(json: Option<&str>) -> Option<T> {
    T::read(&mut serde_json::Deserializer::from_str(json?)).ok()
}

/// Microseconds since 1970, rounded towards the past, also before 1970.
fn microseconds(time: &Timestamp) -> i64 {
    let micros = time.as_nanosecond().div_euclid(1_000);
    i64::try_from(micros).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use arrow_array::{Array, Int64Array, StringArray, TimestampMicrosecondArray};

    use super::*;

    fn cells(kind: Type, json: &[&str]) -> ArrayRef {
        let mut cells = Cells::new(kind);
        json.iter().for_each(|json| cells.push(Some(json)));
        cells.take()
    }

    #[test]
    fn an_integer_is_one_however_it_is_written() {
        let found = cells(Type::Integer, &["10", "10.0", "1e1", "10.5", "\"10\""]);
        let expected = Int64Array::from(vec![Some(10), Some(10), Some(10), None, None]);
        assert_eq!(*found, expected);
    }

    #[test]
    fn a_text_with_half_a_character_is_a_text() {
        let found = cells(Type::Text, &["\"a\\ud800\"", "1"]);
        let expected = StringArray::from(vec![Some("a\u{fffd}"), None]);
        assert_eq!(*found, expected);
    }

    #[test]
    fn what_is_no_time_is_not_the_beginning_of_the_calendar() {
        let found = cells(
            Type::Time,
            &["\"1970-01-01T00:00:01\"", "\"soon\"", "\"\"", "0"],
        );
        let times = found.as_any().downcast_ref::<TimestampMicrosecondArray>();
        let times: Vec<_> = times.expect("a column of times").iter().collect();
        assert_eq!(times, [Some(1_000_000), None, None, None]);
    }
}
