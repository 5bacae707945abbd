//! The cells of a column, as they are gathered.
//!
//! A value of another type than its column's is null there. Nothing is lost by that: `job_config` has it as
//! JSON.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_array::builder::{
    ArrayBuilder, BooleanBuilder, Float64Builder, Int64Builder, ListBuilder, StringBuilder,
    TimestampMicrosecondBuilder,
};
use arrow_schema::extension::Json;
use arrow_schema::{DataType, Field, TimeUnit};
use processing_results::types::Timestamp;
use serde::de::DeserializeOwned;

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

const UTC: &str = "UTC";

/// The column as a schema has it. Its meaning travels with it.
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
        // Readers of the Parquet file see its logical type, so that DuckDB has fields in it.
        Type::Json => field.with_extension_type(Json::default()),
        _ => field,
    }
}

impl Cells {
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

    /// One more cell, from JSON. What is not of the column's type is null here, and only here.
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
                let time = read::<Timestamp>(json);
                cells.append_option(time.map(|time| microseconds(&time)));
            }
        }
    }

    /// The cells so far; others can follow.
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

fn read<T: DeserializeOwned>(json: Option<&str>) -> Option<T> {
    serde_json::from_str(json?).ok()
}

/// Cut off towards the past, also before 1970.
fn microseconds(time: &Timestamp) -> i64 {
    let micros = time.as_nanosecond().div_euclid(1_000);
    i64::try_from(micros).unwrap_or_default()
}
